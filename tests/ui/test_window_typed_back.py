"""What was typed where no record's form is, when the program died: in its field again, or to be copied."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from correction_hands import correct
from kept_texts import file_of, read, write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from typing_everywhere_child import TYPED

from ui.dialogs.article_details import ArticleDetails
from ui.dialogs.handing_over import HandingOver
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.messages import Messages
from ui.models.corrections import REPLACEMENT
from ui.release.dialog import ReleaseDialog
from ui.scheme.dialog import SchemeDialog

CHILD = Path(__file__).with_name("typing_everywhere_child.py")
ROOT = CHILD.parents[2]


@pytest.fixture
def file(tmp_path, project_path):
    return file_of(tmp_path, str(project_path))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_typed_everywhere_is_there_after_a_kill(qtbot, tmp_path, project_path, open_window, file):
    command = [sys.executable, str(CHILD), str(project_path), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert any(line == f"kept {len(TYPED)}\n" for line in iter(child.stdout.readline, ""))
        child.send_signal(signal.SIGKILL)
    window = open_window(project_path)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.sentence.text().startswith("What was being typed in 3 fields were kept")
    window.banner.restore.click()
    qtbot.waitUntil(lambda: window.findChild(HandingOver) is not None)
    handed = window.findChild(HandingOver)
    assert TYPED["chain"] in handed.words.toPlainText()
    assert TYPED["prompt"] in handed.words.toPlainText()
    assert TYPED["guideline"] not in handed.words.toPlainText()
    dialog = window.findChild(SchemeDialog)
    qtbot.waitUntil(dialog.guideline.editor.hasFocus)
    assert dialog.tabs.currentWidget() is dialog.guideline
    stored = window.store.workspace.scheme.guideline
    assert dialog.guideline.text() == TYPED["guideline"] + stored
    with qtbot.waitSignal(window.store.saved):
        dialog.guideline.save.click()
    handed.close()
    qtbot.waitUntil(lambda: not file.exists())
    assert window.store.workspace.scheme.guideline == TYPED["guideline"] + stored
    dialog.close()


def kept(hands, number=1):
    return hands.qtbot.waitSignal(hands.window.unfinished.kept, check_params_cb=lambda count: count == number)


def found_again(hands, file, give_up):
    """What is in the file now is what a crash left: what is being typed is given up, and Restore is pressed."""
    left = read(file)
    give_up()
    hands.qtbot.waitUntil(lambda: not file.exists())
    write(file, left)
    hands.window.unfinished._opened()
    hands.qtbot.waitUntil(hands.window.banner.isVisible)
    hands.window.banner.restore.click()


def opened(hands, kind):
    hands.qtbot.waitUntil(lambda: any(each.isVisible() for each in hands.window.findChildren(kind)))
    dialog = next(each for each in hands.window.findChildren(kind) if each.isVisible())
    dialog.activateWindow()
    hands.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_cell_is_edited_again(hands, file):
    panel = hands.window.corrections
    correct(hands, "hear", "heard")
    hands.qtbot.waitUntil(lambda: not hands.store.unsaved)
    panel.table.setCurrentIndex(panel.rows.index(0, REPLACEMENT))
    panel.table.edit(panel.rows.index(0, REPLACEMENT))
    editor = panel.table.cell_editor()
    with kept(hands):
        hands.enter(editor, "have heard all of it", end=None)
    assert [each.label for each in read(file)] == ["replace with"]
    found_again(hands, file, lambda: QTest.keyClick(editor, Qt.Key.Key_Escape))
    hands.qtbot.waitUntil(lambda: panel.table.cell_editor() is not None)
    again = panel.table.cell_editor()
    assert again.text() == "have heard all of it"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(again, Qt.Key.Key_Return)
    assert [each.replacement for each in hands.ws.corrections.values()] == ["have heard all of it"]
    hands.qtbot.waitUntil(lambda: not file.exists())


def test_a_cell_whose_row_is_gone_is_handed_over(hands, file):
    panel = hands.window.corrections
    key = correct(hands, "hear", "heard")
    panel.table.setCurrentIndex(panel.rows.index(0, REPLACEMENT))
    panel.table.edit(panel.rows.index(0, REPLACEMENT))
    with kept(hands):
        hands.enter(panel.table.cell_editor(), "have heard", end=None)

    def delete():
        QTest.keyClick(panel.table.cell_editor(), Qt.Key.Key_Escape)
        panel.delete_key(key)

    found_again(hands, file, delete)
    assert opened(hands, HandingOver).words.toPlainText() == "replace with:\nhave heard"


def test_the_details_of_an_article_are_open_again_and_what_lies_over_them_takes_nothing_away(hands, file):
    hands.window.actions_["article_details"].trigger()
    dialog = opened(hands, ArticleDetails)
    with kept(hands):
        hands.enter(dialog.form.fields["byline"], "By A. Reporter and many others", end=None)
    box = Messages(dialog).tell("Something else.")
    opened(hands, QMessageBox)
    with kept(hands):
        hands.window.unfinished._written = ()
        hands.window.unfinished.keep()
    assert [each.text for each in read(file)] == ["By A. Reporter and many others"]
    box.close()
    found_again(hands, file, dialog.reject)
    again = opened(hands, ArticleDetails)
    assert again is not dialog
    assert again.form.fields["byline"].text() == "By A. Reporter and many others"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(again.form.fields["byline"], Qt.Key.Key_Return)
    assert hands.ws.article.byline == "By A. Reporter and many others"


def test_the_description_of_a_release_is_there_again(hands, file):
    hands.window.actions_["release"].trigger()
    dialog = opened(hands, ReleaseDialog)
    dialog.form.description.setFocus()
    with kept(hands):
        QTest.keyClicks(dialog.form.description, "What it is and how it came to be.")
    found_again(hands, file, dialog.reject)
    again = opened(hands, ReleaseDialog)
    assert again.form.description.toPlainText() == "What it is and how it came to be."
    assert again.form.wish().description == "What it is and how it came to be."
    again.reject()


def test_what_was_typed_for_articles_before_they_are_imported_is_kept(hands, file, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            f"Headline {name}\n\nSomething happened, and nobody knows yet what ({name}).\n"
        )
    hands.window.files.dropped([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    preview = opened(hands, ImportPreview)
    with kept(hands):
        hands.enter(preview.form.fields["byline"], "By A. Reporter and many others", end=None)
    preview.list.setCurrentRow(1)
    with kept(hands, 2):
        hands.enter(preview.form.fields["outlet"], "The Moscow Times", end=None)
    assert {(each.label, each.text) for each in read(file)} == {
        ("a.txt", "Byline: By A. Reporter and many others"),
        ("Outlet", "The Moscow Times"),
    }
    preview.reject()
    hands.qtbot.waitUntil(lambda: not file.exists())
