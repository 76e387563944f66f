"""From records to what the article view paints: marks, and what the view asks about them while it paints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from annotator.edits import Edit
from annotator.model import Article, Claim, Correction, Hop, Mention, Record, Speaker
from annotator.services.speakers import source_of
from annotator.text.anchors import Places, places
from annotator.workspace import Workspace
from ui.outline import Outline
from ui.text.marks import Mark, Relation
from ui.text.shelf import Shelf

CUE, SOURCE = "cue", "source"
_MANY = 200
"""Changes that are looked at one by one."""


class Names(Protocol):
    """Knows the words that mentions stand on: the words of a source are a mark only where no mention stands."""

    def mention_at(self, where: Places) -> str | None: ...


class Presenter:
    """Makes marks, which say where something stands, and answers as the view's ``Legend`` how they look now."""

    def __init__(self, ws: Workspace, outline: Outline) -> None:
        self._ws = ws
        self._outline = outline
        self._shelf: Shelf | None = None

    # -- marks --------------------------------------------------------------------------------------------------

    def marks(self) -> list[Mark]:
        """Every mark of the open article: claims, mentions, cues, and corrections that make the corrected text."""
        ws = self._ws
        records: list[Record] = [*ws.claims.values(), *ws.mentions.values(), *ws.corrections.values()]
        return [mark for record in records for mark in marks_of(record, self._outline)]

    @property
    def shelf(self) -> Shelf:
        """The same marks, filed once and kept right by ``follow``."""
        if self._shelf is None:
            self._shelf = Shelf(self.marks())
        return self._shelf

    def take(self, shelf: Shelf | None) -> None:
        """Another article is shown, whose marks are filed already; None: they are when they are asked for."""
        self._shelf = shelf

    def is_seen(self, edit: Edit) -> bool:
        """Whether an edit changes anything that the article view shows (a note or a tag does not)."""
        article = self._ws.article.id if self._ws.article else None
        if len(edit.changes) > _MANY:  # to look costs more than to show it
            return article in edit.article_ids or bool(edit.of("speaker"))
        return any(c.article_id in (None, article) and _look(c.before) != _look(c.after) for c in edit.changes)

    def follow(self, edit: Edit) -> tuple[list[Mark], list[str]]:
        """The marks that an edit, applied already, made or may have changed, and the ids of those it took away."""
        article = self._ws.article.id if self._ws.article else None
        records: dict[str, Record] = {}
        gone: set[str] = set()
        for change in edit.changes:
            if change.article_id != article:
                continue
            for record in (change.before, change.after):
                gone.update(_mark_ids(record))
                if isinstance(record, Mention):  # the words of a source are a mark where no mention stands
                    for claim_id in self._outline.claims_naming(places(record.spans)):
                        records[claim_id] = self._ws.claims[claim_id]
                        gone.update(_mark_ids(records[claim_id]))
            if change.after is not None:
                records[change.id] = change.after
        marks = [mark for record in records.values() for mark in marks_of(record, self._outline)]
        removed = sorted(gone - {mark.id for mark in marks})
        if self._shelf is not None:
            self._shelf.update(marks, removed)
        return marks, removed

    # -- the interface of Legend --------------------------------------------------------------------------------

    def number(self, mark_id: str) -> int | None:
        """The number of a claim."""
        return self._outline.number(mark_id)

    def hue(self, mark_id: str) -> int:
        """The colour of the speaker of a claim, mention or hop."""
        claim, part, hop = self._parts(mark_id)
        if part:
            return self._outline.hue(hop.speaker_id)
        if claim is not None:
            return self._outline.hue(source_of(claim))
        mention = self._ws.mentions.get(mark_id)
        return self._outline.hue(mention.speaker_id if mention else None)

    def relations(self, mark_id: str) -> Mapping[str, Relation]:
        """What is shown together with a claim, a mention, a correction or a speaker (by its id)."""
        ws = self._ws
        if (claim := ws.claims.get(mark_id)) is not None:
            return self._family(claim) | self._chain(claim)
        if (correction := ws.corrections.get(mark_id)) is not None:
            return {correction.claim_id: "parent"} if correction.claim_id else {}
        mention = ws.mentions.get(mark_id)
        speaker_id = mention.speaker_id if mention else mark_id if mark_id in ws.speakers else None
        if speaker_id is None:
            return {}
        same = self._outline.claims_by(speaker_id).union(self._outline.mentions_of(speaker_id).ids())
        return dict.fromkeys(same - {mark_id}, "speaker")

    def _family(self, claim: Claim) -> dict[str, Relation]:
        """The claims around a claim, all the way up, and those directly inside."""
        found: dict[str, Relation] = dict.fromkeys(self._outline.children(claim.id), "child")
        parent = self._ws.claims.get(claim.parent_id or "")
        while parent is not None and parent.id != claim.id and parent.id not in found:
            found[parent.id] = "parent"
            parent = self._ws.claims.get(parent.parent_id or "")
        return found

    def _chain(self, claim: Claim) -> dict[str, Relation]:
        """The words that name the hops of a claim, and its cues."""
        found: dict[str, Relation] = {}
        known = [index for index, hop in enumerate(claim.chain) if hop.speaker_id]
        source = known[-1] if known else len(claim.chain) - 1
        for index, hop in enumerate(claim.chain):
            if hop.mention_spans:
                named = self._outline.mention_at(places(hop.mention_spans)) or _inner(claim, SOURCE, index)
                if index == source or named not in found:
                    found[named] = "source" if index == source else "hop"
            if hop.cue_spans:
                found[_inner(claim, CUE, index)] = "cue"
        return found

    def label(self, mark_id: str) -> str:
        """What a screen reader says of a mark."""
        claim, part, hop = self._parts(mark_id)
        if part:
            return (
                f"{'cue of' if part == CUE else 'source'} {self._ws.shown_name(hop.speaker_id) or 'an unknown source'}"
            )
        if claim is not None:
            name = self._ws.shown_name(source_of(claim))
            return f"claim {self.number(mark_id)}" + (f" by {name}" if name else ", no speaker")
        if (mention := self._ws.mentions.get(mark_id)) is not None:
            return f"mention of {self._ws.shown_name(mention.speaker_id) or 'nobody yet'}"
        correction = self._ws.corrections.get(mark_id)
        return self._correction_label(correction) if correction is not None else ""

    def _parts(self, mark_id: str) -> tuple[Claim | None, str, Hop]:
        """The claim of a mark, and for a cue or a source which of the two it is, and its hop."""
        claim, part, index = parts_of(self._ws, mark_id)
        return claim, part, claim.chain[index] if claim is not None and part else Hop()

    def _correction_label(self, correction: Correction) -> str:
        if correction.kind == "regularisation":
            return f"regularisation: also spelt “{correction.replacement}”"
        cause = self._ws.vocabulary.label("correction.cause", correction.cause) or "correction"
        reading = f"read “{correction.replacement}”" if correction.replacement else "leave out"
        return f"{cause}: {reading}"


