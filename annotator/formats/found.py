"""What readers of articles take out of a file: text and what the file says of it, before anything is frozen.

A reader of this kind is a plain function from bytes to :class:`Found`. It knows neither project nor disk, so it can
run in a process of its own (:mod:`.apart`), where a hostile file can neither hang nor fill the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a reader beyond the bytes."""

    name: str
    """What the file is called, for sentences."""
    encoding: str | None = None
    """The encoding that a person chose; None: as the file says, or as it is guessed."""
    columns: Mapping[str, str] | None = None
    """For tables, the field of an article → the header of its column; None: as ``known`` or the headers suggest."""
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a person chose for tables before: headers, joined by tabs → columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table that an article was a row of."""

    headers: tuple[str, ...]
    columns: Mapping[str, str]
    """The field of an article → the header of its column."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article as a file has it. A field is None where the file itself does not say it."""

    text: str = field(repr=False)
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    """``YYYY-MM-DD`` or shorter."""
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    """One sentence for each thing that was left out, changed or guessed."""
    encoding: str | None = None
    part: str = ""
    """Which of several articles of the file it is, for people: ``row 12``."""
    table: Table | None = None


Extract = Callable[[bytes, Asked], list[Found]]
"""Takes the articles out of a whole file. Raises ``ImportFailed`` with one sentence that names the file."""

Run = Callable[[Extract, bytes, Asked], list[Found]]
"""Calls an :data:`Extract`, here or elsewhere."""


def run_here(extract: Extract, data: bytes, asked: Asked) -> list[Found]:
    """In this process and without limits: for what is trusted, and for tests."""
    return extract(data, asked)
