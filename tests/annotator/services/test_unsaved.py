"""Changes that an earlier session could not save: each as what it was, where it still fits, and never twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.edits import MANY, Change, Changeset, Edit
from annotator.errors import ProjectError
from annotator.files import BACKUPS_SUFFIX
from annotator.history import History
from annotator.model import Article, Speaker, now
from annotator.services import unsaved
from annotator.services.account import Names
from annotator.services.articles import FROZEN
from annotator.services.importing import import_files
from annotator.services.verify import verify
from db.project import SqlProject, create_project
from seeds import sample_gold_path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[SqlProject]:
    with closing(create_project(str(tmp_path / "p.annotator"))) as made:
        import_files(made, [sample_gold_path()], annotator="Ann")
        yield made


def article_of(project: SqlProject) -> Article:
    return next(project.documents()).article


def titled(article: Article, title: str) -> Edit:
    return Edit(f"Title {title}", (Change(article, replace(article, title=title, updated=now())),))


def test_what_was_undone_and_done_again_is_saved_as_that(project: SqlProject) -> None:
    article = replace(article_of(project), state="in_progress")
    opened = Changeset.of(Edit("Reopen", (Change(article_of(project), article),)), "Ann")
    one = Changeset.of(titled(article, "One"), "Ann")
    back = Changeset.of(one.edit.inverted(), "Ann", "undo", one.id)
    outcome = unsaved.save(project, [opened, one, back])
    assert outcome == unsaved.Outcome((opened, one, back), ())
    assert list(verify(project)) == []
    history = History(project.history())
    assert history.redoable is not None
    assert history.redoable.id == one.id
    assert project.changeset(back.id) == back
    assert unsaved.missing(project, [opened, one, back]) == ()
    head = project.head()
    assert unsaved.save(project, [opened, one, back]).refused == ()
    assert project.head() == head, "nothing is saved twice"


def test_an_article_that_was_frozen_meanwhile_stays_frozen(project: SqlProject) -> None:
    article = article_of(project)
    assert article.state == "done"
    change = Changeset.of(titled(article, "One"), "Ann")
    assert unsaved.save(project, [change]) == unsaved.Outcome((), ((change, FROZEN),))
    assert article_of(project) == article


def test_where_the_project_cannot_be_written_the_rest_is_left_in_order(
    project: SqlProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        Changeset.of(Edit(name, (Change(None, Speaker(name, name, created=now(), updated=now())),)), "Ann")
        for name in ("a", "b", "c")
    ]
    begin, asked = project.begin, []

    def fail_twice() -> object:
        asked.append(1)
        if len(asked) == 2:
            raise ProjectError("The disk is full.")
        return begin()

    monkeypatch.setattr(project, "begin", fail_twice)
    outcome = unsaved.save(project, made)
    assert outcome == unsaved.Outcome((made[0],), (), (made[1], made[2]), "The disk is full.")
    assert unsaved.save(project, made).left == ()
    assert {"a", "b", "c"} <= {speaker.id for speaker in project.speakers()}


def test_a_backup_that_could_not_be_made_before_is_told_once_and_stops_nothing(
    project: SqlProject, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / f"p{BACKUPS_SUFFIX}", ignore_errors=True)
    (tmp_path / f"p{BACKUPS_SUFFIX}").write_bytes(b"a file")
    new = [Speaker(f"s{number}", f"Speaker {number}", created=now(), updated=now()) for number in range(2 * MANY + 2)]
    large = [
        Changeset.of(Edit("Add speakers", tuple(Change(None, each) for each in some)), "Ann")
        for some in (new[: MANY + 1], new[MANY + 1 :])
    ]
    outcome = unsaved.save(project, large)
    assert (outcome.saved, outcome.refused, outcome.left) == (tuple(large), (), ())
    (told,) = outcome.not_kept
    assert "backup" in told


def test_what_they_would_change_is_told_in_words(project: SqlProject) -> None:
    article, claim = article_of(project), next(project.documents()).claims[0]
    changes = (Change(claim, replace(claim, note="Why it matters")),)
    told = unsaved.tell(
        project,
        [Changeset.of(titled(article, "One"), "Ann"), Changeset.of(Edit("Note", changes * 101), "Ann")],
        Names(),
    )
    assert len(told[0]) == 1
    assert told[0][0].startswith("Article changed: One; title: Russia Says Trump")
    assert told[0][0].endswith(" → One")
    assert told[1][0].startswith("Claim changed: “Trump Invited Putin")
    assert told[1][0].endswith(" → Why it matters")
    assert told[1][-1] == "and 1 more"
