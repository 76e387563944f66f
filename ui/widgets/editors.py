"""The field editors of the forms. All share one face: value, set_value, is_touched, ``committed``.

``committed`` says that the user has finished (Enter, focus loss, an item chosen); it carries nothing, and whoever
listens compares the value with the record. ``is_touched`` is True while there is typed text that is not committed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from annotator.text.disguise import badged
from ui.widgets.paint import tooltip

_MOST = 4
"""A multi-line field grows to so many lines and scrolls from there."""
_EDGES = 16
"""Frame, padding and document margin of a multi-line field, in pixels."""


_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


def enter(field: QWidget) -> None:
    """Give a field the focus as Tab does: what is typed then takes the place of what it holds."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    part = field.focusProxy() or field
    if isinstance(part, LineEditor):
        part.selectAll()


def overtaken(theirs: str) -> str:
    """What is said of a field in which one types while somebody else puts that text there."""
    there = f"“{badged(theirs)}”" if theirs else "empty"
    return f"Meanwhile this became {there}. Enter: put yours there. Escape: leave that."


def restyle(widget: QWidget, name: str, *, on: bool) -> None:
    """Set a property that the style sheet looks at, and have the widget drawn anew."""
    if (widget.property(name) == "true") != on:
        widget.setProperty(name, "true" if on else "false")
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def passing(*fields: QWidget) -> None:
    """What is typed into these only searches or filters: it is nothing to be kept."""
    for field in fields:
        field.setProperty("passing", True)


def is_passing(field: QWidget) -> bool:
    """Whether it is a field of :func:`passing`."""
    return bool(field.property("passing"))


def set_opened_by(dialog: QWidget, command: str) -> None:
    """A command opens this dialog again: what was typed into it when the program died can be put back."""
    dialog.setProperty("opened_by", command)


def opened_by(dialog: QWidget) -> str:
    """The command of :func:`set_opened_by`; "" for none."""
    return str(dialog.property("opened_by") or "")


class LineEditor(QLineEdit):
    """One line of text."""

    committed = Signal()
    edges = 22
    """What frame, padding and buttons take of the width, in pixels."""
    elide = Qt.TextElideMode.ElideRight
    """Where the text is cut with “…” when it does not fit and nobody is typing."""

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self._finish)

    def value(self) -> str:
        return self.text()

    def set_value(self, value: str) -> None:
        if value != self.text():
            self.setText(value)
            self.setCursorPosition(0)
            self._explain()
        self.setModified(False)

    def is_touched(self) -> bool:
        return self.isModified()

    def settle(self) -> None:
        """What was typed is now the record's value."""
        self.setModified(False)

    def restore(self, text: str) -> None:
        """Show text that was typed earlier and not committed."""
        self.setText(text)
        self.setModified(True)

    def set_editable(self, editable: bool) -> None:
        self.setReadOnly(not editable)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves sees the start of the line again, and the whole of it in the tool tip."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.setCursorPosition(0)
            self._explain()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        self.setToolTip(tooltip(self.text()) if self.shown_text() != self.text() else "")

    def shown_text(self) -> str:
        """The text as it shows: as it is while one types, else with badges and cut with “…” where it does not fit."""
        if self.hasFocus():
            return self.text()
        return self.fontMetrics().elidedText(badged(self.text()), self.elide, max(0, self.width() - self.edges))

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text()
        if shown == self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        place = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(place.adjusted(2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _finish(self) -> None:
        if self.isModified():
            self.committed.emit()


class TextEditor(QPlainTextEdit):
    """Several lines of text; it grows with its content. Enter commits, or starts a line where ``lines`` is True."""

    committed = Signal()
    height_changed = Signal()

    def __init__(self, *, lines: bool = False, show_spaces: bool = False) -> None:
        super().__init__()
        self._lines = lines
        self._touched = False
        self._loading = False
        self._show_spaces = show_spaces
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if show_spaces:
            option = QTextOption()
            option.setFlags(QTextOption.Flag.ShowTabsAndSpaces | QTextOption.Flag.ShowLineAndParagraphSeparators)
            self.document().setDefaultTextOption(option)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def value(self) -> str:
        # toPlainText would turn no-break spaces into spaces.
        return self.document().toRawText().replace("\u2029", "\n")

    def set_value(self, value: str) -> None:
        if value != self.value():
            self._loading = True
            self.setPlainText(value)
            self._loading = False
            self._fit()
        self._touched = False

    def is_touched(self) -> bool:
        return self._touched

    def settle(self) -> None:
        self._touched = False

    def restore(self, text: str) -> None:
        self.set_value("")
        self.setUndoRedoEnabled(False)
        self.insertPlainText(text)  # the caret follows it, as it does not with set_value
        self.setUndoRedoEnabled(True)
        self._touched = True

    def set_editable(self, editable: bool) -> None:
        self.setReadOnly(not editable)

    def _changed(self) -> None:
        if not self._loading:
            self._touched = True

    def _fit(self) -> None:
        wanted = max(2 if self._lines else 1, round(self.document().size().height()))
        lines = min(_MOST, wanted)
        edges = _EDGES if wanted <= _MOST else _EDGES // 2
        height = max(30, lines * self.fontMetrics().lineSpacing() + edges)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if wanted > _MOST else off)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
            self.height_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = self.verticalScrollBarPolicy()
        super().resizeEvent(event)
        self._fit()
        if self.verticalScrollBarPolicy() != before:  # Qt was laying out, and ends with the width that it began with
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)

    def sizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = Qt.KeyboardModifier.ControlModifier if self._lines else Qt.KeyboardModifier.NoModifier
        if enter and modifiers == wanted:
            if self._touched:
                self.committed.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._show_spaces and event.reason() in _BY_KEY:  # a replacement is typed anew; a note is written on
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._touched and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.committed.emit()


