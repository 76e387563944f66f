"""Qt objects in reference cycles die on the GUI thread, never on the database thread (which would be a crash)."""

from __future__ import annotations

import gc
import threading

import pytest

from ui.tasks import Tasks


class Cycle:
    """Keeps itself alive until the garbage collector comes, and tells on which thread it came."""

    def __init__(self, died_on: list[threading.Thread]) -> None:
        self.me = self
        self.died_on = died_on

    def __del__(self) -> None:
        self.died_on.append(threading.current_thread())


@pytest.fixture
def tasks():
    found = Tasks()
    yield found
    found.close()


def test_cycles_die_on_the_gui_thread(qtbot, tasks):
    died_on: list[threading.Thread] = []
    done: list[int] = []
    Cycle(died_on)
    tasks.submit(lambda: len([[] for _ in range(200_000)]), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert set(died_on) <= {threading.current_thread()}
    kept = [[] for _ in range(2_000)]  # enough that a collection is due
    qtbot.waitUntil(lambda: bool(died_on))
    assert died_on == [threading.current_thread()]
    assert kept


def test_masses_of_data_are_not_looked_at(qtbot, tasks):
    tasks.submit(lambda: None)
    gc.unfreeze()
    gc.collect()
    frozen = gc.get_freeze_count()
    kept = [[] for _ in range(60_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > frozen + len(kept))
    gc.unfreeze()


def test_python_collects_by_itself_again_when_the_thread_has_ended(tasks):
    assert not gc.isenabled()
    tasks.close()
    assert gc.isenabled()
