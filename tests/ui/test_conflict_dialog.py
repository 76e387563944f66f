"""What two people wrote can be read whole, however long it is."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from ui.dialogs.conflict import ConflictDialog

LONG = "The minister said that the tax will fall, and that nobody needs to fear what comes next year. " * 5


def test_long_values_are_wrapped_and_never_wider_than_the_dialog(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    told = [("Note of claim 3 of “Mayor Says Bridge Is Safe”", LONG, f"No: {LONG}"), ("Form of claim 4", "Direct", "")]
    dialog = ConflictDialog("Change note", told, ["Bob"], lambda mine: None, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    area = dialog.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    for button in (dialog.theirs[0], dialog.mine[0]):
        words = dialog.values[button]
        assert words.height() >= words.heightForWidth(words.width()) > 3 * words.fontMetrics().lineSpacing()
