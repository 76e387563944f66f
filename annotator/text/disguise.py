"""Characters that make a name look like what it is not: hidden ones, and letters of another alphabet in a word.

After the bidirectional and confusable characters of Unicode Technical Standard 39; only letters of Cyrillic, Greek and
Armenian that have the very shape of a Latin one are known here, which are those that names are forged with.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from annotator.text.wording import shorten

_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Cs}]")
_SPACES = frozenset("\t\n\r")
_JOINERS = frozenset("\u200c\u200d")
_JOINED = regex.compile(
    r"[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}"
    r"\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}"
    r"\p{Script=Khmer}\p{Script=Mongolian}\p{M}\p{Extended_Pictographic}]"
)
"""After these a joiner or a variation selector is how the word, or the emoji, is written."""
_SELECTORS = regex.compile(r"[\ufe00-\ufe0f\u180b-\u180d\U000e0100-\U000e01ef]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_SHAPES = {
    "Cyrillic": "аaеeоoрpсcуyхxѕsіiјjԁdһhԛqԝwӏlАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԌGԜWԚQѴV",
    "Greek": "οoνvιiρpαaυuϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹC",
    "Armenian": "օoսuհhզqցgոnՕOՏSԼLՍU",
}
_LATIN = {pair[0]: pair[1] for pairs in _SHAPES.values() for pair in zip(pairs[::2], pairs[1::2], strict=True)}
_ALPHABET = {foreign: alphabet for alphabet, pairs in _SHAPES.items() for foreign in pairs[::2]}
_FOREIGN = {latin: cyrillic for cyrillic, latin in _LATIN.items() if _ALPHABET[cyrillic] == "Cyrillic"}
_ALIKE = str.maketrans({**_LATIN, "I": "l", "1": "l", "|": "l", "0": "O"})


@lru_cache(maxsize=20_000)
def badged(name: str) -> str:
    """``name`` with a badge for everything in it that deceives the eye.

    A hidden character is shown as ``[U+202E]``, a letter that has strayed into a word of another alphabet as
    ``[Cyrillic а]``.
    Names that hold no such thing, which are nearly all, come back as they are.
    """
    odd = _odd(name)
    return "".join(odd.get(at, character) for at, character in enumerate(name)) if odd else name


def titled(title: str) -> str:
    """A title as a sentence quotes it: on one line, not too long, with badges."""
    return f"“{badged(shorten(title, 60))}”"


def plain_name(name: str) -> str:
    """``name`` without its hidden characters, and with each word in one alphabet."""
    odd = _odd(name)
    kept = (_LATIN.get(c, _FOREIGN.get(c, "")) if at in odd else c for at, c in enumerate(name))
    return "".join(kept) if odd else name


def look(name: str) -> str:
    """What two names have in common that nobody can tell apart: equal looks, whatever the characters."""
    bare = "".join(c for at, c in enumerate(name) if not _HIDDEN.match(c) or _belongs(name, at))
    return " ".join(unicodedata.normalize("NFKC", bare).translate(_ALIKE).split())


def _odd(name: str) -> dict[int, str]:
    """Index of a code point → its badge."""
    if name.isascii() and name.isprintable():
        return {}
    found = {m.start(): f"[U+{ord(m[0]):04X}]" for m in _HIDDEN.finditer(name) if not _belongs(name, m.start())}
    seen = [at for at in range(len(name)) if at not in found]  # what is hidden does not part a word
    for word in _WORD.finditer("".join(name[at] for at in seen)):
        found.update({seen[word.start() + at]: badge for at, badge in _strangers(word[0]).items()})
    return found


def _strangers(word: str) -> dict[int, str]:
    """The letters of a word in two alphabets that belong to the one with fewer letters, as far as they look alike."""
    latin = [at for at, letter in enumerate(word) if "LATIN" in unicodedata.name(letter, "")]
    foreign = [at for at, letter in enumerate(word) if letter in _ALPHABET]
    if not latin or not foreign:
        return {}
    others = sum(unicodedata.category(letter) != "Mn" for letter in word) - len(latin)
    if len(latin) < others:
        return {at: f"[Latin {word[at]}]" for at in latin if word[at] in _FOREIGN}
    return {at: f"[{_ALPHABET[word[at]]} {word[at]}]" for at in foreign}


def _belongs(name: str, at: int) -> bool:
    """Whether a character without a shape of its own is part of how this is written."""
    character = name[at]
    if character in _SPACES:
        return True
    if character not in _JOINERS and not _SELECTORS.match(character):
        return False
    return at > 0 and _JOINED.match(name[at - 1]) is not None


def alphabets(name: str) -> str:
    """In which alphabets a name is written: ``Latin``, ``Cyrillic and Latin``."""
    first = {unicodedata.name(c, "").split(" ")[0].capitalize() for c in name if c.isalpha()}
    return " and ".join(sorted(first)) or "no letters"
