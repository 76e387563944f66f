"""The language of a text, offline and cheap: its script, then its commonest words. None rather than a wrong guess."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("hangul", re.compile("[\uac00-\ud7af]")),
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]")),
)
_BY_SCRIPT = {"hangul": "ko", "han": "zh", "greek": "el", "hebrew": "he"}


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_COMMON: dict[str, dict[str, frozenset[str]]] = {
    "latin": {
        "en": _words("the of and to in that is was for with he said on as by at from his has have not it"),
        "de": _words("der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als"),
        "fr": _words("le la les de des et en un une du que dans est pour qui sur au par il pas"),
        "es": _words("el la los las de que y en un una por con del se para es al lo como su"),
        "it": _words("il la di che e un una per in del della con non è si da le dei nel sono"),
        "pt": _words("o a os as de que e do da em um uma para com não por no na dos se"),
        "nl": _words("de het een van en in is dat op te zijn voor met niet aan er ook door bij"),
        "pl": _words("i w na z się nie do że to jest o jak po ale od za przez co oraz przy"),
    },
    "cyrillic": {
        "ru": _words("и в не на что с по он как это из к о его за от для был она но"),
        "uk": _words("і в не на що з та у до як це за від його про для є він але й"),
        "bg": _words("и в не на че с за от да се са по като е той към при ще във със"),
    },
    "arabic": {
        "ar": _words("في من على أن إلى عن مع هذا التي الذي كان قال ما لا بعد"),
        "fa": _words("و در به از که این را با است برای آن یک خود شد می"),
    },
}
_SAMPLE = 20_000
_FEWEST_LETTERS = 20


def guess_language(text: str) -> str | None:
    """The two-letter code of the text's language, or None when the text is too short or too even to tell."""
    sample = text[:_SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    total = sum(counts.values())
    if total < _FEWEST_LETTERS:
        return None
    if counts["kana"] * 10 > counts["kana"] + counts["han"] and counts["kana"] + counts["han"] > total / 2:
        return "ja"
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < total * 0.6:
        return None
    return _BY_SCRIPT.get(script) or _by_words(sample, _COMMON.get(script, {}))


def _by_words(sample: str, languages: dict[str, frozenset[str]]) -> str | None:
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    total = words.total()
    scores = {code: sum(words[word] for word in common) for code, common in languages.items()}
    if not scores or not total:
        return None
    first, second = (*sorted(scores.values(), reverse=True), 0)[:2]
    if first < 3 or first < total * 0.08 or first < second * 1.2:
        return None
    return max(scores, key=lambda code: scores[code])
