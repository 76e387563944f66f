"""The limit that bare Qt sets, and the ways that other tools take."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit
from surface import BESIDE, HEIGHT, MARKS, WIDE, Painted, Surface, report_all
from texts import SPANS, TEXT


class Bare(Surface):
    """A Qt widget alone with the same text in the same font, and no marks."""

    make: Callable[[], QTextEdit | QPlainTextEdit] = QTextEdit

    def __init__(self, folder: Path) -> None:
        from ui.application import make_application
        from ui.text.typography import Typography

        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.text = (folder / TEXT).read_text(encoding="utf-8")
        self.marked = [tuple(span) for span in json.loads((folder / SPANS).read_text(encoding="utf-8"))]
        self.view = type(self).make()
        self.view.setReadOnly(True)
        reading = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.view.setTextInteractionFlags(reading)
        self.view.setFont(Typography().body.font)
        self.view.document().setDefaultFont(Typography().body.font)
        self.resize(WIDE)
        self.view.show()
        self.view.activateWindow()
        self.painted = Painted(self.app, self.view.viewport())
        self.app.processEvents()

    def open(self) -> float:
        self.painted.after(lambda: self.view.setPlainText("A line."))
        return self.painted.after(self.load)

    def load(self) -> None:
        self.view.setPlainText(self.text)

    def resize(self, width: int) -> None:
        self.view.resize(width - BESIDE, HEIGHT - 80)

    def close(self) -> None:
        self.view.close()


class BarePlain(Bare):
    make = QPlainTextEdit


class Formats(Bare):
    """A background for each span in the document's character formats. Where spans overlap, the last one wins."""

    def load(self) -> None:
        self.view.setPlainText(self.text)
        cursor = QTextCursor(self.view.document())
        cursor.beginEditBlock()
        for number, (start, end) in enumerate(self.marked):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(background(number))
        cursor.endEditBlock()

    def spans(self) -> None:
        times = []
        for number in range(MARKS):
            start, cursor = self._select(number)
            cursor.setPosition(start + 60, QTextCursor.MoveMode.KeepAnchor)
            times.append(self.painted.after(lambda cursor=cursor: self.mark(cursor)))
        report_all("span", times)

    def _select(self, number: int) -> tuple[int, QTextCursor]:
        start = len(self.text) // 3 + number * len(self.text) // 100
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(start)
        self.view.setTextCursor(cursor)
        self.view.ensureCursorVisible()
        self.app.processEvents()
        return start, cursor

    def mark(self, cursor: QTextCursor) -> None:
        cursor.mergeCharFormat(background(0))


class Selections(Formats):
    """An extra selection for each span: Qt paints them over one another."""

    def load(self) -> None:
        self.view.setPlainText(self.text)
        self.extra = []
        for number, (start, end) in enumerate(self.marked):
            cursor = QTextCursor(self.view.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self.extra.append(selection(cursor, number))
        self.view.setExtraSelections(self.extra)

    def mark(self, cursor: QTextCursor) -> None:
        self.extra.append(selection(cursor, 0))
        self.view.setExtraSelections(self.extra)


def background(number: int) -> QTextCharFormat:
    colours = ("#FBE3D6", "#DCE6FB", "#D5EFEA", "#EBDDF9", "#E3E7ED", "#F8DCEB")
    form = QTextCharFormat()
    form.setBackground(QBrush(QColor(colours[number % len(colours)])))
    return form


def selection(cursor: QTextCursor, number: int) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format = background(number)
    return made
