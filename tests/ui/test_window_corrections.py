"""Corrections in the real window: judged one by one and together, of three kinds, and everywhere in the project."""

from __future__ import annotations

import pytest
from correction_hands import TEXTS, correct
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import LEFT, PLAIN, Hands
from ui_samples import seed

from annotator.model import Evidence
from annotator.services import annotate, corrections
from ui.models.corrections import CAUSE, REPLACEMENT, TEXT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
F9 = Qt.Key.Key_F9


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "corrections.annotator"
    seed(path, *TEXTS)
    return Hands(qtbot, open_window(path))


def claim(hands, words: str) -> str:
    made = annotate.mark_claim(hands.ws, [hands.place(words)], hands.store.author)
    hands.store.edit(made)
    return str(made.changes[0].id)


def statuses(hands) -> list[str]:
    return [hands.ws.corrections[key].status for key in hands.window.corrections.model.keys]


def click_row(hands, row: int, modifier=PLAIN) -> None:
    table = hands.window.corrections.table
    table.scrollTo(table.model().index(row, 0))
    point = QPoint(60, table.rowViewportPosition(row) + 12)
    QTest.mouseClick(table.viewport(), LEFT, modifier, point)


def click_sign(hands, row: int, status: str) -> None:
    table = hands.window.corrections.table
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.mouseClick(table.viewport(), LEFT, PLAIN, table.sign_rect(row, status).center().toPoint())


def corrected_text(hands) -> str:
    return corrections.piece_map(hands.ws.text, hands.ws.corrections.values()).text


# -- judging ------------------------------------------------------------------------------------------------------


def test_a_correction_is_judged_by_key(hands):
    key = correct(hands, "Teh minister", "The minister")
    hands.to_article()
    hands.press("k", saves=False)
    hands.press(F9)
    assert hands.ws.corrections[key].status == "accepted"
    hands.press(F9, SHIFT)
    assert hands.ws.corrections[key].status == "rejected"
    assert corrected_text(hands) == hands.ws.text
    hands.press(F9, CONTROL)
    assert hands.ws.corrections[key].status == "draft"
    hands.press("z", CONTROL)
    assert hands.ws.corrections[key].status == "rejected"


def test_with_no_correction_selected_the_key_says_what_to_do(hands):
    hands.to_article()
    hands.press(F9, saves=False)
    assert hands.window.status.selected.text().startswith("Select a correction first")


def test_the_signs_judge_with_one_click_and_move_no_row(hands):
    for occurrence in range(2):
        correct(hands, "Teh ", "The ", occurrence)
    hands.window.selection.clear()
    click_sign(hands, 0, "accepted")
    click_sign(hands, 1, "rejected")
    assert statuses(hands) == ["accepted", "rejected"]
    assert hands.window.corrections.table.open_row == -1
    click_sign(hands, 0, "draft")
    assert statuses(hands) == ["draft", "rejected"]
    table = hands.window.corrections.table
    assert table.sign_rect(0, "draft").isNull()
    point = table.sign_rect(0, "accepted").center().toPoint()
    with hands.qtbot.waitSignal(hands.store.saved):  # who clicks twice judges once
        QTest.mouseClick(table.viewport(), LEFT, PLAIN, point)
    QTest.mouseDClick(table.viewport(), LEFT, PLAIN, point)
    assert statuses(hands) == ["accepted", "rejected"]
    assert table.cell_editor() is None


def test_several_are_judged_in_one_step(hands):
    keys = [correct(hands, words, "x") for words in ("Teh minister", "failed", "Others", "silent")]
    panel = hands.window.corrections
    click_row(hands, 0)
    assert panel.table.open_row == 0
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, SHIFT)
    assert panel.several.text() == "3 corrections selected"
    assert panel.table.open_row == -1
    hands.click(panel.judges["accepted"], saves=True)
    assert statuses(hands) == ["accepted", "accepted", "accepted", "draft"]
    assert hands.store.undo_title == "Accept 3 corrections"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(panel.table, F9, SHIFT)
    assert statuses(hands) == ["rejected"] * 3 + ["draft"]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.undo()
    assert statuses(hands) == ["accepted", "accepted", "accepted", "draft"]
    click_row(hands, 3, CONTROL)
    assert panel.chosen() == keys
    click_row(hands, 1)
    assert panel.chosen() == keys[1:2]
    assert panel.table.open_row == 1
    assert not panel.several.isVisible()


