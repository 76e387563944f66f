"""A row of buttons of which one is down: *This article | All*."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.fonts import ui_font


class SegmentedButton(QWidget):
    """One choice out of a few, each ``(key, label)``. ``chosen`` carries the key when the user picks another."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in options]
        self._buttons: dict[str, QPushButton] = {}
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for index, (key, label) in enumerate(options):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setProperty("segment", "true")
            button.setFont(ui_font(11.5, QFont.Weight.Medium))
            button.setAutoDefault(False)
            button.setAccessibleDescription(name)
            self._group.addButton(button, index)
            self._buttons[key] = button
            row.addWidget(button)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._group.buttonToggled.connect(_take_tab)
        self._buttons[self._keys[0]].setChecked(True)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._keys[index]))

    @property
    def key(self) -> str:
        return self._keys[self._group.checkedId()]

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]


def _take_tab(button: QPushButton, down: bool) -> None:
    """Tab goes to the button that is down and the arrow keys to the others; Qt sees to it after clicks alone."""
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if down else Qt.FocusPolicy.ClickFocus)
