"""Mojibake: text that was decoded wrongly before it came here (``Ã¤`` for ``ä``), put right when a person wants it."""

from __future__ import annotations

import difflib

from annotator.formats.extras import need, present
from annotator.text.wording import counted, shorten

_AROUND = 30
_SAMPLE = 20_000


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with wrongly decoded letters put right, and what was done, if anything. Nothing else is changed.

    Raises:
        ExtraMissing: ftfy is not installed.
    """
    ftfy = need("ftfy", "articles", "Repairing wrongly decoded letters")
    fixed: str = ftfy.fix_encoding(text)
    if fixed == text:
        return text, ()
    changed = [line for line in differences(text, fixed) if line[0] != line[1]]
    example = f", such as “{shorten(changed[0][0])}” to “{shorten(changed[0][1])}”" if changed else ""
    return fixed, (f"Repaired wrongly decoded letters in {counted(len(changed), 'line')}{example}.",)


def looks_wrong(text: str) -> bool:
    """Whether :func:`repair` would change the text, as far as its beginning tells; no, when it cannot be done."""
    if text.isascii() or not present(["ftfy"]):
        return False
    what = "Repairing wrongly decoded letters"
    sample = text[:_SAMPLE]
    suspect = need("ftfy.badness", "articles", what).is_bad(sample)  # some hundred times as fast as to try
    return suspect and bool(need("ftfy", "articles", what).fix_encoding(sample) != sample)


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that two texts do not share, each as it was and as it would be, around the first difference."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) == len(new):
        pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    else:
        pairs = list(_paired(old, new))
    return [_around(*pair) for pair in pairs]


def _paired(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("\n".join(old[a:b]), "\n".join(new[c:d])) for tag, a, b, c, d in blocks if tag != "equal"]


def _around(before: str, after: str) -> tuple[str, str]:
    """Both from shortly before their first difference on."""
    same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = max(0, same - _AROUND)
    return before[start : same + 2 * _AROUND], after[start : same + 2 * _AROUND]
