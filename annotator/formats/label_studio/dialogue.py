"""Tasks of the tag Paragraphs: a list of who said what, and regions that count from the start of one of its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.foreign_json import is_offset, scalar
from annotator.formats.standoff.graph import Item

KIND = "paragraphlabels"
_NAMES = ("author", "speaker", "name")
_WORDS = ("text", "content", "utterance", "message")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The text of a list, an entry a paragraph below the name of its author."""

    key: str
    """Where the list stands among the task's data."""
    text: str
    starts: tuple[int, ...]
    """Where the words of each entry begin."""
    authors: tuple[Item, ...]

    def placed(self, result: Sequence[Any]) -> Iterator[Any]:
        """The results, those about entries as regions of the whole text."""
        for number, each in enumerate(result, start=1):
            value = each.get("value") if isinstance(each, dict) and each.get("type") == KIND else None
            if isinstance(value, dict):
                whole = {**self._place(value), "text": value.get("text"), "labels": value.get(KIND)}
                yield {**each, "id": each.get("id") or f"entry {number}", "type": "labels", "value": whole}
            else:
                yield each

    def _place(self, value: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for edge in ("start", "end"):
            number, offset = scalar(value.get(edge, "")), value.get(f"{edge}Offset")
            known = number.isdecimal() and len(number) < 9 and int(number) < len(self.starts)
            found[edge] = self.starts[int(number)] + int(offset) if known and is_offset(offset) else None
        return found


def dialogue(data: Mapping[str, Any]) -> Dialogue | None:
    """The first list of who said what among the data of a task."""
    for key, entries in data.items():
        if isinstance(entries, list) and entries and all(isinstance(each, dict) for each in entries):
            words = next((name for name in _WORDS if all(isinstance(each.get(name), str) for each in entries)), None)
            if words is not None:
                return _made(key, entries, words)
    return None


def _made(key: str, entries: Sequence[Mapping[str, Any]], words: str) -> Dialogue:
    parts: list[str] = []
    starts: list[int] = []
    authors: list[Item] = []
    length = 0
    for number, entry in enumerate(entries, start=1):
        name = next((said for each in _NAMES if isinstance(said := entry.get(each), str) and said.strip()), "")
        if name:
            begin = length + len(name) - len(name.lstrip())
            place = (begin, begin + len(name.strip().rstrip(":")))
            authors.append(Item(f"author {number}", "author", (place,)))
        head = f"{name}\n" if name else ""
        starts.append(length + len(head))
        parts.append(f"{head}{entry[words]}")
        length += len(parts[-1]) + 2
    return Dialogue(key, "\n\n".join(parts), tuple(starts), tuple(authors))
