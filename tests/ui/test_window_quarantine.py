"""What an import could not place: shown as problems of the article, placed by keys and mouse, undone, frozen."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from ui_samples import TEXT

from annotator.edits import Change, Edit
from annotator.formats.standoff.graph import Item
from annotator.formats.standoff.quarantine import of_item
from annotator.services import annotate, articles, speakers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


def hold(hands, label: str, words: str, *attributes: tuple[str, str], at: str = "") -> str:
    """Puts a thing into quarantine, as an import does; ``at``: it stands on these words of the text."""
    place = hands.place(at) if at else (0, 3)
    item = Item("T1", label, (place,), (words,), attributes)
    article, reason = hands.ws.article.id, f"the words “{words}” are not in the text"
    held = of_item(item, reason, article, "a.ann, line 12", "2026-01-01T00:00:00Z", placed=bool(at))
    hands.store.edit(Edit("Import", (Change(None, held),)))
    checked(hands)
    return held.id


def checked(hands) -> None:
    hands.qtbot.waitUntil(lambda: hands.window.checking.fresh)


def key_of(hands, id_: str) -> str:
    return next(key for key, problem in hands.window.checking.problems.items() if problem.id == id_)


def step(hands, id_: str, title: str) -> None:
    """Takes a step of the problem from its menu, as the right mouse button offers it."""
    menu = hands.window.problems.menu(key_of(hands, id_))
    next(action for action in menu.actions() if title in action.text()).trigger()
    menu.deleteLater()


def open_menu(hands) -> QMenu:
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def said(hands) -> list[str]:
    heard: list[str] = []
    hands.store.refused.connect(heard.append)
    return heard


def test_a_claim_is_placed_on_the_selected_words_and_undone_in_one_step(hands):
    id_ = hold(hands, "Claim", "Twould go", ("form", "direct"))
    window, heard = hands.window, said(hands)
    (message,) = [p.message for p in window.checking.problems.values() if p.id == id_]
    assert message == "Claim “Twould go” of a.ann, line 12 was not placed: the words “Twould go” are not in the text."
    assert window.articles.model.summary(hands.ws.article.id).quarantined == 1
    step(hands, id_, "selected words")
    assert heard == ["Select the words in the article that it stands for first, then place it on them."]
    hands.select("I would go")
    with hands.qtbot.waitSignal(hands.store.saved):
        step(hands, id_, "selected words")
    claim = hands.ws.claims[id_]
    assert (claim.form, claim.spans[0].exact) == ("direct", "I would go")
    assert (window.selection.kind, window.selection.id) == ("claim", id_)
    assert not hands.ws.quarantined
    assert window.articles.model.summary(hands.ws.article.id).quarantined == 0
    assert hands.store.undo_title == "Place “Twould go” from quarantine"
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.undo()
    assert not hands.ws.claims
    assert list(hands.ws.quarantined) == [id_]
    checked(hands)
    assert key_of(hands, id_)


def test_a_cue_is_placed_where_it_stood_at_the_claim_chosen_by_key(hands):
    marked = {}
    for words in ("Russia agreed", "We hear"):
        edit = annotate.mark_claim(hands.ws, [hands.place(words)], hands.store.author)
        hands.store.edit(edit)
        marked[words] = edit.changes[0].id
    hands.store.edit(speakers.set_chain_line(hands.ws, marked["Russia agreed"], "Sergei Lavrov"))
    id_ = hold(hands, "Cue", "said", at="said")
    hands.window.selection.select("claim", marked["Russia agreed"])
    step(hands, id_, "where it stood")
    menu = open_menu(hands)
    texts = [action.text() for action in menu.actions()]
    assert texts[0].startswith("&1   Cue of claim 1: Russia agreed")
    assert texts[1].startswith("&2   Cue of claim 2:")
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(menu, Qt.Key.Key_1)
    (hop,) = hands.ws.claims[marked["Russia agreed"]].chain
    assert [span.exact for span in hop.cue_spans] == ["said"]
    assert not hands.ws.quarantined


def test_what_nothing_says_is_chosen_from_a_menu_and_leaving_it_changes_nothing(hands):
    id_ = hold(hands, "GPE", "Russia", ("other", "x"), at="Russia")
    step(hands, id_, "where it stood")
    menu = open_menu(hands)
    assert [action.text() for action in menu.actions()] == [
        "&1   Claim",
        "&2   Mention",
        "&3   Correction of the text",
        "&4   Other spelling",
    ]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert list(hands.ws.quarantined) == [id_]
    step(hands, id_, "where it stood")
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(open_menu(hands), Qt.Key.Key_2)
    mention = hands.ws.mentions[id_]
    assert (mention.spans[0].exact, mention.note) == ("Russia", "label = GPE\nother = x")


def test_a_correction_that_does_not_say_its_words_asks_for_them(hands):
    id_ = hold(hands, "Typo?", "heer")
    hands.select("hear")
    step(hands, id_, "selected words")
    QTest.keyClick(open_menu(hands), Qt.Key.Key_3)
    field = hands.window.prompt.field
    hands.qtbot.waitUntil(field.isVisible)
    assert field.text() == "hear"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hands.window.prompt.refusal.text() == "The replacement is the same as the text."
    hands.answer("here")
    assert hands.ws.corrections[id_].replacement == "here"
    assert not hands.ws.quarantined


def test_deleting_the_article_deletes_it_and_a_frozen_article_refuses(hands):
    id_ = hold(hands, "Claim", "Twould go")
    heard = said(hands)
    hands.store.edit(articles.change(hands.ws, state="done"))
    checked(hands)
    problem = hands.window.checking.problems[key_of(hands, id_)]
    hands.select("I would go")
    hands.window.fixing.fix(key_of(hands, id_), 0)
    assert heard[-1] == articles.FROZEN
    hands.window.fixing.fix(key_of(hands, id_), len(problem.fixes) - 1)
    assert heard[-1] == articles.FROZEN
    assert list(hands.ws.quarantined) == [id_]
    assert hands.ws.text == TEXT
    document = hands.ws.document()
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(articles.delete(document))
    gone: list[object] = []
    hands.store.read(lambda project: project.get("quarantined", id_), gone.append, partial(gone.append))
    hands.qtbot.waitUntil(lambda: len(gone) == 1)
    assert gone == [None]
