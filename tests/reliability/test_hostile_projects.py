"""Sixty project files of a stranger, and mutated ones: none acts, none is a traceback; articles come out by copy."""

from __future__ import annotations

import io
import random
import shutil

import pytest
from hostile_projects import ACTING, BROKEN, CANARY, build, made, mutate

from annotator.errors import AnnotatorError, ImportFailed, ProjectError
from annotator.formats.base import Reading
from annotator.services.verify import verify
from db.by_copy import copy_out, read
from db.project import open_project

MUTATED = 100
HARMLESS = {"a journal of nothing", "a journal that puts back noise", "markup", "formulas and control characters"}
"""Journals that are none SQLite takes away itself; words are words."""


@pytest.fixture
def path(scratch):
    return scratch / "p.annotator"


def examine(path) -> str:
    """Open a project and read all of it, as the window does; what came of it. Anything but our errors is raised."""
    try:
        project = open_project(str(path))
    except AnnotatorError as error:
        said(error)
        return "refused"
    try:
        told = 0
        for reads in (project.summaries, project.speakers, project.history, project.head, project.count_tags):
            told += failed(reads)
        for id_ in project.article_ids() if not failed(project.article_ids) else ():
            told += failed(lambda id_=id_: project.document(id_))
        told += failed(lambda: [said(problem) for problem in verify(project)])
        return "read with problems" if told or not sound(project) else "read"
    finally:
        project.close()


def sound(project) -> bool:
    try:
        return not list(verify(project))
    except AnnotatorError:
        return False


def failed(reads) -> bool:
    try:
        reads()
    except AnnotatorError as error:
        said(error)
        return True
    except KeyError:  # an article that is not there
        return True
    return False


def said(error) -> None:
    """It is one sentence that a person can read, not a value, a statement or a traceback."""
    sentence = str(error)
    assert len(sentence) < 1_000, sentence[:300]
    assert sentence.isprintable(), ascii(sentence)
    for word in ("Traceback", "sqlite3.", "sqlalche", "SELECT ", "object at 0x"):
        assert word not in sentence, sentence


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
        read(stream, Reading("r.annotator", "Ann"))


def test_mutated_projects_are_read_or_refused(path):
    made(path)
    data = path.read_bytes()
    dice = random.Random(6)
    seen = {examine(_mutated(path, data, dice)) for _ in range(MUTATED)}
    assert seen == {"refused", "read with problems", "read"}


def _mutated(path, data, dice):
    folder = path.with_name("mutated")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    found = folder / "m.annotator"
    found.write_bytes(mutate(data, dice))
    return found
