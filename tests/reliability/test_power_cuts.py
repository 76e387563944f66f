"""The power fails at any moment: what was saved is there, nothing is half done, files are old, absent or whole."""

from __future__ import annotations

import pytest
import sqlite_files
from power_cuts import PowerCuts

from annotator import files
from db import engine
from db.copies import restoring

pytestmark = pytest.mark.skipif(
    sqlite_files.library() is None, reason="SQLITE CANNOT BE WATCHED HERE: no power cut is simulated"
)
CUTS = {"create": 150, "edit": 500, "migration": 50, "backup": 300, "copy": 150, "export": 300, "release": 50}
CUTS |= {"import": 150, "join": 50, "restore": 100, "aside": 100, "rebuild": 100}


@pytest.mark.parametrize("scenario", CUTS)
def test_nothing_acknowledged_is_lost_and_nothing_is_mixed(scenario, scratch):
    found = PowerCuts(scenario, scratch / scenario).cut(CUTS[scenario], seed=7)
    assert found.complaints == []
    assert found.cuts == CUTS[scenario]
    assert len(found.outcomes) > 1, "the cuts all came at the same moment"
    assert scenario == "aside" or not found.outcomes["set aside"], "a project was nowhere for a moment"


def test_all_in_all_it_fails_two_thousand_times():
    assert sum(CUTS.values()) == 2_000


@pytest.mark.parametrize(
    ("pragmas", "complaint"),
    [(("journal_mode=DELETE", "synchronous=FULL"), "neither before nor after"), (("synchronous=OFF",), "")],
)
def test_settings_that_lose_something_are_found_out(pragmas, complaint, scratch, monkeypatch):
    monkeypatch.setattr(engine, "_WRITER_PRAGMAS", pragmas)
    found = PowerCuts("edit", scratch / "edit").cut(40, seed=7)
    assert any(complaint in each for each in found.complaints)


def test_files_that_are_not_synced_are_found_out(scratch, monkeypatch):
    monkeypatch.setattr(files, "_sync", lambda _path: None)
    found = PowerCuts("export", scratch / "export").cut(60, seed=7)
    assert any("neither whole nor absent" in each for each in found.complaints)


def test_a_state_that_is_lost_by_restoring_is_found_out(scratch, monkeypatch):
    monkeypatch.setattr(restoring, "_named_too", lambda _project, _aside: False)
    found = PowerCuts("rebuild", scratch / "rebuild").cut(200, seed=7)
    assert any("what was there before is nowhere" in each for each in found.complaints)
