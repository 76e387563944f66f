"""Two ways to label the seed article: with the keyboard alone, and with the mouse alone (names are typed, though)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QToolButton, QWidget
from ui_hands import LEFT, PLAIN, Hands

from ui.commands import COMMANDS
from ui.widgets.editors import TextEditor

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_COMMANDS = {command.id: command for command in COMMANDS}


def part_of(editor: QWidget) -> QWidget:
    """What of an editor has the focus while one types."""
    return editor.focusProxy() or editor


def write(text: str) -> None:
    """Types into whatever has the focus; letters that no key has come from an input method.

    Where Enter starts a line, so do the lines of ``text``.
    """
    field = QApplication.focusWidget()
    for number, line in enumerate(text.splitlines() or [""]):
        if number and isinstance(field, TextEditor) and field._lines:
            QTest.keyClick(field, Qt.Key.Key_Return)
        if line.isascii():
            QTest.keyClicks(QApplication.focusWidget(), line)
            continue
        event = QInputMethodEvent("", [])
        event.setCommitString(line)
        QApplication.sendEvent(QApplication.focusWidget(), event)


class Labeller(Hands):
    """What both ways have in common: they act on the window as it is and look at it for what comes next."""

    def dialog(self) -> QDialog:
        """The dialog that has been opened."""
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(QDialog)))
        return next(d for d in self.window.findChildren(QDialog) if d.isVisible())

    def message(self) -> QMessageBox:
        return self.box()

    def after_dialog(self) -> None:
        """The window is active again, as a window manager sees to it; the article has the keyboard."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.view.hasFocus)

    @property
    def prompt(self):
        return self.window.prompt

    def after_saving(self) -> None:
        self.qtbot.waitUntil(lambda: not self.store.unsaved, timeout=30_000)


