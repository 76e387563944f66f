"""Where a view is scrolled to: keeping a place while the text is set anew, showing a place, and moving there smoothly.

Smooth movement never changes where a movement ends, only how one gets there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEasingCurve, QObject, QPointF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from ui.text.layout import ArticleLayout
from ui.text.scene import Scene
from ui.text.typography import REACH

_GLIDE_MS = 120
_NOTCH = 120
"""What a wheel with notches reports for one; finer ones and touchpads report less, and are smooth by themselves."""
_FAR = 2
"""Beyond so many pages a movement starts one page before its end: what flies past could not be read."""


class Scrolled(Protocol):
    """What is needed of a view."""

    scene: Scene
    article_layout: ArticleLayout

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def to_document(self, point: QPointF) -> QPointF: ...


class Place(NamedTuple):
    """The source character ``offset`` whose line shows ``y`` of the window at this share of its height."""

    offset: int
    share: float
    y: float


class Scrolling(QObject):
    """Scrolls one view."""

    rested = Signal()
    """A smooth movement has ended."""

    def __init__(self, view: Scrolled, parent: QObject) -> None:
        super().__init__(parent)
        self.smooth = False
        """Whether the wheel, pages and revealed places move smoothly. False: at once."""
        self._view = view
        self._bar = view.verticalScrollBar()
        self._bar.valueChanged.connect(self._value_changed)
        self._mine = False
        self._before: int | None = None
        """Where the bar stood when the layout began to make new heights known."""
        self._start = self._goal = 0
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._step)
        self._glide.finished.connect(self.rested)

    # ---- places

    def place_at(self, point: QPointF) -> Place:
        """What shows at a point of the viewport."""
        layout, scene = self._view.article_layout, self._view.scene
        at = self._view.to_document(point)
        position = layout.hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
        run = layout.caret(position)
        return Place(scene.map.offset(position), (at.y() - run.top) / (run.bottom - run.top), point.y())

    def top(self) -> Place | None:
        """What shows at the top of the window; None when nothing stands above it."""
        return self.place_at(QPointF(self._view.article_layout.left, 0)) if self._bar.value() > 0 else None

    def place_of(self, offset: int) -> Place | None:
        """Where the line of a source character shows; None when it does not."""
        run = self._view.article_layout.caret(self._view.scene.map.position(offset))
        y = run.middle - self._bar.value()
        return Place(offset, 0.5, y) if 0 <= y <= self._view.viewport().height() else None

    def restore(self, place: Place | None) -> None:
        """Show at the same height what showed there when the place was taken; None: the beginning."""
        if place is None:
            self._bar.setValue(0)
            self.settle(0)
            return
        layout, position = self._view.article_layout, self._view.scene.map.position(place.offset)
        for _ in range(5):  # heights settle as blocks are laid out
            run = layout.caret(position)
            self._bar.setValue(round(run.top + place.share * (run.bottom - run.top) - place.y))
            self.settle()

    def keep(self, top: float) -> None:
        """What stood at the top of the window stands at this height of the document now: follow it."""
        before, self._before = self._before, None
        if before is not None and abs(before - top) >= 0.5 and (before or top > self._view.scene.typography.px(60)):
            self._shift(round(top) - before)
            self._set(round(top))

    def begin_to_keep(self) -> float:
        """Where the window's top is. :meth:`keep` follows, when the layout knows where that stands now."""
        self._before = self._bar.value()
        return float(self._before)

    def follow(self, value: int, *, moving: bool) -> None:
        """Stand where the view beside this one stands; ``moving``: it is under way itself, and not because of this."""
        if moving:
            self.stop()
        self._shift(value - self._bar.value())
        self._set(value)

    def _shift(self, distance: int) -> None:
        self._start, self._goal = self._start + distance, self._goal + distance

    def reveal(self, start: int, end: int) -> None:
        """Scroll a document range into view: not at all when it shows, else a third of the way down."""
        layout, height = self._view.article_layout, self._view.viewport().height()
        margin = self._view.scene.typography.px(24)
        with self.glided():
            for _ in range(4):  # heights settle as blocks are laid out
                first, last = layout.caret(start), layout.caret(end, trailing=True)
                bottom = min(last.bottom, first.top + height - 2 * margin)
                value = self._bar.value()
                if not (value + margin <= first.top and bottom <= value + height - margin):
                    self._bar.setValue(round(max(0.0, first.top - height / 3)))
                self.settle()
                if self._bar.value() == value:
                    return

    def settle(self, low: float | None = None, high: float | None = None) -> None:
        """Lay out what shows when the bar stands from ``low`` (None: where it is) to ``high``, before it is painted.

        So nothing moves under the eyes: what is at the top of the window stays there.
        """
        layout, top = self._view.article_layout, self._bar.value() if low is None else low
        layout.settle(top - REACH, max(top, high or 0) + self._view.viewport().height() + REACH)
        layout.announce()

    # ---- movement

    @property
    def gliding(self) -> bool:
        """Whether a smooth movement is under way."""
        return self._glide.state() == QVariantAnimation.State.Running

    def wheel(self, event: QWheelEvent) -> bool:
        """Whether a turn of the wheel is dealt with: one by whole notches, smoothly; more turns add up."""
        delta = event.angleDelta()
        notches = not delta.x() and delta.y() and not delta.y() % _NOTCH and event.pixelDelta().isNull()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and event.phase() == Qt.ScrollPhase.NoScrollPhase
        if not (self.smooth and notches and plain):
            self.stop()
            return False
        page = self._bar.pageStep()
        lines = delta.y() / _NOTCH * QApplication.wheelScrollLines()
        distance = round(max(-page, min(page, -lines * self._bar.singleStep())))
        goal = (self._goal if self.gliding else self._bar.value()) + distance
        goal = max(self._bar.minimum(), min(self._bar.maximum(), goal))
        distance = goal - self._bar.value()
        self.settle(min(goal, self._bar.value()), max(goal, self._bar.value()))
        self._move(self._bar.value(), self._bar.value() + distance)
        event.accept()
        return True

    @contextmanager
    def glided(self) -> Iterator[None]:
        """Whatever scrolls inside the block ends where it would, but is seen to move there."""
        if not self.smooth:
            yield
            return
        layout = self._view.article_layout
        number, within = layout.anchor()
        self._before = None
        self.finish()
        yield
        self.settle()
        goal = self._bar.value()
        start = round(layout.top(number) + within)
        page = self._view.viewport().height()
        if abs(goal - start) > _FAR * page:
            start = goal - page if goal > start else goal + page
        if abs(goal - start) > 1:
            self._set(start)
            self.settle(min(start, goal), max(start, goal))
            self._move(self._bar.value(), goal + self._bar.value() - start)

    def finish(self) -> None:
        """End a smooth movement at its goal, now."""
        if self.gliding:
            self._glide.stop()
            self._bar.setValue(self._goal)
            self.rested.emit()

    def stop(self) -> None:
        """End a smooth movement where it is."""
        if self.gliding:
            self._glide.stop()
            self.rested.emit()

    def _move(self, start: int, goal: int) -> None:
        self._glide.stop()
        self._start, self._goal = start, goal
        self._glide.start()

    def _step(self, share: float) -> None:
        if self.gliding:
            self._set(round(self._start + (self._goal - self._start) * share))

    def _set(self, value: int) -> None:
        self._mine = True
        self._bar.setValue(value)
        self._mine = False

    def _value_changed(self) -> None:
        if not self._mine and self._before is None:  # the scroll bar, the caret or a caller moved the text: that counts
            self.stop()
