"""Copies of one project, labelled by several people, are brought together: labels come to the article that is there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.edits import Change, Changeset, Edit
from annotator.errors import InvalidEdit
from annotator.model import Document
from annotator.services.annotate import Author
from annotator.services.importing import (
    Report,
    find_there,
    import_edit,
    import_files,
    read_file,
    read_files,
    summed_up,
)
from annotator.services.verify import verify
from db.project import SqlProject
from seeds import sample_gold_path

BARE = {"mentions": [], "claims": [], "corrections": [], "speakers": [], "state": "todo"}
LABELLED = "The article is in the project already, without labels; those of the file were added to it."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(sample_gold_path().read_bytes())
    return path


@pytest.fixture
def bare(gold: Path) -> Path:
    """The same article before anybody labelled it."""
    path = gold.with_name("bare.jsonl")
    line = json.loads(gold.read_bytes())
    path.write_text(json.dumps({**line, **BARE, "corrected_text": line["text"]}))
    return path


def run(project: SqlProject, *paths: Path) -> Report:
    return import_files(project, paths, annotator="Ann")


def the_one(project: SqlProject) -> Document:
    (document,) = project.documents()
    return document


def test_labels_made_in_a_copy_of_the_project_are_added_to_the_article_that_is_there(
    project: SqlProject, gold: Path, bare: Path
) -> None:
    first = gold.with_name("first.txt")
    first.write_text("A text that comes first in the list.\n")
    run(project, first, bare)
    (before,) = (each for each in project.documents() if each.article.outlet)
    assert (before.claims, before.article.state) == ((), "todo")
    (draft,) = drafts = read_files([gold], Author("Lead")).drafts
    (same,) = find_there(project, drafts).values()
    assert (same.labelled, same.differs) == (True, False)
    assert summed_up([same]) == "1 is in the project without the labels that the files have."
    report = run(project, gold)
    assert (report.conflicts, report.problems, report.skipped) == ([], [], [])
    assert f"gold.jsonl, line 1: {LABELLED}" in report.notes
    after = project.document(before.article.id)
    assert (after.claims, after.mentions, after.corrections) == (draft.claims, draft.mentions, draft.corrections)
    assert after.article == replace(draft.article, position=before.article.position)
    assert len(project.article_ids()) == 2
    assert list(verify(project)) == []


def test_it_is_one_step_that_can_be_undone_and_done_again(project: SqlProject, gold: Path, bare: Path) -> None:
    run(project, bare)
    before = the_one(project)
    made = run(project, gold).changeset
    assert made is not None
    after = the_one(project)
    undone = Changeset.of(Edit(made.edit.title, ()), "Ann", "undo", made.id)
    for changeset, expected in ((undone, before), (Changeset.of(undone.edit, "Ann", "redo", made.id), after)):
        with project.begin() as unit:
            unit.replay(changeset)
            unit.commit()
        assert the_one(project) == expected
    assert list(verify(project)) == []


def test_what_was_labelled_here_is_never_touched(project: SqlProject, gold: Path, bare: Path) -> None:
    run(project, gold)
    before = the_one(project)
    report = run(project, bare)
    (skipped,) = report.skipped
    assert skipped.endswith("is already in the project; skipped.")
    assert (report.imported, report.conflicts, the_one(project)) == ([], [], before)
    other = gold.with_name("other.jsonl")
    line = json.loads(gold.read_bytes())
    other.write_text(json.dumps({**line, "claims": []}))
    assert len(run(project, other).conflicts) == 1
    assert the_one(project) == before


def test_details_that_were_changed_on_both_sides_are_a_conflict(project: SqlProject, gold: Path, bare: Path) -> None:
    run(project, bare)
    article = the_one(project).article
    renamed = replace(article, title="Mine", updated="2030-01-01T00:00:00.000Z")
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Change title", (Change(article, renamed),)), "Lead"))
        unit.commit()
    assert len(run(project, gold).conflicts) == 1
    assert (the_one(project).claims, the_one(project).article) == ((), renamed)


def test_an_edit_of_it_says_the_same(project: SqlProject, gold: Path, bare: Path) -> None:
    run(project, bare)
    edit, _ = import_edit([read_file(gold, Author("Ann"))[0]], project)
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann"))
        unit.commit()
    assert (len(the_one(project).claims), the_one(project).article.state) == (22, "done")


def test_a_copy_of_the_project_brings_nothing_that_is_there(project: SqlProject, gold: Path, tmp_path: Path) -> None:
    run(project, gold)
    before, copy = the_one(project), tmp_path / "copy.annotator"
    project.copy_to(str(copy))
    report = run(project, copy)
    assert (report.imported, report.conflicts, report.problems) == ([], [], [])
    (skipped,) = report.skipped
    assert skipped.startswith("copy.annotator, article 1: ")
    assert the_one(project) == before


def test_what_an_import_told_of_the_article_that_is_there_stays(project: SqlProject, gold: Path, bare: Path) -> None:
    bare.write_text(json.dumps({**json.loads(bare.read_bytes()), "import_notes": ["Read here.", "Both."]}))
    gold.write_text(json.dumps({**json.loads(gold.read_bytes()), "import_notes": ["Both.", "Read there."]}))
    run(project, bare)
    run(project, gold)
    assert the_one(project).article.import_notes == ("Read here.", "Both.", "Read there.")


def test_of_one_import_labels_of_an_article_read_before_without_them_are_told_and_come_with_the_next(
    project: SqlProject, gold: Path, bare: Path
) -> None:
    (told,) = run(project, bare, gold).conflicts
    assert told.endswith("was read before without labels; it was left out; import it once more to add its labels.")
    assert (the_one(project).claims, run(project, gold).conflicts) == ((), [])
    assert len(the_one(project).claims) == 22
    assert list(verify(project)) == []


def test_an_import_to_which_something_refers_is_not_undone_and_that_is_told(
    project: SqlProject, gold: Path, bare: Path
) -> None:
    run(project, bare)
    made = run(project, gold).changeset
    assert made is not None
    named = replace(next(each for each in the_one(project).mentions if each.speaker_id), id="later")
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Mark mention", (Change(None, named),)), "Lead"))
        unit.commit()
    before = the_one(project)
    undone = Changeset.of(Edit(made.edit.title, ()), "Ann", "undo", made.id)
    with project.begin() as unit:
        unit.replay(undone)
        with pytest.raises(InvalidEdit, match="can't be undone: something added since refers to it"):
            unit.commit()
    assert the_one(project) == before
