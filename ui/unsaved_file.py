"""What the file holds of changes that could not be saved, to be read after the program has ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from annotator.codec import decode as decode_record
from annotator.codec import text_of
from annotator.edits import Change, Changeset, Edit
from annotator.model import RECORD_TYPES, Record

_FACTS = ("id", "actor", "time", "action")
_ACTIONS = frozenset(("edit", "undo", "redo", "start"))
_WRONG = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, msgspec.MsgspecError)


def encode(changesets: Sequence[Changeset]) -> bytes:
    """What the file holds of these changesets; nothing of none."""
    return f"[{','.join(map(_of_changeset, changesets))}]".encode() if changesets else b""


def decode(data: bytes) -> tuple[Changeset, ...] | None:
    """The changesets in what the file holds; None when it is not as this program writes it."""
    with suppress(*_WRONG):
        return tuple(map(_changeset, json.loads(data))) if data else ()
    return None


def _of_changeset(changeset: Changeset) -> str:
    """Its records are told in C: the window must have its turn while thousands are."""
    changes = ",".join(
        f'{{"kind":"{change.kind}","before":{text_of(change.before)},"after":{text_of(change.after)}}}'
        for change in changeset.edit.changes
    )
    facts = {name: getattr(changeset, name) for name in (*_FACTS, "target_id")}
    told = json.dumps({**facts, "title": changeset.edit.title})
    return f'{told[:-1]},"changes":[{changes}]}}'


def _changeset(told: dict[str, Any]) -> Changeset:
    target = told["target_id"]
    edit = Edit(_text(told["title"]), tuple(map(_change, told["changes"])))
    facts = {name: _text(told[name]) for name in _FACTS}
    datetime.fromisoformat(facts["time"])  # else it cannot be shown
    if facts["action"] not in _ACTIONS:
        raise ValueError
    return Changeset(edit, **facts, target_id=target if target is None else _text(target))


def _change(told: dict[str, Any]) -> Change:
    change = Change(_record(told["kind"], told["before"]), _record(told["kind"], told["after"]))
    if change.before is change.after:
        raise ValueError
    return change


def _record(kind: str, told: dict[str, Any] | None) -> Record | None:
    if told is None:
        return None
    decode_record(kind, told)  # raises for a field that is not known, and what follows for a value of another type
    record: Record = msgspec.json.decode(msgspec.json.encode(told), type=RECORD_TYPES[kind])
    return record


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # raises for half a surrogate pair, which no project takes
    return value
