"""Where a new project goes, and by what rules it is labelled."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.files import PROJECT_SUFFIX, project_file
from annotator.model import Scheme
from annotator.schemes import BY_KEY, PURPOSES
from ui.widgets import bits
from ui.widgets.editors import passing
from ui.widgets.focus import order_as_laid_out

PROJECTS = f"Annotator projects (*{PROJECT_SUFFIX});;All files (*)"


class NewProject(QDialog):
    """A file name and one of the schemes. ``made(path, scheme)`` is called when the person goes on."""

    def __init__(self, folder: Path, made: Callable[[Path, Scheme], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("New project")
        self._made = made
        self.path = QLineEdit(str(_free_name(folder)), self)
        passing(self.path)
        self.path.setAccessibleName("File of the new project")
        self.path.setMinimumWidth(360)
        self.choose = bits.button("C&hoose…", self._choose)
        self.schemes: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Cancel, self)
        self.create_button = self.buttons.addButton("&Create", QDialogButtonBox.ButtonRole.AcceptRole)
        self.create_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.path.textChanged.connect(lambda text: self.create_button.setEnabled(bool(text.strip())))
        self._lay_out()
        order_as_laid_out(self)
        self.path.setFocus()
        self._select_name()

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setSpacing(4)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        column.addWidget(bits.caption("File"))
        column.addLayout(row)
        column.addSpacing(12)
        column.addWidget(bits.caption("What is labelled in it (all of it can be changed later)"))
        for key, scheme in BY_KEY.items():
            radio = QRadioButton(scheme.name, self)
            radio.setAccessibleDescription(PURPOSES[key])
            self.schemes[key] = radio
            self._group.addButton(radio)
            purpose = QLabel(PURPOSES[key], self)
            purpose.setTextFormat(Qt.TextFormat.PlainText)
            purpose.setProperty("tone", "secondary")
            purpose.setContentsMargins(22, 0, 0, 4)
            column.addWidget(radio)
            column.addWidget(purpose)
        next(iter(self.schemes.values())).setChecked(True)
        column.addSpacing(12)
        column.addWidget(self.buttons)

    def _select_name(self) -> None:
        """The name alone: typing replaces it and keeps the folder."""
        text, name = self.path.text(), Path(self.path.text()).stem
        self.path.setSelection(len(text) - len(PROJECT_SUFFIX) - len(name), len(name))

    def _choose(self) -> None:
        keep = QFileDialog.Option.DontConfirmOverwrite  # a file that is there is refused, not replaced
        name, _ = QFileDialog.getSaveFileName(self, "New project", self.path.text(), PROJECTS, options=keep)
        if name:
            self.path.setText(name)

    def accept(self) -> None:
        path = project_file(self.path.text().strip())
        key = next(key for key, radio in self.schemes.items() if radio.isChecked())
        super().accept()
        self._made(path, BY_KEY[key])


def _free_name(folder: Path) -> Path:
    names = chain(["Project"], (f"Project {number}" for number in count(2)))
    return next(path for name in names if not (path := folder / f"{name}{PROJECT_SUFFIX}").exists())


def show(folder: Path, made: Callable[[Path, Scheme], None], parent: QWidget) -> None:
    """Open the dialog; it does not block the window."""
    dialog = NewProject(folder, made, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
