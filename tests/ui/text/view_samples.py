"""The text and marks that the tests of the article view show, and a hand to work with."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model import Segment
from annotator.text.corrected import PieceMap, Replacement
from ui.text.marks import Mark, Relation
from ui.text.view import ArticleView

ARTICLE = (
    " Envoy Says Talks\nWill Resume\n\n"
    "April 20,2018\n\n"
    "The envoy said the talks would resume on Monday, and that \U0001f600 nobody had\n"
    "objected. A spokesman, Jos\u00e9e Marti\u0301n, denied it. Nothing else is known.\n\n"
    "Related article: What the talks are about\n\n"
    '"Twe hope so," he told Reuters. "We also wait."\n'
)


def segments_of(text: str) -> list[Segment]:
    """One segment for each paragraph; the first is the headline."""
    found = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\n))*", text)]
    kinds = {0: "headline", 1: "dateline", 3: "related_link"}
    return [
        Segment(kinds.get(i, "body"), start, start + len(text[start:end].rstrip()))
        for i, (start, end) in enumerate(found)
    ]


def span(words: str, text: str = ARTICLE) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def claim(mark_id: str, *parts: tuple[int, int]) -> Mark:
    return Mark(mark_id, "claim", parts)


class Looks:
    """The legend of the tests: what is not set is slate, without number, relation or label."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.hues: dict[str, int] = {}
        self.related: dict[str, dict[str, Relation]] = {}
        self.labels: dict[str, str] = {}

    def number(self, mark_id: str) -> int | None:
        return self.numbers.get(mark_id)

    def hue(self, mark_id: str) -> int:
        return self.hues.get(mark_id, 0)

    def relations(self, mark_id: str) -> dict[str, Relation]:
        return self.related.get(mark_id, {})

    def label(self, mark_id: str) -> str:
        return self.labels.get(mark_id, "")


def put(view: ArticleView, marks: list[Mark]) -> None:
    """Show these marks instead of those that are shown."""
    wanted = {mark.id for mark in marks}
    view.update_marks(marks, [placed.mark.id for placed in view.scene.index if placed.mark.id not in wanted])


def pieces_of(text: str, *changes: tuple[str, str]) -> PieceMap:
    """The corrected text in which each of these words reads as its replacement."""
    places = sorted((*span(words, text), new) for words, new in changes)
    return PieceMap(text, [Replacement(start, end, new, f"x{start}") for start, end, new in places])


class Hand:
    """A person at the view: finds words on the screen, clicks and drags with real mouse events."""

    def __init__(self, view: ArticleView) -> None:
        self.view = view

    def at(self, offset: int, *, after: bool = False) -> QPoint:
        """The point of the viewport just inside the character at (or, with ``after``, before) this offset."""
        layout = self.view.article_layout
        position = self.view.scene.map.position(offset)
        run = layout.caret(position, trailing=after)
        shift = -2 if after else 2
        top = self.view.verticalScrollBar().value()
        return QPoint(round(run.left) + shift, round(run.middle) - top)

    def click(
        self, point: QPoint, *, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.mouseClick(self.view.viewport(), button, modifier, point)

    def drag(self, start: QPoint, end: QPoint, modifier=Qt.KeyboardModifier.NoModifier, *, let_go: bool = True) -> None:
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, modifier, start)
        QTest.mouseMove(port, (start + end) / 2)
        QTest.mouseMove(port, end)
        self.move(end, modifier)
        if let_go:
            QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, end)

    def move(self, point: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """QTest.mouseMove knows no modifiers: send the move as Qt would."""
        port = self.view.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(port.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            modifier,
        )
        QApplication.sendEvent(port, event)