def test_who_selects_one_elsewhere_has_one_selected_and_open(hands):
    keys = [correct(hands, words, "x") for words in ("Teh minister", "failed", "Others", "silent")]
    panel = hands.window.corrections
    click_row(hands, 0)
    click_row(hands, 1, SHIFT)
    assert panel.chosen() == keys[:2]
    hands.window.selection.select("correction", keys[2])
    assert panel.chosen() == keys[2:3]
    assert panel.table.open_row == 2
    click_row(hands, 0, CONTROL)
    assert panel.chosen() == [keys[0], keys[2]]
    hands.window.selection.clear()
    assert panel.chosen() == []
    assert panel.table.open_row == -1


def test_several_are_deleted_in_one_step(hands):
    for words in ("Teh minister", "failed", "Others"):
        correct(hands, words, "x")
    click_row(hands, 0)
    table = hands.window.corrections.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(table, Qt.Key.Key_Delete)
    assert len(hands.ws.corrections) == 1


def test_what_overlaps_is_refused_and_the_other_is_shown(hands):
    first = correct(hands, "Teh minister", "The minister")
    hands.store.edit(corrections.set_status(hands.ws, [first], "rejected"))
    other = correct(hands, "minister said", "ministry said")
    hands.window.selection.select("correction", first)
    hands.to_article()
    hands.press(F9, CONTROL, saves=False)
    hands.qtbot.waitUntil(lambda: hands.window.selection.id == other)
    assert hands.ws.corrections[first].status == "rejected"
    assert hands.window.status.selected.text() == "“minister said” at 4 is already corrected."


def test_adding_words_that_are_corrected_already_shows_what_is_there(hands):
    first, other = correct(hands, "Others", "They"), correct(hands, "agreed", "nodded")
    hands.window.selection.select("correction", first)
    hands.select("agreed")
    hands.press("+", saves=False)
    hands.qtbot.waitUntil(lambda: hands.window.selection.id == other)
    assert "is already corrected" in hands.window.status.selected.text()
    assert len(hands.ws.corrections[first].spans) == 1


# -- three kinds --------------------------------------------------------------------------------------------------


def test_a_regularisation_changes_no_text_and_is_changed_where_it_stands(hands):
    hands.select("Tehran")
    hands.press("x", SHIFT, saves=False)
    hands.answer("Teheran")
    (made,) = hands.ws.corrections.values()
    assert (made.kind, made.replacement, made.cause) == ("regularisation", "Teheran", None)
    assert corrected_text(hands) == hands.ws.text
    mark = hands.view.scene.index.get(made.id).mark
    assert (mark.replacement, mark.quiet) == (None, False)
    assert hands.window.pane.label(made.id) == "regularisation: also spelt “Teheran”"
    model = hands.window.corrections.model
    assert [model.index(0, column).data() for column in (TEXT, REPLACEMENT, CAUSE)] == [
        "Tehran",
        "Teheran",
        "Regularisation",
    ]
    hands.select("Tehran")
    hands.press("x", SHIFT, saves=False)
    assert hands.window.prompt.field.text() == "Teheran"
    hands.answer("Tihran")
    assert [c.replacement for c in hands.ws.corrections.values()] == ["Tihran"]


def test_regularising_nothing_says_what_to_do(hands):
    hands.to_article()
    hands.press("x", SHIFT, saves=False)
    assert hands.window.status.selected.text() == "Select the words to regularise first."


def test_a_factual_correction_of_the_selected_claim(hands):
    about = claim(hands, "Teh talks 😀 failed.")
    hands.window.selection.select("claim", about)
    hands.to_article()
    hands.press("f")
    (key,) = hands.ws.corrections
    panel = hands.window.corrections
    editor = panel.editor
    assert QApplication.focusWidget() is editor.factual.editors["verdict"]
    assert not editor.main.editors["replacement"].isVisible()
    assert not editor.main.editors["cause"].isVisible()
    assert editor.factual.editors["claim_id"].currentText().startswith("1 · Teh talks")
    hands.choose(editor.factual.editors["verdict"], "refuted")
    hands.choose(editor.remarks.editors["certainty"], "high")
    for number, address in enumerate(("https://example.org/a?b=1", "javascript:alert(1)")):
        hands.click(editor.add_evidence)
        fields = editor.evidence[number].form.editors
        hands.enter(fields["url"], address)
        hands.enter(fields["date"], f"2018-04-2{number}")
        hands.enter(fields["note"], "What it <b>shows</b>")
    hands.choose(editor.evidence[1].form.editors["kind"], "published_correction")
    record = hands.ws.corrections[key]
    assert (record.kind, record.claim_id, record.verdict, record.certainty) == ("factual", about, "refuted", "high")
    note = "What it <b>shows</b>"
    assert record.evidence == (
        Evidence("https://example.org/a?b=1", "2018-04-20", note),
        Evidence("javascript:alert(1)", "2018-04-21", note, "published_correction"),
    )
    hands.enter(editor.evidence[0].form.editors["date"], "yesterday")
    assert hands.ws.corrections[key].evidence[0].date == "2018-04-20"
    hands.enter(editor.evidence[0].form.editors["date"], "2018-04-22")
    hands.click(editor.evidence[0].head.remove, saves=True)
    assert [e.kind for e in hands.ws.corrections[key].evidence] == ["published_correction"]
    assert corrected_text(hands) == hands.ws.text


class Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_an_address_is_opened_only_after_asking_and_only_on_the_web(hands):
    about = claim(hands, "Others agreed.")
    hands.store.edit(corrections.factual(hands.ws, about, hands.store.author))
    (key,) = hands.ws.corrections
    addresses = ("https://\u0435xample.org/<b>a", "file:///etc/passwd")  # the first letter is Cyrillic
    evidence = tuple(Evidence(url=address) for address in addresses)
    hands.store.edit(annotate.change(hands.ws, key, evidence=evidence))
    hands.window.selection.select("correction", key)
    editors = hands.window.corrections.editor.evidence
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        hands.click(editors[0].open_address)
        assert not browser.opened
        question = hands.reply("Open")
        assert question.endswith("https://xn--xample-2of.org/%3Cb%3Ea")
        assert len(browser.opened) == 1
        hands.click(editors[1].open_address)
        assert "no web address" in hands.read_message()
        assert len(browser.opened) == 1
    finally:
        QDesktopServices.unsetUrlHandler("https")


def test_with_no_claim_selected_a_factual_correction_is_refused(hands):
    hands.to_article()
    hands.press("f", saves=False)
    assert not hands.ws.corrections
    assert hands.window.status.selected.text().startswith("Select a claim first")


def test_another_kind_drops_what_it_does_not_have_and_says_so(hands):
    key = correct(hands, "Tehran", "Teheran")
    hands.window.selection.select("correction", key)
    main = hands.window.corrections.editor.main
    assert hands.window.corrections.editor.meaning.isVisible()
    hands.choose(main.editors["kind"], "regularisation")
    record = hands.ws.corrections[key]
    assert (record.kind, record.replacement, record.cause) == ("regularisation", "Teheran", None)
    hands.choose(main.editors["kind"], "transcription")
    assert hands.ws.corrections[key].cause == "ocr"
    hands.choose(main.editors["kind"], "factual")
    record = hands.ws.corrections[key]
    assert (record.kind, record.replacement, record.cause) == ("factual", None, None)
    said = main._messages["kind"]
    assert said.isVisible()
    assert said.text() == "It changes no text: its new text and its reason were taken away."
    hands.choose(main.editors["kind"], "transcription")
    assert hands.ws.corrections[key].kind == "factual"
    assert said.text() == "A factual correction has no new text; correct the words in the article instead."
    assert main.editors["kind"].value() == "factual"


def test_the_plus_offers_every_way_to_correct(hands):
    panel = hands.window.corrections
    hands.select("Tehran")
    hands.click(panel.header.add)
    texts = [action.text() for action in panel.menu.actions()]
    assert texts == ["Correct Text…", "Regularise…", "Factual Correction of the Claim…", "Correct Everywhere…"]
    hands.take(panel.menu, "Regularise")
    hands.answer("Teheran")
    assert [c.kind for c in hands.ws.corrections.values()] == ["regularisation"]


# -- labels on corrected text -------------------------------------------------------------------------------------


def test_a_label_survives_adding_changing_and_removing_a_correction(hands):
    about = claim(hands, "Teh talks 😀 failed.")
    spans = hands.ws.claims[about].spans
    hands.select("Teh", 1)
    hands.press("x", saves=False)
    hands.answer("The long")
    (key,) = hands.ws.corrections

    def shown() -> str:
        """The words of the claim as the corrected view has them."""
        start, end = hands.view.scene.map.place(spans[0].start, spans[-1].end)
        return hands.view.toPlainText().encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")

    hands.to_article()
    hands.press("v", saves=False)
    hands.qtbot.waitUntil(lambda: hands.view.scene.map.corrected)
    assert shown() == "The long talks 😀 failed."
    hands.window.selection.select("correction", key)
    editor = hands.window.corrections.editor.main.editors["replacement"]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.enter(editor, "These")
    hands.qtbot.waitUntil(lambda: shown() == "These talks 😀 failed.")
    hands.to_article()
    hands.press(F9, SHIFT)
    hands.qtbot.waitUntil(lambda: shown() == "Teh talks 😀 failed.")
    hands.press(F9)
    hands.qtbot.waitUntil(lambda: shown() == "These talks 😀 failed.")
    hands.press(Qt.Key.Key_Delete)
    hands.qtbot.waitUntil(lambda: shown() == "Teh talks 😀 failed.")
    assert not hands.ws.corrections
    assert hands.ws.claims[about].spans == spans
