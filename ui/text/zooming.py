"""Gestures that change the size of the text: the wheel with Ctrl, two fingers on a touchpad or a touch screen.

What lies under them stays there.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt, SignalInstance
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QScrollBar, QWidget

from ui.text.scene import Scene
from ui.text.scrolling import Place, Scrolling

GESTURES = frozenset({QEvent.Type.NativeGesture, QEvent.Type.Gesture})
"""The events that :meth:`Zooming.gesture` knows."""
_NOTCH = 120
_NEAR = 8
_LEAST = 0.02
"""A pinch is passed on when it has changed the size by so much: each change sets the text anew."""


class Zoomed(Protocol):
    """What is needed of a view."""

    @property
    def zoom_requested(self) -> SignalInstance: ...
    @property
    def zoom_scaled(self) -> SignalInstance: ...

    scene: Scene
    scrolling: Scrolling

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def let_go(self) -> None: ...


class Zooming:
    """Tells one view's gestures; whoever answers its signals sets the zoom."""

    def __init__(self, view: Zoomed) -> None:
        self._view = view
        self.place: Place | None = None
        """What lies under the gesture that asks for another size just now, and has to stay there."""
        self._held: tuple[Place, QPointF, int, Scene] | None = None
        self.pinching = False
        """Whether two fingers touched the screen last: until the next press, nothing that moves selects text."""
        self._turned = 0
        self._factor = 1.0
        view.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def wheel(self, event: QWheelEvent) -> bool:
        """Whether the wheel zooms (with Ctrl held). Fine wheels and touchpads add up to notches."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned = 0
            return False
        turned = event.angleDelta().y()
        if turned * self._turned < 0:
            self._turned = 0  # the other way: begin anew
        self._turned += turned
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        for _ in range(abs(notches)):
            self._ask(event.position(), self._view.zoom_requested, 1 if notches > 0 else -1)
        event.accept()
        return True

    def gesture(self, event: QEvent) -> bool:
        """Whether an event of the viewport is part of a pinch."""
        if isinstance(event, QNativeGestureEvent):
            return self._native(event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch)
                event.accept(pinch)
                return True
        return False

    def _native(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.BeginNativeGesture:
            self._factor = 1.0
        elif kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._scale(1.0 + event.value(), event.position())
            event.accept()
            return True
        return False

    def _pinch(self, pinch: QPinchGesture) -> None:
        if pinch.state() == Qt.GestureState.GestureStarted:
            self._factor, self._held, self.pinching = 1.0, None, True
            self._view.let_go()
        elif pinch.state() != Qt.GestureState.GestureUpdated:
            self._held = None
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
            centre = pinch.centerPoint()
            self._scale(pinch.scaleFactor(), QPointF(self._view.viewport().mapFromGlobal(centre)))

    def _scale(self, factor: float, point: QPointF) -> None:
        self._factor *= max(0.1, factor)
        if abs(self._factor - 1.0) >= _LEAST:
            factor, self._factor = self._factor, 1.0
            self._ask(point, self._view.zoom_scaled, factor)

    def _ask(self, point: QPointF, signal: SignalInstance, value: float) -> None:
        scrolling, bar = self._view.scrolling, self._view.verticalScrollBar()
        place = self._place_from_before(point, bar.value()) or scrolling.place_at(point)
        self.place = place
        signal.emit(value)
        self.place, self._held = None, (place, point, bar.value(), self._view.scene)

    def _place_from_before(self, point: QPointF, value: int) -> Place | None:
        """The words that the gesture began on: seen anew after each step, they would slowly wander off."""
        if self._held is None:
            return None
        place, before, left_at, scene = self._held
        # While two fingers are down only the layout scrolls, when it comes to know heights above: that is no new place.
        same = self.pinching or (value == left_at and (point - before).manhattanLength() < _NEAR)
        return place._replace(y=point.y()) if same and scene is self._view.scene else None
