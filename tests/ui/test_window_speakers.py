"""Speakers across articles, in the real window: merge, split, rename, all uses; type-ahead over all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid
from ui_hands import LEFT, PLAIN, Hands
from ui_samples import seed

from annotator.edits import Change, Edit
from annotator.model import Speaker
from annotator.services import annotate, articles, speakers
from ui.dialogs.merge_speakers import MergeSpeakers
from ui.dialogs.speaker_uses import SpeakerUses
from ui.dialogs.split_speaker import SplitSpeaker

ONE = "Sergei Lavrov said it rains. Lavrov left.\n"
TWO = "S. Lavrov said it snows. Then Lavrov came back.\n"
# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier


def by_name(hands, name):
    return next((s for s in hands.ws.speakers.values() if s.name == name), None)


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    """Two articles that name “Sergei Lavrov” (the second “S. Lavrov” too), each with a claim of his."""
    path = tmp_path / "two.annotator"
    seed(path, ONE, TWO)
    hands = Hands(qtbot, open_window(path))
    label(hands, "Sergei Lavrov", "it rains", ["Sergei Lavrov", "Lavrov left"])
    go_to(hands, 1)
    label(hands, "S. Lavrov", "it snows", ["S. Lavrov"])
    ws = hands.ws
    hands.store.edit(
        annotate.mark_mention(ws, [hands.place("Lavrov", 1)], hands.store.author, by_name(hands, "Sergei Lavrov").id)
    )
    settle(hands)
    return hands


def label(hands, name, claim, places):
    ws, store = hands.ws, hands.store
    store.edit(annotate.mark_claim(ws, [hands.place(claim)], store.author))
    store.edit(speakers.set_chain_line(ws, next(iter(ws.claims)), name))
    for words in places:
        where = hands.place(words.split(" left")[0], 1 if " left" in words else 0)
        store.edit(annotate.mark_mention(ws, [where], store.author, by_name(hands, name).id))
    settle(hands)


def settle(hands):
    hands.qtbot.waitUntil(lambda: hands.store.unsaved == 0)


def go_to(hands, number):
    article = hands.store.tally.ordered()[number].article.id
    with hands.qtbot.waitSignal(hands.store.article_opened):
        hands.window.article_commands.open(article)


def uses(hands, name):
    """(mentions, claims) of a speaker as they are stored."""
    settle(hands)
    found = hands.store.project.uses_of_speaker(by_name(hands, name).id)
    kinds = [type(use).__name__ for use in found]
    return kinds.count("Mention"), kinds.count("Claim")


def dialog(hands, kind):
    hands.qtbot.waitUntil(lambda: any(d.isVisible() for d in hands.window.findChildren(kind)))
    return next(d for d in hands.window.findChildren(kind) if d.isVisible())


def close(hands, window):
    QTest.keyClick(window, Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: not isValid(window))


def lines(window):
    return [window.uses.index(row).data() for row in range(window.uses.rowCount())]


def spot(hands, name):
    """The middle of a speaker's cells, scrolled to if need be."""
    panel = hands.window.speakers
    index = panel.model.index(panel.model.row_of(by_name(hands, name).id), 0)
    panel.table.scrollTo(index)
    return panel.table.visualRect(index).topLeft() + QPoint(60, 14)


def choose_both(hands):
    panel = hands.window.speakers
    panel.show_all(everybody=True)
    for name, modifier in (("Sergei Lavrov", PLAIN), ("S. Lavrov", CONTROL)):
        QTest.mouseClick(panel.table.viewport(), LEFT, modifier, spot(hands, name))
    assert len(panel.chosen_speakers()) == 2
    hands.qtbot.waitUntil(lambda: panel.table.open_row == -1)


