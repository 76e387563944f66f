"""Settling what an import could not place: on words that a person shows, or by deleting it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.formats.base import Reading
from annotator.formats.standoff.graph import Attributes, first
from annotator.formats.standoff.labels import CLAIM, CUE, MENTION, REGULARISATION, SOURCE, TRANSCRIPTION
from annotator.formats.standoff.quarantine import contents
from annotator.formats.standoff.values import Kept, clean, common, given, leftover, sound
from annotator.model import Claim, Correction, Mention, Quarantined, Speaker, new_id, now
from annotator.services import annotate, chains, corrections, speakers
from annotator.services.annotate import Author, Ranges
from annotator.services.together import together
from annotator.text.anchors import Places
from annotator.text.wording import shorten
from annotator.workspace import Workspace

KINDS = {
    CLAIM: "Claim",
    MENTION: "Mention",
    SOURCE: "Source",
    CUE: "Cue",
    TRANSCRIPTION: "Correction of the text",
    REGULARISATION: "Other spelling",
}
"""What a thing in quarantine can become, and what people call it."""
OF_CLAIM = (SOURCE, CUE)
"""The kinds that are no records of their own, but words of a claim's chain."""
REPLACING = (TRANSCRIPTION, REGULARISATION)
_FIXED = {"id", "article_id", "spans", "parent_id", "claim_id", "speaker_id", "kind", "replacement"}
_COMMON = {"annotator", "guideline", "created", "updated", "status", "certainty", "note", "origin"}
_TAKEN = {
    CLAIM: _COMMON | {"text", "form", "type", "check_worthy", "stance", "unsure", "tag"},
    MENTION: _COMMON | {"kind", "speaker", "name"},
    TRANSCRIPTION: _COMMON | {"replacement", "cause"},
    REGULARISATION: _COMMON | {"replacement", "cause"},
    SOURCE: frozenset({"speaker", "name", "hop"}),
    CUE: frozenset({"speaker", "name", "hop"}),
}
_NAMING = (MENTION, SOURCE, CUE)
RecordT = TypeVar("RecordT", Claim, Mention, Correction)


@dataclass(frozen=True, slots=True)
class Placing:
    """On what words a thing is placed, as what, and what must be known beside that."""

    ranges: Ranges
    author: Author
    as_kind: str
    """One of :data:`KINDS`."""
    claim_id: str | None = None
    """Whose source or cue it becomes."""
    replacement: str | None = None
    """What the words should read, for a correction that does not say it itself."""


def kind_of_thing(held: Quarantined) -> str | None:
    """What it is known to be, one of :data:`KINDS`; None: a person must say."""
    return held.label if held.label in KINDS else None


def replacement_of(held: Quarantined) -> str | None:
    """What its words should read, as far as it says so itself ("": nothing); None: it does not say."""
    told = first(_attributes(held), "replacement")
    return "" if told is None and held.label == TRANSCRIPTION else told


def places_of(held: Quarantined, text: str) -> Places:
    """Where it stood in the file, if it stands on words of ``text`` there; ()."""
    data = contents(held) or {}
    places = data["places"] if data.get("placed") else []
    fit = all(0 <= start < end <= len(text) for start, end in places)
    return tuple((start, end) for start, end in places) if fit else ()


def discard(ws: Workspace, id_: str) -> Edit:
    """Delete it; undo brings it back. Raises ``InvalidEdit``: it is not there."""
    return Edit("Delete from quarantine", (Change(_held(ws, id_), None),))


