"""Sentences with their tokens, which INCEpTION demands of every text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from annotator.formats.standoff.graph import Place
from annotator.text.sentences import sentences
from annotator.text.tokens import tokens


def tokenised(text: str) -> Iterator[tuple[Place, list[Place]]]:
    """Each sentence with its tokens, in order. Nothing overlaps, and no sentence is without a token.

    A sentence begins with its first token and ends with its last; only white space is in no token.
    """
    starts = [start for start, _ in sentences(text)]
    inside: list[list[Place]] = [[] for _ in starts or [0]]
    for token in tokens(text):
        inside[max(0, bisect_right(starts, token[0]) - 1)].append(token)
    for found in inside:
        if found:
            yield (found[0][0], found[-1][1]), found
