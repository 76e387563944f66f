"""The order in which Tab goes from control to control."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QTabWidget, QWidget


def order_as_laid_out(area: QWidget) -> None:
    """Let Tab go through an area as its layouts show it, whatever the order in which the controls were made."""
    for one, following in pairwise(_controls(area)):
        QWidget.setTabOrder(one, following)


def name_clear_button(line: QWidget) -> None:
    """Give the button that clears a line a name; Qt gives it none."""
    for action in line.findChildren(QAction):
        if not action.text():
            action.setText("Clear")


def _controls(area: QWidget) -> Iterator[QWidget]:
    if area.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield area
    if isinstance(area, QAbstractScrollArea):
        return
    if isinstance(area, QTabWidget):
        for index in range(area.count()):
            if (page := area.widget(index)) is not None:
                yield from _controls(page)
        return
    if (layout := area.layout()) is not None:
        yield from _laid_out(layout)
    elif area.focusPolicy() == Qt.FocusPolicy.NoFocus:  # it places its parts itself, in the order it made them
        for part in area.children():
            if isinstance(part, QWidget) and not part.isWindow():
                yield from _controls(part)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            yield from _laid_out(inner)
        elif (widget := item.widget()) is not None:
            yield from _controls(widget)
