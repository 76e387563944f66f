"""A result with more to say than a message holds: headings with lines under them, to be read, copied and saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.installing import command_in
from annotator.services.targets import write_file
from ui.dialogs.messages import Messages
from ui.widgets.screen import resize_to_screen

_SHOWN = 3_000
"""Lines: laying out more would hold up the window, and nobody reads them here."""
Section = tuple[str, Sequence[str]]
"""A heading, and one sentence for each thing under it."""


def as_text(sentence: str, sections: Sequence[Section]) -> str:
    """The whole report as plain text. A section without lines is left out."""
    parts = [sentence]
    for heading, lines in sections:
        if lines:
            parts += ["", f"{heading} ({len(lines):,})", *(f"- {line}" for line in lines)]
    return "\n".join(parts) + "\n"


class ReportDialog(QDialog):
    """Shows a report over one window. ``name`` is what a file with it is called first."""

    def __init__(self, title: str, sentence: str, sections: Sequence[Section], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._name = name
        self._messages = Messages(self)
        self.sentence = QLabel(sentence, self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        summary = ", ".join(f"{heading.lower()} {len(lines):,}" for heading, lines in sections if lines)
        self.summary = QLabel(f"{summary[:1].upper()}{summary[1:]}.", self)
        self.summary.setProperty("tone", "secondary")
        self.summary.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("Report")
        self.text.setTabChangesFocus(True)
        self.whole = as_text(sentence, sections)
        lines = self.whole.splitlines()[2:]
        more = [f"… and {len(lines) - _SHOWN:,} more lines; copy or save the report to have them all."]
        self.text.setPlainText("\n".join([*lines[:_SHOWN], *(more if len(lines) > _SHOWN else [])]))
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for part, stretch in ((self.sentence, 0), (self.summary, 0), (self.text, 1), (self.buttons, 0)):
            layout.addWidget(part, stretch)
        resize_to_screen(self, 720, 520)

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy_button = QPushButton("&Copy", self)
        self.save_button = QPushButton("&Save as Text…", self)
        for button in (self.copy_button, self.save_button):
            button.setAutoDefault(False)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        if (command := command_in(self.whole)) is not None:
            button = QPushButton("Copy Co&mmand", self)
            button.setToolTip(command)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(command))
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(self.whole))
        self.save_button.clicked.connect(lambda _=False: self._ask_save())
        self.buttons.rejected.connect(self.reject)

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save report", self._name, "Text (*.txt);;All files (*)")
        if name:
            self.save(Path(name) if Path(name).suffix else Path(name).with_suffix(".txt"))

    def save(self, path: Path) -> None:
        """Write it as UTF-8; a sentence when that cannot be done."""
        try:
            write_file(path, self.whole.encode("utf-8", "replace"))  # a file's name may be no text
        except AnnotatorError as error:
            self._messages.warn(str(error))
