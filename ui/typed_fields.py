"""The fields of one window in which something may be typed that belongs to no form of a panel, and the way back there.

That is what the prompt asks, a bar for several records, and all fields of the dialogs that are open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QTabWidget, QWidget
from shiboken6 import isValid

from ui.panels.table_panel import TablePanel
from ui.widgets.editors import is_passing, opened_by

Field = QLineEdit | QPlainTextEdit
DIALOG = "dialog/"
"""What the key of a field begins with that stands in a dialog which a command opens: ``dialog/COMMAND/NAME``."""


@runtime_checkable
class Holding(Protocol):
    """A dialog that holds more than its fields show just now."""

    def held(self) -> Iterator[tuple[str, str]]:
        """The name and the text of each thing that was typed into it before, and is saved nowhere."""


class TypedFields:
    """``asked`` gives the field of the prompt; ``run`` does a command by its id."""

    def __init__(
        self,
        window: QWidget,
        panels: Sequence[TablePanel],
        asked: Callable[[], QWidget | None],
        run: Callable[[str], None],
    ) -> None:
        self._window, self._panels, self._asked, self._run = window, panels, asked, run

    def changed(self) -> Iterator[tuple[str, str, str]]:
        """Key, name and text of each in which something was typed; the key is empty where no way leads back."""
        for holding in self._dialogs():
            if isinstance(holding, Holding):
                yield from (("", name, text) for name, text in holding.held())
        for dialog, field in self._all():
            text = _text(field)
            touched = field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
            if touched and text.strip() and not field.isReadOnly() and not is_passing(field):
                name = field.accessibleName()
                command = opened_by(dialog) if dialog is not None else ""
                key = f"{DIALOG}{command}/{name}" if command and name else ""
                yield key, name or field.window().windowTitle(), text

    def type_again(self, key: str, text: str) -> bool:
        """Open the dialog of that key, where it is not open, and put the text into its field. False: it has none."""
        command, name = key.removeprefix(DIALOG).split("/", 1)
        dialog = self._opened(command)
        if dialog is None:
            self._run(command)
            dialog = self._opened(command)
        found = [] if dialog is None else [field for field in _fields_of(dialog) if field.accessibleName() == name]
        if not found or found[0].isReadOnly():
            return False
        _bring_up(found[0])
        if isinstance(found[0], QLineEdit):
            found[0].setText(text)
            found[0].setModified(True)
        else:
            found[0].selectAll()
            found[0].insertPlainText(text)  # unlike to set it, this leaves it changed, and can be undone
        found[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _all(self) -> Iterator[tuple[QDialog | None, Field]]:
        asked = self._asked()
        loose = (field for panel in self._panels for field in panel.loose_fields())
        for field in (asked, *loose):
            if isinstance(field, QLineEdit | QPlainTextEdit) and field.isVisible():
                yield None, field
        for dialog in self._dialogs():
            for field in _fields_of(dialog):
                if field.isVisible():
                    yield dialog, field

    def _dialogs(self) -> list[QDialog]:
        """Those that are open over the window. Of one that only Qt made what stands for it must be held meanwhile."""
        tops = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and isValid(top)]
        return [top for top in tops if top.isVisible() and not isinstance(top, QFileDialog) and self._owns(top)]

    def _owns(self, widget: QWidget | None) -> bool:
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is not None

    def _opened(self, command: str) -> QDialog | None:
        return next((dialog for dialog in self._dialogs() if opened_by(dialog) == command), None)


def _fields_of(dialog: QDialog) -> list[Field]:
    found: list[Field] = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]
    return [field for field in found if isValid(field)]  # Qt may name a dead one that was there before


def _text(field: Field) -> str:
    """To the character: Qt's plain text would turn no-break spaces into spaces."""
    if isinstance(field, QLineEdit):
        return field.text()
    return field.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def _bring_up(field: Field) -> None:
    """Show the page of a field that is not on the one in front."""
    page: QWidget | None = field
    while page is not None:
        above = page.parentWidget()
        tabs = above.parentWidget() if above is not None else None
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentWidget(page)
        page = above
