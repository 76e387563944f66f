"""What a column of tags means: stretches of words, whatever the scheme (IOB1, IOB2, IOBES, BILOU, or none)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Chunk:
    """Words ``[first, last]`` of a column that are one."""

    label: str
    first: int
    last: int


def chunks(tags: Iterable[str]) -> Iterator[Chunk]:
    """The chunks of a column of BIO, IOB, IOBES or BILOU tags, or of labels without prefix."""
    open_: Chunk | None = None
    for index, tag in enumerate(tags):
        prefix, dash, label = tag.partition("-")
        if tag == "O" or not tag or tag == "_":
            prefix, label = "O", ""
        elif not dash or prefix not in "BIESLUM":
            prefix, label = "I", tag
        goes_on = open_ is not None and prefix in "IMEL" and open_.label == label
        if open_ is not None and not goes_on:
            yield open_
            open_ = None
        if prefix == "O":
            continue
        if open_ is None:
            open_ = Chunk(label, index, index)
        open_.last = index
        if prefix in "ESLU":
            yield open_
            open_ = None
    if open_ is not None:
        yield open_
