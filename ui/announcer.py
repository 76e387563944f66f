"""Says in a screen reader what happened where the focus is not."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_Politeness = QAccessible.AnnouncementPoliteness


class Announcer(QObject):
    """Collects the sentences of one turn of the event loop and says them as one: one would cut the other off.

    Each sentence is about a ``topic``; a later one about the same takes the place of the earlier.
    """

    announced = Signal(str)
    """What was just said."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: dict[str, str] = {}
        self._urgent = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._say)

    def tell(self, topic: str, sentence: str, *, urgent: bool = False) -> None:
        """Say a sentence soon; an ``urgent`` one interrupts what is being read."""
        self._waiting.pop(topic, None)
        if sentence:
            self._waiting[topic] = sentence
            self._urgent = self._urgent or urgent
            self._turn.start(0)

    def is_waiting(self, *topics: str) -> bool:
        """Whether something about one of these topics is about to be said."""
        return any(topic in self._waiting for topic in topics)

    def _say(self) -> None:
        sentences, urgent = [*self._waiting.values()], self._urgent
        self._waiting.clear()
        self._urgent = False
        if not sentences:
            return
        text = " ".join(s if s.endswith((".", "!", "?", "…")) else f"{s}." for s in sentences)
        event = QAccessibleAnnouncementEvent(self._window, text)
        event.setPoliteness(_Politeness.Assertive if urgent else _Politeness.Polite)
        QAccessible.updateAccessibility(event)
        self.announced.emit(text)
