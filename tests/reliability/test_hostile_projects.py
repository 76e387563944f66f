"""Sixty project files of a stranger, and mutated ones: none acts, none is a traceback; articles come out by copy."""

from __future__ import annotations

import io

import pytest
from examining import examine, examine_mutated, said
from hostile_projects import ACTING, BROKEN, CANARY, build

from annotator.errors import AnnotatorError, ImportFailed, ProjectError
from annotator.formats.base import Reading
from db.by_copy import copy_out, read
from db.project import open_project

MUTATED = 100
HARMLESS = {"a journal of nothing", "a journal that puts back noise", "markup", "formulas and control characters"}
"""Journals that are none SQLite takes away itself; words are words."""


@pytest.fixture
def path(scratch):
    return scratch / "p.annotator"


def contents(folder) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def test_there_are_sixty():
    assert len(ACTING) + len(BROKEN) >= 60


@pytest.mark.parametrize("name", ACTING)
def test_what_could_act_is_not_opened_and_nothing_is_touched(path, name):
    build(path, ACTING[name])
    before = contents(path.parent)
    for access in ("auto", "read"):
        with pytest.raises(ProjectError) as refusal:
            open_project(str(path), access)
        said(refusal.value)
    assert contents(path.parent) == before
    assert before["canary"] == CANARY


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_said_in_a_sentence(path, name):
    build(path, BROKEN[name])
    assert examine(path) in ("refused", "read with problems") or name in HARMLESS
    assert path.with_name("canary").read_bytes() == CANARY


@pytest.mark.parametrize("name", [*ACTING, *BROKEN])
def test_articles_come_out_by_copy_and_nothing_acts(path, name):
    build(path, {**ACTING, **BROKEN}[name])
    before = contents(path.parent)
    out = io.BytesIO()
    try:
        left = copy_out(path, out)
    except AnnotatorError as error:
        said(error)
    else:
        for sentence in left:
            said(sentence)
        assert left or b"acted" not in out.getvalue()
    assert contents(path.parent) == before


def test_a_stranger_s_articles_are_copied_in_a_process_of_their_own(path):
    build(path, ACTING["a trigger on articles"])
    with path.open("rb") as stream:
        (draft,) = read(stream, Reading("p.annotator", "Ann"))
    assert len(draft.claims) == 2
    assert any("history" in note for note in draft.article.import_notes)
    build_again = path.with_name("q.annotator")
    build(build_again, ACTING["a view in a table's place"])
    with build_again.open("rb") as stream:
        (draft,) = read(stream, Reading("q.annotator", "Ann"))
    assert len(draft.corrections) == 2
    broken = path.with_name("r.annotator")
    broken.write_bytes(path.read_bytes()[:5000])
    with broken.open("rb") as stream, pytest.raises(ImportFailed, match=r"^r.annotator cannot be read"):
        list(read(stream, Reading("r.annotator", "Ann")))


def test_copying_ends_when_a_person_stops_it(path):
    build(path, ACTING["a trigger on articles"])
    answers = iter([False])  # while the file is taken; from then on the process is waited for
    reading = Reading("p.annotator", "Ann", stopped=lambda: next(answers, True))
    with path.open("rb") as stream, pytest.raises(ImportFailed, match=r"^p.annotator was not read: it was stopped\.$"):
        list(read(stream, reading))


def test_mutated_projects_are_read_or_refused(scratch):
    found = examine_mutated(scratch, MUTATED, seed=6)
    assert not found.complaints
    assert found.outcomes.keys() == {"refused", "read with problems", "read"}
