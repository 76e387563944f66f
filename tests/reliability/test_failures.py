"""A write, a sync, a renaming fails, once or for good: nothing acknowledged is lost, and trying again goes on."""

from __future__ import annotations

import pytest
import sqlite_files
from failures import Failures

from annotator import files

pytestmark = pytest.mark.skipif(
    sqlite_files.library() is None, reason="SQLITE CANNOT BE WATCHED HERE: no failing disk is simulated"
)
RUNS = {"create": 9, "edit": 10, "import": 4, "migration": 7, "backup": 8, "copy": 6, "export": 9}
RUNS |= {"join": 4, "release": 6, "restore": 8, "aside": 8, "rebuild": 8}


@pytest.mark.parametrize("scenario", RUNS)
def test_a_failing_disk_loses_nothing_and_is_told_in_a_sentence(scenario, scratch):
    found = Failures(scenario, scratch / scenario).fail(RUNS[scenario], seed=7)
    assert found.complaints == []
    assert found.runs == RUNS[scenario]
    assert found.told >= found.runs // 2
    for sentence in found.sentences:
        assert sentence.endswith(".")
        assert "damaged" not in sentence, "the disk failed; the project did not"


def test_a_share_that_is_gone_while_it_is_read_is_told_in_a_sentence(scratch):
    failures = Failures("edit", scratch / "edit", reads=True)
    assert "read" in failures.steps
    found = failures.fail(10, seed=7)
    assert found.complaints == []


def test_a_file_that_lost_its_old_content_is_found_out(scratch, monkeypatch):
    failures = Failures("export", scratch / "export")

    def torn(target, *others):
        target.write_bytes(b"")
        return whole(target, *others)

    whole = files.replacing
    monkeypatch.setattr("annotator.services.targets.replacing", torn)
    assert any("is another one" in each for each in failures.fail(8, seed=7).complaints)
