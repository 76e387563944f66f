"""Speakers as rows: those of the open article, or all of the project."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.edits import Edit
from annotator.model import Claim, Mention, Record, Speaker
from annotator.services import speakers as service
from annotator.text.disguise import badged
from annotator.workspace import Workspace
from ui.models.rows import KEY, EditedRows, Index
from ui.outline import NARRATION, Outline

HUE = KEY + 1
"""The role that gives the index of a speaker's colour."""
NOBODY = ""
"""The key of the row for mentions that have no speaker."""
NAME, MENTIONS, CLAIMS = range(3)
_FEW = 200
"""Of more changes it costs more to find out whom they name than to paint all that show."""
_MEANINGS = {
    MENTIONS: "How often words of the text stand for the speaker",
    CLAIMS: "How many claims the speaker makes; those it only passes on are not counted",
}


class SpeakersModel(EditedRows):
    """The speakers of the open article, or everybody. A name is edited in place."""

    columns = ("Name", "Mentions", "Claims")

    def __init__(
        self,
        ws: Workspace,
        outline: Outline,
        totals: Callable[[str], tuple[int, int]],
        change: Callable[[str, str, Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(change, parent)
        self._ws = ws
        self._outline = outline
        self._totals = totals
        self.everybody = False
        self._ordered: list[tuple[str, str]] | None = None
        """The names of all speakers as they are compared, and their ids; None until they are asked for."""
        self.wanted = ""
        """Only speakers whose name or alias contains this (in the list of everybody)."""
        self.reload()

    def reload(self) -> None:
        """Show the article that is open now."""
        self._ordered = None
        self.relist()

    def relist(self) -> None:
        """Show another choice of the speakers."""
        self._hues = self._outline.hues
        self.reset_keys(self._listed())

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        kinds = edit.by_kind.keys()
        if "speaker" in kinds:
            self._reorder_speakers(edit)
        if not self.everybody or "speaker" in kinds:
            self.set_keys(self._listed())
        before, self._hues = self._hues, self._outline.hues
        if kinds & {"speaker", "article"} or self._hues is not before:
            self.touch()
        elif kinds & {"claim", "mention"}:
            few = len(edit.changes) <= _FEW
            changes = edit.changes if few else ()
            named = {id_ for c in changes for record in (c.before, c.after) for id_ in _named(record)}
            self.touch(named if few else None)

    def mentions_of(self, key: str) -> list[Mention]:
        """The speaker's mentions in the open article, in reading order (``NOBODY``: those without speaker)."""
        return [self._ws.mentions[id_] for id_ in self._outline.mentions_of(key or None).ids()]

    def _listed(self) -> list[str]:
        if self.everybody:
            if self._ordered is None:
                self._ordered = sorted(map(_entry, self._ws.speakers.values()))
            wanted, known = service.key(self.wanted), self._ws.speakers
            return [id_ for _, id_ in self._ordered if not wanted or _fits(known[id_], wanted)]
        hues = self._outline.hues
        order = [id_ for id_ in hues if id_ is not None]
        order.sort(key=lambda id_: (hues[id_] == NARRATION, -self._outline.claims_of(id_)))
        return order + ([NOBODY] if self._outline.mentions_of(None) else [])

    def _reorder_speakers(self, edit: Edit) -> None:
        """Put the speakers that an edit made, changed or deleted where they belong now."""
        changes = edit.of("speaker")
        if self._ordered is None or len(changes) > _FEW:
            self._ordered = None
            return
        for change in changes:
            if isinstance(change.before, Speaker):
                del self._ordered[bisect_left(self._ordered, _entry(change.before))]
            if isinstance(change.after, Speaker):
                insort(self._ordered, _entry(change.after))

    def counts(self, key: str) -> tuple[int, int]:
        """(mentions, claims made) as the row shows them: of the article, or of the whole project."""
        if self.everybody:
            return self._totals(key)
        return len(self._outline.mentions_of(key or None)), self._outline.claims_of(key)

    def name(self, key: str) -> str:
        return self._ws.name_of(key) or "(no speaker)"

    def hue(self, key: str | None) -> int:
        return self._outline.hue(key or None)

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
                return self.name(key) if role == Qt.ItemDataRole.EditRole else badged(self.name(key))
            number = self.counts(key)[column - 1]
            return str(number) if number else "—"
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return _MEANINGS.get(section)
        return super().headerData(section, orientation, role)

    def field_of(self, key: str, column: int) -> str | None:
        return "name" if column == NAME and key != NOBODY else None


def _entry(speaker: Speaker) -> tuple[str, str]:
    return service.key(speaker.name), speaker.id


def _named(record: Record | None) -> list[str]:
    """The rows that count this record."""
    if isinstance(record, Claim):
        return [hop.speaker_id for hop in record.chain if hop.speaker_id]
    return [record.speaker_id or NOBODY] if isinstance(record, Mention) else []


def _fits(speaker: Speaker, wanted: str) -> bool:
    return any(wanted in service.key(spelling) for spelling in (speaker.name, *speaker.aliases))
