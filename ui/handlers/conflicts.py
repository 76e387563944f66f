"""Edits that were not taken because somebody else was faster: what does not clash is made again, the rest is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.edits import Change, Edit
from annotator.model import Claim, Correction, Mention
from annotator.ports import Project
from annotator.services import conflicts
from annotator.services.account import Names, gone_speakers
from annotator.services.conflicts import Conflict
from annotator.workspace import Workspace
from ui.dialogs.conflict import ConflictDialog
from ui.dialogs.messages import Messages
from ui.store import Store


@dataclass(frozen=True, slots=True)
class _Found:
    """A conflict, each of its clashes in words, and who changed the records last."""

    conflict: Conflict
    told: list[tuple[str, str, str]]
    who: list[str]


class Conflicts(QObject):
    """Follows the store, for one window."""

    settled = Signal(str)
    """A sentence: something was made again on top of what somebody else did."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._parent = parent
        self._messages = Messages(parent)
        self._made: tuple[Change, ...] = ()
        """What was made again last: when it is refused, too, it is not made a third time."""
        store.conflicted.connect(self._look)

    def _look(self, sentence: str, edits: list[Edit]) -> None:
        ws = self._store.workspace
        known, vocabulary = dict(ws.speakers), ws.vocabulary
        records: dict[str, Mention | Claim | Correction] = {**ws.mentions, **ws.claims, **ws.corrections}

        def job(project: Project) -> _Found:
            stored = {key: project.get(*key) for key in conflicts.keys(edits)}
            conflict = conflicts.find(edits, stored)
            last = [project.versions(*key)[-1:] for key in dict.fromkeys(clash.key for clash in conflict.clashes)]
            involved = [*stored.values(), *(change.after for edit in edits for change in edit.changes)]
            names = Names(vocabulary, known, records, gone_speakers(project, involved, known))
            return _Found(conflict, conflict.tell(names), sorted({found[0].actor for found in last if found}))

        self._store.read(job, lambda found: self._settle(sentence, found), self._messages.report)

    def _settle(self, sentence: str, found: _Found) -> None:
        if (
            self._made and found.conflict.changes == self._made
        ):  # nobody changed anything meanwhile: it would go on for ever
            self._warn(sentence, found.conflict)
        elif found.told:
            keep = partial(self._make, found.conflict, sentence)
            ConflictDialog(found.conflict.title, found.told, found.who or ["Somebody"], keep, self._parent).open()
        else:
            self._make(found.conflict, sentence, [])

    def _make(self, conflict: Conflict, sentence: str, mine: Sequence[int]) -> None:
        """Make again what was not taken; where that breaks a rule now, say so and what it was."""
        made: list[Edit] = []

        def make(_: Workspace) -> Edit:
            made[:] = [conflict.settled(mine)]
            self._made = made[0].changes
            return made[0]

        def done(refusal: str | None) -> None:
            if refusal is not None:
                self._warn(sentence, conflict)
            elif made and made[0]:
                self.settled.emit(f"“{conflict.title}” was made again, after what somebody else did.")

        self._store.large.attempt(len(conflict.changes), make, done)

    def _warn(self, sentence: str, conflict: Conflict) -> None:
        self._messages.warn(f"{sentence} This was not made: “{conflict.title}”.")