def place(ws: Workspace, id_: str, placing: Placing) -> Edit:
    """Make of a thing in quarantine what it was to be, on the words shown; it leaves the quarantine in the same edit.

    What its file says of it goes into the fields, and into the note what no field takes. A speaker who is named is
    the project's of that name, or a new one. The record has the id of the thing, so that what refers to it still does.

    Raises:
        InvalidEdit: it is not there any more; no words; no claim for a source or cue; no replacement; what is there
            already stands in the way.
    """
    held = _held(ws, id_)
    if placing.as_kind not in KINDS:
        raise InvalidEdit(f"Nothing in quarantine can become “{placing.as_kind}”.")
    if not any(start < end for start, end in placing.ranges):
        raise InvalidEdit("Select the words in the article that it stands for first.")
    named, speaker_id = _speaker(ws, held, placing.as_kind)
    makers: list[Callable[[Workspace], Edit]] = [partial(discard, id_=id_)]
    if named is not None:
        makers.append(lambda _: Edit("Add speaker", (Change(None, named),)))
    make = _of_claim if placing.as_kind in OF_CLAIM else _record
    makers += make(held, placing, speaker_id)
    return together(ws, f"Place “{shorten(held.exact or held.label, 30)}” from quarantine", makers)


# -- records ------------------------------------------------------------------------------------------------------


def _record(held: Quarantined, placing: Placing, speaker_id: str | None) -> Sequence[Callable[[Workspace], Edit]]:
    makers: dict[str, Callable[[Workspace], Edit]] = {
        CLAIM: lambda ws: annotate.mark_claim(ws, placing.ranges, placing.author),
        MENTION: lambda ws: annotate.mark_mention(ws, placing.ranges, placing.author, speaker_id, _mention(ws, held)),
        TRANSCRIPTION: lambda ws: corrections.mark(ws, placing.ranges, _replacement(held, placing), placing.author),
        REGULARISATION: lambda ws: _regularise(ws, placing, _replacement(held, placing)),
    }
    return [lambda ws: _filled(ws, held, placing, makers[placing.as_kind](ws))]


def _regularise(ws: Workspace, placing: Placing, replacement: str) -> Edit:
    if corrections.regularised(ws, placing.ranges) is not None:
        raise InvalidEdit("These words have another spelling already; delete that one first.")
    return corrections.regularise(ws, placing.ranges, replacement, placing.author)


def _filled(ws: Workspace, held: Quarantined, placing: Placing, edit: Edit) -> Edit:
    """The edit that makes a bare record, with what the file says of it."""
    (change,) = edit.changes
    record, told = change.after, partial(_told, ws, held, placing)
    if isinstance(record, Claim):
        return replace(edit, changes=(Change(None, told(record)),))
    if isinstance(record, Mention):
        return replace(edit, changes=(Change(None, told(record)),))
    if isinstance(record, Correction):
        return replace(edit, changes=(Change(None, told(record)),))
    raise TypeError(f"{edit.title} makes no annotation")


def _told(ws: Workspace, held: Quarantined, placing: Placing, record: RecordT) -> RecordT:
    attributes = _attributes(held)
    reading = Reading(held.place, placing.author.name, placing.author.guideline, ws.vocabulary)
    values: dict[str, Any] = {"id": held.id if ws.annotation(held.id) is None else new_id()}
    values |= common(attributes, reading, now())
    taken = _TAKEN[placing.as_kind] if held.label in KINDS else {"note"}
    own = tuple(pair for pair in attributes if pair[0] in taken)
    values |= given(type(record), own, without=_FIXED)
    if isinstance(record, Claim):
        values["tags"] = tuple(clean(value) for name, value in own if name == "tag")
    left = _untaken(held, attributes, taken, isinstance(record, Mention) and record.speaker_id is not None)
    return sound(replace(record, **values), left, reading, Kept())


def _replacement(held: Quarantined, placing: Placing) -> str:
    found = placing.replacement if placing.replacement is not None else replacement_of(held)
    if found is None:
        raise InvalidEdit("Say what the words should read.")
    return clean(found)


def _mention(ws: Workspace, held: Quarantined) -> str | None:
    """The kind of mention that the file says, if the project knows it."""
    kind = first(_attributes(held), "kind") if held.label == MENTION else None
    return kind if kind is not None and ws.vocabulary.get("mention.kind", kind) is not None else None


