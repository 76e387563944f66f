"""The corrections of the open article as rows, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.edits import Edit
from annotator.model import Correction
from annotator.workspace import Workspace
from ui.models.claim_names import ClaimNames
from ui.models.rows import KEY, EditedRows, Index
from ui.outline import Outline
from ui.widgets.paint import tooltip, visible

TEXT, REPLACEMENT, CAUSE, STATUS = range(4)
_FIELDS = {REPLACEMENT: "replacement", CAUSE: "cause", STATUS: "status"}
_EDITED = {
    "transcription": {REPLACEMENT, CAUSE, STATUS},
    "regularisation": {REPLACEMENT, STATUS},
    "factual": {STATUS},
}
"""The cells that are edited in place, for each kind of correction."""
DELETES = "deleted"


def struck(correction: Correction) -> str:
    """What stands in the text, white space made visible: ``⏎ ×17`` for one correction in 17 places."""
    if not correction.spans:
        return ""
    first = visible(correction.spans[0].exact) if correction.spans[0].exact else "‸"
    more = "" if all(s.exact == correction.spans[0].exact for s in correction.spans) else "…"
    count = f" ×{len(correction.spans)}" if len(correction.spans) > 1 else ""
    return first + more + count


def spoken(correction: Correction) -> str:
    """What stands in the text, for who cannot see it: white space by name, ``line break, in 17 places``."""
    exact = correction.spans[0].exact if correction.spans else ""
    if not exact.strip():
        exact = "line break" if "\n" in exact else "white space" if exact else "nothing"
    count = len(correction.spans)
    return f"{' '.join(exact.split())}{f', in {count} places' if count > 1 else ''}"


class CorrectionsModel(EditedRows):
    """Row by row what the workspace holds."""

    columns = ("In the text", "Replace with", "Reason", "")

    def __init__(
        self,
        ws: Workspace,
        outline: Outline,
        change: Callable[[str, str, Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(change, parent)
        self._ws = ws
        self._outline = outline
        self.names = ClaimNames(ws, outline)
        self.reload()

    def reload(self) -> None:
        """Show the article that is open now."""
        self.reset_keys(self._outline.corrections.ids())

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        if "correction" in edit.moved_kinds:
            self.set_keys(self._outline.corrections.ids())
        self.touch(edit.ids if edit.of("correction") else [])
        if edit.of("claim"):
            # A factual one shows the number and the words of its claim.
            self.touch([id_ for id_, record in self._ws.corrections.items() if record.claim_id])

    def record(self, key: str) -> Correction | None:
        """The correction of that row."""
        return self._ws.corrections.get(key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        if role == KEY:
            return key
        record = self.record(key)
        return self._cell(record, index.column(), role) if record is not None else None

    def _cell(self, record: Correction, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(record, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(record, column)
        if role == Qt.ItemDataRole.EditRole:
            return getattr(record, _FIELDS[column]) if column in _FIELDS else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._shown(record, column))
        return None

    def _shown(self, record: Correction, column: int) -> str:
        factual = record.kind == "factual"
        if column == TEXT:
            return (self.names.of(record.claim_id or "") or "No claim") if factual else struck(record)
        if column == REPLACEMENT:
            if factual:
                return self._ws.vocabulary.label("correction.verdict", record.verdict) or "No verdict"
            return visible(record.replacement) if record.replacement else DELETES
        if column == CAUSE and record.kind != "transcription":
            return self._ws.vocabulary.label("correction.kind", record.kind)
        if column == CAUSE:
            return self._ws.vocabulary.label("correction.cause", record.cause) or "Not set"
        return self._ws.vocabulary.label("status", record.status)

    def _spoken(self, record: Correction, column: int) -> str:
        if column == TEXT and record.kind != "factual":
            return spoken(record)
        if column == REPLACEMENT and record.replacement and not record.replacement.strip():
            return "white space"
        return self._shown(record, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if section == STATUS and role == Qt.ItemDataRole.AccessibleTextRole:
            return "Status"
        return super().headerData(section, orientation, role)

    def field_of(self, key: str, column: int) -> str | None:
        record = self.record(key)
        return _FIELDS[column] if record is not None and column in _EDITED[record.kind] else None
