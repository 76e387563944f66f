"""Speakers and the chains that lead to them. A new name creates the speaker, in the same edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Claim, Hop, Mention, Record, Speaker, new_id, now
from annotator.rules import check_fields, ends_early
from annotator.services import annotate
from annotator.text import anchors
from annotator.text.wording import shorten
from annotator.workspace import Workspace

SEPARATOR = " > "
_UNKNOWN = "?"
_FIXED_FIELDS = {"id", "created", "updated"}
_SPLIT = re.compile(r"\s*[>→]\s*")
_MEDIA = re.compile(
    r"\b(times|post|news|agency|novosti|tass|reuters|press|herald|guardian|journal|tv|radio)\b", re.IGNORECASE
)
_BODIES = re.compile(
    r"\b(ministry|government|committee|council|party|union|bank|university|department|court)\b", re.IGNORECASE
)


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """What two spellings of one name have in common: case and spaces do not count."""
    return " ".join(name.split()).casefold()


def find(speakers: Iterable[Speaker], name: str) -> Speaker | None:
    """The speaker of that name or, failing that, with that alias."""
    wanted = key(name)
    by_alias: Speaker | None = None
    for speaker in speakers:
        if key(speaker.name) == wanted:
            return speaker
        if speaker.aliases and by_alias is None and any(key(alias) == wanted for alias in speaker.aliases):
            by_alias = speaker
    return by_alias


def guess_kind(name: str) -> str:
    """``media``, ``organization`` or ``person``, from the name alone; the annotator can change it."""
    if _MEDIA.search(name):
        return "media"
    return "organization" if _BODIES.search(name) else "person"


def check_name(name: str) -> str:
    """The name as it is stored: single spaces, none at the ends.

    Raises:
        InvalidEdit: nothing in it can be seen, or it would be read as a chain or as a source not yet known.
    """
    clean = " ".join(name.split())
    if not any(character.isalnum() for character in clean):
        raise InvalidEdit("A speaker needs a name with at least one letter or digit.")
    if _SPLIT.search(clean):
        raise InvalidEdit("A speaker's name cannot hold “>” or “→”: they stand between the names of a chain.")
    return clean


def check_free(ws: Workspace, name: str, speaker_id: str | None = None) -> None:
    """Raise InvalidEdit when a speaker other than ``speaker_id`` has that name (an alias is no hindrance)."""
    wanted = key(name)
    for other in ws.speakers.values():
        if key(other.name) == wanted and other.id != speaker_id:
            raise InvalidEdit(f"There is already a speaker “{other.name}”.")


def new_speaker(name: str, kind: str | None = None) -> Speaker:
    """A speaker with that name, not yet stored. Raises InvalidEdit when the name is empty."""
    clean = check_name(name)
    time = now()
    return Speaker(id=new_id(), name=clean, kind=kind or guess_kind(clean), created=time, updated=time)


def create(ws: Workspace, name: str, kind: str | None = None) -> Edit:
    """A new speaker. Raises InvalidEdit when one of that name exists."""
    check_free(ws, name)
    return Edit("Add speaker", (Change(None, new_speaker(name, kind)),))


def change(ws: Workspace, speaker_id: str, **values: Any) -> Edit:
    """Set fields of a speaker.

    Raises:
        InvalidEdit: unknown field or value, no name, another speaker's name, no Wikidata id, or a role that ends
            before it begins.
    """
    speaker = _speaker(ws, speaker_id)
    check_fields(speaker, values, _FIXED_FIELDS, ws.vocabulary)
    if "name" in values:
        values["name"] = check_name(values["name"])
        check_free(ws, values["name"], speaker_id)
    if values.get("wikidata") and not re.fullmatch(r"Q[1-9]\d*|none", values["wikidata"]):
        raise InvalidEdit("A Wikidata id looks like Q58217; write “none” when there is none.")
    for role in values.get("roles", ()):
        if role.since and role.until and ends_early(role.since, role.until):
            raise InvalidEdit(f"“{shorten(role.title)}” cannot end in {role.until}, before it begins in {role.since}.")
    after = replace(speaker, **values)
    if after == speaker:
        return Edit("Change speaker", ())
    title = "Rename speaker" if "name" in values else f"Change {', '.join(values)} of speaker"
    return Edit(title, (Change(speaker, replace(after, updated=now())),))


def delete(ws: Workspace, speaker_id: str, uses: Sequence[Record]) -> Edit:
    """Delete a speaker; ``uses`` (every mention and claim that names it, in all articles) lose the link."""
    speaker = _speaker(ws, speaker_id)
    changes: list[Change] = []
    for record in uses:
        if isinstance(record, Mention):
            changes.append(Change(record, replace(record, speaker_id=None, updated=now())))
        elif isinstance(record, Claim):
            chain = tuple(_without(hop, speaker_id) for hop in record.chain)
            changes.append(Change(record, replace(record, chain=chain, updated=now())))
    return Edit(f"Delete speaker {speaker.name}", (*changes, Change(speaker, None)))


def source_of(claim: Claim) -> str | None:
    """The id of the speaker who makes the claim: the innermost hop's that has one."""
    return next((hop.speaker_id for hop in reversed(claim.chain) if hop.speaker_id), None)


def chain_line(ws: Workspace, claim: Claim) -> str:
    """The chain in one line, outermost first; a hop without speaker shows as ``?``."""
    return SEPARATOR.join(_name(ws, hop) for hop in claim.chain)


