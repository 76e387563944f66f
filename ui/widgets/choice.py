"""The editor for one value of a few; it has the face of the editors in ``ui.widgets.editors``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from ui.widgets.editors import is_typing, restyle
from ui.widgets.paint import tooltip

Item = tuple[Any, str, str]
"""A value, what is shown for it, and what it means ("" where that is plain)."""


class ChoiceEditor(QComboBox):
    """One value of a few. ``items`` lists them, anew whenever the list is opened."""

    committed = Signal()

    def __init__(self, items: Callable[[], Iterable[Item]], unset: str | None, *, lazy: bool = False) -> None:
        """``lazy``: the list may be long and is not made before it is opened."""
        super().__init__()
        self._lister = items
        self._lazy = lazy
        self._unset = unset
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fill(() if lazy else items())
        self.activated.connect(self._chosen)
        self.currentIndexChanged.connect(self._show_unset)
        self._show_unset()

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any, label: str = "") -> None:
        """Show ``value``; one that is not listed is added under ``label``."""
        if self._lazy:
            self._show_only(value, label)
            return
        index = self.findData(value)
        if index < 0:
            self.addItem(label or str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def _show_only(self, value: Any, label: str) -> None:
        """One value and no more: the list is made when it is opened."""
        self.blockSignals(True)
        self.clear()
        self.addItem(self._unset or "", None)
        if value is not None:
            self.addItem(label or str(value), value)
        self.setCurrentIndex(self.count() - 1)
        self.blockSignals(False)
        self._show_unset()

    def is_touched(self) -> bool:
        return False

    def settle(self) -> None:
        """Nothing is typed here."""

    def set_editable(self, editable: bool) -> None:
        self.setEnabled(editable)

    def _fill(self, items: Iterable[Item]) -> None:
        current, label = (self.currentData(), self.currentText()) if self.count() else (None, "")
        self.blockSignals(True)
        self.clear()
        if self._unset is not None:
            self.addItem(self._unset, None)
        for value, text, meaning in items:
            self.addItem(text, value)
            self.setItemData(self.count() - 1, tooltip(meaning), Qt.ItemDataRole.ToolTipRole)
        index = self.findData(current)
        if index < 0 and (current is not None or label):
            self.addItem(label, current)
            index = self.count() - 1
        self.setCurrentIndex(max(0, index))
        self.blockSignals(False)

    def _chosen(self) -> None:
        self._show_unset()
        self.committed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt does, but what does not fit ends in “…”."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        style, field = self.style(), QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - 4
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _show_unset(self) -> None:
        self.setToolTip(tooltip(self.currentText()))
        restyle(self, "unset", on=self._unset is not None and self.currentData() is None)

    def refill(self) -> None:
        """List the choices anew, also when the list is not opened; what is chosen stays."""
        self._fill(self._lister())
        self._show_unset()

    def showPopup(self) -> None:
        self._fill(self._lister())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows open the list instead of changing the record at every step."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
            event.accept()
        elif event.text().isprintable() and event.text():
            self._fill(self._lister())
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel; it never changes a value."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and is_typing(event):
            event.accept()
            return True
        return super().event(event)
