"""Draws the window of a project into a PNG, with no display needed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, shut_down
from ui.main_window import MainWindow
from ui.settings import Settings

SIZE = (1500, 940)
_GIVE_UP_MS = 60_000


def take(
    location: str,
    out: Path,
    *,
    article: int = 1,
    theme: str = "light",
    view: str = "source",
    size: tuple[int, int] = SIZE,
) -> int:
    """Draw a project's window with its ``article``-th article (from 1).

    Returns 0 when the file is written, 2 with one sentence on stderr when it cannot be.
    """
    return _render(lambda window: window.files.open(location, article=article), out, size, theme, view)


def _render(opener: Callable[[MainWindow], None], out: Path, size: tuple[int, int], theme: str, view: str) -> int:
    """Draw what ``opener`` opens, everything that a window keeps being in a temporary folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # what the offscreen platform cannot do is no news
    make_application()
    with tempfile.TemporaryDirectory(prefix="article-annotator-") as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.set("theme", theme)
        settings.set("motion", "reduced")
        window = build(settings, Path(folder))
        window.resize(QSize(*size))
        window.show()
        try:
            problem = wait_for_article(window, lambda: opener(window))
            if problem is None:
                window.pane.set_mode(view)
                problem = _save(window, out)
        finally:
            window.close()
            shut_down(window)
    if problem is not None:
        sys.stderr.write(f"annotator: {problem}\n")
        return 2
    sys.stdout.write(f"{out}\n")
    return 0


def wait_for_article(window: MainWindow, opener: Callable[[], None]) -> str | None:
    """Call ``opener`` and wait for what it opens. Returns the sentence that says why no article is open."""
    loop = QEventLoop()
    problems: list[str] = []

    def ready() -> None:
        if window.store.workspace.article is not None or not window.store.tally.summaries:
            loop.quit()

    def fail(sentence: str) -> None:
        problems.append(sentence)
        loop.quit()

    window.store.article_opened.connect(ready)
    window.files.failed.connect(fail)
    QTimer.singleShot(_GIVE_UP_MS, lambda: fail("The project could not be opened in time."))
    opener()
    loop.exec()
    return problems[0] if problems else None


def _save(window: MainWindow, out: Path) -> str | None:
    """Select the first claim, let everything be checked and painted, and write the picture."""
    window.actions_["next_claim"].trigger()
    if not window.checking.fresh:
        checked = QEventLoop()
        window.checking.when_checked(checked.quit)
        checked.exec()
    for _ in range(3):  # what one event asks for, another lays out
        QApplication.processEvents()
    picture = window.grab()
    if not out.parent.is_dir():
        return f"{out} cannot be written: the directory {out.parent} does not exist."
    if not picture.save(str(out), "PNG"):
        return f"{out} cannot be written."
    return None


def main() -> int:
    """``python -m ui.screenshot FILE [PROJECT]``, without one of the sample: what run.sh shows where no display is."""
    out, *location = sys.argv[1:]
    if location:
        return take(location[0], Path(out))
    return _render(lambda window: window.files.open_sample(), Path(out), SIZE, "light", "source")


if __name__ == "__main__":
    sys.exit(main())
