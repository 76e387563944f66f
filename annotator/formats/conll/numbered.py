"""Columns whose cells name annotations by number, as in REDEWIEDERGABE: ``direct.speech.3|reported.thought.6.nonfact``.

In a cell a bar parts annotations; in each a dot parts what it is called, what is said of it, its number, and more that
is said of it. ``speaker.12_19`` has two numbers. Words with the same name and number in a column are one annotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NUMBER = re.compile(r"\d+(?:[_ ]+\d+)*[_ ]*\Z")
NOTHING = frozenset(("", "-", "_", "O", "*"))
"""What stands in the cells of words without an annotation."""


@dataclass(slots=True)
class Numbered:
    """An annotation of a column: its name, its numbers, what is said of it, and the rows (from 0) of its words."""

    name: str
    numbers: str
    before: tuple[str, ...]
    """What stands between its name and its number."""
    after: tuple[str, ...]
    rows: list[int] = field(default_factory=list)

    def runs(self) -> Iterator[tuple[int, int]]:
        """The rows as stretches ``[first, last]``."""
        first = last = self.rows[0]
        for row in self.rows[1:]:
            if row != last + 1:
                yield first, last
                first = row
            last = row
        yield first, last

    def attributes(self, column: str) -> tuple[tuple[str, str], ...]:
        """What is said of it; its name only when it is another than the column's."""
        told = [("type", self.name)] if self.name.casefold() != column.casefold() else []
        told += [*(("kind", value) for value in self.before), ("id", self.numbers)]
        for value in self.after:
            key, equals, rest = value.partition("=")
            told.append((key, rest if equals else "yes"))
        return tuple(told)


def parsed(cell: str) -> list[Numbered] | None:
    """The annotations that a cell names; None: it is no such cell."""
    found = []
    for part in cell.split("|"):
        name, *rest = part.split(".")
        at = next((index for index, each in enumerate(rest) if _NUMBER.match(each)), None)
        if at is None or not name or not name[0].isalpha():
            return None
        found.append(Numbered(name, " ".join(re.findall(r"\d+", rest[at])), tuple(rest[:at]), tuple(rest[at + 1 :])))
    return found


def is_numbered(cells: Sequence[str]) -> bool:
    """Whether a column is of this kind: nearly all cells that are not empty name annotations by number."""
    told = {cell for cell in cells if cell not in NOTHING}
    return bool(told) and sum(parsed(cell) is not None for cell in told) * 10 >= len(told) * 9


def named_in(cells: Sequence[str]) -> list[Numbered]:
    """What a column names, in the order of its words."""
    found: dict[tuple[str, str], Numbered] = {}
    for row, cell in enumerate(cells):
        for each in parsed(cell) or () if cell not in NOTHING else ():
            found.setdefault((each.name, each.numbers), each).rows.append(row)
    return list(found.values())
