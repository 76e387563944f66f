"""What is being typed when the program dies is offered back: in its field, or to be copied."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from kept_texts import file_of, kept_file, read, write
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit
from shiboken6 import delete
from typing_child import LETTERS

from db.project import open_project
from ui.dialogs.article_details import ArticleDetails
from ui.dialogs.handing_over import HandingOver
from ui.kept_file import KeptFile, folders
from ui.unfinished_file import Unfinished, decode

CHILD = Path(__file__).with_name("typing_child.py")
ROOT = CHILD.parents[2]


@pytest.fixture
def file(tmp_path, project_path):
    return file_of(tmp_path, str(project_path))


def texts(file):
    return [(each.key.split("/")[0], each.label, each.text) for each in read(file)]


def kept(hands):
    """Waits until one text is on the disk."""
    return hands.qtbot.waitSignal(hands.window.unfinished.kept, check_params_cb=lambda number: number == 1)


def in_note(hands, words):
    """The note of a new claim, in which something is typed and not yet ended with Enter."""
    hands.select("I would go")
    hands.press("c")
    field = hands.window.claims.editor.main.editors["note"]
    with kept(hands):
        hands.enter(field, words, end=None)
    return field


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_note_that_was_being_typed_is_there_after_a_kill(qtbot, tmp_path, project_path, open_window, file):
    command = [sys.executable, str(CHILD), str(project_path), str(tmp_path), "20"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        lines = iter(child.stdout.readline, "")
        assert any(line == "kept 20\n" for line in lines)
        child.send_signal(signal.SIGKILL)
    assert texts(file) == [("claim", "note", LETTERS[:20])]
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.sentence.text() == f"What was being typed in “note” was kept: “{LETTERS[:20].strip()}”"
    assert [claim.note for claim in window.store.workspace.claims.values()] == [""]
    window.banner.restore.click()
    field = window.claims.editor.main.editors["note"]
    qtbot.waitUntil(lambda: field.is_touched() and field.value() == LETTERS[:20])
    qtbot.waitUntil(field.hasFocus)
    assert window.claims.table.open_row == 0
    assert not window.banner.isVisible()
    with qtbot.waitSignal(window.store.saved):
        QTest.keyClicks(field, "more")
        QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not file.exists())
    assert [claim.note for claim in window.store.workspace.claims.values()] == [LETTERS[:20].lstrip() + "more"]


def test_it_goes_when_it_is_accepted_or_given_up(qtbot, hands, file):
    field = in_note(hands, "half a thought")
    assert texts(file) == [("claim", "note", "half a thought")]
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not file.exists())
    with kept(hands):
        hands.enter(field, "another", end=None)
    assert file.exists()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.window.close()
    qtbot.waitUntil(lambda: not file.exists())


def test_it_is_written_beside_the_window_for_its_owner_only(hands, file, monkeypatch, tmp_path):
    threads, written = [], KeptFile.write

    def told(*arguments):
        threads.append(threading.current_thread().name)
        written(*arguments)

    monkeypatch.setattr(KeptFile, "write", told)
    in_note(hands, "half a thought")
    assert "unfinished texts" in threads
    assert set(threads) <= {"unfinished texts", "unsaved changes"}
    assert file.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    named = [path for path in tmp_path.rglob("*") if path.is_file() and b"half a thought" in path.read_bytes()]
    assert named == [file]


def test_what_the_prompt_and_a_dialog_hold_is_kept_but_not_what_only_searches(qtbot, hands, file, monkeypatch):
    hands.select("hear")
    hands.press("x", saves=False)
    with kept(hands):
        QTest.keyClicks(hands.window.prompt.field, "heard")
    assert [text for _, _, text in texts(file)] == ["heard"]
    QTest.keyClick(hands.window.prompt.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not file.exists())
    hands.window.article_commands.details(hands.ws.article.id)
    qtbot.waitUntil(lambda: hands.window.findChild(ArticleDetails) is not None)
    dialog = hands.window.findChild(ArticleDetails)
    dialog.activateWindow()
    byline = dialog.form.fields["byline"]
    byline.setFocus()
    qtbot.waitUntil(byline.hasFocus)
    with kept(hands):
        QTest.keyClicks(byline, "By A. Reporter")
    assert [text for _, _, text in texts(file)] == ["By A. Reporter"]
    gone = QLineEdit()  # children may name a field that is gone, whose place Qt has used again
    delete(gone)
    found = dialog.findChildren
    monkeypatch.setattr(dialog, "findChildren", lambda kind: [gone, *found(kind)])
    with kept(hands):
        QTest.keyClicks(byline, "!")
    assert [text for _, _, text in texts(file)] == ["By A. Reporter!"]
    dialog.reject()
    qtbot.waitUntil(lambda: not file.exists())


def test_what_a_dialog_of_qts_own_asks_is_kept_again_and_again(hands, file):
    """Nobody in Python holds such a dialog: what stands for its fields must not die with what stands for it."""
    seen = []

    def type_a_name():
        dialog = QApplication.activeModalWidget()
        try:
            dialog.activateWindow()
            hands.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
            del dialog
            for letter in "Zoe":
                with kept(hands):
                    QTest.keyClicks(QApplication.focusWidget(), letter)
                seen.extend(text for _, _, text in texts(file))
        finally:
            QApplication.activeModalWidget().close()

    QTimer.singleShot(0, type_a_name)
    QInputDialog.getText(hands.window, "Annotator", "Your name")
    assert seen == ["Z", "Zo", "Zoe"]


@pytest.fixture
def other_folders(tmp_path, monkeypatch):
    """Where it is kept when the data folder does not take it: for this test alone."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return folders()[1:]


