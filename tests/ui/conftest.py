"""A real project on disk, a real database thread, and the store over both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ui_samples import TEXT, seed

from annotator.services.annotate import Author
from db.project import open_project
from ui.store import Store
from ui.tasks import Tasks


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    path = tmp_path / "test.annotator"
    seed(path, TEXT, "Second article. It is short.\n")
    return path


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
        store = Store(Tasks(), Author("Ann"))
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