def table_menu(hands, name):
    port, at = hands.window.speakers.table.viewport(), spot(hands, name)
    before = set(hands.window.findChildren(QMenu))
    QTest.mouseClick(port, Qt.MouseButton.RightButton, PLAIN, at)
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at), PLAIN))
    menu = next(m for m in hands.window.findChildren(QMenu) if m not in before)
    hands.qtbot.waitUntil(menu.isVisible)
    return menu


def test_two_chosen_speakers_are_merged_in_one_step_and_come_back(hands, qtbot):
    choose_both(hands)
    before = dict(hands.ws.speakers)
    hands.take(table_menu(hands, "Sergei Lavrov"), "Merge Speakers")
    box = dialog(hands, MergeSpeakers)
    first, second = box.columns
    assert {first.name.text(), second.name.text()} == {"Sergei Lavrov", "S. Lavrov"}
    kept, other = (first, second) if first.name.text() == "Sergei Lavrov" else (second, first)
    assert kept.keep.isChecked()  # it has more uses
    qtbot.waitUntil(box.accept_button.isEnabled)
    for column, stays in ((other, "S. Lavrov"), (kept, "Sergei Lavrov")):
        QTest.mouseClick(column.keep, LEFT, PLAIN, QPoint(10, column.keep.height() // 2))
        assert not box.accept_button.isEnabled()
        qtbot.waitUntil(box.accept_button.isEnabled)
        assert f"will name “{stays}”." in box.summary.text()
    assert "“S. Lavrov” goes; 1 mention and 1 claim in 1 article will name “Sergei Lavrov”." in box.summary.text()
    assert "New aliases: S. Lavrov." in box.summary.text()
    assert lines(box) == [
        "Article 2, 2",
        "Mention: [S. Lavrov] said it snows. Then Lavrov…",
        "Claim: S. Lavrov said [it snows]. Then Lavrov came back. ",
    ]
    with qtbot.waitSignal(hands.store.saved):
        hands.click(box.accept_button)
    assert by_name(hands, "S. Lavrov") is None
    assert by_name(hands, "Sergei Lavrov").aliases == ("S. Lavrov",)
    assert uses(hands, "Sergei Lavrov") == (4, 2)
    assert hands.window.selection.is_selected("speaker", by_name(hands, "Sergei Lavrov").id)
    go_to(hands, 0)
    hands.to_article()
    with qtbot.waitSignal(hands.store.saved):
        hands.press("z", CONTROL, saves=False)
    assert hands.ws.speakers == before
    assert (uses(hands, "Sergei Lavrov"), uses(hands, "S. Lavrov")) == ((3, 1), (1, 1))


def test_merging_begins_with_the_namesake_and_takes_another_name_all_the_same(hands, qtbot):
    namesake = Speaker("twin", "Sergei Lavrov")
    hands.store.edit(Edit("Import", (Change(None, namesake),)))
    first = next(each for each in hands.ws.speakers.values() if each.name == namesake.name and each.id != "twin")
    hands.window.speaker_commands.merge(first.id, None)
    box = dialog(hands, MergeSpeakers)
    assert [column.speaker for column in box.columns] == [first, namesake]
    assert box.picker.text() == "Sergei Lavrov"
    qtbot.waitUntil(box.accept_button.isEnabled)
    hands.enter(box.picker, "S. Lavrov")
    assert box.columns[1].speaker == by_name(hands, "S. Lavrov")
    close(hands, box)


def test_a_merge_says_which_articles_are_done_and_a_split_leaves_them_alone(hands, qtbot):
    hands.store.edit(articles.change(hands.ws, state="done"))
    settle(hands)
    choose_both(hands)
    hands.take(table_menu(hands, "Sergei Lavrov"), "Merge Speakers")
    box = dialog(hands, MergeSpeakers)
    qtbot.waitUntil(box.accept_button.isEnabled)
    assert "This changes “Article 2”, which is done, too." in box.summary.text().splitlines()
    assert lines(box)[0] == "Article 2  (done – frozen), 2"
    close(hands, box)
    choose_both(hands)
    hands.window.selection.select("speaker", by_name(hands, "Sergei Lavrov").id)
    hands.window.speaker_commands.split(by_name(hands, "Sergei Lavrov").id)
    box = dialog(hands, SplitSpeaker)
    qtbot.waitUntil(lambda: box.uses.rowCount() == 6)
    QTest.keyClicks(box.name, "Yekaterina")
    for row, allowed in ((3, True), (4, False)):  # a mention of the first article, then all of the second
        box.list.setCurrentIndex(box.uses.index(row))
        QTest.keyClick(box.list, Qt.Key.Key_Space)
        assert box.accept_button.isEnabled() == allowed
    assert box.refusal.text() == (
        "Something is ticked in “Article 2”, which is done: reopen it first, or leave it as it is."
    )
    close(hands, box)


def test_the_other_speaker_is_asked_for_and_refusals_are_sentences(hands, qtbot):
    one, two = by_name(hands, "Sergei Lavrov"), by_name(hands, "S. Lavrov")
    hands.store.edit(speakers.change(hands.ws, one.id, wikidata="Q58217"))
    hands.store.edit(speakers.change(hands.ws, two.id, wikidata="Q1"))
    hands.window.selection.select("speaker", one.id)
    hands.menu("Speakers", "Merge Speakers")
    box = dialog(hands, MergeSpeakers)
    qtbot.waitUntil(box.picker.hasFocus)
    assert not box.accept_button.isEnabled()
    QTest.keyClicks(box.picker, "Nobody at all")
    QTest.keyClick(box.picker, Qt.Key.Key_Return)
    assert box.refusal.text() == "There is no other speaker “Nobody at all”."
    hands.enter(box.picker, "S. Lav", end=Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Wikidata" in box.refusal.text())
    assert box.refusal.text() == "“Sergei Lavrov” is Q58217 in Wikidata and “S. Lavrov” Q1."
    assert box.isVisible()
    assert not box.accept_button.isEnabled()
    close(hands, box)
    assert by_name(hands, "S. Lavrov") is not None


def test_a_speaker_is_split_by_ticking_and_comes_together_again(hands, qtbot):
    one = by_name(hands, "Sergei Lavrov")
    hands.store.edit(speakers.change(hands.ws, one.id, aliases=("Lavrov", "The Minister")))
    before = dict(hands.ws.speakers)
    hands.window.selection.select("speaker", one.id)
    hands.menu("Speakers", "Split Speaker")
    box = dialog(hands, SplitSpeaker)
    qtbot.waitUntil(lambda: box.uses.rowCount() == 6)
    assert [line.split(":")[0] for line in lines(box)] == [
        "Article 1, 3",
        "Mention",
        "Claim",
        "Mention",
        "Article 2, 1",
        "Mention",
    ]
    assert not box.accept_button.isEnabled()
    for row in (3, 4):  # a mention of the first article, and all of the second
        box.list.setCurrentIndex(box.uses.index(row))
        QTest.keyClick(box.list, Qt.Key.Key_Space)
    partly = box.uses.index(0).data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(partly) == Qt.CheckState.PartiallyChecked
    QTest.keyClick(box.aliases[0], Qt.Key.Key_Space)
    box.name.setFocus()
    QTest.keyClicks(box.name, "Yekaterina")
    QTest.keyClick(box.name, Qt.Key.Key_Return)
    assert box.isVisible()
    assert box.summary.text() == (
        "2 mentions in 2 articles will name the new speaker “Yekaterina”; 1 mention and 1 claim in 1 article stay.\n"
        "Aliases that go along: Lavrov."
    )
    with qtbot.waitSignal(hands.store.saved):
        hands.click(box.accept_button)
    assert (uses(hands, "Yekaterina"), uses(hands, "Sergei Lavrov")) == ((2, 0), (1, 1))
    assert by_name(hands, "Yekaterina").aliases == ("Lavrov",)
    assert by_name(hands, "Sergei Lavrov").aliases == ("The Minister",)
    hands.to_article()
    with qtbot.waitSignal(hands.store.saved):
        hands.press("z", CONTROL, saves=False)
    assert hands.ws.speakers == before
    assert uses(hands, "Sergei Lavrov") == (3, 1)


def test_all_uses_are_listed_live_and_enter_goes_there(hands, qtbot):
    one = by_name(hands, "Sergei Lavrov")
    hands.window.selection.select("speaker", one.id)
    button = hands.window.speakers.editor.all_uses
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    box = dialog(hands, SpeakerUses)
    qtbot.waitUntil(lambda: box.uses.rowCount() == 6)
    assert not box.isModal()
    assert box.summary.text() == "3 mentions and 1 claim in 2 articles."
    for _ in range(2):
        QTest.keyClick(box.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(hands.store.article_opened):
        QTest.keyClick(box.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.window.selection.kind == "claim")
    assert hands.ws.claims[hands.window.selection.id].spans[0].exact == "it rains"
    hands.store.edit(speakers.change(hands.ws, one.id, name="Lavrov, Sergei"))
    assert box.windowTitle() == "Uses of “Lavrov, Sergei”"
    mention = next(m for m in hands.ws.mentions.values() if m.speaker_id == one.id)
    hands.store.edit(speakers.assign(hands.ws, mention.id, "Somebody Else"))
    qtbot.waitUntil(lambda: box.uses.rowCount() == 5)
    assert box.summary.text() == "2 mentions and 1 claim in 2 articles."
    hands.to_article()
    QTest.keyClick(hands.view, Qt.Key.Key_U, CONTROL)  # of the source of the selected claim
    assert [d for d in hands.window.findChildren(SpeakerUses) if d.isVisible()] == [box]
    qtbot.waitUntil(box.isActiveWindow)
    close(hands, box)


def test_a_speaker_is_renamed_everywhere_by_command(hands, qtbot):
    one = by_name(hands, "Sergei Lavrov")
    mention = next(m for m in hands.ws.mentions.values() if m.speaker_id == one.id)
    hands.window.selection.select("mention", mention.id)
    hands.menu("Speakers", "Rename Speaker")
    table = hands.window.speakers.table
    qtbot.waitUntil(lambda: table.cell_editor() is not None)
    editor = table.cell_editor()
    editor.selectAll()
    QTest.keyClicks(editor, "Lavrov the Elder")
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hands.ws.speakers[one.id].name == "Lavrov the Elder"
    assert [match.name for match in hands.store.names.find("elder")] == ["Lavrov the Elder"]
    assert not hands.store.names.knows("Sergei Lavrov")


def test_nobody_and_too_many_are_explained(hands, qtbot):
    hands.window.selection.clear()
    for entry in ("Merge Speakers", "Split Speaker"):
        with qtbot.waitSignal(hands.store.refused) as refused:
            hands.menu("Speakers", entry)
        assert refused.args == ["Select a speaker first, or a mention or claim of one."]
    choose_both(hands)
    with qtbot.waitSignal(hands.store.refused) as refused:
        hands.menu("Speakers", "Split Speaker")
    assert refused.args == ["Choose one speaker for this."]


def test_one_of_ten_thousand_speakers_is_found_misspelt(hands, qtbot):
    many = [speakers.new_speaker(f"Deputy {number} of the House") for number in range(10_000)]
    many.append(speakers.new_speaker("Emmanuel Macron"))
    hands.store.edit(Edit("Many", tuple(Change(None, one) for one in many)))
    settle(hands)
    claim = next(iter(hands.ws.claims))
    hands.window.selection.select("claim", claim)
    field = hands.window.claims.editor.main.editors["source"]
    hands.enter(field, "Makron", end=None)
    assert field.suggestions[:2] == ["Looks like", "Emmanuel Macron"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert hands.ws.name_of(speakers.source_of(hands.ws.claims[claim])) == "Emmanuel Macron"
