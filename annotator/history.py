"""Undo and redo over changesets. The stacks are derived from the change log, so they survive a restart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.edits import Changeset
from annotator.model import Record


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One changeset without its changes, as the change log lists it."""

    id: str
    title: str
    action: str = "edit"
    target_id: str | None = None

    @staticmethod
    def of(changeset: Changeset) -> HistoryEntry:
        return HistoryEntry(changeset.id, changeset.edit.title, changeset.action, changeset.target_id)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One changeset as a timeline shows it, without its changes."""

    seq: int
    id: str
    title: str
    action: str
    actor: str
    time: str
    records: tuple[tuple[str, int], ...] = ()
    """How many records of which kind it changed: ``("claim", 2)``."""


@dataclass(frozen=True, slots=True)
class Version:
    """One change of one record: who made it, when, and the record before and after."""

    seq: int
    changeset_id: str
    title: str
    action: str
    actor: str
    time: str
    before: Record | None
    after: Record | None


class History:
    """What can be undone and redone. Entries are always *original* changesets, never undos of undos."""

    def __init__(self, entries: Iterable[HistoryEntry] = ()) -> None:
        self._undo: list[HistoryEntry] = []
        self._redo: list[HistoryEntry] = []
        for entry in entries:
            self.record(entry)

    @property
    def undoable(self) -> HistoryEntry | None:
        """The changeset that undo would take back, or None."""
        return self._undo[-1] if self._undo else None

    @property
    def redoable(self) -> HistoryEntry | None:
        """The changeset that redo would bring again, or None."""
        return self._redo[-1] if self._redo else None

    def record(self, entry: HistoryEntry) -> None:
        """Follow one changeset, in the order of the change log."""
        if entry.action == "edit":
            self._undo.append(entry)
            self._redo.clear()
        elif entry.action == "undo":
            self._move(self._undo, self._redo, entry.target_id)
        elif entry.action == "redo":
            self._move(self._redo, self._undo, entry.target_id)

    @staticmethod
    def _move(source: list[HistoryEntry], target: list[HistoryEntry], id_: str | None) -> None:
        for index in range(len(source) - 1, -1, -1):
            if source[index].id == id_:
                target.append(source.pop(index))
                return
