"""The title row of a panel: name, count and one round action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import icons
from ui.fonts import ui_font
from ui.theme import Theme

HEIGHT = 46


class PanelHeader(QWidget):
    """``title [count] … +``; ``add_requested`` when the plus is pressed. ``extra`` stands before the plus.

    Without an ``action`` there is no plus.
    """

    add_requested = Signal()

    def __init__(self, title: str, action: str, extra: QWidget | None = None) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        name = QLabel(title)
        name.setFont(ui_font(14, QFont.Weight.DemiBold))
        self.count = QLabel("0")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setFont(ui_font(11, QFont.Weight.DemiBold))
        self.count.setProperty("badge", "true")
        self.count.setFixedHeight(18)
        self.count.setAccessibleName(f"Number of {title.lower()}")
        self.add = QToolButton()
        self.add.setAutoRaise(True)
        self.add.setAccessibleName(action)
        self.add.setToolTip(action)
        self.add.setFixedSize(28, 28)
        self.add.clicked.connect(self.add_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        if extra is not None:
            row.addWidget(extra, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.add)
        self.add.setVisible(bool(action))

    def set_count(self, count: int) -> None:
        self.count.setText(f"{count:,}")

    def set_theme(self, theme: Theme) -> None:
        self.add.setIcon(icons.icon("plus", theme.text2, theme.border))
