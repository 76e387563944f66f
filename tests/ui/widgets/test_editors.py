"""Fields of several lines: the words are whole at every size."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
