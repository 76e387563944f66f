"""The real window is shown every broken project, one after the other: it tells of it, or shows it, and lives."""

from __future__ import annotations

import pytest
from hostile_projects import ACTING, BROKEN, build
from PySide6.QtWidgets import QMessageBox

from ui.main import build as build_window
from ui.main import shut_down, start
from ui.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)")


def test_no_hostile_project_ends_the_window(qtbot, scratch):
    window = build_window(Settings(scratch / "settings.ini"), scratch)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
        start(window, None)
    came: list[str] = []
    window.store.project_opened.connect(lambda: came.append("opened"))
    window.files.failed.connect(came.append)
    told = 0
    for number, (name, trick) in enumerate({**dict(list(ACTING.items())[:3]), **BROKEN}.items()):
        folder = scratch / str(number)
        folder.mkdir()
        build(folder / "p.annotator", trick)
        came.clear()
        window.files.open(str(folder / "p.annotator"))
        qtbot.waitUntil(lambda: bool(came), timeout=20_000)
        with qtbot.waitCallback() as done:  # whatever opening asked of the database is answered before
            window.store.tasks.submit(lambda: None, done)
        for box in window.findChildren(QMessageBox):
            assert box.text().strip(), name
            told += 1
            box.close()
        window.grab()
    assert told
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    shut_down(window)
    window.deleteLater()
