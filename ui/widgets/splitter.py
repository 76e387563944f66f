"""Splitters whose handles can be found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

GRAB = 5


class Handle(QSplitterHandle):
    """A hair line in five pixels that take the mouse; below the mouse it becomes a bar."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, rect = self.palette(), self.rect()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Window))
        hovered = self.underMouse()
        colour = palette.color(QPalette.ColorRole.Accent if hovered else QPalette.ColorRole.Mid)
        thick = 3 if hovered else 1
        if self.orientation() == Qt.Orientation.Horizontal:
            rect = QRect((rect.width() - thick) // 2, 0, thick, rect.height())
        else:
            rect = QRect(0, (rect.height() - thick) // 2, rect.width(), thick)
        painter.fillRect(rect, colour)
        painter.end()


class Splitter(QSplitter):
    """A splitter with such handles, whose parts are never squeezed to nothing."""

    def __init__(self, orientation: Qt.Orientation, parts: Sequence[QWidget]) -> None:
        super().__init__(orientation)
        self.setHandleWidth(GRAB)
        for part in parts:
            self.addWidget(part)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return Handle(self.orientation(), self)
