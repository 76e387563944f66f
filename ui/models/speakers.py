"""Speakers as rows: those of the open article, or all of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.edits import Edit
from annotator.model import Mention
from annotator.services import speakers as service
from annotator.workspace import Workspace, reading_order
from ui.hues import NARRATION, speaker_hues
from ui.models.rows import KEY, Index, RowsModel

HUE = KEY + 1
"""The role that gives the index of a speaker's colour."""
NOBODY = ""
"""The key of the row for mentions that have no speaker."""
NAME, MENTIONS, CLAIMS = range(3)


class SpeakersModel(RowsModel):
    """``rename(speaker_id, name)`` is asked when a name is edited in place; it answers whether it was accepted."""

    columns = ("Name", "Mentions", "Claims")

    def __init__(
        self,
        ws: Workspace,
        totals: Callable[[str], tuple[int, int]],
        rename: Callable[[str, str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ws = ws
        self._totals = totals
        self._rename = rename
        self.everybody = False
        self.editable = True
        self.wanted = ""
        """Only speakers whose name or alias contains this (in the list of everybody)."""
        self._hues: dict[str | None, int] = {}
        self._mentions: Counter[str] = Counter()
        self._claims: Counter[str] = Counter()
        self.reload()

    def reload(self) -> None:
        """Show the article that is open now, or another choice of speakers."""
        self._count()
        self.reset_keys(self._listed())

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        if {change.kind for change in edit.changes} & {"claim", "mention", "speaker", "article"}:
            self._count()
            self.set_keys(self._listed())
            self.touch()

    def mentions_of(self, key: str) -> list[Mention]:
        """The speaker's mentions in the open article, in reading order (``NOBODY``: those without speaker)."""
        found = (m for m in self._ws.mentions.values() if (m.speaker_id or NOBODY) == key)
        return sorted(found, key=reading_order)

    def _count(self) -> None:
        self._hues = speaker_hues(self._ws)
        self._mentions = Counter(m.speaker_id or NOBODY for m in self._ws.mentions.values())
        self._claims = Counter(s for c in self._ws.claims.values() if (s := service.source_of(c)))

    def _listed(self) -> list[str]:
        if self.everybody:
            wanted = service.key(self.wanted)
            found = [s for s in self._ws.speakers.values() if _fits((s.name, *s.aliases), wanted)]
            return [s.id for s in sorted(found, key=lambda s: (service.key(s.name), s.id))]
        order = [id_ for id_ in self._hues if id_ is not None and id_ in self._ws.speakers]
        order.sort(key=lambda id_: (self._hues[id_] == NARRATION, -self._claims[id_]))
        return order + ([NOBODY] if self._mentions[NOBODY] else [])

    def counts(self, key: str) -> tuple[int, int]:
        """(mentions, claims) as the row shows them: of the article, or of the whole project."""
        return self._totals(key) if self.everybody else (self._mentions[key], self._claims[key])

    def name(self, key: str) -> str:
        speaker = self._ws.speakers.get(key)
        return speaker.name if speaker else "(no speaker)"

    def hue(self, key: str | None) -> int:
        return self._hues.get(key or None, NARRATION)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        return key if role == KEY else self._cell(key, index.column(), role)

    def _cell(self, key: str, column: int, role: int) -> Any:
        if role == HUE:
            return self.hue(key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == NAME:
                return self.name(key)
            number = self.counts(key)[column - 1]
            return str(number) if number else "—"
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == NAME and self.editable and self.keys[index.row()] != NOBODY:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or index.column() != NAME:
            return False
        return self._rename(self.keys[index.row()], str(value))


def _fits(spellings: tuple[str, ...], wanted: str) -> bool:
    return not wanted or any(wanted in service.key(spelling) for spelling in spellings)
