"""What other people do in the same project: it shows at once, and where two changed the same both values are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands
from ui_samples import TEXT, fill

from annotator.edits import MANY, Change, Changeset, Edit
from annotator.services import annotate
from annotator.services.annotate import Author
from annotator.workspace import Workspace
from db.project import open_project
from ui.dialogs.article_details import ArticleDetails
from ui.dialogs.conflict import ConflictDialog
from ui.loaded import Loaded
from ui.models.corrections import REPLACEMENT

CONTROL = Qt.KeyboardModifier.ControlModifier


class Bob:
    """Somebody else at the same project, with a window of his own somewhere."""

    def __init__(self, url):
        self.project = open_project(url)

    @property
    def document(self):
        return self.project.document(self.project.article_ids()[0])

    def do(self, *changes, title="Bob's change"):
        with self.project.begin() as unit:
            unit.apply(Changeset.of(Edit(title, changes), "Bob"))
            unit.commit()

    def change(self, record, **fields):
        self.do(Change(record, replace(record, **fields)))

    def mark(self, words):
        workspace = Workspace(self.project.speakers(), self.document)
        start = TEXT.index(words)
        edit = annotate.mark_claim(workspace, [(start, start + len(words))], Author("Bob"))
        self.do(*edit.changes, title="Mark claim")


@pytest.fixture
def bob(project_url):
    project = open_project(project_url)
    fill(project, TEXT, "Another one.\n")
    project.close()
    bob = Bob(project_url)
    yield bob
    bob.project.close()


@pytest.fixture
def hands(qtbot, open_window, project_url, bob):
    """Ann's window. She has marked a claim."""
    hands = Hands(qtbot, open_window(project_url))
    hands.select("I would go")
    hands.press("c")
    return hands


def stored(bob):
    return bob.document, bob.project.check_storage()


def claim(hands):
    return next(iter(hands.ws.claims.values()))


def comes_in(hands):
    return hands.qtbot.waitSignal(hands.window.following.came_in, timeout=2_000)


def refuses(hands):
    return hands.qtbot.waitSignal(hands.store.conflicted)


# -- what comes in -----------------------------------------------------------------------------------------------


def test_what_others_do_shows_within_two_seconds(hands, bob):
    with comes_in(hands):
        bob.mark("Russia agreed")
    assert hands.ws.document() == bob.document
    assert hands.window.claims.rows.rowCount() == 2
    assert hands.store.tally.ordered()[0].claims == 2
    assert hands.window.status.selected.text() == "Bob: Mark claim"
    with comes_in(hands):
        bob.change(claim(hands), note="Bob's")
    assert claim(hands).note == "Bob's"
    assert hands.window.claims.editor.main.editors["note"].value() == "Bob's"
    other = bob.project.document(bob.project.article_ids()[1]).article
    with comes_in(hands):
        bob.change(other, title="Renamed")
    assert [summary.article.title for summary in hands.store.tally.ordered()] == ["Article 1", "Renamed"]


def test_undo_takes_back_only_what_one_did_oneself(hands, bob):
    with comes_in(hands):
        bob.mark("Russia agreed")
    hands.to_article()
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert [c.annotator for c in hands.ws.claims.values()] == ["Bob"]
    assert hands.store.undo_title is None
    assert stored(bob) == (hands.ws.document(), [])


def test_what_can_be_undone_after_opening_is_ones_own(hands, bob, open_window, project_url):
    with comes_in(hands):
        bob.mark("Russia agreed")
    hands = Hands(hands.qtbot, open_window(project_url))
    assert hands.store.undo_title == "Mark claim"
    hands.to_article()
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert [c.annotator for c in hands.ws.claims.values()] == ["Bob"]


def test_an_article_that_somebody_deletes_is_left(hands, bob):
    document = bob.document
    gone = (*document.claims, document.source, document.article)
    with comes_in(hands):
        bob.do(*(Change(record, None) for record in gone))
    hands.qtbot.waitUntil(lambda: hands.ws.article is not None and hands.ws.article.title == "Article 2")
    assert len(hands.store.tally.summaries) == 1


def test_more_than_a_window_follows_is_read_anew(hands, bob):
    before = claim(hands)
    copies = [replace(before, id=f"{number}", annotator="Bob") for number in range(300)]
    bob.do(*(Change(None, copy) for copy in copies))
    hands.qtbot.waitUntil(lambda: len(hands.ws.claims) == 301, timeout=10_000)
    assert hands.ws.document() == bob.document


