"""What the project's scheme does without: its panels are not shown, and their commands are off."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.edits import Edit
from ui.actions import Actions
from ui.commands import COMMANDS
from ui.store import Store

_COMMANDS = {
    "claims": (
        *("mark_claim", "mark_cue", "set_source", "next_claim", "previous_claim", "next_cue", "previous_cue"),
        *("parent", "child", "jump", "claims_table", "filter_claims", "split_claim", "merge_claims", "duplicate_claim"),
        *("put_inside", "put_inside_around", "take_out"),
    ),
    "speakers": (
        *("mark_mention", "next_mention", "previous_mention", "next_of_speaker", "previous_of_speaker"),
        *("rename_speaker", "speaker_uses", "merge_speakers", "split_speaker"),
    ),
    "corrections": (
        *("correct", "next_correction", "previous_correction", "factual", "correct_everywhere"),
        *("accept_correction", "reject_correction", "reopen_correction"),
    ),
}
"""Panel → the commands that are about nothing else."""


class HiddenPanels(QObject):
    """Follows the scheme of one window. ``panels`` by the name under which a scheme hides them."""

    changed = Signal()
    """Other panels are on show."""

    def __init__(self, store: Store, panels: Mapping[str, QWidget], actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._panels = panels
        self._actions = actions
        self._hidden: frozenset[str] = frozenset()
        store.project_opened.connect(self._show)
        store.changed.connect(self._follow)

    def _follow(self, edit: Edit) -> None:
        if "scheme" in edit.by_kind:
            self._show()

    def _show(self) -> None:
        hidden = frozenset(self._store.workspace.scheme.hidden) & self._panels.keys()
        for name in hidden ^ self._hidden:
            self._panels[name].setVisible(name in self._hidden)
        off, before = _commands(hidden), _commands(self._hidden)
        locked = {command.id for command in COMMANDS if command.writes and self._store.read_only}
        self._actions.enable(before - off - locked, on=True)
        self._actions.enable(off, on=False)
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit()


def _commands(panels: frozenset[str]) -> set[str]:
    return {command_id for name in panels for command_id in _COMMANDS[name]}
