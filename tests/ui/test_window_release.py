"""File → Build Release: asked, built off the window's thread, refused with a way to what blocks, stopped."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands

from annotator.edits import Change, Changeset, Edit
from annotator.installing import how_to_install
from annotator.release import building, wish
from annotator.release.checking import check
from annotator.release.choosing import Steps
from annotator.services.importing import import_files
from db.project import create_project, open_project
from seeds import examples_gold_path
from ui.release.dialog import ReleaseDialog


@pytest.fixture
def project_of_three(tmp_path) -> Path:
    lines = examples_gold_path().read_bytes().splitlines(keepends=True)
    (tmp_path / "three.jsonl").write_bytes(b"".join(lines[:3]))
    with closing(create_project(str(tmp_path / "p.annotator"))) as made:
        import_files(made, [tmp_path / "three.jsonl"], annotator="Ann")
    return tmp_path / "p.annotator"


def asked(hands) -> ReleaseDialog:
    hands.window.actions_["release"].trigger()
    (dialog,) = [each for each in hands.window.findChildren(ReleaseDialog) if each.isVisible()]
    hands.qtbot.waitUntil(lambda: "done" in dialog.state.text())
    return dialog


def test_a_release_is_built_with_the_keyboard_and_the_wish_is_kept(qtbot, open_window, project_of_three, tmp_path):
    hands = Hands(qtbot, open_window(project_of_three))
    dialog = asked(hands)
    assert dialog.state.text() == "3 of 3 articles are done; nothing blocks."
    QTest.keyClicks(dialog.form.lines["name"], "!")  # it has the focus, its text selected or not
    dialog.form.lines["version"].setText("two")
    assert dialog.refusal.text().startswith("Version must match")
    assert not dialog.go.isEnabled()
    dialog.form.lines["version"].setText("2.0.0")
    dialog.form.lines["creators"].setText("Doe, Jane; Lab")
    dialog.form.with_text.setChecked(False)
    dialog.form.out.setText(str(tmp_path / "out"))
    assert not dialog.refusal.isVisible()
    QTest.keyClick(dialog.form.lines["seed"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.report.toPlainText() != "", timeout=20_000)
    assert "3 articles" in dialog.report.toPlainText()
    assert "p.release.json" in dialog.report.toPlainText()
    assert check(tmp_path / "out").problems == []
    kept = wish.read(tmp_path / "p.release.json")
    assert (kept.version, kept.creators, kept.with_text) == ("2.0.0", ("Doe, Jane", "Lab"), False)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    again = asked(hands)
    assert again.form.lines["creators"].text() == "Doe, Jane; Lab"
    again.reject()


def test_what_blocks_is_told_and_its_button_goes_there(qtbot, open_window, project_of_three):
    with closing(open_project(str(project_of_three), "write")) as opened, opened.begin() as unit:
        document = list(opened.documents())[1]
        claim = document.claims[0]
        hop = replace(claim.chain[0], speaker_id=document.speakers[0].id)
        unit.apply(Changeset.of(Edit("Test", (Change(claim, replace(claim, chain=(hop, hop))),)), "Ann"))
        unit.commit()
    hands = Hands(qtbot, open_window(project_of_three))
    dialog = asked(hands)
    first, second = dialog.state.text().splitlines()
    assert first == "3 of 3 articles are done; 1 blocking problem."
    assert second.startswith(f"“{document.article.title}”: ")
    assert not dialog.go.isEnabled()
    hands.click(dialog.first)
    qtbot.waitUntil(lambda: hands.window.selection.is_selected("claim", claim.id))
    assert hands.store.workspace.article.id == document.article.id


def test_a_release_that_is_stopped_leaves_nothing(qtbot, open_window, project_of_three, tmp_path, monkeypatch):
    hands = Hands(qtbot, open_window(project_of_three))
    dialog = asked(hands)
    dialog.form.out.setText(str(tmp_path / "out"))

    class Waiting(Steps):
        """Builds no further until it is stopped."""

        def one(self) -> None:
            assert hands.window.releasing._stop.wait(20)
            super().one()

    monkeypatch.setattr(building, "Steps", Waiting)
    hands.click(dialog.go)
    assert dialog.cancel.text() == "Stop"
    hands.click(dialog.cancel)
    qtbot.waitUntil(lambda: dialog.refusal.text() == "Stopped; nothing was written.")
    assert not (tmp_path / "out").exists()
    assert dialog.go.isEnabled()
    dialog.reject()


def test_nothing_done_cannot_be_built(qtbot, open_window, project_path):
    dialog = asked(Hands(qtbot, open_window(project_path)))
    assert dialog.state.text().endswith("Set articles to done first: a release holds nothing else.")
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_without_pyarrow_it_says_how_parquet_is_had_and_nothing_is_scrolled_sideways(
    qtbot, open_window, project_of_three, monkeypatch
):
    monkeypatch.setattr("ui.release.form.present", lambda modules: False)
    dialog = asked(Hands(qtbot, open_window(project_of_three)))
    assert dialog.form.lacking.text() == f"Parquet needs one more package: {how_to_install('parquet')}"
    assert (dialog.form.lacking.isVisible(), dialog.form.with_parquet.isChecked()) == (True, False)
    dialog.resize(dialog.minimumSize())
    area = dialog.pages.widget(0)
    qtbot.waitUntil(lambda: area.viewport().width() >= dialog.form.minimumSizeHint().width())
    assert not area.horizontalScrollBar().isVisible()
    dialog.reject()
