"""A PySide6 that mislays references to None kills the program after some thousand calls; refuse to run with one.

PySide6 6.12.0 on Python 3.11 is such a one (``none_dealloc``), which is why pyproject.toml keeps it out there.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

CALLS = 1_000
# Other machinery (a garbage collection, a cache) may touch None a few times; a leak loses one for each call.
NOISE = 50
IMMORTAL = 1 << 31


class Sender(QObject):
    sent = Signal(int)


def void_calls(qtbot: QtBot) -> dict[str, Callable[[], object]]:
    """One call that returns nothing, of each kind that the window makes all day."""
    label, widget, point, timer, sender = QLabel(), QWidget(), QPoint(), QTimer(), Sender()
    qtbot.addWidget(label)
    qtbot.addWidget(widget)
    received: list[int] = []
    sender.sent.connect(received.append)
    return {
        "a property of an object": lambda: timer.setObjectName("name"),
        "a property of a widget": lambda: label.setText("text"),
        "a virtual method": lambda: widget.setVisible(False),
        "a value type": lambda: point.setX(1),
        "a slot": widget.update,
        "a signal to a Python slot": lambda: sender.sent.emit(1),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "a property of an object",
        "a property of a widget",
        "a virtual method",
        "a value type",
        "a slot",
        "a signal to a Python slot",
    ],
)
def test_references_to_none_stay_flat(qtbot: QtBot, kind: str) -> None:
    call = void_calls(qtbot)[kind]
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    drift = sys.getrefcount(None) - before
    if sys.version_info >= (3, 12):
        # None is immortal there. Extensions built for older Pythons, as Qt's is, still count it; that does no harm as
        # long as the count stays far from where None would turn mortal.
        assert sys.getrefcount(None) > IMMORTAL
    else:
        assert abs(drift) <= NOISE
