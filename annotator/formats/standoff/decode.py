"""A standoff in this program's own labels (see :mod:`.labels`) to an article that can be imported.

Nothing is dropped. What cannot become a record goes into quarantine with the reason; a value that the project's
vocabularies lack, and an attribute that no field takes, go into the record's note.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from annotator.errors import InvalidEdit
from annotator.formats.base import Draft, Reading
from annotator.formats.standoff import labels, quarantine
from annotator.formats.standoff.chains import Chains
from annotator.formats.standoff.encode import FROM_SOURCE, KINDS, article_fields
from annotator.formats.standoff.graph import Item, Link, Place, Standoff
from annotator.formats.standoff.people import People
from annotator.formats.standoff.places import settle
from annotator.formats.standoff.values import Kept, clean, common, given, json_values, leftover, sound
from annotator.formats.standoff.wikidata import WIKIDATA
from annotator.model import (
    Article,
    Claim,
    Correction,
    Evidence,
    Mention,
    Quarantined,
    Segment,
    SourceText,
    Span,
    new_id,
    now,
)
from annotator.rules import is_date, value_problems
from annotator.text.anchors import anchor, segment_problems, tidy
from annotator.text.corrected import overlaps, replacements
from annotator.text.recognise import recognise
from annotator.text.wording import counted, sentence, shorten

_SAME = {labels.SOURCE: labels.MENTION}
"""Items that become records of the same kind."""
_KINDS = {label: kind for kind, label in KINDS.items()}
_COMMON = frozenset({"uuid", "annotator", "guideline", "created", "updated", "status", "certainty", "note", "origin"})
_CLAIM = _COMMON | {"text", "form", "type", "check_worthy", "stance", "unsure", "tag"}
_MENTION = _COMMON | {"kind", "speaker", "name", WIKIDATA}
_CORRECTION = _COMMON | {"replacement", "cause", "verdict", "evidence"}


def decode(standoff: Standoff, reading: Reading, place: str = "") -> Draft:
    """The draft of one article. ``place`` is where it was read, for people ("": the standoff's name)."""
    return _Decoding(standoff, reading, place or standoff.name).draft()


class _Decoding:
    def __init__(self, standoff: Standoff, reading: Reading, place: str) -> None:
        self.reading, self.place, self.time = reading, place, now()
        settled = settle(standoff)
        self.standoff, self.text = settled.standoff, settled.standoff.text
        self.notes = [*standoff.notes, *settled.notes]
        self.kept = Kept()
        self.article_id = clean(standoff.get("id") or new_id())
        self.ids: dict[str, str] = {}
        """What each item and link of the file is called in the project."""
        self.quarantined: list[Quarantined] = []
        self._held: set[str] = set()
        self.locked_links: list[tuple[Link, str]] = []
        for item, why in settled.misfits:
            self._lock_up(item, why, placed=False)
        self.quarantined += (
            quarantine.of_unread(unread, self.article_id, place, self.time) for unread in standoff.unread
        )
        self.items = {item.id: item for item in self.standoff.items if self._is_usable(item)}
        self.links = [link for link in self.standoff.links if self._is_link(link)]
        self.people = People(self.items.values(), reading, self.time)
        self.chains = Chains(self.text, self.items, self.links, self.people)
        self._name_items()
        self.claims: dict[str, Claim] = {}
        self.mentions: dict[str, Mention] = {}
        self.corrections: dict[str, Correction] = {}
        self.segments: list[Segment] = []

    def draft(self) -> Draft:
        for item in self.items.values():
            self._take(item)
        self._put_inside()
        self._put_about()
        self._part_corrections()
        self.locked_links += self.chains.broken
        self._lock_up_links()
        article = self._article()
        text_hash = hashlib.sha256(self.text.encode()).hexdigest()
        origin = {name: self.standoff.get(name) for name in FROM_SOURCE}
        return Draft(
            article,
            SourceText(self.article_id, self.text, text_hash, **origin),
            self.people.all(),
            tuple(self.mentions.values()),
            tuple(self.claims.values()),
            tuple(self.corrections.values()),
            self.place,
            tuple(self.quarantined),
            by_name=frozenset(self.people.by_name),
            told=frozenset(self._told_before()),
        )

    # -- what cannot be used ------------------------------------------------------------------------------------

    def _name_items(self) -> None:
        """The items' own ids, where no item of their kind before has the same."""
        taken: set[tuple[str, str]] = set()
        for item in self.items.values():
            kind = "correction" if item.label in _KINDS else _SAME.get(item.label, item.label)
            own = clean(item.get("uuid") or "")
            self.ids[item.id] = own if own and (kind, own) not in taken else new_id()
            taken.add((kind, self.ids[item.id]))

    def _hold(self, held: Quarantined) -> Quarantined:
        """Put it into quarantine, under an id that nothing there has."""
        if held.id in self._held:
            held = replace(held, id=new_id())
        self._held.add(held.id)
        self.quarantined.append(held)
        return held

    def _is_usable(self, item: Item) -> bool:
        """Whether the item can become a record; otherwise it is locked up here."""
        if quarantine.was_quarantined(item):
            first, placed = quarantine.as_read_again(item)
            self._lock_up(first, placed=placed)
            return False
        if item.label not in labels.ITEM_LABELS:
            self._lock_up(item, f"nothing says what “{shorten(item.label)}” stands for")
            return False
        empty = any(start >= end for start, end in item.places) or not item.places
        own = item.get("uuid") or item.get("hop")
        may_be_empty = own or item.label in (labels.SPEAKER, labels.TRANSCRIPTION, labels.FACTUAL)
        if empty and not may_be_empty:
            self._lock_up(item, "it stands on no words")
            return False
        return True

    def _is_link(self, link: Link) -> bool:
        known = link.label in labels.LINK_LABELS
        if known and not quarantine.was_quarantined(link):
            return True
        self.locked_links.append((link, "" if known else f"nothing says what “{shorten(link.label)}” stands for"))
        return False

    def _lock_up(self, item: Item, why: str = "", *, placed: bool = True) -> None:
        held = quarantine.of_item(item, why, self.article_id, self.place, self.time, placed=placed)
        self.ids[item.id] = self._hold(held).id

    def _lock_up_links(self) -> None:
        """Links go last, when it is known what everything they join has become."""
        for item in self.items.values():
            for number, link in enumerate(self.chains.links_of(item.id), start=1):
                self.ids.setdefault(link.id, f"{self.ids[item.id]}/hop/{number}")
                for role, id_ in link.ends:
                    if role in ("source", "cue") and id_ not in self.mentions:
                        self.ids[id_] = f"{self.ids[item.id]}/{role}/{number}"
        for link, _ in self.locked_links:
            self.ids[link.id] = clean(link.get("uuid") or new_id())
        for link, why in self.locked_links:
            held = quarantine.of_link(link, why, self.ids, self.article_id, self.place, self.time)
            self._hold(replace(held, id=self.ids[link.id]))

    # -- records ------------------------------------------------------------------------------------------------

    def _take(self, item: Item) -> None:
        if item.label == labels.CLAIM:
            self.claims[item.id] = self._claim(item)
        elif item.label == labels.MENTION or (item.label == labels.SOURCE and item.id not in self.chains.used):
            self.mentions[item.id] = self._mention(item)
        elif item.label == labels.CUE and item.id not in self.chains.used:
            self._lock_up(item, "it is the cue of no claim")
        elif item.label in _KINDS:
            self.corrections[item.id] = self._correction(item)
        elif item.label == labels.SEGMENT:
            self._segment(item)

    def _spans(self, item: Item) -> tuple[Span, ...]:
        """The item's spans: this program's own as they are, those of others in order and never one over the other."""
        if item.get("uuid") or any(start == end for start, end in item.places):
            return tuple(anchor(self.text, *place) for place in item.places)
        ordered = sorted(item.places)
        if all(one[1] <= other[0] for one, other in pairwise(ordered)):
            return tuple(anchor(self.text, *place) for place in ordered)  # parts that touch are as the file has them
        return tidy(self.text, ordered)

    def _values(self, item: Item, owner: type) -> dict[str, Any]:
        values = given(owner, item.attributes, without={"id", "article_id", "spans"})
        return {
            "id": self.ids[item.id],
            "article_id": self.article_id,
            "spans": self._spans(item),
            **common(item.attributes, self.reading, self.time),
            **values,
        }

    def _claim(self, item: Item) -> Claim:
        chain, left = self.chains.of(item, self.reading.vocabulary)
        values = {**self._values(item, Claim), "parent_id": None}
        claim = Claim(chain=chain, tags=tuple(clean(tag) for tag in item.all("tag")), **values)
        return sound(claim, [*left, *leftover(item.attributes, _CLAIM)], self.reading, self.kept)

    def _mention(self, item: Item) -> Mention:
        values = {**self._values(item, Mention), "speaker_id": self.people.of(item)}
        return sound(Mention(**values), leftover(item.attributes, _MENTION), self.reading, self.kept)

    def _correction(self, item: Item) -> Correction:
        evidence, wrong = json_values(Evidence, item.all("evidence"))
        values = {**self._values(item, Correction), "kind": _KINDS[item.label], "claim_id": None}
        left = [*(("evidence", text) for text in wrong), *leftover(item.attributes, _CORRECTION)]
        return sound(Correction(evidence=tuple(evidence), **values), left, self.reading, self.kept)

    def _segment(self, item: Item) -> None:
        kind = item.get("kind") or ""
        start, end = item.places[0]
        known = self.reading.vocabulary
        if "segment.kind" in known and known.get("segment.kind", kind) is None:
            self._lock_up(item, f"there is no kind of segment “{shorten(kind)}”")
        elif len(item.places) > 1 or next(segment_problems([*map(_place, self.segments), (start, end)]), None):
            self._lock_up(item, "segments are whole, in order, and do not overlap")
        else:
            self.segments.append(Segment(kind, start, end))

    # -- links --------------------------------------------------------------------------------------------------

    def _put_inside(self) -> None:
        parents: dict[str, str] = {}
        for link in (link for link in self.links if link.label == labels.INSIDE):
            child, parent = _ends(link, "child", "parent")
            if child not in self.claims or parent not in self.claims or child in parents:
                self.locked_links.append((link, "it does not join one claim to the one around it"))
            elif _leads_to(parents, parent, child):
                self.locked_links.append((link, "the claim would be inside itself"))
            else:
                parents[child] = parent
                self.claims[child] = replace(self.claims[child], parent_id=self.ids[parent])

    def _put_about(self) -> None:
        for link in (link for link in self.links if link.label == labels.ABOUT):
            correction, claim = _ends(link, "correction", "claim")
            if correction not in self.corrections or claim not in self.claims:
                self.locked_links.append((link, "it does not join a correction to a claim"))
            else:
                self.corrections[correction] = replace(self.corrections[correction], claim_id=self.ids[claim])

    def _part_corrections(self) -> None:
        """Corrections of the text that overlap: the first stays, the others are locked up."""
        try:
            replacements(self.corrections.values())
            return
        except InvalidEdit:
            pass
        taken: list[tuple[int, int]] = []
        for id_, correction in list(self.corrections.items()):
            places = sorted((span.start, span.end) for span in correction.spans) if correction.applied else []
            if any(overlaps(*one, *other) for one, other in pairwise(places)) or any(
                map(partial(_hits, taken), places)
            ):
                self._lock_up(self.items[id_], "another correction stands at its place")
                del self.corrections[id_]
            else:
                for place in places:
                    insort(taken, place)

    # -- article ------------------------------------------------------------------------------------------------

    def _article(self) -> Article:
        known = {name: clean(value) for name, value in self.standoff.fields if name in article_fields()}
        values = {name: value for name, value in known.items() if name not in (*FROM_SOURCE, "id", "position")}
        published = values.get("published")
        if published is not None and not is_date(published, with_time=True):
            self.notes.append(f"The date “{shorten(published)}” is not a date this program knows; it was left out.")
            del values["published"]
        state = values.get("state")
        if state is not None and any(
            True for _ in value_problems(Article("", "", state=state), self.reading.vocabulary)
        ):
            self.notes.append(f"There is no state “{shorten(state)}” of an article; it was left out.")
            del values["state"]
        for name, count in self.kept.counts.items():
            self.notes.append(
                f"“{shorten(name)}” of {counted(count, 'annotation')} has no field here; it stands in the note."
            )
        own = self._told_before()
        found = recognise(self.text) if "title" not in values else None
        segments = tuple(self.segments) or (found.segments if found else ())
        values = {"title": (found.title if found else None) or self.standoff.name, **values}
        times = {"created": self.time, "updated": self.time}
        position = known.get("position", "")
        return Article(
            id=self.article_id,
            segments=segments,
            import_notes=tuple(dict.fromkeys((*own, *map(sentence, self.notes)))),
            position=int(position) if position.isascii() and position.isdecimal() and len(position) < 10 else 0,
            **{**times, **values},
        )

    def _told_before(self) -> list[str]:
        """The notes of an earlier import, which came along."""
        return [clean(value) for name, value in self.standoff.fields if name == "import_note"]


def _hits(taken: Sequence[Place], place: Place) -> bool:
    """Whether a corrected place collides with one of ``taken``, which are in order and do not collide."""
    at = bisect_left(taken, place)
    return any(overlaps(*place, *other) for other in taken[max(0, at - 1) : at + 1])


def _leads_to(parents: Mapping[str, str], claim: str, other: str) -> bool:
    """Whether a claim is the other, or inside it."""
    while claim != other and claim in parents:
        claim = parents[claim]
    return claim == other


def _place(segment: Segment) -> tuple[int, int]:
    return segment.start, segment.end


def _ends(link: Link, first: str, second: str) -> tuple[str, str]:
    return next(iter(link.of_role(first)), ""), next(iter(link.of_role(second)), "")
