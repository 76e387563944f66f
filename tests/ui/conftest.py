"""A real project on disk, a real database thread, and the store over both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bare_app import undress
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from ui_hands import Hands
from ui_samples import TEXT, seed, seed_six

from db.project import open_project
from ui.dialogs.import_preview import ImportPreview
from ui.main import build, shut_down, start
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    path = tmp_path / "test.annotator"
    seed(path, TEXT, "Second article. It is short.\n")
    return path


@pytest.fixture
def six(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A project whose article is one sentence with six claims and more (``label_six``), and the ids of all by name."""
    path = tmp_path / "six.annotator"
    return path, seed_six(path)


@pytest.fixture
def open_store(qtbot, project_path):
    """Opens stores one after the other on the same project; each call first closes the one before."""
    opened: list[Store] = []

    def close() -> None:
        if opened:
            store = opened.pop()
            store.tasks.submit(store.project.close)
            store.tasks.close()

    def open_again(path: Path = project_path, opener: Callable[[], object] | None = None) -> Store:
        close()
        store = Store(Tasks(), "Ann")
        opened.append(store)
        with qtbot.waitSignal(store.project_opened):
            store.open_project(opener or (lambda: open_project(str(path))), _raise)
        if store.tally.summaries:
            with qtbot.waitSignal(store.article_opened):
                store.open_article(store.tally.ordered()[0].article.id)
        return store

    yield open_again
    close()


def _raise(error: Exception) -> None:
    raise error


@pytest.fixture
def open_window(qtbot, tmp_path):
    """Opens the real window on a project; each call first closes the one before, as a person would."""
    opened: list[MainWindow] = []

    def close() -> None:
        if opened:
            window = opened.pop()
            window.close()
            qtbot.waitUntil(lambda: not window.isVisible())
            shut_down(window)
            # Nobody owns store and settings. Functions that are connected to them hold the whole window, unseen by
            # the garbage collector, for as long as they live.
            for part in (window.store, window.settings, window):
                part.deleteLater()
            undress()

    def open_again(location: Path | None) -> MainWindow:
        close()
        settings = Settings(tmp_path / "settings.ini")
        if settings.get("motion") == "system":
            settings.set("motion", "reduced")  # a test that looks where something is now does not wait for it
        window = build(settings, tmp_path)
        opened.append(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
            start(window, str(location) if location else None)
        if window.store.tally.summaries:
            qtbot.waitUntil(lambda: window.store.workspace.article is not None)
        if QApplication.activeModalWidget() is None:
            window.pane.view.setFocus()
            qtbot.waitUntil(window.pane.view.hasFocus)
        return window

    yield open_again
    close()


@pytest.fixture
def hands(qtbot, open_window, project_path) -> Hands:
    """A window on the project, to be worked by key and mouse."""
    return Hands(qtbot, open_window(project_path))


@pytest.fixture
def import_text(qtbot, tmp_path):
    """Imports bytes as a text file through the preview dialog of a window."""

    def run(window, data: bytes):
        path = tmp_path / "article.txt"
        path.write_bytes(data)
        window.files.dropped([str(path)])
        qtbot.waitUntil(lambda: window.findChild(ImportPreview) is not None)
        preview = window.findChild(ImportPreview)
        qtbot.waitUntil(preview.isVisible)
        with qtbot.waitSignal(window.store.saved):
            qtbot.mouseClick(preview.accept_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.store.workspace.article is not None)
        for box in window.findChildren(QMessageBox):
            box.close()

    return run