# -- what two change ---------------------------------------------------------------------------------------------


def unseen(hands):
    """From now on Ann's window does not hear of what Bob does."""
    hands.window.following.stop()


def test_different_fields_of_one_record_are_both_kept(hands, bob):
    unseen(hands)
    bob.change(claim(hands), form="direct", updated="later")
    with refuses(hands), hands.qtbot.waitSignal(hands.window.conflicts.settled):
        hands.enter(hands.window.claims.editor.main.editors["note"], "Ann's")
    hands.qtbot.waitUntil(lambda: hands.store.unsaved == 0)
    assert (claim(hands).note, claim(hands).form) == ("Ann's", "direct")
    assert stored(bob) == (hands.ws.document(), [])


def both_values(dialog) -> list[tuple[str, str]]:
    sides = zip(dialog.theirs, dialog.mine, strict=True)
    return [(dialog.values[theirs].text(), dialog.values[mine].text()) for theirs, mine in sides]


def a_conflict(hands, bob):
    """Ann's note against Bob's; the dialog that asks."""
    unseen(hands)
    bob.change(claim(hands), note="Bob's", form="direct")
    with refuses(hands):
        hands.enter(hands.window.claims.editor.main.editors["note"], "Ann's")
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ConflictDialog) is not None)
    dialog = hands.window.findChild(ConflictDialog)
    hands.qtbot.waitUntil(dialog.isVisible)
    assert both_values(dialog) == [("Bob's", "Ann's")]
    assert dialog.theirs[0].isChecked()
    assert "Bob changed the same" in dialog.summary.text()
    return dialog


def test_the_same_field_is_asked_for_and_ones_own_can_stay(hands, bob):
    dialog = a_conflict(hands, bob)
    hands.click(dialog.values[dialog.mine[0]])
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.accept_button)
    assert (claim(hands).note, claim(hands).form) == ("Ann's", "direct")
    assert stored(bob) == (hands.ws.document(), [])


def test_the_same_field_is_asked_for_and_theirs_can_stay(hands, bob):
    dialog = a_conflict(hands, bob)
    hands.click(dialog.accept_button)
    assert claim(hands).note == "Bob's"
    assert stored(bob) == (hands.ws.document(), [])


def test_what_one_deleted_and_the_other_changed_is_asked_for(hands, bob):
    unseen(hands)
    bob.change(claim(hands), note="Bob's")
    hands.to_article()
    with refuses(hands):
        hands.press(Qt.Key.Key_Z, CONTROL, saves=False)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ConflictDialog) is not None)
    dialog = hands.window.findChild(ConflictDialog)
    hands.qtbot.waitUntil(dialog.isVisible)
    assert [mine for _, mine in both_values(dialog)] == ["deleted"]
    dialog.mine[0].setChecked(True)
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.accept_button)
    assert stored(bob) == (hands.ws.document(), [])
    assert not hands.ws.claims


def asked(hands):
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ConflictDialog) is not None, timeout=20_000)
    dialog = hands.window.findChild(ConflictDialog)
    hands.qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_what_came_in_while_the_details_were_open_is_asked_about_and_nothing_else_is_lost(hands, bob):
    details = ArticleDetails(hands.store, hands.window)
    details.form.fields["outlet"].setText("Ann's outlet")
    details.form.fields["title"].setText("Ann's title")
    with comes_in(hands):
        bob.change(hands.ws.article, title="Bob's title", byline="Bob")
    details.buttons.accepted.emit()
    dialog = asked(hands)
    assert both_values(dialog) == [("Bob's title", "Ann's title")]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.accept_button)
    article = bob.document.article
    assert (article.title, article.byline, article.outlet) == ("Bob's title", "Bob", "Ann's outlet")
    assert stored(bob) == (hands.ws.document(), [])


def test_ones_own_details_of_an_article_that_somebody_deleted_are_told_once_and_not_made(hands, bob):
    details = ArticleDetails(hands.store, hands.window)
    details.form.fields["outlet"].setText("Ann's outlet")
    test_an_article_that_somebody_deletes_is_left(hands, bob)
    details.buttons.accepted.emit()
    dialog = asked(hands)
    dialog.mine[0].setChecked(True)
    hands.click(dialog.accept_button)
    assert "This was not made: “Change outlet of article”." in hands.read_message()
    assert bob.project.article_ids() == list(hands.store.tally.summaries)
    assert bob.project.check_storage() == []


