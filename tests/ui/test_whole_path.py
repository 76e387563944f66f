"""The main job in the real window, with real keys: import, label, close, open again, undo, export."""

from __future__ import annotations

import hashlib
import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import Hands

from db.project import create_project, open_project
from seeds import sample_gold_path, sample_text_path

HARD = (
    "Заголовок 👩‍👩‍👧 статьи\r\n\r\n"
    "“I would go,” said 𠀀𠀁 Lee Cafe\u0301 owner.\r\n\r\n"
    "قال الوزير: «نحن هنا» 🇩🇪 اليوم.\r\nHe left 😀.\r\n"
)


def test_label_the_seed_by_keyboard_close_open_undo_and_export(qtbot, open_window, import_text, tmp_path):
    project = tmp_path / "work.annotator"
    create_project(str(project)).close()
    window = open_window(project)
    import_text(window, sample_text_path().read_bytes())
    hands = Hands(qtbot, window)
    ws = window.store.workspace
    assert ws.article.title == "Russia Says Trump Invited Putin to U.S. During Phone Call"
    assert ws.article.published == "2018-04-20"

    hands.select('"Twould simply turn')
    hands.press("c")
    claim = next(iter(ws.claims))
    assert window.selection.is_selected("claim", claim)
    hands.select('\'"We also hear this."')
    hands.press("+")
    assert [s.exact for s in ws.claims[claim].spans] == ['"Twould simply turn', '\'"We also hear this."']
    hands.select("said", ws.text[: ws.text.index("Lavrov said")].count("said"))
    hands.press("q")
    hands.select("Lavrov", 2)
    hands.press("a", saves=False)
    hands.answer("The Moscow Times > RIA Novosti > Sergei Lavrov")
    hop = ws.claims[claim].chain[-1]
    assert ([s.exact for s in hop.cue_spans], [s.exact for s in hop.mention_spans]) == (["said"], ["Lavrov"])
    hands.select("Sergei Lavrov")
    hands.press("s")
    mention = next(iter(ws.mentions.values()))
    assert ws.speakers[mention.speaker_id].name == "Sergei Lavrov"
    hands.select("The news agency")
    hands.press("s")
    hands.answer("RIA Novosti")
    hands.select("Twould")
    hands.press("x", saves=False)
    hands.answer("I would")
    assert {c.cause for c in ws.corrections.values()} == {"ocr"}

    before = (ws.document(), dict(ws.speakers))
    window = open_window(project)
    hands = Hands(qtbot, window)
    ws = window.store.workspace
    assert (ws.document(), ws.speakers) == before
    hands.press("z", Qt.KeyboardModifier.ControlModifier)
    assert ws.corrections == {}
    hands.press("z", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (ws.document(), ws.speakers) == before

    line = hands.export(tmp_path / "gold.jsonl")
    assert line["text"] == sample_text_path().read_text(encoding="utf-8")
    assert [s["exact"] for s in line["claims"][0]["spans"]] == ['"Twould simply turn', '\'"We also hear this."']
    assert len(line["claims"][0]["chain"]) == 3


def test_hard_texts_keep_exact_offsets_from_screen_to_export(qtbot, open_window, import_text, tmp_path):
    project = tmp_path / "hard.annotator"
    create_project(str(project)).close()
    window = open_window(project)
    import_text(window, HARD.encode())
    hands = Hands(qtbot, window)
    ws = window.store.workspace
    assert ws.text == HARD.replace("\r\n", "\n")
    marked = ["👩‍👩‍👧 статьи", "“I would go,”", "𠀀𠀁 Lee Cafe\u0301", "«نحن هنا» 🇩🇪", "😀"]
    for words in marked:
        hands.select(words)
        hands.press("c")
    line = hands.export(tmp_path / "hard.jsonl")
    assert [c["spans"][0]["exact"] for c in line["claims"]] == marked
    for claim in line["claims"]:
        for span in claim["spans"]:
            assert line["text"][span["start"] : span["end"]] == span["exact"]
    assert line["text_sha256"] == hashlib.sha256(ws.text.encode()).hexdigest()
    before = ws.document()
    window = open_window(project)
    assert window.store.workspace.document() == before
    for left in range(len(marked), 0, -1):
        assert len(window.store.workspace.claims) == left
        Hands(qtbot, window).press("z", Qt.KeyboardModifier.ControlModifier)
    assert window.store.workspace.claims == {}


def test_the_first_start_shows_the_gold_sample_and_start_fresh_the_same_unlabelled(qtbot, open_window, tmp_path):
    window = open_window(None)
    ws = window.store.workspace
    assert (tmp_path / "Sample.annotator").is_file()
    assert len(ws.claims) > 15
    assert window.claims.rows.rowCount() == len(ws.claims)
    hands = Hands(qtbot, window)
    line = hands.export(tmp_path / "gold.jsonl")
    gold = json.loads(sample_gold_path().read_text(encoding="utf-8"))
    assert (line.pop("state"), gold.pop("state")) == ("in_progress", "done")  # to try things on: done is frozen
    assert json.dumps(line, sort_keys=True) == json.dumps(gold, sort_keys=True)
    assert not window.actions_["undo"].isEnabled(), "the sample itself cannot be undone away"
    with qtbot.waitSignal(window.store.project_opened):
        window.actions_["start_fresh"].trigger()
    qtbot.waitUntil(lambda: ws.article is not None)
    assert ws.text == sample_text_path().read_text(encoding="utf-8")
    assert (ws.claims, ws.mentions, ws.corrections) == ({}, {}, {})
    assert window.store.project.name == "Fresh start 1"


def test_editing_boundaries_parts_and_deleting_by_key(qtbot, open_window, project_path):
    window = open_window(project_path)
    hands = Hands(qtbot, window)
    ws = hands.ws
    hands.select("I would go")
    hands.press("c")
    claim = next(iter(ws.claims))

    def quoted():
        return [s.exact for s in ws.claims[claim].spans]

    hands.press("]")
    assert quoted() == ["I would go,"]
    hands.press("]")
    assert quoted() == ['I would go,"']
    hands.press("[")
    assert quoted() == ["I would go,"]
    hands.press("{")
    assert quoted() == ['"I would go,']
    hands.press("}")
    hands.press("}")
    assert quoted() == ["would go,"]
    hands.select("He left")
    hands.press("+")
    assert quoted() == ["would go,", "He left"]
    hands.select("He")
    hands.press("-")
    assert quoted() == ["would go,", "left"]
    QTest.keyClick(hands.view, Qt.Key.Key_Escape)
    assert window.selection.id is None
    hands.press("n", saves=False)
    assert window.selection.id == claim
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.view, Qt.Key.Key_Delete)
    assert ws.claims == {}


