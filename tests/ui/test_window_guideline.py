"""The guideline beside the work, what a scheme hides, and the scheme a new project begins with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.schemes import QUOTATIONS
from annotator.services import scheme
from db.project import create_project
from ui.dialogs.guideline import GuidelineWindow
from ui.dialogs.new_project import NewProject
from ui.topics import topic_of
from ui.widgets.markdown import MarkdownPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


def guideline_window(hands):
    hands.qtbot.waitUntil(lambda: hands.window.findChild(GuidelineWindow) is not None)
    window = hands.window.findChild(GuidelineWindow)
    hands.qtbot.waitUntil(window.isActiveWindow)
    return window


def shown(window):
    return window.list.currentItem().text()


def top_heading(page):
    """The heading nearest to the top of what is seen."""
    layout, top = page.document().documentLayout(), page.verticalScrollBar().value()
    block, found = page.document().begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            found.append((abs(layout.blockBoundingRect(block).top() - top), block.text()))
        block = block.next()
    return min(found)[1]


def seen(page):
    """The blocks of which something can be seen."""
    layout, top = page.document().documentLayout(), page.verticalScrollBar().value()
    block, found = page.document().begin(), []
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.bottom() > top and rect.top() < top + page.viewport().height():
            found.append(block.text())
        block = block.next()
    return found


# -- the guideline ------------------------------------------------------------------------------------------------


def test_f1_shows_the_guideline_beside_the_work(hands):
    hands.press(Qt.Key.Key_F1, saves=False)
    window = guideline_window(hands)
    assert not window.isModal()
    assert "Claims and attribution, version 1" in window.windowTitle()
    assert "Who is said to hold what" in window.page.toPlainText()
    hands.select("I would go")
    hands.press("c")
    assert len(hands.ws.claims) == 1


def test_f1_shows_the_section_of_what_is_selected(hands):
    hands.select("I would go")
    hands.press("c")
    hands.press(Qt.Key.Key_F1, saves=False)
    window = guideline_window(hands)
    assert shown(window) == "Claims"
    assert top_heading(window.page) == "Claims"


def test_f1_in_a_panel_shows_its_section(hands):
    hands.window.claims.table.setFocus()
    assert topic_of(QApplication.focusWidget()) == "claims"
    QTest.keyClick(hands.window.claims.table, Qt.Key.Key_F1)
    assert shown(guideline_window(hands)) == "Claims"


def test_a_section_is_chosen_in_the_list_and_words_are_found(hands):
    hands.press(Qt.Key.Key_F1, saves=False)
    window = guideline_window(hands)
    item = window.list.findItems("Claim: stance", Qt.MatchFlag.MatchExactly)[0]
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=window.list.visualItemRect(item).center())
    assert top_heading(window.page) == "Claim: stance"
    hands.enter(window.search, "declined to comment", end=None)
    assert window.page.textCursor().selectedText() == "Declined to comment"
    first = window.page.textCursor().position()
    hands.enter(window.search, "claim")
    second = window.page.textCursor().position()
    QTest.keyClick(window.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert first != second != window.page.textCursor().position()
    hands.enter(window.search, "no such words", end=None)
    assert window.found.text() == "Not found."


def test_the_guideline_follows_every_change_and_its_undo(qtbot, hands):
    hands.press(Qt.Key.Key_F1, saves=False)
    window = guideline_window(hands)
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, guideline="# Ours\n\n## claim.form\n\nAs it comes."))
    assert window.page.toPlainText() == "Ours\nClaim: form\nAs it comes."
    assert "version 2" in window.windowTitle()
    with qtbot.waitSignal(hands.store.saved):
        hands.store.undo()
    assert "version 1" in window.windowTitle()
    assert "Who is said" in window.page.toPlainText()


def test_a_hostile_guideline_loads_and_opens_nothing(qtbot, hands, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.dialogs.links.QDesktopServices.openUrl", opened.append)
    asked = []
    load = MarkdownPage.loadResource
    monkeypatch.setattr(MarkdownPage, "loadResource", lambda *a: asked.append(load(*a)) or load(*a))
    text = "![x](file:///etc/hostname)\n\n<img src='http://example.org/x.png'><b>bold</b>\n\n[go](http://example.org/)"
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, guideline=text))
    hands.press(Qt.Key.Key_F1, saves=False)
    page = guideline_window(hands).page
    page.grab()
    assert set(asked) <= {None}
    assert "<b>bold</b>" in page.toPlainText()
    page.anchorClicked.emit(QUrl("file:///etc/hostname"))
    assert hands.messages() == []
    page.anchorClicked.emit(QUrl("http://example.org/"))
    (box,) = page.window().findChildren(QMessageBox)
    assert box.text() == "Open this address in the web browser?\nhttp://example.org/"
    assert opened == []


def test_f1_in_a_field_shows_what_is_said_of_it(hands):
    hands.select("Sergei Lavrov")
    hands.press("x", saves=False)
    hands.answer("Sergey Lavrov")
    field = hands.window.corrections.editor.main.editors["cause"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F1)
    window = guideline_window(hands)
    assert shown(window) == "Correction: cause"
    assert "Correction: cause" in seen(window.page)


def test_the_label_of_a_field_tells_what_the_guideline_says(qtbot, hands):
    hands.select("Sergei Lavrov")
    hands.press("x", saves=False)
    hands.answer("Sergey Lavrov")
    form = hands.window.corrections.editor.main
    assert "Why the text is wrong" in form._labels["cause"].toolTip()
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, guideline="## correction.cause\n\nWho <b>cares</b>?"))
    label = form._labels["cause"]
    assert "Who &lt;b&gt;cares&lt;/b&gt;?" in label.toolTip()
    dotted = label.grab().toImage()
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, guideline="## correction.kind\n\nWhich?"))
    assert label.toolTip() == ""
    assert label.grab().toImage() != dotted, "dots say where there is something to read"


def test_a_hidden_verdict_is_not_asked_for(qtbot, hands):
    hands.select("Sergei Lavrov")
    hands.press("x", saves=False)
    hands.answer("Sergey Lavrov")
    editor = hands.window.corrections.editor
    with qtbot.waitSignal(hands.store.saved):
        hands.choose(editor.main.editors["kind"], "factual")
    assert editor.factual.editors["verdict"].isVisible()
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, hidden=("correction.verdict",)))
    assert not editor.factual.editors["verdict"].isVisible()
    assert editor.factual.editors["claim_id"].isVisible()
    assert not editor.main.editors["replacement"].isVisible()


# -- what is hidden -----------------------------------------------------------------------------------------------


def test_hidden_panels_are_gone_and_their_commands_off(qtbot, hands):
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, hidden=("claims", "speakers")))
    window = hands.window
    assert not window.claims.isVisible()
    assert not window.speakers.isVisible()
    assert window.corrections.isVisible()
    assert window.corrections.height() > 400
    off = ("mark_claim", "mark_mention", "next_claim", "set_source", "next_mention")
    assert not any(window.actions_[id_].isEnabled() for id_ in off)
    assert window.actions_["correct"].isEnabled()
    hands.select("I would go")
    hands.press("c", saves=False)
    assert hands.ws.claims == {}
    with qtbot.waitSignal(hands.store.saved):
        hands.store.undo()
    assert window.claims.isVisible()
    assert all(window.actions_[id_].isEnabled() for id_ in off)
    hands.select("I would go")
    hands.press("c")
    assert len(hands.ws.claims) == 1


def test_a_command_comes_back_only_when_no_hidden_panel_needs_it_gone(qtbot, hands):
    for hidden, on in ((("claims", "corrections"), False), (("corrections",), False), ((), True)):
        with qtbot.waitSignal(hands.store.saved):
            hands.store.edit(scheme.change(hands.ws, hidden=hidden))
        assert hands.window.actions_["factual"].isEnabled() is on
        assert hands.window.actions_["correct"].isEnabled() is on


def test_a_project_opens_without_what_its_scheme_hides(qtbot, hands, tmp_path):
    path = tmp_path / "t.annotator"
    project = create_project(str(path))
    scheme.begin_with(project, QUOTATIONS, "Ann")
    project.close()
    with qtbot.waitSignal(hands.store.project_opened):
        hands.window.files.open(str(path))
    assert hands.ws.scheme.name == "Quotations"
    assert hands.window.claims.isVisible()


# -- a new project ------------------------------------------------------------------------------------------------


def test_a_new_project_begins_with_the_scheme_that_is_chosen_by_keys(qtbot, hands, tmp_path):
    hands.window.settings.set("last_folder", str(tmp_path))
    hands.press("n", Qt.KeyboardModifier.ControlModifier, saves=False)
    dialog = hands.window.findChild(NewProject)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.schemes["claims"].isChecked()
    QTest.keyClicks(dialog.path, "birds")  # the name is selected, the folder stays
    dialog.schemes["claims"].setFocus()
    QTest.keyClick(dialog.schemes["claims"], Qt.Key.Key_Down)
    QTest.keyClick(dialog.schemes["quotations"], Qt.Key.Key_Down)
    with qtbot.waitSignal(hands.store.project_opened):
        QTest.keyClick(dialog.schemes["transcription"], Qt.Key.Key_Return)
    assert hands.store.project.location == str(tmp_path / "birds.annotator")
    assert hands.ws.scheme.name == "Transcription only"
    assert not hands.window.claims.isVisible()
    assert not hands.window.actions_["mark_claim"].isEnabled()
    assert hands.window.corrections.isVisible()
    assert not hands.window.actions_["undo"].isEnabled()
