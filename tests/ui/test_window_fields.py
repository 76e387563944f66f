"""Every field of claims, speakers, mentions, corrections and articles, edited in the window and found again later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QInputDialog, QLineEdit, QMenu
from ui_hands import LEFT, PLAIN, Hands

from annotator.model import Evidence, Hop, Role
from ui.dialogs.article_details import ArticleDetails
from ui.panels.fields import CLAIM_MAIN, CLAIM_MORE, CORRECTION, EVIDENCE, FACTUAL, HOP, MENTION, REMARKS, SPEAKER
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import CheckEditor, NoneOrLineEditor, TextEditor
from ui.widgets.roles import RolesEditor

# What the offscreen platform says of menus and lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier


def fill(hands, form, values: dict[str, object], fields) -> None:
    """Edits every field of a form as a person would, each saved by itself."""
    assert set(values) == {field.name for field in fields}, "each field of the form, and no other"
    for name, value in values.items():
        editor = form.editors[name]
        assert editor.isVisible(), name
        with hands.qtbot.waitSignal(hands.store.saved):
            if isinstance(editor, ChoiceEditor):
                hands.choose(editor, value)
            elif isinstance(editor, CheckEditor):
                QTest.keyClick(editor, Qt.Key.Key_Space)
            elif isinstance(editor, NoneOrLineEditor):
                hands.enter(editor.line, value)
            elif isinstance(editor, TextEditor) and editor._lines:
                hands.enter(editor, value, end=None)
                QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
            elif isinstance(editor, RolesEditor):
                type_roles(editor, value)
            else:
                hands.enter(editor, value)


def type_roles(editor, roles) -> None:
    """Adds roles as rows, each with the button and finished with Enter."""
    for role in roles:
        QTest.keyClick(editor.add, Qt.Key.Key_Space)
        row = editor.shown[-1]
        for line, typed in zip(row.lines, role, strict=True):
            QTest.keyClicks(line, typed)
        QTest.keyClick(row.until, Qt.Key.Key_Return)


def values_of(record, names) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


def claim(hands, words: str) -> str:
    hands.select(words)
    hands.press("c")
    return hands.window.selection.id


def test_every_field_of_a_claim(hands, open_window, project_path, qtbot):
    outer = claim(hands, '"I would go," Sergei Lavrov said.')
    key = claim(hands, "I would go")
    hands.press(Qt.Key.Key_Return, saves=False)
    drawer = hands.window.claims.editor
    assert drawer.isAncestorOf(QApplication.focusWidget())
    main = {
        "source": "Lavrov",
        "chain_line": "RIA Novosti > Lavrov",
        "form": "direct",
        "check_worthy": "partly",
        "note": "Look again",
    }
    fill(hands, drawer.main, main, CLAIM_MAIN)
    hands.click(drawer.more_button)
    more = {
        "type": "quote",
        "stance": "denies",
        "certainty": "low",
        "unsure": True,
        "text": "Lavrov would go.",
        "tags": "visit, diplomacy",
        "status": "accepted",
        "parent_id": outer,
    }
    fill(hands, drawer.extra, more, CLAIM_MORE)
    hands.click(drawer.chain_button)
    told = {"speaker": "Maria Zakharova", "addressee": "reporters", "date": "2018-04-20"}
    fill(hands, drawer.hops[1].form, {**told, "referring": "anaphoric", "medium": "a telephone call"}, HOP)
    before = (hands.ws.document(), dict(hands.ws.speakers))

    hands = Hands(qtbot, open_window(project_path))
    assert (hands.ws.document(), hands.ws.speakers) == before
    record = hands.ws.claims[key]
    expected = {k: v for k, v in {**main, **more}.items() if k not in ("source", "chain_line")}
    assert values_of(record, expected) == {**expected, "tags": ("visit", "diplomacy")}
    assert [hands.ws.speakers[hop.speaker_id].name for hop in record.chain] == ["RIA Novosti", "Maria Zakharova"]
    said = {"referring": "anaphoric", "medium": "a telephone call", "date": "2018-04-20"}
    assert record.chain[1] == Hop(record.chain[1].speaker_id, addressee_id=record.chain[1].addressee_id, **said)
    assert hands.ws.speakers[record.chain[1].addressee_id].name == "reporters"
    hands.window.selection.select("claim", key)
    drawer = hands.window.claims.editor
    if drawer.more.isHidden():
        hands.click(drawer.more_button)
    shown = {name: editor.value() for form in (drawer.main, drawer.extra) for name, editor in form.editors.items()}
    who = {"source": "Maria Zakharova", "chain_line": "RIA Novosti > Maria Zakharova"}
    assert shown == {**main, **more, **who, "tags": "visit, diplomacy"}


def test_every_field_of_a_speaker_and_of_a_mention(hands, open_window, project_path, qtbot):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    (mention_id,), drawer = hands.ws.mentions, hands.window.speakers.editor
    fill(hands, drawer.mention, {"speaker": "Maria Zakharova", "kind": "nominal"}, MENTION)
    assert {s.name for s in hands.ws.speakers.values()} == {"Lavrov", "Maria Zakharova"}
    fill_speaker = {
        "name": "Sergei Lavrov",
        "kind": "group",
        "aliases": "Lavrov, S.\nthe minister",
        "roles": [("Foreign Minister", "2004", ""), ("Envoy to the UN", "1994", "2004")],
        "affiliation": "Ministry",
        "wikidata": "Q58217",
        "note": "Speaks Sinhala",
    }
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(drawer.mention.editors["speaker"], "Lavrov")
    hands.click(drawer.details)
    fill(hands, drawer.speaker, fill_speaker, SPEAKER)
    # Ctrl+Enter ends a field of several lines; it is no command then.
    assert (hands.ws.article.title, hands.ws.article.state) == ("Article 1", "in_progress")
    before = (hands.ws.document(), dict(hands.ws.speakers))

    hands = Hands(qtbot, open_window(project_path))
    assert (hands.ws.document(), hands.ws.speakers) == before
    mention = hands.ws.mentions[mention_id]
    assert mention.kind == "nominal"
    speaker = hands.ws.speakers[mention.speaker_id]
    assert values_of(speaker, fill_speaker) == {
        **fill_speaker,
        "aliases": ("Lavrov, S.", "the minister"),
        "roles": (Role("Foreign Minister", "2004", None), Role("Envoy to the UN", "1994", "2004")),
    }


def test_every_field_of_a_correction(hands, open_window, project_path, qtbot):
    about = claim(hands, "Russia agreed")
    hands.select("hear")
    hands.press("x", saves=False)
    hands.answer("here")
    (key,), drawer = hands.ws.corrections, hands.window.corrections.editor
    first = {"replacement": " heard", "cause": "spelling", "status": "accepted", "kind": "factual"}
    remarks = {"certainty": "medium", "note": "see the video"}
    fill(hands, drawer.remarks, remarks, REMARKS)
    fill(hands, drawer.main, first, CORRECTION)
    fill(hands, drawer.factual, {"claim_id": about, "verdict": "refuted"}, FACTUAL)
    hands.click(drawer.add_evidence, saves=True)
    evidence = {
        "url": "https://example.com/a",
        "date": "2018-04-20",
        "kind": "published_correction",
        "note": "The transcript",
    }
    fill(hands, drawer.evidence[0].form, evidence, EVIDENCE)
    before = hands.ws.document()

    hands = Hands(qtbot, open_window(project_path))
    assert hands.ws.document() == before
    record = hands.ws.corrections[key]
    kept = {**remarks, "status": "accepted", "kind": "factual", "replacement": None, "cause": None}
    assert values_of(record, kept) == kept, "a factual correction has no new text and no reason"
    assert (record.claim_id, record.verdict, record.evidence) == (about, "refuted", (Evidence(**evidence),))
    hands.window.selection.select("correction", key)
    shown = hands.window.corrections.editor.evidence[0].form.editors
    assert {name: editor.value() for name, editor in shown.items()} == evidence


def test_a_name_in_the_speakers_table_is_edited_in_place_and_a_taken_one_refused(hands, qtbot):
    for words, name in (("Sergei Lavrov", "Lavrov"), ("He left", "Putin")):
        hands.select(words)
        hands.press("s")
        hands.answer(name)
    panel = hands.window.speakers
    row = next(r for r in range(panel.model.rowCount()) if panel.model.index(r, 0).data() == "Lavrov")
    panel.table.setCurrentIndex(panel.model.index(row, 0))
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: panel.table.cell_editor() is not None)
    hands.enter(panel.table.cell_editor(), "Putin")
    qtbot.waitUntil(panel.refusal.isVisible)
    assert "already a speaker" in panel.refusal.text()
    qtbot.waitUntil(lambda: panel.table.cell_editor() is not None)
    assert panel.table.cell_editor().text() == "Putin"
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(panel.table.cell_editor(), "Sergei Lavrov")
    assert {s.name for s in hands.ws.speakers.values()} == {"Sergei Lavrov", "Putin"}
    assert not panel.refusal.isVisible()


def details(hands) -> ArticleDetails:
    hands.qtbot.waitUntil(lambda: any(d.isVisible() for d in hands.window.findChildren(ArticleDetails)))
    return next(d for d in hands.window.findChildren(ArticleDetails) if d.isVisible())


DETAILS = {
    "title": "Talks go on",
    "byline": "Jane Doe",
    "outlet": "The Moscow Times",
    "published": "2018-04-20",
    "url": "https://example.com/1",
    "language": "en",
}


def test_every_field_of_an_article(hands, open_window, project_path, qtbot):
    hands.press("d", CONTROL, saves=False)
    dialog = details(hands)
    assert set(dialog.form.fields) == set(DETAILS)
    for name, text in DETAILS.items():
        hands.enter(dialog.form.fields[name], text, end=None)
    hands.choose(dialog.form.blocks.cellWidget(0, 0), "note")
    with qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.buttons.button(QDialogButtonBox.StandardButton.Save))
    qtbot.waitUntil(lambda: hands.window.articles.model.index(0, 0).data() == "Talks go on")
    hands = Hands(qtbot, open_window(project_path))
    assert values_of(hands.ws.article, DETAILS) == DETAILS
    assert [segment.kind for segment in hands.ws.article.segments] == ["note"]
    hands.press("z", CONTROL)
    assert hands.ws.article.title == "Article 1"
    assert [segment.kind for segment in hands.ws.article.segments] == ["body"]


def test_what_the_details_refuse_stays_typed_and_cancel_changes_nothing(hands, qtbot):
    before = hands.ws.document()
    hands.press("d", CONTROL, saves=False)
    dialog = details(hands)
    hands.enter(dialog.form.fields["published"], "yesterday", end=None)
    hands.click(dialog.buttons.button(QDialogButtonBox.StandardButton.Save))
    assert dialog.isVisible()
    assert dialog.refusal.isVisible()
    assert "yesterday" in dialog.refusal.text()
    assert dialog.form.fields["published"].text() == "yesterday"
    hands.click(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel))
    assert hands.ws.document() == before
    assert hands.store.unsaved == 0


def article_menu(hands, row: int) -> QMenu:
    """The menu of a right click on an article of the list."""
    listed = hands.window.articles.list
    point = listed.visualRect(listed.model().index(row, 0)).center()
    at = listed.viewport().mapToGlobal(point)
    QApplication.sendEvent(listed.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, at, PLAIN))
    return next(m for m in hands.window.articles.findChildren(QMenu) if m.isVisible())


@pytest.mark.parametrize("row", [0, 1], ids=["open article", "another article"])
def test_the_state_is_set_from_the_list(hands, open_window, project_path, qtbot, row):
    for label, state in (("Needs review", "needs_review"), ("Done", "done"), ("Not started", "todo")):
        menu = article_menu(hands, row)
        states = next(a.menu() for a in menu.actions() if a.menu() is not None)
        hands.take(menu, "State")
        qtbot.waitUntil(states.isVisible)
        with qtbot.waitSignal(hands.store.saved):
            hands.take(states, label)
        assert hands.store.tally.ordered()[row].article.state == state
    assert hands.ws.article.state == "todo"
    hands = Hands(qtbot, open_window(project_path))
    hands.press("z", CONTROL)
    assert hands.store.tally.ordered()[row].article.state == "done"


def test_details_of_an_article_that_is_not_open(hands, qtbot):
    with qtbot.waitSignal(hands.store.article_opened):
        hands.take(article_menu(hands, 1), "Article Details")
    assert details(hands).form.fields["title"].text() == "Article 2"
    details(hands).reject()


def test_an_article_is_deleted_after_asking_and_undo_brings_it_back(hands, open_window, project_path, qtbot):
    claim(hands, "I would go")
    before = hands.ws.document()
    hands.take(article_menu(hands, 0), "Delete")
    assert hands.reply("Cancel") == "Delete “Article 1” and its 1 annotation? Undo brings it back."
    assert hands.ws.document() == before
    hands.take(article_menu(hands, 0), "Delete")
    with qtbot.waitSignal(hands.store.article_opened):
        hands.reply("Delete")
    assert hands.ws.article.title == "Article 2"
    assert hands.window.articles.model.rowCount() == 1
    hands = Hands(qtbot, open_window(project_path))
    assert hands.window.articles.model.rowCount() == 1
    with qtbot.waitSignal(hands.store.article_opened):
        hands.press("z", CONTROL)
    assert hands.ws.document() == before
    assert hands.window.articles.model.rowCount() == 2


def test_the_last_article_is_deleted_and_the_page_is_empty(hands, qtbot):
    for _ in range(2):
        hands.take(article_menu(hands, 0), "Delete")
        with qtbot.waitSignal(hands.store.article_opened):
            hands.reply("Delete")
    assert hands.ws.article is None
    assert hands.view.toPlainText() == ""
    assert hands.window.claims.rows.rowCount() == 0
    hands.to_article()
    for key in "csqaxn+-]":
        hands.press(key, saves=False)
        if hands.window.prompt.isVisible():
            QTest.keyClick(hands.window.prompt.field, Qt.Key.Key_Escape)
    assert not hands.window.actions_["article_details"].isEnabled()
    with qtbot.waitSignal(hands.store.article_opened):
        hands.press("z", CONTROL)
    assert hands.ws.article is not None


def test_a_speaker_in_use_is_deleted_only_after_asking(hands, qtbot):
    key = claim(hands, "I would go")
    hands.press("a", saves=False)
    hands.answer("Lavrov")
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    hands.window.article_commands.open(hands.store.tally.ordered()[1].article.id)
    qtbot.waitUntil(lambda: hands.ws.article.title == "Article 2")
    hands.select("It")
    hands.press("s")
    hands.answer("Lavrov")
    (speaker_id,) = hands.ws.speakers
    hands.window.selection.select("speaker", speaker_id)
    button = hands.window.speakers.editor.delete_speaker
    hands.click(button)
    assert hands.reply("Cancel") == "Lavrov is named by 3 mentions and claims. Delete, and leave them without?"
    assert list(hands.ws.speakers) == [speaker_id]
    hands.click(button)
    with qtbot.waitSignal(hands.store.saved):
        hands.reply("Delete")
    hands.to_article()
    assert hands.ws.speakers == {}
    assert [m.speaker_id for m in hands.ws.mentions.values()] == [None]
    hands.window.article_commands.open(hands.store.tally.ordered()[0].article.id)
    qtbot.waitUntil(lambda: hands.ws.article.title == "Article 1")
    assert [m.speaker_id for m in hands.ws.mentions.values()] == [None]
    assert [hop.speaker_id for hop in hands.ws.claims[key].chain] == [None]
    hands.press("z", CONTROL)
    assert list(hands.ws.speakers) == [speaker_id]
    assert [m.speaker_id for m in hands.ws.mentions.values()] == [speaker_id]
    assert [hop.speaker_id for hop in hands.ws.claims[key].chain] == [speaker_id]


def test_a_speaker_that_nothing_names_is_found_among_all_and_deleted_at_once(hands, qtbot):
    panel = hands.window.speakers
    QTest.mouseClick(panel.scope.button("all"), LEFT)
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(panel.search, "Maria Zakharova")
    (speaker_id,) = hands.ws.speakers
    assert hands.window.selection.is_selected("speaker", speaker_id)
    hands.click(panel.editor.delete_speaker, saves=True)
    assert hands.ws.speakers == {}
    assert hands.messages() == []


def test_the_annotator_is_named_in_new_annotations(hands, open_window, project_path, qtbot):
    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        hands.enter(dialog.findChild(QLineEdit), "  Zoe   Q. ", end=None)
        hands.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
        if dialog.isVisible():  # the name was not taken; the test must not hang
            dialog.reject()

    first = claim(hands, "Russia agreed")
    QTimer.singleShot(0, hands.window, answer)
    hands.click(hands.window.status.annotator)
    assert hands.window.status.annotator.text() == "Zoe Q."
    second = claim(hands, "I would go")
    assert hands.ws.claims[first].annotator != "Zoe Q."
    assert hands.ws.claims[second].annotator == "Zoe Q."
    hands = Hands(qtbot, open_window(project_path))
    assert hands.window.status.annotator.text() == "Zoe Q."
    assert hands.ws.claims[claim(hands, "He left")].annotator == "Zoe Q."