def set_chain_line(
    ws: Workspace,
    claim_id: str,
    line: str,
    words: Sequence[tuple[int, int]] = (),
    found: dict[str, Speaker] | None = None,
) -> Edit:
    """Give the claim the chain that ``line`` names, creating speakers that are unknown.

    A hop whose speaker stays keeps its cues, mentions, referring type and medium. A line of as many names as
    before keeps them by place, so that a source can be renamed in the line. ``?`` stands for a source not yet known.
    ``words`` are the places that name the innermost source; they become its mention. ``found`` remembers, for the next
    claims that get the same line, who among all speakers was meant.
    """
    claim = ws.claims.get(claim_id)
    if claim is None:
        raise InvalidEdit("This claim is no longer there.")
    if not words and line.strip() == chain_line(ws, claim):
        return Edit("Change attribution chain", ())
    names = [name for part in _SPLIT.split(line.strip()) if (name := " ".join(part.split()))]
    created: dict[str, Speaker] = {}
    own = [ws.speakers[hop.speaker_id] for hop in claim.chain if hop.speaker_id in ws.speakers]
    ids = [_resolve(ws, name, created, own, found) for name in names]
    known = [i for i in ids if i is not None]
    if twice := next((i for i in known if known.count(i) > 1), None):
        name = next(s.name for s in (*ws.speakers.values(), *created.values()) if s.id == twice)
        raise InvalidEdit(f"{name} stands twice in this chain: nobody is their own source.")
    chain = _rechain(claim.chain, ids)
    if words and chain:
        mention = anchors.tidy(ws.text, words)
        referring = annotate.guess_referring(mention[0].exact)
        chain = (*chain[:-1], replace(chain[-1], mention_spans=mention, referring=referring))
    if chain == claim.chain:
        return Edit("Change attribution chain", ())
    changes = [Change(None, speaker) for speaker in created.values()]
    changes.append(Change(claim, replace(claim, chain=chain, updated=now())))
    return Edit("Change attribution chain", tuple(changes))


def set_source(ws: Workspace, claim_id: str, name: str) -> Edit:
    """Name the speaker who makes the claim: the innermost hop. "" takes that speaker out of the hop."""
    claim = ws.claims.get(claim_id)
    if claim is None:
        raise InvalidEdit("This claim is no longer there.")
    names = [_name(ws, hop) for hop in claim.chain] or [_UNKNOWN]
    if _SPLIT.search(name):
        return set_chain_line(ws, claim_id, name)
    names[-1] = " ".join(name.split()) or _UNKNOWN
    return set_chain_line(ws, claim_id, SEPARATOR.join(names))


def assign(ws: Workspace, mention_id: str, name: str) -> Edit:
    """Link a mention to the speaker of that name or alias, creating it when unknown; "" unlinks."""
    mention = ws.mentions.get(mention_id)
    if mention is None:
        raise InvalidEdit("This mention is no longer there.")
    created: dict[str, Speaker] = {}
    speaker_id = _resolve(ws, " ".join(name.split()) or _UNKNOWN, created)
    if speaker_id == mention.speaker_id:
        return Edit("Link mention", ())
    changes = [Change(None, speaker) for speaker in created.values()]
    changes.append(Change(mention, replace(mention, speaker_id=speaker_id, updated=now())))
    return Edit("Link mention", tuple(changes))


def _rechain(old: tuple[Hop, ...], ids: Sequence[str | None]) -> tuple[Hop, ...]:
    """The hops of ``ids``, each the old one where there is one: by speaker, by place, or an unnamed one from inside."""
    by_speaker = {hop.speaker_id: hop for hop in old if hop.speaker_id is not None}
    chain = [by_speaker.get(id_) if id_ is not None else None for id_ in ids]
    if len(old) == len(ids):
        for index, hop in enumerate(old):
            if chain[index] is None and (hop.speaker_id is None or hop.speaker_id not in ids):
                chain[index] = replace(hop, speaker_id=ids[index])
    else:
        unnamed = [hop for hop in old if hop.speaker_id is None]
        for index in range(len(ids) - 1, -1, -1):
            if chain[index] is None and unnamed:
                chain[index] = replace(unnamed.pop(), speaker_id=ids[index])
    return tuple(hop or Hop(id_) for hop, id_ in zip(chain, ids, strict=True))


def _resolve(
    ws: Workspace,
    name: str,
    created: dict[str, Speaker],
    own: Sequence[Speaker] = (),
    found: dict[str, Speaker] | None = None,
) -> str | None:
    """The id of the speaker that ``name`` means: of namesakes, the one among ``own``. None for ``?``."""
    if name == _UNKNOWN:
        return None
    found = {} if found is None else found
    known = find(own, name) or found.get(key(name))
    if known is None and (known := find(ws.speakers.values(), name)) is not None:
        found[key(name)] = known
    known = known or created.get(key(name))
    if known is None:
        known = created[key(name)] = new_speaker(name)
    return known.id


def _name(ws: Workspace, hop: Hop) -> str:
    return ws.name_of(hop.speaker_id) or _UNKNOWN


def _without(hop: Hop, speaker_id: str) -> Hop:
    speaker = None if hop.speaker_id == speaker_id else hop.speaker_id
    return replace(hop, speaker_id=speaker, addressee_id=None if hop.addressee_id == speaker_id else hop.addressee_id)


def _speaker(ws: Workspace, id_: str) -> Speaker:
    speaker = ws.speakers.get(id_)
    if speaker is None:
        raise InvalidEdit("This speaker is no longer there.")
    return speaker
