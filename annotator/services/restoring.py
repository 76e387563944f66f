"""Bring one record back to what it was."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.history import Version
from annotator.model import (
    Article,
    Claim,
    Correction,
    Quarantined,
    Record,
    Scheme,
    SourceText,
    Speaker,
    article_of,
    kind_of,
    now,
)
from annotator.rules import links_of, value_problems
from annotator.services import scheme as scheme_edits
from annotator.services import speakers
from annotator.services.annotate import MarkedRecord, check_places, is_inside
from annotator.workspace import Workspace

_OWN = {"id", "created", "updated"}
R = TypeVar("R", bound=Record)


def restore(ws: Workspace, record: Record) -> Edit:
    """Make a record of the open article, a speaker or the scheme what it was in an earlier version.

    It may have been deleted since. Links to records that are no longer there are left out. The scheme gets its next
    version, and keeps the values that it had not then, retired; how far the article is stays as it is.

    Raises:
        InvalidEdit: it is a source text, its article is not open, it is like this already, or what has come since
            is in its way: another correction, a claim that is inside it now, another scheme, another speaker's name.
    """
    kind = kind_of(record)
    if isinstance(record, SourceText):
        raise InvalidEdit("A source text never changes.")
    if isinstance(record, Scheme):
        return _scheme(ws, record)
    article_id = article_of(record)
    if isinstance(record, Quarantined):
        return _quarantined(ws, record)
    if article_id is not None and (ws.article is None or ws.article.id != article_id):
        raise InvalidEdit("Open its article first.")
    current = ws.get(kind, record.id)
    after = _without_lost_links(ws, record)
    if isinstance(after, Article) and ws.article is not None:
        after = replace(after, state=ws.article.state)
    if current is not None and _content(current) == _content(after):
        but = ", but for its state, which is set in the menu Review" if after != record and kind == "article" else ""
        raise InvalidEdit(f"The {kind} is like this already{but}.")
    _check(ws, current, after)
    return Edit(f"Restore {kind}", (Change(current, replace(after, updated=now())),))


def _quarantined(ws: Workspace, record: Quarantined) -> Edit:
    """What was in quarantine never changes there: it can only have been settled."""
    if ws.article is None or ws.article.id != record.article_id:
        raise InvalidEdit("Open its article first.")
    if record.id in ws.quarantined:
        raise InvalidEdit("It is in quarantine already.")
    return Edit("Restore to quarantine", (Change(None, record),))


def differences(version: Version) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of what a version changed; None stands for a record that was not there."""
    before, after = version.before, version.after
    shown = after if after is not None else before
    if shown is None:
        return []
    names = [field.name for field in fields(shown) if field.name not in _OWN]
    pairs = ((name, getattr(before, name, None), getattr(after, name, None)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]


def _scheme(ws: Workspace, scheme: Scheme) -> Edit:
    edit = scheme_edits.choose(ws, replace(scheme, version=ws.scheme.version, updated=ws.scheme.updated))
    if not edit:
        raise InvalidEdit("The scheme is like this already.")
    return replace(edit, title="Restore scheme")


def _check(ws: Workspace, current: Record | None, after: Article | Speaker | MarkedRecord) -> None:
    """Whether a record of then goes with the rest of now."""
    for problem in value_problems(after, ws.vocabulary):
        raise InvalidEdit(f"The scheme is another one now: in {problem.place}, {problem.message}")
    if isinstance(after, Correction):
        check_places(ws, after)
    if isinstance(after, Claim) and is_inside(ws, after.parent_id, {after.id}):
        raise InvalidEdit("The claim that it was inside then is inside it now; take that one out first.")
    if isinstance(after, Speaker) and (not isinstance(current, Speaker) or current.name != after.name):
        speakers.check_free(ws, after.name, after.id)


def _without_lost_links(ws: Workspace, record: R) -> R:
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
