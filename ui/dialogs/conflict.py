"""What two people changed to different values: both values, and which of them stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.services.account import Names
from annotator.services.conflicts import Clash, Conflict
from annotator.text.disguise import badged
from ui.dialogs.speaker_dialog import plain_label
from ui.widgets.screen import resize_to_screen


class ConflictDialog(QDialog):
    """A row for each clash, with a button for what is stored, which is chosen at first, and one for one's own.

    ``keep(mine)`` is called with the clashes for which one's own was chosen, when the person agrees. Left by Escape,
    what is stored stays, as it does without a choice.
    """

    def __init__(
        self, conflict: Conflict, who: Sequence[str], names: Names, keep: Callable[[list[Clash]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Changed by two people")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._conflict, self._keep = conflict, keep
        self.summary = plain_label()
        self.summary.setText(
            f"{badged(', '.join(who))} changed the same just before your “{badged(conflict.title)}” was saved. "
            "Nothing of it is lost: choose what stays. Everything else that you did is kept."
        )
        self.mine: dict[Clash, QRadioButton] = {}
        self.theirs: dict[Clash, QRadioButton] = {}
        self._groups: list[QButtonGroup] = []
        rows = QWidget()
        self._grid = QGridLayout(rows)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for column, text in ((1, f"As {badged(', '.join(who))} saved it"), (2, "As you wanted it")):
            head = plain_label("secondary")
            head.setText(text)
            self._grid.addWidget(head, 0, column)
        for row, clash in enumerate(conflict.clashes, start=1):
            self._add(row, clash, names)
        self._grid.setRowStretch(len(conflict.clashes) + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(rows)
        self.accept_button = QPushButton("Keep What Is Chosen")
        self.accept_button.setProperty("primary", "true")
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        resize_to_screen(self, 760, 360)

    def _add(self, row: int, clash: Clash, names: Names) -> None:
        what, mine, theirs = clash.tell(self._conflict.name_of(clash), names)
        label = plain_label()
        label.setText(badged(what))
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        for column, value, known, whose in ((1, theirs, self.theirs, "Theirs"), (2, mine, self.mine, "Yours")):
            button = QRadioButton(badged(value).replace("&", "&&"))
            button.setToolTip("")
            button.setAccessibleName(f"{what}, {whose.lower()}: {value}")
            group.addButton(button)
            known[clash] = button
            self._grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignTop)
        self.theirs[clash].setChecked(True)
        self._groups.append(group)

    def accept(self) -> None:
        super().accept()
        self._keep([clash for clash, button in self.mine.items() if button.isChecked()])
