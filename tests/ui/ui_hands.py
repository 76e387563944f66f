"""What a person does at the window: selects words, presses keys and buttons, answers prompts; all as real events."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton, QWidget
from shiboken6 import isValid

from ui.dialogs.export import ExportDialog
from ui.text.frame import Frame
from ui.text.selected import handles

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Two hands at one window."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        self.store = window.store

    @property
    def view(self):
        """The active view."""
        return self.window.pane.view

    @property
    def ws(self):
        return self.store.workspace

    # -- keys ---------------------------------------------------------------------------------------------------

    def to_article(self) -> None:
        self.window.activateWindow()  # the offscreen platform does not give it back when a dialog closes
        self.view.setFocus()
        self.qtbot.waitUntil(self.view.hasFocus)

    def select(self, words: str, occurrence: int = 0) -> None:
        """Selects words with Shift and the arrow keys: by words as far as it goes, then by characters."""
        start, end = self.place(words, occurrence)
        self.to_article()
        self.view.set_caret(start)
        paragraph = next(p for p in self.ws.text.split("\n\n") if words in p)
        on, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if any("\u0590" <= c <= "\u08ff" for c in paragraph):
            on, back = back, on
        shift = Qt.KeyboardModifier.ShiftModifier
        for key, held in ((on, shift | Qt.KeyboardModifier.ControlModifier), (back, shift), (on, shift)):
            for _ in words:
                if (self.view.selected_range()[1] < end) if key == on else (self.view.selected_range()[1] > end):
                    QTest.keyClick(self.view, key, held)
        assert self.view.selected_range() == (start, end)

    def press(self, key: str, modifier=PLAIN, saves: bool = True) -> None:
        if saves:
            with self.qtbot.waitSignal(self.store.saved):
                QTest.keyClick(self.view, key, modifier)
        else:
            QTest.keyClick(self.view, key, modifier)

    def answer(self, text: str) -> None:
        """Types into the prompt over the article and presses Enter."""
        field = self.window.prompt.field
        assert field.isVisible()
        field.setText(text)
        with self.qtbot.waitSignal(self.store.saved):
            QTest.keyClick(field, Qt.Key.Key_Return)
        assert not self.window.prompt.isVisible()

    def enter(self, field: QWidget, text: str, *, end: int | None = Qt.Key.Key_Return) -> None:
        """Replaces what a field holds by typing, and ends with Enter (or Tab, or nothing)."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(field, Qt.Key.Key_Return)
            QTest.keyClicks(field, line)
        if end is not None:
            QTest.keyClick(field, end)

    def choose(self, combo, value) -> None:
        """Opens a list with a key, goes to a value with the arrows and takes it with Enter."""
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Space)
        self.qtbot.waitUntil(combo.view().isVisible)
        wanted = combo.findData(value)
        assert wanted >= 0
        for _ in range(combo.count()):
            row = combo.view().currentIndex().row()
            if row == wanted:
                break
            QTest.keyClick(combo.view(), Qt.Key.Key_Down if row < wanted else Qt.Key.Key_Up)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not combo.view().isVisible())

    # -- mouse --------------------------------------------------------------------------------------------------

    def place(self, words: str, occurrence: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(occurrence + 1):
            start = self.ws.text.index(words, start + 1)
        return start, start + len(words)

    def at(self, offset: int, *, after: bool = False) -> QPoint:
        """The point of the viewport just inside the character at (or, with ``after``, before) this offset."""
        run = self.view.article_layout.caret(self.view.scene.map.position(offset), trailing=after)
        return QPoint(round(run.left) + (-2 if after else 2), round(run.middle) - self.view.verticalScrollBar().value())

    def drag(self, start: QPoint, end: QPoint) -> None:
        port = self.view.viewport()
        assert port.rect().contains(start)
        assert port.rect().contains(end)
        QTest.mousePress(port, LEFT, PLAIN, start)
        for point in ((start + end) / 2, end):
            spot = QPointF(point)
            move = QMouseEvent(
                QEvent.Type.MouseMove, spot, QPointF(port.mapToGlobal(point)), Qt.MouseButton.NoButton, LEFT, PLAIN
            )
            QApplication.sendEvent(port, move)
        QTest.mouseRelease(port, LEFT, PLAIN, end)

    def drag_over(self, words: str, occurrence: int = 0) -> None:
        """Selects words by dragging over them."""
        start, end = self.place(words, occurrence)
        self.view.setFocus()
        self.drag(self.at(start), self.at(end, after=True))
        assert self.view.selected_range() == (start, end)

    def click_on(self, words: str, occurrence: int = 0, button=LEFT) -> None:
        start, end = self.place(words, occurrence)
        QTest.mouseClick(self.view.viewport(), button, PLAIN, self.at((start + end) // 2))

    def click(self, widget: QWidget, *, saves: bool = False) -> None:
        """Presses a button with the mouse; it must be there to be pressed."""
        assert widget.isVisible()
        assert widget.isEnabled()
        if saves:
            with self.qtbot.waitSignal(self.store.saved):
                QTest.mouseClick(widget, LEFT, PLAIN, widget.rect().center())
        else:
            QTest.mouseClick(widget, LEFT, PLAIN, widget.rect().center())

    def handle(self, part: int, side: str) -> QPoint:
        """The knob of a boundary of what is selected."""
        bar, port = self.view.verticalScrollBar().value(), self.view.viewport()
        frame = Frame(self.view.article_layout, self.view.scene, bar, bar + port.height())
        knob = next(h.knob for h in handles(frame) if (h.part, h.side) == (part, side))
        return QPoint(round(knob.x()), round(knob.y()) - bar)

    def context_menu(self, offset: int) -> QMenu:
        """The menu of a right click on the article."""
        before = set(self.window.findChildren(QMenu))
        point, port = self.at(offset), self.view.viewport()
        QTest.mouseClick(port, RIGHT, PLAIN, point)
        QApplication.sendEvent(
            port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, port.mapToGlobal(point), PLAIN)
        )
        menu = next(m for m in self.window.findChildren(QMenu) if m not in before)
        self.qtbot.waitUntil(menu.isVisible)
        return menu

    def take(self, menu: QMenu, text: str) -> None:
        """Clicks the entry of an open menu that starts with ``text``."""
        action = next(a for a in menu.actions() if a.text().startswith(text))
        assert action.isEnabled()
        QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())

    def menu(self, title: str, text: str) -> None:
        """Opens a menu of the menu bar with the mouse and clicks an entry."""
        bar = self.window.menuBar()
        entry = next(a for a in bar.actions() if a.text().replace("&", "") == title)
        QTest.mouseClick(bar, LEFT, PLAIN, bar.actionGeometry(entry).center())
        self.qtbot.waitUntil(entry.menu().isVisible)
        self.take(entry.menu(), text)

    # -- messages -----------------------------------------------------------------------------------------------

    def box(self) -> QMessageBox:
        """The one message or question that is shown now."""
        self.qtbot.waitUntil(lambda: any(b.isVisible() for b in self.window.findChildren(QMessageBox)))
        (box,) = [b for b in self.window.findChildren(QMessageBox) if b.isVisible()]
        return box

    def read_message(self) -> str:
        """What the one message says; it is closed with its button."""
        box = self.box()
        text = box.text()
        self.click(box.buttons()[0])
        self.qtbot.waitUntil(lambda: not isValid(box))
        return text

    def messages(self) -> list[str]:
        return [b.text() for b in self.window.findChildren(QMessageBox) if b.isVisible()]

    def reply(self, verb: str) -> str:
        """Presses a button of the question that is asked now, and gives back the question."""
        box = self.box()
        text = box.text()
        button = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == verb)
        self.click(button)
        self.qtbot.waitUntil(lambda: not isValid(box))
        return text

    # -- files --------------------------------------------------------------------------------------------------

    def export(self, path: Path) -> dict:
        """Exports a project of one article; gives back its line."""
        self.export_as(path)
        assert "Wrote 1 article," in self.read_message()
        return json.loads(path.read_text(encoding="utf-8"))

    def export_as(self, path: Path, name: str = "jsonl", view: str = "source") -> list[str]:
        """Goes through the export dialog to its end; gives back what it said is lost."""
        self.window.actions_["export"].trigger()
        return self.finish_export(path, name, view)

    def finish_export(self, path: Path, name: str = "jsonl", view: str = "source") -> list[str]:
        """The same when the dialog is there."""
        dialog = self.window.findChildren(ExportDialog)[-1]
        self.qtbot.waitUntil(dialog.isVisible)
        dialog.activateWindow()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        dialog.choose(name)
        if view == "corrected":
            self.click(dialog.corrected)
        dialog.path.setText(str(path))
        ended: list[bool] = []
        self.window.exchange.exported.connect(lambda: ended.append(True))
        self.qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(ended) or (isValid(dialog) and dialog.losses.isVisible()))
        losses = [] if ended else dialog.losses.toPlainText().splitlines()
        if losses:
            self.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
            self.qtbot.waitUntil(lambda: bool(ended))
        return losses
