"""Somebody changes the file behind the program's back: each of two hundred ways shows."""

from __future__ import annotations

from contextlib import closing

import pytest
from tampering import KINDS, Tampering


@pytest.fixture
def tampering(scratch):
    with closing(Tampering(scratch)) as tampering:
        yield tampering


def test_all_of_two_hundred_changes_are_found(tampering):
    assert tampering._noticed() is False, "untouched it is sound"
    found = tampering.run(200, seed=7)
    assert found.missed == []
    assert set(found.kinds) == set(KINDS)
    assert found.kinds.total() == 200


@pytest.mark.parametrize(
    ("check", "blind", "kind"),
    [
        ("changelog.StoredChangeset.expected_hash", lambda entry: entry.hash, "a value"),
        ("verifying.storage._tables", lambda *_: iter(()), "a value"),
        ("verifying.storage.check_shape", lambda *_: iter(()), "a declaration"),
    ],
)
def test_without_one_of_the_checks_some_are_missed(tampering, monkeypatch, check, blind, kind):
    monkeypatch.setattr(f"db.{check}", blind)
    monkeypatch.setattr("db.project.check_schema", lambda *_: None)
    assert any(tampering.once(kind, f"7.{number}") for number in range(40))
