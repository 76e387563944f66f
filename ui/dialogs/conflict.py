"""What two people changed to different values: both values, and which of them stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import MANY
from annotator.text.disguise import badged
from ui.dialogs.speaker_dialog import plain_label
from ui.fonts import ui_font
from ui.widgets.screen import resize_to_screen

LISTED = 3_000
"""Laying out more would hold up the window, and nobody reads them here."""
MINE = "As you wanted it"


class _Value(QLabel):
    """The words beside a button, as many lines as they need; a click on them is one on the button."""

    def __init__(self, words: str, button: QRadioButton) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(0, 6, 0, 6)  # its first line beside the button's circle
        self._button = button

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._button.click()


class ConflictDialog(QDialog):
    """For each clash, ``told`` as what it is about, one's own value and the stored one, a button for either.

    What is stored is chosen at first. Of more than :data:`MANY` clashes all are listed, and one choice is for all.
    ``keep(mine)`` is called with the places of the clashes for which one's own was chosen, when the person agrees.
    Left by Escape, what is stored stays, as it does without a choice.
    """

    def __init__(
        self,
        title: str,
        told: Sequence[tuple[str, str, str]],
        who: Sequence[str],
        keep: Callable[[list[int]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Changed by two people")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._told, self._keep = told, keep
        self.summary = plain_label()
        self.summary.setText(
            f"{badged(', '.join(who))} changed the same just before your “{badged(title)}” was saved. "
            "Nothing of it is lost: choose what stays. Everything else that you did is kept."
        )
        self.mine: list[QRadioButton] = []
        self.theirs: list[QRadioButton] = []
        self.values: dict[QRadioButton, QLabel] = {}
        self._groups: list[QButtonGroup] = []
        rows = QWidget()
        self._grid = QGridLayout(rows)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._saved = f"As {badged(', '.join(who))} saved it"
        self._fill()
        self.accept_button = QPushButton("Keep What Is Chosen")
        self.accept_button.setProperty("primary", "true")
        self._lay_out(rows)
        resize_to_screen(self, 760, 360)

    def _lay_out(self, rows: QWidget) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # every text is wrapped
        area.setWidget(rows)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)

    def _fill(self) -> None:
        if len(self._told) > MANY:
            self._add(0, f"All {len(self._told):,} values", self._saved, MINE)
            self.list = QPlainTextEdit()
            self.list.setReadOnly(True)
            self.list.setAccessibleName("What both of you changed, with both values")
            self.list.setPlainText("\n\n".join(self._lines()))
            self._grid.addWidget(self.list, 2, 0, 1, 2)
            return
        for column, text in ((0, self._saved), (1, MINE)):
            head = plain_label("secondary")
            head.setText(text)
            self._grid.addWidget(head, 0, column)
        for number, (what, mine, theirs) in enumerate(self._told):
            self._add(1 + 2 * number, what, theirs, mine)
        self._grid.setRowStretch(1 + 2 * len(self._told), 1)

    def _lines(self) -> Iterator[str]:
        for what, mine, theirs in self._told[:LISTED]:
            yield badged(f"{what}\n    {self._saved}: {theirs}\n    {MINE}: {mine}")
        if len(self._told) > LISTED:
            yield f"… and {len(self._told) - LISTED:,} more."

    def _add(self, row: int, what: str, theirs: str, mine: str) -> None:
        label = plain_label()
        label.setText(badged(what))
        label.setFont(ui_font(13, QFont.Weight.DemiBold))
        self._grid.addWidget(label, row, 0, 1, 2)
        group = QButtonGroup(self)
        for column, value, known, whose in ((0, theirs, self.theirs, "Theirs"), (1, mine, self.mine, "Yours")):
            button = QRadioButton()
            button.setAccessibleName(f"{what}, {whose.lower()}: {value}")
            group.addButton(button)
            known.append(button)
            beside = QHBoxLayout()
            beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.values[button] = _Value(badged(value), button)
            beside.addWidget(self.values[button], 1)
            self._grid.addLayout(beside, row + 1, column)
        self.theirs[-1].setChecked(True)
        self._groups.append(group)

    def accept(self) -> None:
        super().accept()
        chosen = [place for place, button in enumerate(self.mine) if button.isChecked()]
        everything = list(range(len(self._told))) if chosen else []
        self._keep(everything if len(self._told) > MANY else chosen)
