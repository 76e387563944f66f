"""The window on a project that lies on a PostgreSQL server."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from ui_hands import Hands
from ui_samples import TEXT, fill

from db.project import open_project

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def url(project_url):
    """A project with one article on the server."""
    project = open_project(project_url)
    fill(project, TEXT)
    project.close()
    return project_url


def stored(url):
    project = open_project(url, "read")
    try:
        return project.document(project.article_ids()[0]), project.check_storage()
    finally:
        project.close()


def test_label_close_open_undo_and_redo(qtbot, open_window, url):
    hands = Hands(qtbot, open_window(url))
    hands.select("I would go")
    hands.press("c")
    hands.select("Sergei Lavrov")
    hands.press("s")
    labelled = hands.ws.document()
    assert stored(url) == (labelled, [])
    hands = Hands(qtbot, open_window(url))
    assert hands.ws.document() == labelled
    hands.to_article()
    for _ in range(2):
        hands.press(Qt.Key.Key_Z, CONTROL)
    assert not hands.ws.claims
    assert not hands.ws.mentions
    assert stored(url) == (hands.ws.document(), [])
    hands.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert list(hands.ws.claims.values()) == list(labelled.claims)
    assert stored(url) == (hands.ws.document(), [])


# -- a bad network -----------------------------------------------------------------------------------------------


@pytest.fixture
def hands(qtbot, open_window, url, network):
    """The window by way of a network that can be cut. In the end it is there, so that the window can close."""
    hands = Hands(qtbot, open_window(network.url(url)))
    yield hands
    network.mend()
    if hands.store.unsaved:
        with qtbot.waitSignal(hands.store.saved, timeout=20_000):
            hands.store.retry()


def test_an_answer_to_commit_that_was_lost_loses_and_doubles_nothing(qtbot, hands, url, network):
    network.lose_answers = 1
    hands.select("I would go")
    with qtbot.waitSignals([hands.store.cut_off, hands.store.saved], timeout=20_000):
        hands.press("c", saves=False)
    hands.select("Sergei Lavrov")
    network.lose_answers = 1
    with qtbot.waitSignals([hands.store.cut_off, hands.store.saved], timeout=20_000):
        hands.press("s", saves=False)
    assert network.lost == 2
    assert stored(url) == (hands.ws.document(), [])
    project = open_project(url, "read")
    assert [entry.title for entry in project.history()] == ["Import", "Mark claim", "Mark mention"]
    project.close()


def test_without_a_server_work_goes_on_and_is_saved_when_it_is_back(qtbot, hands, url, network):
    window, banner = hands.window, hands.window.banner
    network.cut()
    hands.select("I would go")
    with qtbot.waitSignal(hands.store.cut_off):
        hands.press("c", saves=False)
    field = window.claims.editor.main.editors["note"]
    hands.enter(field, "typed without a server")
    hands.select("Russia agreed")
    hands.press("c", saves=False)
    assert "does not answer" in banner.sentence.text() or "was cut" in banner.sentence.text()
    assert banner.isVisible()
    assert (banner.retry.isVisible(), banner.copy.isVisible(), banner.give_up.isVisible()) == (True, True, False)
    assert window.status.saved.text() == "✗ 3 changes not saved yet"
    assert sorted(claim.note for claim in hands.ws.claims.values()) == ["", "typed without a server"]
    assert stored(url)[0].claims == ()
    qtbot.waitUntil(lambda: window.unsaved.safe)  # it would be there after a kill
    network.mend()
    with qtbot.waitSignal(window.unsaved.kept, check_params_cb=lambda number: number == 0):
        hands.click(banner.retry, saves=True)
    assert not banner.isVisible()
    assert window.status.saved.text().startswith("✓ Saved")
    assert stored(url) == (hands.ws.document(), [])


def test_closing_without_a_server_names_what_is_not_saved(qtbot, hands, network):
    network.cut()
    hands.select("I would go")
    with qtbot.waitSignal(hands.store.cut_off):
        hands.press("c", saves=False)
    hands.window.close()
    box = hands.box()
    assert "1 change is not saved: “Mark claim”." in box.text()
    assert {"Save a Copy Elsewhere…", "Close and Lose It", "Cancel"} <= {
        b.text().replace("&", "") for b in box.buttons()
    }
    hands.reply("Cancel")
    assert hands.window.isVisible()


def test_without_a_server_what_is_here_can_be_saved_as_a_file(qtbot, hands, network, tmp_path, monkeypatch):
    path = tmp_path / "rescued.annotator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    hands.select("Sergei Lavrov")
    hands.press("s")
    network.cut()
    hands.select("I would go")
    with qtbot.waitSignal(hands.store.cut_off):
        hands.press("c", saves=False)
    hands.click(hands.window.banner.copy)
    qtbot.waitUntil(lambda: hands.window.findChild(QMessageBox) is not None)
    assert str(path) in hands.reply("OK")
    rescued = open_project(str(path))
    assert rescued.document(rescued.article_ids()[0]) == hands.ws.document()
    assert rescued.check_storage() == []
    rescued.close()