def test_it_is_kept_elsewhere_where_its_folder_cannot_be_written(qtbot, other_folders, hands, tmp_path):
    (tmp_path / "unfinished").write_bytes(b"a file")
    in_note(hands, "half a thought")
    first, second = other_folders
    (file,) = (first / "unfinished").iterdir()
    assert texts(file) == [("claim", "note", "half a thought")]
    first.rename(tmp_path / "away")
    first.write_bytes(b"a file")
    field = hands.window.claims.editor.main.editors["note"]
    with kept(hands):
        QTest.keyClicks(field, "!")
    assert texts(second / "unfinished" / file.name) == [("claim", "note", "half a thought!")]
    assert second.stat().st_mode & 0o777 == 0o700 or sys.platform == "win32"
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not (second / "unfinished" / file.name).exists())


def test_what_was_kept_elsewhere_last_is_offered_and_not_what_is_older(
    qtbot, open_window, other_folders, project_path, file
):
    write(file, [Unfinished("claim/gone/note", 0, "note", "", "older")])
    elsewhere = other_folders[0] / "unfinished" / file.name
    elsewhere.parent.mkdir(parents=True)
    write(elsewhere, [Unfinished("claim/gone/note", 0, "note", "", "newer")])
    os.utime(file, (1, 1))
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.sentence.text().endswith("“newer”")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owner here")
def test_what_somebody_else_put_where_everybody_may_write_is_not_believed(tmp_path, monkeypatch):
    kept = kept_file([tmp_path / "full", tmp_path / "shared"], "unfinished", "p")
    kept.places[1].parent.mkdir(parents=True)
    kept.places[1].write_bytes(b"theirs")
    (tmp_path / "full").write_bytes(b"a file")
    assert kept.read() == b"theirs"
    monkeypatch.setattr(os, "getuid", lambda: 4321)
    assert kept.read() == b""
    with pytest.raises(OSError, match="exists"):
        kept.write(b"mine")
    kept.remove()
    assert kept.places[1].read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_written_is_told_once_and_stops_nobody(qtbot, other_folders, hands, tmp_path):
    for name in ("unfinished", "run", "temp"):
        (tmp_path / name).write_bytes(b"a file")
    hands.select("I would go")
    hands.press("c")
    field = hands.window.claims.editor.main.editors["note"]
    with qtbot.waitSignal(hands.store.refused) as told:
        hands.enter(field, "half a thought", end=None)
    assert told.args[0].startswith("What is being typed cannot be kept for after a crash:")
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert [claim.note for claim in hands.ws.claims.values()] == ["half a thought"]


def test_text_whose_record_is_gone_can_be_copied(qtbot, project_path, open_window, file):
    write(file, [Unfinished("claim/gone/note", 0, "note", "", "words for nobody")])
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    window.banner.restore.click()
    qtbot.waitUntil(lambda: window.findChild(HandingOver) is not None)
    dialog = window.findChild(HandingOver)
    assert dialog.words.toPlainText() == "note:\nwords for nobody"
    dialog.copy.click()
    assert QApplication.clipboard().text() == "note:\nwords for nobody"
    assert file.exists(), "the program may die again before it is read"
    dialog.close()
    qtbot.waitUntil(lambda: not file.exists())


def test_what_nobody_answered_is_kept_and_what_was_discarded_is_gone(qtbot, project_path, open_window, file):
    write(file, [Unfinished("claim/gone/note", 0, "note", "", "words for nobody")])
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    assert texts(file) == [("claim", "note", "words for nobody")]
    window.banner.discard.click()
    qtbot.waitUntil(lambda: not file.exists())
    assert not window.banner.isVisible()


def test_what_was_agreed_to_be_lost_is_not_offered(qtbot, hands, open_window, project_path, file):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    drawer = hands.window.speakers.editor
    hands.click(drawer.details)
    with kept(hands):
        hands.enter(drawer.speaker.editors["wikidata"].line, "the minister")
    hands.window.close()
    hands.reply("Close and Lose It")
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    window = open_window(project_path)
    assert not file.exists()
    assert not window.banner.isVisible()


def test_it_is_offered_in_the_article_where_it_was_typed(qtbot, hands, open_window, project_path, file):
    in_note(hands, "half a thought")
    (left,) = read(file)
    first = hands.ws.article.id
    hands.window.close()
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    project = open_project(str(project_path))
    other = next(id_ for id_ in project.article_ids() if id_ != first)
    project.close()
    window = open_window(project_path)
    with qtbot.waitSignal(window.store.article_opened):
        window.store.open_article(other)
    window = open_window(project_path)
    assert window.store.workspace.article.id == other
    write(file, [left])
    window.unfinished._opened()
    qtbot.waitUntil(window.banner.isVisible)
    window.banner.restore.click()
    field = window.claims.editor.main.editors["note"]
    qtbot.waitUntil(lambda: field.is_touched() and field.value() == "half a thought")
    assert window.store.workspace.article.id == first


@pytest.mark.parametrize("content", [b"[", b"[1]", b'[{"key": 1}]', b"\xff", b"[" * 100_000])
def test_a_file_that_another_version_wrote_is_known(content):
    assert decode(content) is None


def test_what_another_version_kept_is_set_aside_and_told(qtbot, open_window, project_path, file):
    file.parent.mkdir()
    file.write_bytes(b'[{"key": "k", "new": 1}]')
    window = open_window(project_path)
    aside = file.with_suffix(".unreadable")
    qtbot.waitUntil(lambda: str(aside) in window.banner.sentence.text())
    assert aside.read_bytes() == b'[{"key": "k", "new": 1}]'
