"""Export: what is written, in which format and over which text; what it cannot carry, before it has its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.base import Format
from annotator.formats.extras import present
from annotator.formats.registry import has_extension
from annotator.installing import command, packages
from ui.widgets import bits
from ui.widgets.editors import passing
from ui.widgets.focus import order_as_laid_out

_REPORT_HEIGHT = 460
UNITS = {"codepoint": "code points", "utf16": "UTF-16 units", "byte": "bytes", "token": "tokens"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants written."""

    format: Format
    view: str
    path: Path
    mapping: Path | None = None
    """A file with the labels of another tool; None: our own labels."""


class ExportDialog(QDialog):
    """Two pages: the choice, then what the export could not carry.

    ``chosen`` asks to write; :meth:`show_losses` then asks for a yes, which is ``agreed``. Closing the dialog before
    that is ``given_up``.
    """

    chosen = Signal(object)
    agreed = Signal()
    given_up = Signal()

    def __init__(self, formats: Sequence[Format], proposal: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._formats = list(formats)
        self._pages = QStackedWidget(self)
        self.format, self.about = QComboBox(self), _words()
        self.format.setAccessibleName("Format")
        self.source, self.corrected = QRadioButton("&Source text", self), QRadioButton("&Corrected text", self)
        self.source.setChecked(True)
        self.mapping, self.path = QLineEdit(self), QLineEdit(str(proposal), self)
        passing(self.mapping, self.path)
        self.mapping.setAccessibleName("Mapping file")
        self.mapping.setPlaceholderText("Our own labels")
        self.path.setAccessibleName("Where to")
        self.path.setMinimumWidth(380)
        self.refusal = _words("error")
        self.refusal.hide()
        self.head, self.losses = _words(), QPlainTextEdit(self)
        self.losses.setReadOnly(True)
        self.losses.setAccessibleName("What is not carried")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = self.buttons.addButton("&Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self._lay_out()
        order_as_laid_out(self)
        self._list_formats()
        self._connect()
        self._describe()
        self.format.setFocus()

    def _lay_out(self) -> None:
        choice, report = QWidget(self), QWidget(self)
        grid = QGridLayout(choice)
        grid.setContentsMargins(0, 0, 0, 0)
        text_row = QWidget(self)
        texts = QHBoxLayout(text_row)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.addWidget(self.source)
        texts.addWidget(self.corrected)
        texts.addStretch(1)
        self.mapping_row = _with_button(self.mapping, "Ch&oose…", self._choose_mapping)
        where = _with_button(self.path, "C&hoose…", self._choose_path)
        for row, (name, part) in enumerate(
            (("Format", self.format), ("", self.about), ("Text", text_row), ("Labels", self.mapping_row), ("To", where))
        ):
            grid.addWidget(bits.caption(name), row, 0)
            grid.addWidget(part, row, 1)
        grid.addWidget(self.refusal, grid.rowCount(), 1)
        grid.setRowStretch(grid.rowCount(), 1)
        below = QVBoxLayout(report)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.head)
        below.addWidget(self.losses, 1)
        self._pages.addWidget(choice)
        self._pages.addWidget(report)
        column = QVBoxLayout(self)
        column.addWidget(self._pages, 1)
        column.addSpacing(8)
        column.addWidget(self.buttons)

    def _list_formats(self) -> None:
        model = QStandardItemModel(self)
        for each in self._formats:
            item = QStandardItem(each.title)
            if not present(each.modules):
                extra = each.extra or ""
                item.setEnabled(False)
                item.setText(f"{each.title} — needs {packages(extra)}")
                item.setToolTip(f"Install it with {command(extra)}")
            model.appendRow(item)
        self.format.setModel(model)

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(lambda _index: self._describe())
        self.path.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.buttons.accepted.connect(self._go_on)
        self.buttons.rejected.connect(self.reject)

    @property
    def _format(self) -> Format:
        return self._formats[self.format.currentIndex()]

    @property
    def _suffix(self) -> str:
        return ".zip" if self._format.write_files is not None else self._format.extensions[0]

    def choose(self, name: str) -> None:
        """Choose the format of that name."""
        self.format.setCurrentIndex([each.name for each in self._formats].index(name))

    def _describe(self) -> None:
        """What the chosen format counts in and is made of; the file's name gets its extension."""
        chosen = self._format
        several = chosen.write_files is not None
        unit = UNITS.get(chosen.offset_unit)
        parts = [f"Places are counted in {unit}." if unit else "It tells no places."]
        parts += ["Several files: a new folder, or one zip archive."] if several else []
        self.about.setText(" ".join(parts))
        self.mapping_row.setEnabled(chosen.read_standoff is not None)
        path = Path(self.path.text())
        self.path.setText(str(path.with_name(path.name.split(".")[0] + self._suffix)))
        self.refusal.hide()
        self._fit()

    def _fit(self) -> None:
        """Room for what is said of the format, which can take more lines than before."""
        needed = 0
        for widget in (self._pages.currentWidget(), self._pages, self):
            layout = widget.layout() if widget is not None else None
            if layout is not None:
                layout.activate()  # the inner ones first: else the outer ones answer as before
                needed = layout.totalHeightForWidth(self.width())
        self.setMinimumHeight(needed)  # no field is cut off by hand, either
        if self.isVisible():
            self.resize(self.width(), max(self.height(), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _choose_path(self) -> None:
        several, extensions = self._format.write_files is not None, self._format.extensions
        kinds = "Zip archive (*.zip);;Folder (*)" if several else f"{self._format.title} (*{' *'.join(extensions)})"
        name, _ = QFileDialog.getSaveFileName(self, "Export", self.path.text(), kinds)
        if name:
            self.path.setText(name)

    def _choose_mapping(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Mapping file", str(Path(self.path.text()).parent), "Mapping (*.json)"
        )
        if name:
            self.mapping.setText(name)

    def _go_on(self) -> None:
        if self._pages.currentIndex():
            self.agreed.emit()
            return
        mapped = self.mapping_row.isEnabled() and self.mapping.text().strip()
        view = "corrected" if self.corrected.isChecked() else "source"
        path = Path(self.path.text().strip()).expanduser()
        other = self._named_as(path)
        if other is not None:
            self.refusal.setText(
                f"“{path.name}” is named as {other.title} is. Choose that format, or end the name in {self._suffix}."
            )
            self.refusal.show()
            self._fit()
            return
        self.refusal.hide()
        self._wait(waiting=True)
        self.chosen.emit(Choice(self._format, view, path, Path(mapped) if mapped else None))

    def _named_as(self, path: Path) -> Format | None:
        """The other format that the name stands for, which would be opened as what it is not; None: none."""
        ours = {Path(f"a{each}").suffix for each in (*self._format.extensions, self._suffix)}
        if path.suffix.casefold() in ours:
            return None
        return next((each for each in self._formats if has_extension(path.name, each)), None)

    def _wait(self, *, waiting: bool) -> None:
        self._pages.setEnabled(not waiting)
        self.go.setEnabled(not waiting)
        self.go.setText("Writing …" if waiting else "&Export")

    def show_losses(self, losses: Sequence[str]) -> None:
        """What was written lacks these; ask whether it is wanted all the same."""
        self._wait(waiting=False)
        self.head.setText("It was written and read again. Not in it, or not as it is in the project:")
        self.losses.setPlainText("\n".join(losses))
        self._pages.setCurrentIndex(1)
        self.resize(self.width(), max(self.height(), _REPORT_HEIGHT))
        self.losses.verticalScrollBar().setValue(0)
        self.go.setText("Export all the same")
        self.losses.setFocus()

    def refuse(self) -> None:
        """It could not be written: back to the choice."""
        self._wait(waiting=False)

    def reject(self) -> None:
        self.given_up.emit()
        super().reject()


def _words(tone: str = "secondary") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    return label


def _with_button(field: QLineEdit, name: str, clicked: Callable[[], None]) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(field, 1)
    layout.addWidget(bits.button(name, clicked))
    return row
