"""The roles of a speaker: two lines for each, its title and the dates between which it was held."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.rules import ends_early, is_date
from ui import icons
from ui.fonts import ui_font
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.editors import LineEditor, enter, restyle

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RoleLine(LineEditor):
    """One field of a role. ``left``: the keyboard is elsewhere now; ``stepped``: to the same field of another role."""

    left = Signal()
    stepped = Signal(int)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()  # the line has said so by ``returnPressed``


class RoleRow(QWidget):
    """``Foreign Minister ×`` above ``from 2004 to 2010``."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.title = _line("Foreign Minister", f"Title of role {number}")
        self.since = _line("2004", f"Beginning of role {number}")
        self.until = _line("", f"End of role {number}")
        self.lines = (self.title, self.since, self.until)
        self.remove = QToolButton()
        self.remove.setAccessibleName(f"Remove role {number}")
        self.remove.setToolTip("Remove this role")
        self.remove.setFixedSize(24, 24)
        for part in (*self.lines, self.remove):  # in the order of Tab, which goes on to the dates first
            part.setParent(self)
        head, dates = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        dates.setSpacing(4)
        for word, line in (("from", self.since), ("to", self.until)):
            label = QLabel(word)
            label.setFont(ui_font(12))
            label.setProperty("tone", "secondary")
            label.setBuddy(line)
            dates.addWidget(label)
            dates.addWidget(line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(dates)

    def values(self) -> tuple[str, str, str]:
        """Title, beginning and end, single spaces in each."""
        title, since, until = (" ".join(line.text().split()) for line in self.lines)
        return title, since, until

    def show_values(self, title: str, since: str, until: str) -> None:
        for line, value in zip(self.lines, (title, since, until), strict=True):
            line.set_value(value)

    def mark(self, *, refused: bool) -> None:
        """Show which fields cannot stay so, or take the signs away."""
        title, since, until = self.values()
        early = is_date(since) and is_date(until) and ends_early(since, until)
        restyle(self.title, "refused", on=refused and not title and bool(since or until))
        for line, value in ((self.since, since), (self.until, until)):
            restyle(line, "refused", on=refused and bool(value) and (early or not is_date(value)))


class RolesEditor(QWidget):
    """A row for each role and a button that adds one; its value is text, a role a line, tabs between its fields.

    A role is finished with Enter or by leaving its fields. Rows with nothing in them are no roles.
    """

    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RoleRow] = []
        self._editable = True
        self._touched = False
        self._theme: Theme | None = None
        self.add = bits.button("Add role", self._add)
        self.add.setFont(ui_font(12))
        self.add.setProperty("narrow", "true")
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._box)
        column.addLayout(foot)
        self._make()  # Tab goes through whatever comes later after this one
        self._show([])

    # -- the face of an editor ----------------------------------------------------------------------------------

    def value(self) -> str:
        return "\n".join("\t".join(row.values()) for row in self.shown if any(row.values()))

    def set_value(self, value: str) -> None:
        """Show these roles. When they are what the rows hold already, an empty row one is in stays, too."""
        if value != self.value() or not self.has_focus():
            self._show([line.split("\t") for line in value.split("\n") if line])
        self.settle()

    def is_touched(self) -> bool:
        return self._touched

    def settle(self) -> None:
        self._touched = False

    def restore(self, text: str) -> None:
        self.set_value(text)
        self._touched = True

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self.add.setVisible(editable)
        for row in self.rows:
            self._follow(row)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.add.setAccessibleName(f"{name}: add one")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self.rows:
            self._follow(row)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """On to the first role; a focus proxy, another one with each role, would be one more stop of Tab."""
        enter(self.shown[0].title if self.shown else self.add)

    def mark(self, *, refused: bool) -> None:
        """Show what of the rows was refused."""
        for row in self.rows:
            row.mark(refused=refused)

    # -- rows ---------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> list[RoleRow]:
        """The rows in use."""
        return [row for row in self.rows if not row.isHidden()]

    def _show(self, roles: list[list[str]]) -> None:
        inside = next((n for n, row in enumerate(self.rows) if row.isAncestorOf(_focus() or self)), None)
        while len(self.rows) < len(roles):
            self._make()
        if inside is not None and inside >= len(roles):  # before its field goes, and the keyboard with it anywhere
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        for row, role in zip_longest(self.rows, roles):
            row.setVisible(role is not None)
            row.show_values(*(role or ("", "", "")))

    def _make(self) -> None:
        row = RoleRow(len(self.rows) + 1)
        for place, line in enumerate(row.lines):
            line.textEdited.connect(self._edited)
            line.returnPressed.connect(self._finish)
            line.left.connect(lambda row=row: self._left(row))
            line.stepped.connect(lambda step, row=row, place=place: self._step(row, step, place))
        row.remove.clicked.connect(lambda _=False: self._remove(row))
        self._box.addWidget(row)
        self.rows.append(row)
        self._follow(row)
        self.add.raise_()  # the last among the children, for whoever orders them
        bits.tab_order([*self.rows, self.add])

    def _follow(self, row: RoleRow) -> None:
        for line in row.lines:
            line.set_editable(self._editable)
        row.remove.setVisible(self._editable)
        if self._theme is not None:
            row.remove.setIcon(icons.icon("x", self._theme.text2, self._theme.border))

    # -- what the user does -------------------------------------------------------------------------------------

    def _add(self) -> None:
        empty = next((row for row in self.shown if not any(row.values())), None)
        if empty is None:
            if len(self.shown) == len(self.rows):
                self._make()
            empty = self.rows[len(self.shown)]
            empty.show()
        empty.title.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, row: RoleRow) -> None:
        place = self.shown.index(row)
        left = [list(other.values()) for other in self.shown if other is not row and any(other.values())]
        next_ = self.rows[place].remove if place < len(left) else self.add
        next_.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(left)
        self._touched = True
        self.committed.emit()

    def _edited(self) -> None:
        self._touched = True

    def _finish(self) -> None:
        if self._touched:
            self.committed.emit()

    def _left(self, row: RoleRow) -> None:
        if _focus() not in row.lines:
            self._finish()
        if not self.has_focus() and not self._touched:
            self.set_value(self.value())  # without the rows that hold nothing

    def _step(self, row: RoleRow, step: int, place: int) -> None:
        rows = self.shown
        to = rows.index(row) + step
        if 0 <= to < len(rows):
            rows[to].lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is in one of the rows."""
        now = _focus()
        return now is not None and self.isAncestorOf(now)


def _focus() -> QWidget | None:
    return QApplication.focusWidget()


def _line(placeholder: str, name: str) -> RoleLine:
    line = RoleLine()
    line.setFont(ui_font(13))
    line.setPlaceholderText(placeholder)
    line.setAccessibleName(name)
    return line
