"""How a file is read: its encoding, repaired letters, and which columns of a table are what, with before and after."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.base import Draft
from annotator.formats.repair import differences
from annotator.formats.tables.columns import FIELDS
from annotator.services.importing import Choice
from annotator.text.decode import encoding_name, encodings

_NAMES = {"url": "Address", "heading": "Heading in the text"}
"""What the window calls a field, where that is not its name."""
_LINES = 200
_COMPARED = 200_000
"""Characters of a text that are compared."""


class ReadingPage(QWidget):
    """Says how the shown file is read; ``chosen`` carries the :class:`Choice` when a person wants another way."""

    chosen = Signal(object)
    wanted_for_all = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._choice = Choice()
        self.encoding = QComboBox(self)
        self.encoding.setAccessibleName("Encoding of the file")
        self.repair = QCheckBox("&Repair wrongly decoded letters, such as Ã¤ for ä", self)
        self.columns = {name: QComboBox(self) for name in FIELDS}
        self.changes = QTableWidget(0, 2, self)
        self.changes.setHorizontalHeaderLabels(["As it was read first", "As it is read now"])
        self.changes.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.changes.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.changes.verticalHeader().hide()
        self.changes.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.changes.setTabKeyNavigation(False)
        self.changes.setAccessibleName("Lines that changed")
        self.same = QLabel("The text is as it was read first.", self)
        self.all_button = QPushButton("Read &All Files Like This", self)
        self._lay_out()
        self.encoding.activated.connect(lambda _: self._choose())
        self.repair.clicked.connect(lambda _: self._choose())
        for combo in self.columns.values():
            combo.activated.connect(lambda _: self._choose())
        self.all_button.clicked.connect(lambda: self.wanted_for_all.emit(self._choice))

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.addRow("&Encoding", self.encoding)
        self.form.addRow("", self.repair)
        for name, combo in self.columns.items():
            combo.setAccessibleName(f"Column with the {name}")
            self.form.addRow(f"{_NAMES.get(name, name.capitalize())} from", combo)
        self.columns["heading"].setToolTip("These words stand over the text and can be labelled")
        layout = QVBoxLayout(self)
        layout.addLayout(self.form)
        layout.addWidget(self.same)
        layout.addWidget(self.changes, 1)
        layout.addStretch()  # takes the room where there are no changes to show
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_draft(self, draft: Draft, choice: Choice, first: str, *, can_change: bool) -> None:
        """Show how ``draft`` was read by ``choice``, and what that made of the text that was read ``first``."""
        self._choice = choice
        self.encoding.clear()
        found = draft.source.encoding
        self.encoding.addItem("As found" if choice.encoding or not found else f"As found: {encoding_name(found)}", None)
        for name in encodings():
            self.encoding.addItem(encoding_name(name), name)
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(choice.encoding)))
        self.encoding.setEnabled(can_change and found is not None)
        self.repair.setChecked(choice.repair)
        self.repair.setEnabled(can_change)
        self.all_button.setEnabled(can_change and choice != Choice())
        self._show_columns(draft, can_change)
        self._show_changes(first, draft.source.text)

    def _show_columns(self, draft: Draft, can_change: bool) -> None:
        table = draft.table
        for name, combo in self.columns.items():
            self.form.setRowVisible(combo, table is not None)
            combo.clear()
            if table is None:
                continue
            if name != "text":
                combo.addItem("—", None)
            for header in table.headers:
                combo.addItem(header, header)
            combo.setCurrentIndex(max(0, combo.findData(table.columns.get(name))))
            combo.setEnabled(can_change)

    def _show_changes(self, first: str, now: str) -> None:
        pairs = differences(first[:_COMPARED], now[:_COMPARED])[:_LINES] if first != now else []
        self.changes.setRowCount(len(pairs))
        for row, pair in enumerate(pairs):
            for column, words in enumerate(pair):
                self.changes.setItem(row, column, QTableWidgetItem(words))
        self.changes.setVisible(bool(pairs))
        self.same.setVisible(not pairs)

    def _choose(self) -> None:
        columns = self._choice.columns
        if not self.columns["text"].isHidden():
            columns = {name: combo.currentData() for name, combo in self.columns.items() if combo.currentData()}
        choice = replace(
            self._choice,
            encoding=self.encoding.currentData(),
            repair=self.repair.isChecked(),
            columns=columns,
        )
        if choice != self._choice:
            self.chosen.emit(choice)
