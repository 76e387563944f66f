"""What a hand does about the problems of the open article."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from ui_hands import LEFT, PLAIN

from annotator.services import annotate, speakers


def checked(hands) -> None:
    """Waits until what the window shows is what the article holds."""
    hands.qtbot.waitUntil(lambda: hands.window.checking.fresh)


def messages(hands) -> list[str]:
    model = hands.window.problems.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def row_of(hands, words: str) -> int:
    return next(row for row, message in enumerate(messages(hands)) if words in message)


def click_row(hands, words: str) -> None:
    table = hands.window.problems.table
    row = row_of(hands, words)
    table.scrollTo(table.model().index(row, 0))
    QTest.mouseClick(table.viewport(), LEFT, PLAIN, QPoint(80, table.rowViewportPosition(row) + 10))


def edit(hands, made) -> None:
    hands.store.edit(made)
    checked(hands)


def claim(hands, words: str, line: str = "") -> str:
    ws = hands.ws
    made = annotate.mark_claim(ws, [hands.place(words)], hands.store.author)
    hands.store.edit(made)
    if line:
        hands.store.edit(speakers.set_chain_line(ws, made.changes[0].id, line))
    checked(hands)
    return str(made.changes[0].id)
