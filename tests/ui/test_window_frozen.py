"""What changes the whole project meets articles that are done: it says which, and leaves alone what it can."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from scheme_hands import types, with_two_claims

from annotator.edits import Changeset
from annotator.services import annotate, articles
from ui.dialogs.history import HistoryDialog
from ui.scheme.values import VALUE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier


def finish(hands, number) -> None:
    id_ = hands.store.tally.ordered()[number].article.id
    hands.window.states.set_state_of(id_, "done")
    hands.qtbot.waitUntil(lambda: hands.store.article(id_).state == "done")


def test_a_retired_value_stays_in_what_is_done_and_a_renamed_one_does_not(hands, project_path):
    used = with_two_claims(hands)
    finish(hands, 1)
    used.field("Claim: type")
    used.counted()
    used.go("Causal")
    dialog = used.retire()
    assert dialog.words.text().endswith("It stands in 2 records. It stays in “Article 2”, which is done.")
    dialog.choice.setCurrentIndex(dialog.choice.findData("position"))
    with used.saved():
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert types(project_path) == ["position", "causal"]
    with used.saved():
        used.store.undo()
    used.edit("Causal", VALUE, "cause")
    with used.saved():
        assert "2 records, also in “Article 2”, which is done. Store" in used.reply("Rename")
    assert types(project_path) == ["cause", "cause"]
    with used.saved():
        used.store.undo()
    assert types(project_path) == ["causal", "causal"]


def test_a_version_is_not_brought_back_into_an_article_that_is_done(hands, qtbot):
    hands.select("I would go")
    hands.press("c")
    (claim,) = hands.ws.claims.values()
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(annotate.change(hands.ws, claim.id, note="later"))
    finish(hands, 0)
    hands.window.selection.select("claim", claim.id)
    hands.to_article()
    hands.press("h", CONTROL, saves=False)
    dialog = hands.window.findChild(HistoryDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    dialog.list.setCurrentRow(1)
    with qtbot.waitSignal(hands.store.refused) as refused:
        hands.click(dialog.restore)
    assert refused.args[0] == articles.FROZEN
    assert hands.ws.claims[claim.id].note == "later"


def test_an_older_edit_is_not_undone_in_an_article_that_somebody_has_finished(hands, qtbot):
    hands.select("I would go")
    hands.press("c")
    with qtbot.waitSignal(hands.store.saved):  # no step of this window, so that it is not what undo takes back
        hands.store.apply(Changeset.of(articles.change(hands.ws, state="done"), "Bea", "start"))
    before = hands.ws.document()
    with qtbot.waitSignal(hands.store.refused) as refused:
        hands.press("z", CONTROL, saves=False)
    assert refused.args[0] == articles.FROZEN
    assert hands.ws.document() == before
