"""Every change is data: an edit lists records before and after, and its inverse is another edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from annotator.model import Annotation, Record, article_of, kind_of, new_id, now
from annotator.text.anchors import Places, places

_HEAD = re.compile(r"([0-9]{1,12}):([0-9a-f]{12,64})")

MANY = 200
"""An edit of more changes is a large one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after: created (``before`` None), deleted (``after`` None) or changed."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record after the change, or, when it was deleted, before it."""
        record = self.after if self.after is not None else self.before
        if record is None:
            raise ValueError("a change needs a record before or after")
        return record

    @property
    def kind(self) -> str:
        return kind_of(self.record)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def article_id(self) -> str | None:
        """The article the record belongs to; None for a speaker."""
        return article_of(self.record)

    @property
    def moved(self) -> bool:
        """Whether an annotation stands elsewhere than before. One that was made or deleted does."""
        return _where(self.before) != _where(self.after)


@dataclass(frozen=True)
class Edit:
    """What one action of the user changes. ``title`` names it in the undo menu ("Mark claim").

    What many ask of an edit is found out once, however many changes there are: ``study`` does so, on any thread.
    """

    title: str
    changes: tuple[Change, ...]

    def inverted(self) -> Edit:
        """The edit that restores the state before this one."""
        return Edit(self.title, tuple(Change(c.after, c.before) for c in reversed(self.changes)))

    @cached_property
    def article_ids(self) -> frozenset[str]:
        """The articles that the edit touches (speakers belong to none)."""
        return frozenset(a for c in self.changes if (a := c.article_id) is not None)

    @cached_property
    def by_kind(self) -> dict[str, tuple[Change, ...]]:
        """Kind of record to its changes, in order; kinds without any are left out."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.kind, []).append(change)
        return {kind: tuple(changes) for kind, changes in found.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the records that change."""
        return frozenset(change.id for change in self.changes)

    @cached_property
    def moved_kinds(self) -> frozenset[str]:
        """The kinds of annotations of which some came, went or stand elsewhere now."""
        return frozenset(kind for kind, changes in self.by_kind.items() if any(change.moved for change in changes))

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of records of that kind."""
        return self.by_kind.get(kind, ())

    def study(self) -> None:
        """Find out now what will be asked."""
        _ = self.article_ids, self.ids, self.moved_kinds

    def __bool__(self) -> bool:
        return any(c.before != c.after for c in self.changes)


@dataclass(frozen=True, slots=True)
class Changeset:
    """An edit as it is committed: who, when, and whether it undoes or redoes an earlier changeset.

    ``action`` is ``edit``, ``undo``, ``redo``, or ``start`` for what a project begins with, which cannot be undone.
    ``target_id`` is the id of the *original* changeset that an undo takes back or a redo brings again.
    """

    edit: Edit
    actor: str
    id: str
    time: str
    action: str = "edit"
    target_id: str | None = None

    @staticmethod
    def of(edit: Edit, actor: str, action: str = "edit", target_id: str | None = None) -> Changeset:
        """A new changeset, made now."""
        return Changeset(edit, actor, new_id(), now(), action, target_id)


def _where(record: Record | None) -> Places | None:
    return places(record.spans) if isinstance(record, Annotation) else None


@dataclass(frozen=True, slots=True)
class LogHead:
    """The end of the change log: what stands at ``seq:hash`` vouches for everything before it."""

    seq: int
    hash: str
    """SHA-256 in hexadecimal; where nothing was committed yet (``seq`` 0) what the first changeset builds on."""
    time: str = ""
    """When the last changeset was made."""

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @staticmethod
    def of(text: str) -> LogHead:
        """What somebody noted as ``seq:hash``; twelve digits of the hash are enough. Raises ``ValueError``."""
        found = _HEAD.fullmatch(text.strip().casefold())
        if found is None:
            raise ValueError(text)
        return LogHead(int(found[1]), found[2])
