"""Bring one record back to what it was."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.history import Version
from annotator.model import Annotation, Claim, Correction, Record, SourceText, kind_of, now
from annotator.rules import links_of
from annotator.services.annotate import check_places
from annotator.workspace import Workspace

_OWN = {"id", "created", "updated"}


def restore(ws: Workspace, record: Record) -> Edit:
    """Make a record of the open article, a speaker or the scheme what it was in an earlier version.

    It may have been deleted since. Links to records that are no longer there are left out.

    Raises:
        InvalidEdit: it is a source text, its article is not open, it is like this already, or a correction that was
            made since stands in its place.
    """
    kind = kind_of(record)
    if isinstance(record, SourceText):
        raise InvalidEdit("A source text never changes.")
    if isinstance(record, Annotation) and (ws.article is None or ws.article.id != record.article_id):
        raise InvalidEdit("Open its article first.")
    current = ws.get(kind, record.id)
    after = _without_lost_links(ws, record)
    if hasattr(after, "updated"):
        after = replace(after, updated=now())  # type: ignore[arg-type]
    if current is not None and _content(current) == _content(after):
        raise InvalidEdit(f"The {kind} is like this already.")
    if isinstance(after, Correction):
        check_places(ws, after)
    return Edit(f"Restore {kind}", (Change(current, after),))


def differences(version: Version) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of what a version changed; None stands for a record that was not there."""
    before, after = version.before, version.after
    shown = after if after is not None else before
    if shown is None:
        return []
    names = [field.name for field in fields(shown) if field.name not in _OWN]
    pairs = ((name, getattr(before, name, None), getattr(after, name, None)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]


def _without_lost_links(ws: Workspace, record: Record) -> Record:
    held = {"speaker": ws.speakers, "claim": ws.claims}
    lost = {id_ for _, kind, id_ in links_of(record) if id_ not in held[kind]}  # type: ignore[operator]
    if not lost:
        return record
    values: dict[str, Any] = {}
    for name in ("speaker_id", "parent_id", "claim_id"):
        if getattr(record, name, None) in lost:
            values[name] = None
    if isinstance(record, Claim):
        values["chain"] = tuple(
            replace(
                hop,
                speaker_id=None if hop.speaker_id in lost else hop.speaker_id,
                addressee_id=None if hop.addressee_id in lost else hop.addressee_id,
            )
            for hop in record.chain
        )
    return replace(record, **values)


def _content(record: Record) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in _OWN}
