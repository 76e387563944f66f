"""A bug is written down with its places in the program, without what it says: that could quote the article."""

from __future__ import annotations

import sys

import pytest

from ui import crash

SECRET = "Twould be a canary"


@pytest.fixture
def reporter(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(crash.platformdirs, "user_log_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(crash.CrashReporter, "_show", lambda *_: None)
    logger = crash.logging.getLogger(crash.APP)
    before = logger.handlers[:]
    logger.handlers.clear()
    made = crash.CrashReporter()
    yield made
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = before


def fail() -> None:
    try:
        {}[SECRET]
    except KeyError as error:
        quoted = SECRET
        raise ValueError(f"“{quoted}” cannot be stored") from error


def test_the_log_says_where_and_what_kind_but_not_what_was_labelled(reporter, tmp_path, capsys):
    try:
        fail()
    except ValueError:
        reporter.report(*sys.exc_info())
    written = (tmp_path / "annotator.log").read_text()
    for told in (written, capsys.readouterr().err):
        assert "in fail" in told
        assert "builtins.KeyError" in told
        assert "which led to:" in told
        assert "builtins.ValueError" in told
        assert SECRET not in told


def test_the_number_of_a_system_error_is_told(reporter, tmp_path):
    try:
        open(f"/nowhere/{SECRET}")  # noqa: PTH123, SIM115
    except OSError:
        reporter.report(*sys.exc_info())
    written = (tmp_path / "annotator.log").read_text()
    assert "builtins.FileNotFoundError 2" in written
    assert f"/nowhere/{SECRET}" not in written


def test_errors_that_name_each_other_in_a_circle_end(reporter):
    one, other = ValueError("a"), ValueError("b")
    one.__context__, other.__context__ = other, one
    assert crash.details_of(one).count("ValueError") == 2
