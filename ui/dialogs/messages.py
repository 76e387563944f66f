"""Short messages and questions. None of them blocks the event loop; texts are shown as plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.errors import AnnotatorError
from annotator.installing import command_in

_LINES = 8


class Messages(QObject):
    """Shows messages over one window. Only the first lines are shown at once; the rest is behind a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def tell(self, text: str) -> QMessageBox:
        """A result that went well."""
        return self._show(text, QMessageBox.Icon.Information)

    def warn(self, text: str) -> QMessageBox:
        """Something that could not be done, and why."""
        return self._show(text, QMessageBox.Icon.Warning)

    def report(self, error: Exception) -> None:
        """Why something failed. An error that nobody foresaw is raised, for the crash handler."""
        if not isinstance(error, AnnotatorError):
            raise error
        self.warn(str(error))

    def ask(self, question: str, verb: str, accepted: Callable[[], None]) -> QMessageBox:
        """A question whose yes is called ``verb``."""
        return self.choose(question, {verb: accepted})

    def choose(
        self,
        question: str,
        ways: Mapping[str, Callable[[], None]],
        *,
        more: str = "",
        otherwise: Callable[[], None] | None = None,
        grave: bool = False,
    ) -> QMessageBox:
        """A question with an answer for each of ``ways``, and Cancel, which does ``otherwise``.

        Args:
            question: what is asked.
            ways: what the buttons are called → what they do, the likeliest first.
            more: what there is to know of the ways, under the question.
            otherwise: what is done when none of them is chosen.
            grave: something is damaged or may be lost; Return means Cancel.
        """
        box = self._box(question, QMessageBox.Icon.Warning if grave else QMessageBox.Icon.Question)
        box.setInformativeText(more)
        role, further = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.ActionRole
        acts = {box.addButton(verb, further if n else role): act for n, (verb, act) in enumerate(ways.items())}
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        if grave:
            box.setDefaultButton(cancel)

        def answered(_: int) -> None:
            act = next((act for button, act in acts.items() if button is box.clickedButton()), otherwise)
            if act is not None:
                act()

        box.finished.connect(answered)
        box.open()
        return box

    def _show(self, text: str, icon: QMessageBox.Icon) -> QMessageBox:
        lines = text.splitlines()
        box = self._box("\n".join(lines[:_LINES]), icon)
        if len(lines) > _LINES:
            box.setDetailedText("\n".join(lines[_LINES:]))
        if (command := command_in(text)) is not None:
            copy = box.addButton("Copy Command", QMessageBox.ButtonRole.ActionRole)
            copy.clicked.disconnect()  # the message stays: its sentence is still to be read
            copy.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(command))
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Ok))
        box.open()
        return box

    def _box(self, text: str, icon: QMessageBox.Icon) -> QMessageBox:
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(icon)
        box.setWindowTitle("Article Annotator")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setText(text)
        return box
