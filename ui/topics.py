"""What a widget is about: the field of a record or the panel that the guideline tells of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_TOPIC = "topic"


def set_topic(widget: QWidget, topic: str) -> None:
    """Say what a widget, with everything in it, is about: a field (``claim.form``) or a panel (``claims``)."""
    widget.setProperty(_TOPIC, topic)


def topic_of(widget: QWidget | None) -> str:
    """What the widget is about, or the nearest around it; "" when nothing says."""
    while widget is not None:
        if topic := widget.property(_TOPIC):
            return str(topic)
        widget = widget.parentWidget()
    return ""