def _untaken(held: Quarantined, attributes: Attributes, taken: Collection[str], named: bool) -> list[tuple[str, str]]:
    """What stands in the note: what no field takes, another tool's label, a name that became no speaker's."""
    left = leftover(attributes, taken)
    if not named and "name" in taken and (name := first(attributes, "name")) is not None:
        left.append(("name", name))
    return left if held.label in KINDS else [("label", held.label), *left]


# -- words of a chain ---------------------------------------------------------------------------------------------


def _of_claim(held: Quarantined, placing: Placing, speaker_id: str | None) -> Sequence[Callable[[Workspace], Edit]]:
    claim_id = placing.claim_id
    if claim_id is None:
        raise InvalidEdit(f"Choose the claim whose {placing.as_kind.lower()} it is.")
    take = _take_cue if placing.as_kind == CUE else _take_source
    return [
        lambda ws: take(ws, claim_id, placing.ranges),
        lambda ws: _name(ws, claim_id, speaker_id),
        lambda ws: _note(ws, claim_id, held, placing.as_kind),
    ]


def _take_cue(ws: Workspace, claim_id: str, ranges: Ranges) -> Edit:
    return annotate.mark_cue(ws, claim_id, ranges)


def _take_source(ws: Workspace, claim_id: str, ranges: Ranges) -> Edit:
    """The words for the innermost hop; a claim without a chain gets one."""
    chain = annotate.claim_of(ws, claim_id).chain
    if chain and chain[-1].mention_spans:
        raise InvalidEdit("The words of this claim's source are known already; take them out first.")
    take = partial(chains.take_words, claim_id=claim_id, index=max(0, len(chain) - 1), part=chains.MENTION)
    makers: list[Callable[[Workspace], Edit]] = [] if chain else [partial(chains.add, claim_id=claim_id)]
    return together(ws, "Mark source", [*makers, lambda at: take(at, ranges=ranges)])


def _name(ws: Workspace, claim_id: str, speaker_id: str | None) -> Edit:
    """Who the innermost hop is, unless that is known."""
    claim = annotate.claim_of(ws, claim_id)
    if speaker_id is None or not claim.chain or claim.chain[-1].speaker_id is not None:
        return Edit("Set source", ())
    return chains.change(ws, claim_id, len(claim.chain) - 1, speaker_id=speaker_id)


def _note(ws: Workspace, claim_id: str, held: Quarantined, kind: str) -> Edit:
    """What no field takes goes into the note of the claim."""
    claim = annotate.claim_of(ws, claim_id)
    taken = _TAKEN[kind] | _COMMON - {"note"} if held.label in KINDS else frozenset[str]()
    is_known = bool(claim.chain) and claim.chain[-1].speaker_id is not None
    lines = [f"{name} = {clean(value)}" for name, value in _untaken(held, _attributes(held), taken, is_known)]
    return annotate.change(ws, claim_id, note="\n".join(filter(None, [claim.note, *lines])))


# -- the thing ----------------------------------------------------------------------------------------------------


def _speaker(ws: Workspace, held: Quarantined, as_kind: str) -> tuple[Speaker | None, str | None]:
    """The speaker that the thing names, and, when it is a new one, that one to be added.

    In labels of other tools nobody knows what a name is.
    """
    attributes = _attributes(held) if held.label in _NAMING and as_kind in _NAMING else ()
    if (id_ := first(attributes, "speaker")) in ws.speakers:
        return None, id_
    name = " ".join(clean(first(attributes, "name") or "").split())
    known = speakers.find(ws.speakers.values(), name) if name else None
    if known is not None or not name:
        return None, known.id if known else None
    try:
        fresh = speakers.new_speaker(name)
    except InvalidEdit:  # no name that a speaker can have: it stays in the note
        return None, None
    return fresh, fresh.id


def _attributes(held: Quarantined) -> Attributes:
    return tuple((name, value) for name, value in (contents(held) or {}).get("attributes", ()))


def _held(ws: Workspace, id_: str) -> Quarantined:
    held = ws.quarantined.get(id_)
    if held is None:
        raise InvalidEdit("That is no longer in quarantine.")
    return held
