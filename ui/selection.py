"""What is selected: one record, shared by the article and all panels."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected record's kind and id. ``kind`` is claim, mention, correction or speaker; None: nothing."""

    changed = Signal()
    revealed = Signal()
    """Emitted after ``changed`` when views should also scroll to the record."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind: str | None = None
        self.id: str | None = None

    def select(self, kind: str, id_: str, *, reveal: bool = True) -> None:
        """Select a record; views scroll to it unless ``reveal`` is False."""
        different = (kind, id_) != (self.kind, self.id)
        self.kind, self.id = kind, id_
        if different:
            self.changed.emit()
        if reveal:
            self.revealed.emit()

    def clear(self) -> None:
        """Select nothing."""
        if self.id is not None:
            self.kind = self.id = None
            self.changed.emit()

    def is_selected(self, kind: str, id_: str) -> bool:
        return self.kind == kind and self.id == id_
