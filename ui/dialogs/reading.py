"""Font, size, line spacing and measure of the article. What is chosen shows in the article itself, at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.fonts import READING_FAMILIES, UI_FAMILIES
from ui.looks import Looks
from ui.text.typography import MEASURES, SIZES, SPACINGS, Reading
from ui.widgets.bits import inset

_BUNDLED = {READING_FAMILIES[0]: "Source Serif", UI_FAMILIES[0]: "Inter"}
_EDGE = 16


class ReadingDialog(QDialog):
    """Stays open beside the article; one may go on reading and marking."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reading")
        self._looks = looks
        self.family = QComboBox(self)
        self.text_size = _pixels(SIZES, 1, self)
        self.spacing = QDoubleSpinBox(self)
        inset(self.spacing)
        self.spacing.setRange(*SPACINGS)
        self.spacing.setSingleStep(0.05)
        self.measure = _pixels(MEASURES, 10, self)
        self._fill_families()
        form = QFormLayout()
        for label, field, meaning in (
            ("Font", self.family, "Font of the article"),
            ("Size", self.text_size, "Size of the text in pixels, at 100 % zoom"),
            ("Line spacing", self.spacing, "From line to line, in sizes of the text"),
            ("Line length", self.measure, "Longest line in pixels, at 100 % zoom"),
        ):
            field.setAccessibleName(label)
            field.setAccessibleDescription(meaning)
            field.setToolTip(meaning)
            form.addRow(label, field)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.normal = QPushButton("&Back to Normal")
        self.buttons.addButton(self.normal, QDialogButtonBox.ButtonRole.ResetRole)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):  # Enter in a field takes what was typed and presses none
                button.setAutoDefault(False)
        self.normal.clicked.connect(lambda _=False: looks.set_reading(Reading()))
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self._show(looks.reading())
        looks.reading_changed.connect(self._show)
        self.family.currentIndexChanged.connect(self._choose)
        for spin in (self.text_size, self.spacing, self.measure):
            spin.valueChanged.connect(self._choose)

    def _fill_families(self) -> None:
        for family, name in _BUNDLED.items():
            self.family.addItem(name, family)
        self.family.insertSeparator(len(_BUNDLED))
        for family in QFontDatabase.families():
            usable = QFontDatabase.isSmoothlyScalable(family) and not QFontDatabase.isPrivateFamily(family)
            if usable and family not in _BUNDLED:
                self.family.addItem(family, family)
        self.family.setMaxVisibleItems(14)
        self.family.setMinimumContentsLength(22)
        self.family.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _show(self, reading: Reading) -> None:
        """Follow a change, wherever it was made."""
        fields = (self.family, self.text_size, self.spacing, self.measure)
        before = [field.blockSignals(True) for field in fields]
        if self.family.findData(reading.family) < 0:  # chosen once, no longer installed
            self.family.addItem(reading.family, reading.family)
        self.family.setCurrentIndex(self.family.findData(reading.family))
        self.text_size.setValue(reading.size)
        self.spacing.setValue(reading.spacing)
        self.measure.setValue(reading.measure)
        for field, blocked in zip(fields, before, strict=True):
            field.blockSignals(blocked)
        self.normal.setEnabled(reading != Reading())

    def _choose(self) -> None:
        family = str(self.family.currentData())
        reading = Reading(family, self.text_size.value(), self.spacing.value(), self.measure.value())
        self._looks.set_reading(reading)


def _pixels(limits: tuple[int, int], step: int, parent: QWidget) -> QSpinBox:
    spin = QSpinBox(parent)
    inset(spin)
    spin.setRange(*limits)
    spin.setSingleStep(step)
    spin.setSuffix(" px")
    return spin


def show(looks: Looks, parent: QWidget) -> None:
    """Open the dialog, or bring it to the front; the window stays usable, and the article in sight."""
    dialog = parent.findChild(ReadingDialog)
    if dialog is None:
        dialog = ReadingDialog(looks, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = parent.mapToGlobal(QPoint(parent.width(), 0))
        dialog.adjustSize()
        dialog.move(corner + QPoint(-dialog.width() - _EDGE, 4 * _EDGE))
        dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.family.setFocus()
