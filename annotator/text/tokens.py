"""Text as tokens, for formats that know nothing finer: words, numbers, single punctuation marks.

Every character that is no white space is in exactly one token. Where an annotation begins or ends inside a token the
token is parted there (:func:`parted`), so that no place is ever lost to tokens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import regex

Token = tuple[int, int]
"""``[start, end)`` in code points."""

_LETTER = r"[\w--[\p{Han}\p{Hiragana}\p{Katakana}]]"
_TOKEN = regex.compile(
    r"\p{L}+\.(?:\p{L}+\.)+"  # z.B., U.S.A.
    r"|\p{N}+(?:[.,:]\p{N}+)+"  # 1.000,50
    r"|\p{N}{1,2}\.(?=\s+\p{L})"  # 5. August
    r"|(?:Dr|Prof|St|Nr|Mr|Mrs|Ms|Inc|Co|ca|bzw|Mio|Mrd|usw|etc)\.(?=\s)"
    rf"|{_LETTER}+(?:[’'&-]{_LETTER}+)*-?"
    r"|\p{Han}\p{M}*|\p{Hiragana}+|[\p{Katakana}ー]+"
    r"|\.{2,}|''|-{2,}"
    r"|(?!\s)\X",
    regex.V1,
)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    return [match.span() for match in _TOKEN.finditer(text)]


def parted(found: Iterable[Token], edges: Iterable[int]) -> list[Token]:
    """The same tokens, parted where one of ``edges`` lies inside."""
    cuts = sorted(set(edges))
    result: list[Token] = []
    for start, end in found:
        at = start
        for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
            result.append((at, cut))
            at = cut
        result.append((at, end))
    return result


class Grid:
    """Finds the tokens of a place."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, start: int, end: int) -> tuple[int, int]:
        """``[first, last + 1)`` of the tokens that share a character with the place; the two are equal for none."""
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))
