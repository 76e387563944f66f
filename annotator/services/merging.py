"""Speakers of the project: merge two that are one, split one that is two.

``uses`` are all mentions and claims of a speaker in every article (``Project.uses_of_speaker``). The edit that comes
back is the preview as well: it lists every record that changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Claim, Hop, Mention, Record, Span, Speaker, is_entry, now
from annotator.services import speakers
from annotator.services.speakers import key
from annotator.workspace import Workspace


def merge(ws: Workspace, kept_id: str, other_id: str, uses: Iterable[Record]) -> Edit:
    """Make one speaker of two: ``kept_id`` stays, and is named wherever ``other_id`` was.

    The other's names become aliases; its roles and what the kept one does not say are taken over. Where the two stood
    next to each other in a chain they become one hop.

    Raises:
        InvalidEdit: one is not there, they are the same, or they have different Wikidata ids.
    """
    kept, other = _speaker(ws, kept_id), _speaker(ws, other_id)
    if kept_id == other_id:
        raise InvalidEdit("Choose two different speakers to merge.")
    known = set(filter(is_entry, (kept.wikidata, other.wikidata)))
    if len(known) > 1:
        raise InvalidEdit(f"“{kept.name}” is {kept.wikidata} in Wikidata and “{other.name}” {other.wikidata}.")
    after = replace(
        kept,
        aliases=_aliases(kept, other),
        roles=tuple(dict.fromkeys((*kept.roles, *other.roles))),
        affiliation=kept.affiliation or other.affiliation,
        wikidata=next(iter(known), None) or kept.wikidata or other.wikidata,
        note="\n".join(dict.fromkeys(note for note in (kept.note, other.note) if note)),
        updated=now(),
    )
    changes = [Change(kept, after)] if replace(after, updated=kept.updated) != kept else []
    changes += _moved(uses, other_id, kept_id)
    return Edit(f"Merge {other.name} into {kept.name}", (*changes, Change(other, None)))


def split(
    ws: Workspace,
    speaker_id: str,
    name: str,
    chosen: Iterable[Record],
    aliases: Sequence[str] = (),
    kind: str | None = None,
) -> Edit:
    """Give some uses of a speaker to another one, which is created under ``name`` when it is unknown.

    ``aliases`` are those that go along.

    Raises:
        InvalidEdit: nothing was chosen, or the name is the speaker's own.
    """
    old = _speaker(ws, speaker_id)
    target = speakers.find((s for s in ws.speakers.values() if s.id != speaker_id), name)
    if target is None and key(name) == key(old.name):
        raise InvalidEdit(f"The new speaker needs another name than “{old.name}”.")
    new = target or speakers.new_speaker(name, kind or old.kind)
    changes = _moved(chosen, speaker_id, new.id)
    if not changes:
        raise InvalidEdit("Choose the mentions and claims that are somebody else's.")
    gone = {key(alias) for alias in aliases} | {key(name)}
    rest = replace(old, aliases=tuple(alias for alias in old.aliases if key(alias) not in gone), updated=now())
    if rest.aliases != old.aliases:
        changes.insert(0, Change(old, rest))
    named = replace(new, aliases=_unique((*new.aliases, *aliases), new.name))
    if target is None:
        changes.insert(0, Change(None, named))
    elif named != target:
        changes.insert(0, Change(target, replace(named, updated=now())))
    return Edit(f"Split {new.name} from {old.name}", tuple(changes))


def move(record: Record, old_id: str, new_id: str) -> Record:
    """The mention or claim with one speaker in another's place; the record itself when it does not name the one."""
    if isinstance(record, Mention) and record.speaker_id == old_id:
        return replace(record, speaker_id=new_id, updated=now())
    if isinstance(record, Claim):
        hops = [_renamed(hop, old_id, new_id) for hop in record.chain]
        if tuple(hops) != record.chain:
            return replace(record, chain=_folded(hops), updated=now())
    return record


RecordT = TypeVar("RecordT", Mention, Claim)


def repointed(record: RecordT, ids: Mapping[str, str]) -> RecordT:
    """The record as it would have been made with other speakers: ``ids`` are the new ones by the old."""
    if isinstance(record, Mention):
        return replace(record, speaker_id=ids.get(record.speaker_id or "", record.speaker_id))
    chain = tuple(
        replace(
            hop,
            speaker_id=ids.get(hop.speaker_id or "", hop.speaker_id),
            addressee_id=ids.get(hop.addressee_id or "", hop.addressee_id),
        )
        for hop in record.chain
    )
    return replace(record, chain=chain)


def _moved(uses: Iterable[Record], old_id: str, new_id: str) -> list[Change]:
    pairs = ((record, move(record, old_id, new_id)) for record in uses)
    return [Change(before, after) for before, after in pairs if after is not before]


def _renamed(hop: Hop, old_id: str, new_id: str) -> Hop:
    speaker = new_id if hop.speaker_id == old_id else hop.speaker_id
    addressee = new_id if hop.addressee_id == old_id else hop.addressee_id
    return replace(hop, speaker_id=speaker, addressee_id=addressee)


def _folded(hops: Sequence[Hop]) -> tuple[Hop, ...]:
    """The chain in which neighbours of the same speaker are one hop."""
    folded: list[Hop] = []
    for hop in hops:
        if folded and hop.speaker_id is not None and folded[-1].speaker_id == hop.speaker_id:
            before = folded[-1]
            folded[-1] = replace(
                before,
                mention_spans=_together(before.mention_spans, hop.mention_spans),
                cue_spans=_together(before.cue_spans, hop.cue_spans),
                referring=_plainest(before.referring, hop.referring),
                medium=before.medium or hop.medium,
                addressee_id=before.addressee_id or hop.addressee_id,
                date=before.date or hop.date,
            )
        else:
            folded.append(hop)
    return tuple(folded)


def _together(one: tuple[Span, ...], two: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted({*one, *two}, key=lambda span: (span.start, span.end)))


def _plainest(one: str | None, two: str | None) -> str | None:
    """Of two ways to refer to a source, the one that says most: a name in the text is no longer implicit."""
    return next((way for way in ("explicit", "anaphoric", "implicit") if way in (one, two)), one or two)


def _aliases(kept: Speaker, other: Speaker) -> tuple[str, ...]:
    return _unique((*kept.aliases, other.name, *other.aliases), kept.name)


def _unique(aliases: Iterable[str], name: str) -> tuple[str, ...]:
    """Every alias once, in order, without the name itself."""
    seen = {key(name)}
    return tuple(alias for alias in aliases if not (key(alias) in seen or seen.add(key(alias))))  # type: ignore[func-returns-value]


def _speaker(ws: Workspace, id_: str) -> Speaker:
    speaker = ws.speakers.get(id_)
    if speaker is None:
        raise InvalidEdit("This speaker is no longer there.")
    return speaker
