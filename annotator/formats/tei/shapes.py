"""What an item is in the text of a TEI document: ``said``, ``choice``, ``persName`` …, and what its attributes say."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.formats.standoff.graph import Item, Standoff
from annotator.formats.standoff.labels import CLAIM, CUE, HOP, MENTION, SEGMENT, SOURCE, SPEAKER
from annotator.formats.tei.body import Shape, Tags
from annotator.formats.tei.common import name_of, speaker_id
from annotator.formats.tei.inline import PAIRED

KNOWN = frozenset({"said", "quote", "q", "persName", "orgName", "placeName", "name", "rs"})
"""Elements that an item of that label becomes."""
ORGANISATIONS = frozenset({"organization", "group", "media"})
"""Kinds of speakers that are an ``org``; all others are a ``person``."""
_DIRECT = {"direct": "true", "indirect": "false", "free_indirect": "false", "reported": "false", "narration": "false"}
_CERTAINTIES = frozenset({"high", "medium", "low", "unknown"})


class Shapes:
    """The shapes of the items of one article; ``names`` are their XML ids, ``people`` those of annotators by name."""

    def __init__(self, standoff: Standoff, names: Mapping[str, str], people: Mapping[str, str]) -> None:
        self._names, self._people = names, people
        self._kinds = {item.id: item.get("kind") or "person" for item in standoff.items if item.label == SPEAKER}
        self._speakers: dict[str, str] = {}
        """The speaker of a claim (its innermost hop that has one) and of the words for it."""
        for link in standoff.links:
            speaker = link.get("speaker")
            if link.label == HOP and speaker in self._kinds:
                self._speakers.update((id_, speaker) for role, id_ in link.ends if role in ("claim", "source"))
        self._made: dict[str, Shape] = {}

    def element(self, item: Item) -> str:
        """The name of the element."""
        return self.of(item).name

    def of(self, item: Item) -> Shape:
        """The element, with ``ana`` that leads to the item's features."""
        if item.id not in self._made:
            self._made[item.id] = self._shape(item)
        return self._made[item.id]

    def _shape(self, item: Item) -> Shape:
        ana = ("ana", f"#{self._names[item.id]}")
        speaker = item.get("speaker") or self._speakers.get(item.id, "")
        name = speaker_id(self._names[speaker]) if speaker in self._kinds else None
        if item.label == CLAIM:
            direct = _DIRECT.get(item.get("form") or "")
            return Shape("said", (*_one("who", name), *_one("direct", direct, ""), ana))
        if item.label in PAIRED:
            return Shape("choice", (ana,), item.get("replacement") or "", self._responsible(item))
        if item.label in (MENTION, SOURCE):
            element, told = self._named(item, name, self._kinds.get(speaker))
            return Shape(element, (*told, ana))
        if item.label in KNOWN:
            return Shape(item.label, (ana,))
        return Shape("seg", (("type", "cue" if item.label == CUE else name_of(item.label)), ana))

    def _named(self, item: Item, speaker: str | None, kind: str | None) -> tuple[str, Tags]:
        """Words for a speaker: its name, or what refers to it."""
        if item.label == SOURCE or item.get("kind") not in (None, "name"):
            return "rs", (("type", name_of(item.get("kind") or "source")), *_one("ref", speaker))
        element = "orgName" if kind in ORGANISATIONS else "persName"
        return element if speaker else "name", _one("ref", speaker)

    def _responsible(self, item: Item) -> Tags:
        certainty = item.get("certainty")
        cert = (("cert", certainty),) if certainty in _CERTAINTIES else ()
        return (*cert, *_one("resp", self._people.get(item.get("annotator") or "")))

    def block(self, segment: Item | None, *, is_first: bool, has_more: bool) -> Shape:
        """The element of a piece of the text: ``p`` for body text, ``head`` for a headline on top, else ``ab``."""
        if segment is None or segment.label != SEGMENT:
            return Shape("ab", ())
        ana = ("ana", f"#{self._names[segment.id]}")
        kind = segment.get("kind") or ""
        if kind == "body":
            return Shape("p", (ana,))
        if kind == "headline" and is_first and has_more:
            return Shape("head", (ana,))
        return Shape("ab", (("type", name_of(kind)), ana))


def _one(key: str, value: str | None, mark: str = "#") -> Tags:
    return ((key, f"{mark}{value}"),) if value else ()