def test_hundreds_of_conflicts_are_listed_with_both_values_and_chosen_at_once(hands, bob):
    copies = [replace(claim(hands), id=f"{number}", annotator="Bob") for number in range(MANY + 1)]
    bob.do(*(Change(None, copy) for copy in copies))
    hands.qtbot.waitUntil(lambda: len(hands.ws.claims) == MANY + 2, timeout=10_000)
    unseen(hands)
    bob.do(*(Change(copy, replace(copy, note=f"Bob's {copy.id}")) for copy in copies))
    mine = tuple(Change(copy, replace(copy, note="Ann's", text="kept")) for copy in copies)
    with refuses(hands):
        hands.store.attempt(lambda: Edit("Note", mine))
    dialog = asked(hands)
    text = dialog.list.toPlainText()
    assert (text.count("Bob's "), text.count("As you wanted it: Ann's")) == (MANY + 1, MANY + 1)
    dialog.mine[0].setChecked(True)
    with hands.qtbot.waitSignal(hands.store.saved, timeout=20_000):
        hands.click(dialog.accept_button)
    assert {(each.note, each.text) for each in bob.document.claims if each.annotator == "Bob"} == {("Ann's", "kept")}
    assert stored(bob) == (hands.ws.document(), [])


def test_a_field_in_which_one_types_shows_what_the_other_put_there(hands, bob):
    field = hands.window.claims.editor.main.editors["note"]
    hands.enter(field, "Ann's", end=None)
    with comes_in(hands):
        bob.change(claim(hands), note="Bob's")
    assert (field.value(), claim(hands).note) == ("Ann's", "Bob's")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert claim(hands).note == "Bob's"
    assert "Bob's" in hands.window.claims.editor.main._messages["note"].text()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert claim(hands).note == "Ann's"
    assert stored(bob) == (hands.ws.document(), [])


def test_two_who_work_at_once_see_the_same_in_the_end(hands, bob):
    """Neither waits for the other: Bob commits while Ann's changes are on their way and his come in."""
    mine, store = claim(hands), hands.store
    for number in range(15):
        bob.mark("Russia agreed" if number % 2 else "He left")
        store.attempt(lambda: annotate.change(hands.ws, mine.id, note=f"{number}"))  # noqa: B023 -- called at once
        theirs = next(c for c in bob.document.claims if c.annotator == "Bob")
        bob.change(theirs, note=f"Bob {number}")
        store.attempt(lambda: annotate.change(hands.ws, mine.id, text=f"{number}"))  # noqa: B023
        if number % 5 == 4:
            store.undo()
        hands.qtbot.wait(1)
    hands.qtbot.waitUntil(lambda: not store.unsaved and hands.ws.document() == bob.document, timeout=20_000)
    fresh = Loaded(bob.project, "Bob").tally
    assert store.tally.summaries == fresh.summaries
    assert stored(bob) == (hands.ws.document(), [])
    assert hands.ws.claims[mine.id].note == "14"


def test_a_cell_in_which_one_types_shows_what_the_other_put_there(hands, bob):
    hands.select("hear")
    hands.press("x", saves=False)
    hands.answer("here")
    table = hands.window.corrections.table
    table.setCurrentIndex(table.model().index(0, REPLACEMENT))
    QTest.keyClick(table, Qt.Key.Key_F2)
    hands.qtbot.waitUntil(lambda: table.cell_editor() is not None)
    hands.enter(table.cell_editor(), "Ann's", end=None)
    with comes_in(hands):
        bob.change(bob.document.corrections[0], replacement="Bob's")
    correction = bob.document.corrections[0].id
    with hands.qtbot.waitSignal(hands.store.refused) as told:
        QTest.keyClick(table.cell_editor(), Qt.Key.Key_Return)
    assert "became “Bob's”" in told.args[0]
    assert hands.ws.corrections[correction].replacement == "Bob's"
    hands.qtbot.waitUntil(lambda: table.cell_editor() is not None and table.cell_editor().value() == "Ann's")
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(table.cell_editor(), Qt.Key.Key_Return)
    assert hands.ws.corrections[correction].replacement == "Ann's"
    assert stored(bob) == (hands.ws.document(), [])