class CheckEditor(QCheckBox):
    """Yes or no."""

    committed = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.clicked.connect(self._finish)

    def _finish(self) -> None:
        self.committed.emit()

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        self.setChecked(value)

    def is_touched(self) -> bool:
        return False

    def settle(self) -> None:
        """Nothing is typed here."""

    def set_editable(self, editable: bool) -> None:
        self.setEnabled(editable)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and is_typing(event):
            event.accept()
            return True
        return super().event(event)


class NoneOrLineEditor(QWidget):
    """A line of text, or the explicit word that there is none: ``"none"``."""

    committed = Signal()

    def __init__(self, none_label: str) -> None:
        super().__init__()
        self.line = LineEditor()
        self.none = CheckEditor(none_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.none)
        self.setFocusProxy(self.line)
        self.line.committed.connect(self.committed)
        self.none.committed.connect(self._switched)

    def value(self) -> str:
        return "none" if self.none.isChecked() else self.line.text()

    def set_value(self, value: str) -> None:
        self.none.setChecked(value == "none")
        self.line.setEnabled(value != "none")
        self.line.set_value("" if value == "none" else value)

    def setPlaceholderText(self, text: str) -> None:
        self.line.setPlaceholderText(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def is_touched(self) -> bool:
        return self.line.is_touched()

    def settle(self) -> None:
        self.line.settle()

    def restore(self, text: str) -> None:
        self.line.restore(text)

    def set_editable(self, editable: bool) -> None:
        self.line.set_editable(editable)
        self.none.set_editable(editable)

    def _switched(self) -> None:
        self.line.setEnabled(not self.none.isChecked())
        if self.none.isChecked():
            self.line.set_value("")
        self.committed.emit()


def is_typing(event: QKeyEvent) -> bool:
    """Whether the key would write or search something, so that no one-letter shortcut may take it."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
    return held == Qt.KeyboardModifier.NoModifier and (
        (event.text().isprintable() and bool(event.text())) or event.key() in keys
    )
