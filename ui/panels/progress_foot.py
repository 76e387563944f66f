"""How far the project is: a line and a slim bar at the foot of the list of articles."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.services.progress import Progress
from ui.fonts import ui_font
from ui.theme import Theme

_BAR = 4


class _Bar(QWidget):
    """The share that is done, as a filled length."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.share = 0.0
        self.setFixedHeight(_BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.border))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), _BAR), _BAR / 2, _BAR / 2)
        if self.share:
            painter.setBrush(QColor(self.theme.insert))
            painter.drawRoundedRect(QRectF(0, 0, max(_BAR, self.width() * self.share), _BAR), _BAR / 2, _BAR / 2)
        painter.end()


class ProgressFoot(QWidget):
    """``12 of 200 done · 4 today`` over the bar. Hidden while there are no articles."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(ui_font(12))
        self.words.setProperty("tone", "secondary")
        self.bar = _Bar(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def set_theme(self, theme: Theme) -> None:
        self.bar.theme = theme
        self.bar.update()

    def show_progress(self, progress: Progress) -> None:
        """Show these counts."""
        today = f" · {progress.done_today:,} today" if progress.done_today else ""
        self.words.setText(f"{progress.done:,} of {progress.articles:,} done{today}")
        self.words.setAccessibleName(f"Progress: {self.words.text().replace(' · ', ', ')}")
        self.bar.share = progress.done / progress.articles if progress.articles else 0.0
        self.bar.update()
        self.setVisible(progress.articles > 0)
