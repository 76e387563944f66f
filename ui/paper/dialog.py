"""How an article goes on paper: which text, which pages, with a legend or without."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from ui.paper.manuscript import NAMES
from ui.paper.sheet import SIZES, usual_paper
from ui.paper.wish import Wish


class PaperDialog(QDialog):
    """Asks for a wish. ``verb`` is what happens then."""

    def __init__(self, wish: Wish, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = QComboBox(self)
        for view, name in NAMES.items():
            self.text.addItem(name, view)
        self.size_ = QComboBox(self)
        self.size_.addItems(list(SIZES))
        self.turned = QComboBox(self)
        for name, landscape in (("Upright", False), ("Wide", True)):
            self.turned.addItem(name, landscape)
        self.legend = QCheckBox("&Legend, with speakers, claims and corrections", self)
        self.text.setCurrentIndex(max(0, self.text.findData(wish.view)))
        self.size_.setCurrentText(wish.paper or usual_paper())
        self.turned.setCurrentIndex(self.turned.findData(wish.landscape))
        self.legend.setChecked(wish.legend)
        form = QFormLayout()
        for label, field in (("Text", self.text), ("Paper", self.size_), ("Pages", self.turned)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        form.addRow("", self.legend)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    def wish(self) -> Wish:
        """What is chosen."""
        return Wish(
            self.text.currentData(),
            next(name for name in SIZES if name == self.size_.currentText()),
            landscape=bool(self.turned.currentData()),
            legend=self.legend.isChecked(),
        )


def ask(wish: Wish, title: str, verb: str, accepted: Callable[[Wish], None], parent: QWidget) -> None:
    """Open the dialog; it does not block the window."""
    dialog = PaperDialog(wish, title, verb, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: accepted(dialog.wish()))
    dialog.open()
