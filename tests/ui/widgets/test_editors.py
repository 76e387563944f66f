"""What is in a field is whole, and has room to its border."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QVBoxLayout, QWidget

from ui.widgets.bits import inset
from ui.widgets.editors import TextEditor

LONG = "What a quotation takes for granted and evidence could settle is a claim inside it, with the same chain. " * 4


def test_a_note_that_scrolls_from_the_start_is_wrapped_beside_its_scroll_bar(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    editor = TextEditor()
    QVBoxLayout(window).addWidget(editor)
    editor.set_value(LONG)
    window.resize(292, 300)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(editor.verticalScrollBar().isVisible)
    line = editor.document().firstBlock().layout().lineAt(0)
    assert line.x() + line.width() <= editor.viewport().width() - editor.document().documentMargin()


@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox])
def test_a_number_does_not_touch_its_border(qtbot, kind):
    box = kind()
    qtbot.addWidget(box)
    inset(box)
    with qtbot.waitExposed(box):
        box.show()
    line = box.lineEdit()
    line.home(False)
    assert line.mapTo(box, line.cursorRect().center()).x() >= 8
