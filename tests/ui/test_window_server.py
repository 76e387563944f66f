"""The window on a project that lies on a PostgreSQL server."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
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
