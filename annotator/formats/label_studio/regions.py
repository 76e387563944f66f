"""The results of one annotation: regions with what is said of them, and relations between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.foreign_json import is_offset, listed, raw, scalar
from annotator.formats.label_studio.common import ANSWERS, LABELS, attribute
from annotator.formats.standoff.binary import Relation
from annotator.formats.standoff.graph import Item, Place, Unread

_UNKNOWN: Place = (-1, -1)


@dataclass(slots=True)
class _Region:
    id: str
    labels: list[str]
    place: Place
    words: str | None
    attributes: list[tuple[str, str]] = field(default_factory=list)


class Regions:
    """What is found in the results of one annotation."""

    def __init__(self, result: Sequence[Any]) -> None:
        self.unread: list[Unread] = []
        self.answers: list[tuple[str, str]] = []
        """What is said of the text as a whole: the tag, and the answer."""
        self.source = ""
        """Which of the task's data is shown (``$text``), as far as the results say it."""
        self.are_html = False
        self._regions: dict[str, _Region] = {}
        self.relations: list[Relation] = []
        """What joins two regions, in order."""
        said: list[dict[str, Any]] = []
        for number, each in enumerate(result, start=1):
            if not isinstance(each, dict):
                self._refuse(each, "it is no object", number)
            elif each.get("type") == "relation":
                self._relation(each, number)
            elif each.get("type") in LABELS:
                self._region(each, number)
            else:
                said.append(each)
        for number, each in enumerate(said, start=1):
            self._say(each, number)

    def _refuse(self, what: Any, reason: str, number: int) -> None:
        self.unread.append(Unread(raw(what), reason, f"result {number}"))

    def _region(self, data: dict[str, Any], number: int) -> None:
        value = data.get("value")
        if not isinstance(value, dict):
            self._refuse(data, "it has no value", number)
            return
        self.are_html = self.are_html or data["type"] == "hypertextlabels"
        self.source = self.source or scalar(data.get("source", ""))
        words = value.get("text")
        place = _place(value)
        if place is None and not (isinstance(words, str) and words):
            self._refuse(data, "its place is no pair of offsets", number)
            return
        names = _names(value.get(data["type"], value.get("labels")))
        id_ = scalar(data.get("id", f"region {number}"))
        if id_ in self._regions:
            self._refuse(data, f"the id “{id_[:40]}” is taken", number)
            return
        region = _Region(id_, names or ["region"], place or _UNKNOWN, words if isinstance(words, str) else None)
        meta = data.get("meta")
        notes = meta.get("text") if isinstance(meta, dict) else None
        region.attributes += (("note", scalar(note)) for note in (notes if isinstance(notes, list) else []))
        self._regions[id_] = region

    def _relation(self, data: dict[str, Any], number: int) -> None:
        first, second = data.get("from_id"), data.get("to_id")
        if first is None or second is None:
            self._refuse(data, "it does not say what it joins", number)
            return
        if data.get("direction") == "left":
            first, second = second, first
        names = _names(data.get("labels")) or ["relation"]
        self.relations += (Relation(name, scalar(first), scalar(second)) for name in names)

    def _say(self, data: dict[str, Any], number: int) -> None:
        """An answer about a region, or about the whole."""
        kind = scalar(data.get("type", ""))
        values = list(_values(data.get("value"), kind)) if kind in ANSWERS else []
        name = attribute(scalar(data.get("from_name", data.get("type", "answer"))))
        region = self._regions.get(scalar(data.get("id", "")))
        if not values:
            self._refuse(data, f"“{kind[:40]}” is no label on a text", number)
        elif region is not None:
            region.attributes += ((name, value) for value in values)
        else:
            self.answers += ((name, value) for value in values)

    # -- what comes of it ---------------------------------------------------------------------------------------

    def fitting(self, text: str) -> int:
        """How many regions quote words of a text."""
        return sum(
            region.words is not None and _unescaped(region.words, text) in text for region in self._regions.values()
        )

    def items(self, text: str) -> Iterator[Item]:
        """An item for each region, in order."""
        for region in self._regions.values():
            more = tuple(("label", label) for label in region.labels[1:])
            exact = None if region.words is None else (_unescaped(region.words, text),)
            yield Item(region.id, region.labels[0], (region.place,), exact, (*region.attributes, *more))


def _names(labels: Any) -> list[str]:
    """Labels as a result has them: a list, or one by itself, as tools write that make such files."""
    return [labels] if isinstance(labels, str) and labels else [scalar(label) for label in listed(labels)]


def _place(value: dict[str, Any]) -> Place | None:
    """The place of a region; None: it has none, or one among the nodes of a page."""
    offsets = value.get("globalOffsets")
    if isinstance(offsets, dict):
        value = offsets
    found = [
        int(each) if isinstance(each, str) and each.isdecimal() else each for each in map(value.get, ("start", "end"))
    ]
    start, end = found
    return (start, end) if is_offset(start) and is_offset(end) and start <= end else None


def _unescaped(words: str, text: str) -> str:
    """The quoted words; Label Studio writes line ends in them as a backslash and an n."""
    return words if "\\n" not in words or words in text else words.replace("\\n", "\n")


def _values(value: Any, kind: str) -> Iterator[str]:
    """What a result of a kind (``choices``, ``textarea`` …) says."""
    if not isinstance(value, dict):
        return
    said = value.get("text" if kind == "textarea" else kind)
    for each in said if isinstance(said, list) else [] if said is None else [said]:
        yield " / ".join(map(scalar, each)) if isinstance(each, list) else scalar(each)
