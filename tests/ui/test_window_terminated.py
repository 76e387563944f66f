"""The program is asked to end, or ends without a word: what was typed is saved, and the place is found again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from ui.settings import APP, Settings
from ui.termination import Termination

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
ROOT = Path(__file__).parents[2]


def places_on_disk(tmp_path: Path) -> dict[str, int]:
    """What the file of the settings holds now."""
    copy = tmp_path / "copy.ini"
    copy.unlink(missing_ok=True)
    if (tmp_path / "settings.ini").exists():
        shutil.copy(tmp_path / "settings.ini", copy)
    return Settings(copy).get("places")


def test_the_place_is_on_the_disk_while_one_works(hands, qtbot, tmp_path):
    id_ = hands.ws.article.id
    hands.to_article()
    QTest.keyClick(hands.view, "n")
    hands.view.set_caret(17)
    qtbot.waitUntil(lambda: places_on_disk(tmp_path).get(id_) == 17)
    with qtbot.waitSignal(hands.store.article_opened):
        hands.view.set_caret(21)
        hands.window.actions_["next_article"].trigger()
    qtbot.waitUntil(lambda: places_on_disk(tmp_path).get(id_) == 21)


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_and_saves_what_is_being_typed(hands, qtbot, open_window, project_path, number):
    hands.select("I would go")
    hands.press("c")
    note = hands.window.claims.editor.main.editors["note"]
    note.setFocus()
    QTest.keyClicks(note, "seen")
    before = signal.getsignal(number)
    termination = Termination()
    termination.asked.connect(hands.window.close)
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: not hands.window.isVisible())
    finally:
        termination.release()
    assert signal.getsignal(number) is before
    window = open_window(project_path)
    assert [claim.note for claim in window.store.workspace.claims.values()] == ["seen"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where the settings are is told by XDG_CONFIG_HOME")
def test_the_program_ends_in_order_when_it_is_asked_to(qtbot, project_path, tmp_path):
    file = tmp_path / "config" / APP / "settings.ini"
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    program = subprocess.Popen(
        [sys.executable, "-m", "ui.main", str(project_path)],
        cwd=ROOT,
        env={**os.environ, **folders, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        qtbot.waitUntil(lambda: file.exists() and "last_articles" in file.read_text(), timeout=30_000)
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
    finally:
        program.kill()
        program.wait()
    assert "geometry=" in file.read_text()  # which is written when the window closes
