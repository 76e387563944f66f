"""What the labels of another tool's files mean here: looked through, changed, kept in a file, and counted meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.formats.standoff import mapping_file
from annotator.formats.standoff.choosing import Choosing, Key, Row, same_row
from annotator.formats.standoff.mapping import Mapping
from annotator.services.importing.mappings import Proposal, told
from annotator.services.targets import write_file
from annotator.text.wording import counted
from annotator.vocabulary import Vocabulary
from ui.dialogs.messages import Messages
from ui.models.labels import CHOICES, MEANS, LabelsModel
from ui.widgets.screen import resize_to_screen

Count = Callable[[Mapping, Callable[[Counter[str]], None]], None]
"""Counts, elsewhere, what an import by a mapping makes; calls the function later, unless it is asked again before."""
_Index = QModelIndex | QPersistentModelIndex
_REST_MS = 150
_KINDS = f"Mapping (*{mapping_file.SUFFIX});;All files (*)"


class _Meanings(QStyledItemDelegate):
    """A list of what a row may mean; choosing one takes it at once."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        combo = QComboBox(parent)
        combo.setAccessibleName("Means here")
        for value, shown in index.data(CHOICES):
            combo.addItem(shown, value)
        combo.activated.connect(lambda _: self._take(combo))
        QTimer.singleShot(0, combo, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)


class _Tree(QTreeView):
    """Enter, Space and F2 open the list of the row's meanings."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)
        if event.key() in keys and self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(MEANS))
            event.accept()
        else:
            super().keyPressEvent(event)


class ImportLabels(QDialog):
    """``chosen`` carries the mapping when a person takes it."""

    chosen = Signal(object)

    def __init__(
        self, proposal: Proposal, choosing: Choosing, vocabulary: Vocabulary, count: Count, parent: QWidget
    ) -> None:
        """``choosing`` is of the proposal's mapping; its rows were made before, elsewhere."""
        super().__init__(parent)
        self.setWindowTitle(f"What the labels mean: {proposal.title}")
        self._proposal, self._vocabulary, self._count = proposal, vocabulary, count
        self._messages = Messages(self)
        self.choosing = choosing
        self.model = LabelsModel(self._choose, self)
        self.tree = _Tree(self)
        self.intro, self.counts = QLabel(self), QLabel(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.take = self.buttons.addButton("&Use This Mapping", QDialogButtonBox.ButtonRole.AcceptRole)
        self.load_button = QPushButton("&Load Mapping…", self)
        self.save_button = QPushButton("&Save Mapping…", self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask_count)
        self._lay_out()
        self._connect()
        self._show(None)
        self.tree.setFocus()

    def _lay_out(self) -> None:
        for label, tone in ((self.intro, ""), (self.counts, "secondary")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("tone", tone)
        self.counts.setAccessibleName("What an import makes of them")
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegateForColumn(MEANS, _Meanings(tree))
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAccessibleName("Labels and what they mean")
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 320), (1, 64), (MEANS, 220)):
            header.resizeSection(column, width)
        for button in (self.load_button, self.save_button):
            button.setAutoDefault(False)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.intro)
        layout.addWidget(tree, 1)
        layout.addWidget(self.counts)
        layout.addWidget(self.buttons)
        resize_to_screen(self, 920, 620)

    def _connect(self) -> None:
        self.tree.clicked.connect(self._clicked)
        self.load_button.clicked.connect(lambda _=False: self._ask_load())
        self.save_button.clicked.connect(lambda _=False: self._ask_save())
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def mapping(self) -> Mapping:
        """As it is chosen now."""
        return self.choosing.mapping

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, current: Key | None) -> None:
        """What is chosen now; what was open stays open. ``current``: where it was chosen, None at the beginning."""
        opened = {same_row(row.key) for row in self._opened()}
        rows = self.choosing.rows()
        if self.model.show(rows):
            for number, row in enumerate(rows):
                first = current is None and row.unsure and bool(row.children) and number < _OPENED
                if first or same_row(row.key) in opened:
                    self.tree.setExpanded(self.model.index(number, 0), True)
            self.tree.setCurrentIndex(self.model.index(0, 0) if current is None else self.model.find(current))
        unsure = sum(row.unsure for row in rows)
        self.intro.setText(
            "Say what each label means here. "
            + (f"{counted(unsure, 'row')}, set in bold, first: nobody can be sure of their meaning." if unsure else "")
        )
        self.counts.setText("Counting …")
        self._rest.start()

    def _opened(self) -> list[Row]:
        at = [self.model.index(number, 0) for number in self.model.knots()]
        return [row for index in at if self.tree.isExpanded(index) and (row := self.model.row(index)) is not None]

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == MEANS:
            self.tree.edit(index)

    def _choose(self, key: Key, value: str) -> None:
        self.choosing.choose(key, value)
        QTimer.singleShot(0, self, lambda: self._show(key))  # the editor is still open on the rows before

    def _ask_count(self) -> None:
        self._count(self.mapping, self._show_count)

    def _show_count(self, found: Counter[str]) -> None:
        part = "" if self._proposal.complete else f" (in the first {len(self._proposal.sample):,} articles)"
        self.counts.setText(f"An import makes of them{part}: {told(found)}.")

    # -- files ----------------------------------------------------------------------------------------------------

    def _ask_load(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Load mapping", "", _KINDS)
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Take the mapping in a file; a sentence when it is none."""
        try:
            mapping = mapping_file.read(path)
        except AnnotatorError as error:
            self._messages.report(error)
            return
        self.choosing = Choosing(self._proposal.survey, mapping, self._vocabulary)
        self._show(None)

    def _ask_save(self) -> None:
        proposal = f"{self._proposal.title.split()[0].lower()}{mapping_file.SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self, "Save mapping", proposal, _KINDS)
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the mapping as it is chosen now, for the next files and the command line."""
        if not path.suffix:
            path = path.with_name(path.name + mapping_file.SUFFIX)
        try:
            write_file(path, mapping_file.write(self.mapping))
        except AnnotatorError as error:
            self._messages.warn(str(error))

    def _accept(self) -> None:
        self.chosen.emit(self.mapping)
        self.accept()


_OPENED = 20
"""Rows that are unsure and opened at the beginning."""