class ByKeys(Labeller):
    """Touches no mouse: caret keys, single keys, Tab, Enter, Escape."""

    def press_here(self, key, modifier=PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def command(self, command_id: str) -> None:
        """Presses the key of a command; one that has none is found in the palette."""
        command = _COMMANDS[command_id]
        if not command.keys:
            self.press_here(Qt.Key.Key_K, CONTROL)
            self.qtbot.waitUntil(self.dialog().field.hasFocus)
            write(command.text.rstrip("…"))
            self.press_here(Qt.Key.Key_Return)
            self.after_dialog()
            return
        combination = QKeySequence(command.keys[0])[0]
        self.press_here(combination.key(), combination.keyboardModifiers())

    def go(self, offset: int) -> None:
        """Takes the caret to an offset: by lines, then by words, then by characters."""
        view = self.view
        assert view.hasFocus()
        for key, modifier in ((Qt.Key.Key_Down, PLAIN), (Qt.Key.Key_Right, CONTROL), (Qt.Key.Key_Right, PLAIN)):
            back = {Qt.Key.Key_Down: Qt.Key.Key_Up, Qt.Key.Key_Right: Qt.Key.Key_Left}[key]
            while view.caret() < offset:
                QTest.keyClick(view, key, modifier)
            while view.caret() > offset and (modifier == PLAIN or key == Qt.Key.Key_Right):
                QTest.keyClick(view, back, modifier)
        assert view.caret() == offset

    def shows(self, start: int, end: int) -> bool:
        """Whether the words can be selected: by the arrows always."""
        return start < end

    def grab(self, start: int, end: int) -> None:
        """Selects words with Shift and the arrows."""
        self.go(start)
        for modifier in (CONTROL | SHIFT, SHIFT):
            while self.view.selected_range()[1] < end:
                QTest.keyClick(self.view, Qt.Key.Key_Right, modifier)
            while self.view.selected_range()[1] > end:
                QTest.keyClick(self.view, Qt.Key.Key_Left, modifier)
        assert self.view.selected_range() == (start, end)

    def answer(self, text: str) -> None:
        self.qtbot.waitUntil(self.prompt.field.hasFocus)
        if not text:
            self.press_here(Qt.Key.Key_Delete)
        write(text)
        for _ in range(2):  # the first may complete a name
            if self.prompt.isVisible():
                self.press_here(Qt.Key.Key_Return)
        assert not self.prompt.isVisible()

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(90):
            if part_of(widget).hasFocus():
                return
            self.press_here(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {widget.accessibleName()}")

    def open_fields(self) -> None:
        self.press_here(Qt.Key.Key_Return)
        assert not self.view.hasFocus()

    def leave_fields(self) -> None:
        """One Escape leads back to the article."""
        self.press_here(Qt.Key.Key_Escape)
        assert self.view.hasFocus()

    def fill(self, editor: QWidget, text: str) -> None:
        self.tab_to(editor)
        self.press_here(Qt.Key.Key_A, CONTROL)
        write(text)
        self.press_here(Qt.Key.Key_Return)

    def pick(self, combo, value) -> None:
        self.tab_to(combo)
        self.choose(combo, value)

    def push(self, button: QWidget) -> None:
        self.tab_to(button)
        self.press_here(Qt.Key.Key_Space)

    def open_speaker(self, name: str) -> None:
        """Goes to a mention of the speaker and from there to the speaker's fields."""
        speaker = next(s for s in self.ws.speakers.values() if s.name == name)
        while getattr(self.ws.mentions.get(self.window.selection.id), "speaker_id", None) != speaker.id:
            self.command("next_mention")
        self.open_fields()
        drawer = self.window.speakers.editor
        self.tab_to(drawer.details)
        self.press_here(Qt.Key.Key_Return)
        assert self.window.selection.is_selected("speaker", speaker.id)


class ByMouse(Labeller):
    """Touches no key, but to write words into a field that was clicked."""

    def command(self, command_id: str) -> None:
        """Clicks the command in its menu."""
        self.menu(_COMMANDS[command_id].menu, self.window.actions_[command_id].text())
        if QApplication.activeModalWidget() is None:  # offscreen the window stays inactive when a menu closes
            self.window.activateWindow()

    def roll(self, area: QWidget, away: int) -> None:
        """Turns the wheel over an area towards what is so many pixels below its middle; fine wheels do less at once."""
        notch = 120 if abs(away) > 150 else 40
        spot, turn = QPointF(area.rect().center()), QPoint(0, -notch if away > 0 else notch)
        rolled = QWheelEvent(
            *(spot, area.mapToGlobal(spot), QPoint(), turn),
            *(Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(area, rolled)

    def reveal(self, area: QWidget, where) -> None:
        """Turns the wheel until ``where()``, a rectangle in the area's coordinates, shows."""
        for _ in range(60):
            if area.rect().contains(where()):
                return
            self.roll(area, where().center().y() - area.rect().center().y())
            QApplication.processEvents()
        raise AssertionError(f"{where()} cannot be scrolled into {area.rect()}")

    def spot(self, offset: int, *, after: bool = False) -> QPoint:
        run = self.view.article_layout.caret(self.view.scene.map.position(offset), trailing=after)
        return QPoint(round(run.left), round(run.middle) - self.view.verticalScrollBar().value())

    def goal(self, end: int) -> QPoint:
        """Where to let go: behind the last character, or, behind a blank that ends a line, before the next line."""
        return self.spot(end, after=not self.ws.text[end - 1].isspace())

    def shows(self, start: int, end: int) -> bool:
        """Whether there is something to drag over."""
        return self.spot(start) != self.goal(end)

    def grab(self, start: int, end: int) -> None:
        """Drags over words."""
        port = self.view.viewport()
        for offset in (end, start):
            self.reveal(port, lambda at=offset: QRect(self.spot(at) - QPoint(0, 12), QSize(1, 24)))
        self.drag(self.spot(start) + QPoint(1, 0), self.goal(end))
        assert self.view.selected_range() == (start, end)

    def answer(self, text: str) -> None:
        self.qtbot.waitUntil(self.prompt.field.hasFocus)
        if not text:
            self.click(self.prompt.field.findChild(QToolButton))
        write(text)
        for _ in range(2):
            if self.prompt.isVisible():
                self.click(self.prompt.accept_button)
        assert not self.prompt.isVisible()

    def show(self, widget: QWidget) -> QWidget:
        """Scrolls the list that a field is in until the field shows."""
        widget = part_of(widget)
        for panel in self.window.panels:
            port = panel.table.viewport() if hasattr(panel, "table") else None
            if port is not None and port.isAncestorOf(widget):
                self.reveal(port, lambda port=port: widget.rect().translated(widget.mapTo(port, QPoint(0, 0))))
        return widget

    def open_fields(self) -> None:
        """The fields of what is selected are open already."""

    def leave_fields(self) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, PLAIN, QPoint(4, 4))
        assert self.view.hasFocus()

    def fill(self, editor: QWidget, text: str) -> None:
        field = self.show(editor)
        self.click(field)
        assert field.hasFocus()
        write(text)

    def pick(self, combo, value) -> None:
        self.click(self.show(combo))
        view = combo.view()
        self.qtbot.waitUntil(view.isVisible)
        index = combo.model().index(combo.findData(value), 0)
        self.reveal(view.viewport(), lambda: QRect(view.visualRect(index).center(), QSize(1, 1)))

        def clicked() -> bool:
            """A list that has just opened takes no click yet: it might belong to the one that opened it."""
            QTest.mouseMove(view.viewport(), view.visualRect(index).center())
            QTest.mouseClick(view.viewport(), LEFT, PLAIN, view.visualRect(index).center())
            return not view.isVisible()

        self.qtbot.waitUntil(clicked)

    def push(self, button: QWidget) -> None:
        self.click(self.show(button))

    def open_speaker(self, name: str) -> None:
        panel = self.window.speakers
        speaker = next(s for s in self.ws.speakers.values() if s.name == name)
        index = panel.rows.index(panel.rows.row_of(speaker.id), 0)
        port = panel.table.viewport()
        self.reveal(
            port, lambda: panel.table.visualRect(index).adjusted(0, 2, 0, 30 - panel.table.visualRect(index).height())
        )
        QTest.mouseClick(port, LEFT, PLAIN, panel.table.visualRect(index).topLeft() + QPoint(60, 16))
        assert self.window.selection.is_selected("speaker", speaker.id)
