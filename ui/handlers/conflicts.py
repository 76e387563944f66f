"""Edits that were not taken because somebody else was faster: what does not clash is made again, the rest is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.edits import MANY, Edit
from annotator.model import Claim, Correction, Mention, Record
from annotator.ports import Project
from annotator.services import conflicts
from annotator.services.account import Names, gone_speakers
from annotator.services.conflicts import Clash, Conflict, Key
from ui.dialogs.conflict import ConflictDialog
from ui.dialogs.messages import Notices
from ui.store import Store


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the project has of the records, and who changed them last."""

    records: dict[Key, Record | None]
    actors: dict[Key, str]
    names: Names


class Conflicts(QObject):
    """Follows the store, for one window."""

    settled = Signal(str)
    """A sentence: something was made again on top of what somebody else did."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._parent = parent
        self._notice = Notices(parent)
        store.conflicted.connect(self._look)

    def _look(self, sentence: str, edits: list[Edit]) -> None:
        wanted = conflicts.keys(edits)
        if len(wanted) > MANY:
            self._notice.warn(f"{sentence} {_not_made(edits)}")
            return
        ws = self._store.workspace
        known, vocabulary = dict(ws.speakers), ws.vocabulary
        records: dict[str, Mention | Claim | Correction] = {**ws.mentions, **ws.claims, **ws.corrections}

        def job(project: Project) -> _Stored:
            stored = {key: project.get(*key) for key in wanted}
            last = {key: project.versions(*key)[-1:] for key in wanted}
            involved = [*stored.values(), *(change.after for edit in edits for change in edit.changes)]
            names = Names(vocabulary, known, records, gone_speakers(project, involved, known))
            return _Stored(stored, {key: found[0].actor for key, found in last.items() if found}, names)

        self._store.read(job, lambda stored: self._settle(sentence, edits, stored), self._notice.report)

    def _settle(self, sentence: str, edits: Sequence[Edit], stored: _Stored) -> None:
        conflict = conflicts.find(edits, stored.records)
        who = sorted({actor for clash in conflict.clashes if (actor := stored.actors.get(clash.key))}) or ["Somebody"]
        if conflict.clashes:
            keep = partial(self._make, conflict, sentence)
            ConflictDialog(conflict, who, stored.names, keep, self._parent).open()
        else:
            self._make(conflict, sentence, [])

    def _make(self, conflict: Conflict, sentence: str, mine: list[Clash]) -> None:
        """Make again what was not taken; where that breaks a rule now, say so and what it was."""
        edit = conflict.settled(mine)
        if not edit:
            return
        if self._store.attempt(lambda: edit):
            self.settled.emit(f"“{edit.title}” was made again, after what somebody else did.")
        else:
            self._notice.warn(f"{sentence} {_not_made([edit])}")


def _not_made(edits: Sequence[Edit]) -> str:
    titles = ", ".join(dict.fromkeys(f"“{edit.title}”" for edit in edits))
    return f"This was not made: {titles}."