def test_letters_typed_into_a_field_are_no_commands(qtbot, open_window, project_path):
    window = open_window(project_path)
    hands = Hands(qtbot, window)
    hands.select("I would go")
    hands.press("c")
    QTest.keyClick(hands.view, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert window.claims.isAncestorOf(field)
    for letter in "csqx":
        QTest.keyClick(field, letter)
    assert len(hands.ws.claims) == 1
    assert hands.ws.mentions == {}
    assert not window.prompt.isVisible()


def test_clicking_in_the_article_selects_in_the_panel_and_the_reverse(qtbot, open_window, project_path):
    window = open_window(project_path)
    hands = Hands(qtbot, window)
    for words in ("Russia agreed", "He left"):
        hands.select(words)
        hands.press("c")
    first, second = sorted(hands.ws.claims.values(), key=lambda c: c.spans[0].start)
    window.claims.table.selectRow(0)
    assert window.selection.id == first.id
    assert hands.view.selected_id() == first.id
    hands.view.set_caret(second.spans[0].start + 2)
    at = hands.view.cursorRect().center()
    qtbot.mouseClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.selection.id == second.id
    assert window.claims.table.currentIndex().row() == 1


def test_the_corrected_view_labels_land_on_the_source(qtbot, open_window, project_path):
    window = open_window(project_path)
    hands = Hands(qtbot, window)
    hands.select("Russia")
    hands.press("x", saves=False)
    hands.answer("The Russian Federation")
    hands.press("v", saves=False)
    assert window.pane.mode == "corrected"
    start = hands.ws.text.index("agreed")
    hands.view.set_selected_range(start, start + 6)
    hands.press("c")
    claim = next(iter(hands.ws.claims.values()))
    assert (claim.spans[0].start, claim.spans[0].exact) == (start, "agreed")


def test_a_read_only_project_says_so_and_changes_nothing(qtbot, open_window, project_path):
    holder = open_project(str(project_path))
    try:
        window = open_window(project_path)
        assert window.store.read_only
        assert "open in another window" in window.banner.sentence.text()
        assert not window.actions_["mark_claim"].isEnabled()
    finally:
        holder.close()


def test_each_article_opens_where_it_was_left_also_after_a_restart(qtbot, open_window, project_path):
    window = open_window(project_path)
    first, second = (summary.article.id for summary in window.store.tally.ordered())
    view = window.pane.view
    view.set_caret(20)
    for article, expected in ((second, 0), (first, 20)):
        with qtbot.waitSignal(window.store.article_opened):
            window.article_commands.open(article)
        assert view.caret() == expected
    view.set_caret(33)
    window = open_window(project_path)
    assert window.pane.view.caret() == 33
