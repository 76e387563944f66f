"""Scrolling the list around a widget while something in it is dragged to the edge, or beyond."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

_EDGE = 32
"""So near to the top or the bottom of the list it begins to scroll, in pixels."""
_EVERY_MS = 16
_MOST = 12
"""The most pixels of one step, however far beyond the edge the pointer is."""


class EdgeScroll(QObject):
    """For the scroll area that ``inside`` stands in, as far as ``inside`` reaches.

    Call :meth:`follow` at each move of the pointer.
    """

    scrolled = Signal()
    """Other things lie under the pointer now, though it did not move."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self._inside = inside
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._scroll)

    def follow(self, at: QPointF) -> None:
        """The pointer is there now, on the screen."""
        area = self._area()
        if area is None:
            return
        y, height = area.viewport().mapFromGlobal(at).y(), area.viewport().height()
        beyond = min(0, y - _EDGE) + max(0, y - (height - _EDGE))
        self._step = round(max(-_MOST, min(_MOST, beyond / 2)))
        if self._step and not self._timer.isActive():
            self._timer.start()
        elif not self._step:
            self.stop()

    def stop(self) -> None:
        """Nothing is dragged any more."""
        self._timer.stop()

    def _area(self) -> QAbstractScrollArea | None:
        widget = self._inside.parentWidget()
        while widget is not None and not isinstance(widget, QAbstractScrollArea):
            widget = widget.parentWidget()
        return widget

    def _scroll(self) -> None:
        area = self._area()
        if area is None:
            self.stop()
            return
        bar, port = area.verticalScrollBar(), area.viewport()
        before = bar.value()
        if self._step > 0:
            beyond = self._inside.mapTo(port, self._inside.rect().bottomLeft()).y() - port.height() + 1
            step = min(self._step, max(0, beyond))
        else:
            step = max(self._step, min(0, self._inside.mapTo(port, self._inside.rect().topLeft()).y()))
        bar.setValue(before + step)
        if bar.value() == before:
            self.stop()
        else:
            self.scrolled.emit()
