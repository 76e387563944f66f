"""The fields of a wish: what a release is to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from annotator.formats.extras import present
from annotator.installing import how_to_install
from annotator.release import wish as wishes
from annotator.release.splitting import ALL_SPEAKERS, NO_SPEAKERS, SOURCES, SPLITS, Plan
from annotator.release.wish import LICENCES, Wish
from ui.widgets import bits
from ui.widgets.focus import order_as_laid_out

_APART = {
    NO_SPEAKERS: "may be in several splits",
    SOURCES: "sources of claims in one split only",
    ALL_SPEAKERS: "all of them in one split only",
}
_LINES: tuple[tuple[str, str, str], ...] = (
    ("name", "Name", "What the dataset is called"),
    ("version", "Version", "1.0.0"),
    ("creators", "Made by", "Doe, Jane; Roe, Richard; Some Institute"),
    ("url", "Address", "https://… where it will be published"),
    ("seed", "Seed", "Another one gives other splits"),
)


class ReleaseForm(QWidget):
    """Shows a wish and reads it back. ``edited`` comes with every change."""

    edited = Signal()

    def __init__(self, wish: Wish, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._wish = wish
        self.lines: dict[str, QLineEdit] = {}
        for name, label, example in _LINES:
            self.lines[name] = _line(label, example)
        self.description = QPlainTextEdit(wish.description, self)
        self.description.setAccessibleName("Description")
        self.description.setTabChangesFocus(True)
        self.description.setMaximumHeight(72)
        self.licence = QComboBox(self)
        self.licence.setAccessibleName("Licence of the annotations")
        self.licence.addItems([*LICENCES, *({wish.licence} - set(LICENCES))])
        self.licence.setCurrentText(wish.licence)
        self.shares = {name: _share(name, share) for name, share in zip(SPLITS, wish.plan.shares, strict=True)}
        self.apart = QComboBox(self)
        self.apart.setAccessibleName("Speakers")
        for key, text in _APART.items():
            self.apart.addItem(text, key)
        self.apart.setCurrentIndex(self.apart.findData(wish.plan.apart))
        self.with_text = QCheckBox("with the &words of the articles", self)
        self.with_text.setChecked(wish.with_text)
        self.with_parquet = QCheckBox("as &Parquet, too", self)
        installed = present(("pyarrow",))
        self.with_parquet.setChecked(wish.with_parquet and installed)
        self.with_parquet.setEnabled(installed)
        self.lacking = _hint("" if installed else f"Parquet needs one more package: {how_to_install('parquet')}", self)
        """Says how Parquet can be had where it cannot be written."""
        self.since = _line("Earlier release", "None: this is the first")
        self.out = _line("New folder", "")
        self.out.setText(str(folder))
        self._fill()
        self._lay_out()
        order_as_laid_out(self)
        self._connect()

    def _fill(self) -> None:
        wish = self._wish
        values = {
            "name": wish.name,
            "version": wish.version,
            "creators": "; ".join(wish.creators),
            "url": wish.url or "",
            "seed": wish.plan.seed,
        }
        for name, value in values.items():
            self.lines[name].setText(value)

    def _lay_out(self) -> None:
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        shares = [part for name, box in self.shares.items() for part in (bits.caption(name), box)]
        data = _row(self.with_text, self.with_parquet)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Name", self.lines["name"]),
            ("Version", self.lines["version"]),
            ("Description", self.description),
            ("Made by", self.lines["creators"]),
            ("Licence", self.licence),
            ("Address", self.lines["url"]),
            ("Shares", _row(*shares)),
            ("Seed", self.lines["seed"]),
            ("Speakers", self.apart),
            ("Data", data),
            ("Since", _row(self.since, bits.button("C&hoose…", lambda: self._choose(self.since)), stretch=False)),
            ("New folder", _row(self.out, bits.button("Ch&oose…", self._choose_parent), stretch=False)),
        )
        for label, widget in rows:
            layout.addRow(bits.caption(label), widget)
            if widget is data and self.lacking.text():
                layout.addRow("", self.lacking)

    def _connect(self) -> None:
        for line in (*self.lines.values(), self.since, self.out):
            line.textChanged.connect(self.edited)
        for box in (self.with_text, self.with_parquet):
            box.toggled.connect(self.edited)
        for share in self.shares.values():
            share.valueChanged.connect(self.edited)
        for combo in (self.licence, self.apart):
            combo.currentIndexChanged.connect(self.edited)
        self.description.textChanged.connect(self.edited)

    def _choose(self, line: QLineEdit) -> None:
        name = QFileDialog.getExistingDirectory(self, "Earlier release", line.text())
        if name:
            line.setText(name)

    def _choose_parent(self) -> None:
        """The folder in which the new one is made, under the name that it has."""
        path = Path(self.out.text())
        name = QFileDialog.getExistingDirectory(self, "Where to", str(path.parent))
        if name:
            self.out.setText(str(Path(name) / path.name))

    def wish(self) -> Wish:
        """What the fields say. Raises ``ValueError`` with a clause that says what is wrong."""
        text: Mapping[str, str] = {name: line.text().strip() for name, line in self.lines.items()}
        low, middle, high = (box.value() for box in self.shares.values())
        changed: dict[str, Any] = {
            "name": text["name"],
            "version": text["version"],
            "creators": tuple(name.strip() for name in text["creators"].split(";") if name.strip()),
            "url": text["url"] or None,
            "description": self.description.toPlainText().strip(),
            "licence": self.licence.currentText(),
            "plan": Plan((low, middle, high), text["seed"], self.apart.currentData()),
            "with_text": self.with_text.isChecked(),
            "with_parquet": self.with_parquet.isChecked(),
        }
        if not changed["name"]:
            raise ValueError("it needs a name")
        return wishes.from_json(wishes.as_json(replace(self._wish, **changed)))

    @property
    def earlier(self) -> Path | None:
        """The earlier release."""
        text = self.since.text().strip()
        return Path(text) if text else None

    @property
    def folder(self) -> Path:
        """Where the release is to be."""
        return Path(self.out.text().strip())


_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def _hint(text: str, parent: QWidget) -> QLabel:
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(_SELECTABLE)
    made.setWordWrap(True)
    made.setMinimumWidth(440)  # else it wants room for many short lines,
    policy = made.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)  # or takes what room there is
    made.setSizePolicy(policy)
    return made


def _line(label: str, example: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(label)
    line.setPlaceholderText(example)
    return line


def _share(name: str, value: float) -> QSpinBox:
    box = QSpinBox()
    bits.inset(box)
    box.setRange(0, 1_000_000)
    box.setValue(round(value))
    box.setAccessibleName(f"Share of {name}")
    return box


def _row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    row = QWidget()
    row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return row