def marks_of(record: Record, filed: Names) -> Iterator[Mark]:
    """The marks of a record; ``filed`` knows where mentions stand. May run on any thread."""
    if isinstance(record, Claim):
        yield Mark(record.id, "claim", places(record.spans))
        for index, hop in enumerate(record.chain):
            if hop.cue_spans:
                yield Mark(_inner(record, CUE, index), "cue", places(hop.cue_spans), owner=record.id)
            if hop.mention_spans and filed.mention_at(named := places(hop.mention_spans)) is None:
                yield Mark(_inner(record, SOURCE, index), "mention", named, owner=record.id)
    elif isinstance(record, Mention):
        yield Mark(record.id, "mention", places(record.spans))
    elif isinstance(record, Correction) and _is_shown(record):
        yield Mark(
            record.id,
            "correction",
            places(record.spans),
            replacement=(record.replacement or "") if record.kind == "transcription" else None,
            quiet=record.kind == "transcription" and record.cause == "line_break",
        )


def record_id(mark_id: str) -> str:
    """The record that a mark belongs to: a cue belongs to its claim."""
    return mark_id.partition("#")[0]


def parts_of(ws: Workspace, mark_id: str) -> tuple[Claim | None, str, int]:
    """The claim of a mark; for a mark on a hop which of ``CUE`` and ``SOURCE`` it is, else "", and the hop's index."""
    claim_id, _, inner = mark_id.partition("#")
    claim, (part, _, index) = ws.claims.get(claim_id), inner.partition(":")
    if claim is None or not part or int(index) >= len(claim.chain):
        return claim, "", 0
    return claim, part, int(index)


def _inner(claim: Claim, part: str, index: int) -> str:
    return f"{claim.id}#{part}:{index}"


def _mark_ids(record: Record | None) -> Iterator[str]:
    """The ids of all marks that a record may have."""
    if isinstance(record, Claim | Mention | Correction):
        yield record.id
    if isinstance(record, Claim):
        for index in range(len(record.chain)):
            yield _inner(record, CUE, index)
            yield _inner(record, SOURCE, index)


def _is_shown(correction: Correction) -> bool:
    return correction.kind != "factual" and correction.status != "rejected" and bool(correction.spans)


def _look(record: Record | None) -> object:
    """What of a record the article view shows."""
    if isinstance(record, Claim):
        return record.spans, record.chain, record.parent_id
    if isinstance(record, Mention):
        return record.spans, record.speaker_id
    if isinstance(record, Correction):
        return record.spans, record.kind, record.status, record.replacement, record.cause
    if isinstance(record, Speaker):
        return record.name, record.created
    return (record.outlet, record.segments) if isinstance(record, Article) else None
