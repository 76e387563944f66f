"""What a unit of work refuses, and that a refusal leaves everything as it was."""

from __future__ import annotations

import dataclasses

import pytest
from db_samples import TEXT, changing, commit, creating, sample
from sqlalchemy import event, text

from annotator.edits import Change, Changeset, Edit
from annotator.errors import InvalidEdit, InvalidSpan, ProjectBusy, ProjectError, StaleEdit
from annotator.model import Hop, Span, Speaker, new_id
from db.project import open_project

ON_EVERY_DATABASE = True


@pytest.fixture
def stored(project):
    stored = sample()
    commit(project, creating(*stored.records))
    return stored


def refused(project, error, changeset: Changeset, match: str) -> None:
    before = (list(project.documents()), project.speakers(), project.history())
    with pytest.raises(error, match=match) as caught:
        commit(project, changeset)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert (list(project.documents()), project.speakers(), project.history()) == before
    assert project.check_storage() == []


def test_a_record_that_changed_meanwhile(project, stored):
    wrong = dataclasses.replace(stored.claim, note="never was so")
    refused(project, StaleEdit, changing(wrong, stored.claim), "the claim has changed since")
    refused(project, StaleEdit, changing(wrong, None), "changed since")


def test_a_chain_that_changed_meanwhile(project, stored):
    wrong = dataclasses.replace(stored.claim, chain=stored.claim.chain[:2])
    refused(project, StaleEdit, changing(wrong, stored.claim), "changed since")


def test_creating_what_exists_and_changing_what_does_not(project, stored):
    refused(project, StaleEdit, creating(stored.mention), "the mention has changed since")
    ghost = Speaker(new_id(), "Ghost")
    refused(project, StaleEdit, changing(ghost, dataclasses.replace(ghost, name="G")), "the speaker has changed since")
    refused(project, StaleEdit, changing(ghost, None), "the speaker has changed since")


def test_one_stale_change_refuses_the_whole_edit(project, stored):
    renamed = dataclasses.replace(stored.inner, name="New")
    edit = Edit("Two", (Change(stored.inner, renamed), Change(None, stored.outer)))
    refused(project, StaleEdit, Changeset.of(edit, "anna"), "Two")


@pytest.mark.parametrize(
    "span", [Span(0, 6, "moscow"), Span(0, 9999, "x"), Span(-1, 2, "x"), Span(5, 4, ""), Span(7, 9, "\U0001f600")]
)
def test_a_span_that_does_not_quote_the_text(project, stored, span):
    claim = dataclasses.replace(stored.parent, id=new_id(), spans=(span,))
    refused(project, InvalidSpan, creating(claim), "At|The place")
    hop = dataclasses.replace(stored.claim, chain=(Hop(cue_spans=(span,)),))
    refused(project, InvalidSpan, changing(stored.claim, hop), "At|The place")


def test_a_source_text_is_frozen(project, stored):
    other = dataclasses.replace(stored.source, text="x" * len(TEXT))
    refused(project, InvalidEdit, changing(stored.source, other), "frozen at import")


def test_links_into_nothing(project, stored):
    nowhere = dataclasses.replace(stored.mention, speaker_id=new_id())
    refused(project, InvalidEdit, changing(stored.mention, nowhere), "not in the project")
    refused(project, InvalidEdit, changing(stored.outer, None), "not in the project")
    refused(project, InvalidEdit, changing(stored.parent, None), "not in the project")
    lost = dataclasses.replace(stored.parent, id=new_id(), article_id=new_id())
    refused(project, InvalidEdit, creating(lost), "an article that is not in the project")


def test_a_record_that_breaks_its_type_is_a_bug_and_no_excuse_is_made(project, stored):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError, match=r"NOT NULL|not-null") as caught:
        commit(project, changing(stored.inner, dataclasses.replace(stored.inner, name=None)))
    assert stored.inner.id not in str(caught.value)
    assert "parameters hidden" in str(caught.value)
    assert project.check_storage() == []


def test_one_record_twice_in_one_edit(project, stored):
    a, b = dataclasses.replace(stored.inner, name="a"), dataclasses.replace(stored.inner, name="b")
    edit = Edit("Twice", (Change(stored.inner, a), Change(stored.inner, b)))
    refused(project, InvalidEdit, Changeset.of(edit, "anna"), "same speaker twice")


def test_half_of_a_surrogate_pair(project, stored):
    bad = dataclasses.replace(stored.inner, name="\ud83d")
    refused(project, InvalidEdit, changing(stored.inner, bad), "cannot be stored")


def test_without_commit_nothing_stays(project):
    with project.begin() as work:
        work.apply(creating(*sample().records))
    with pytest.raises(InvalidEdit), project.begin() as work:  # noqa: PT012 - the block is the transaction
        work.apply(creating(*sample().records))
        raise InvalidEdit("Something else went wrong.")
    assert (project.summaries(), project.speakers(), project.history()) == ([], [], [])


def test_a_retry_of_a_committed_changeset_is_left_alone(project, stored):
    changeset = changing(stored.inner, dataclasses.replace(stored.inner, name="Once"))
    commit(project, changeset)
    commit(project, changeset)
    commit(project, changeset, changeset)
    assert [entry.id for entry in project.history()].count(changeset.id) == 1
    assert project.check_storage() == []


def test_several_changesets_in_one_transaction_build_on_each_other(project, stored):
    first = changing(stored.claim, dataclasses.replace(stored.claim, chain=(), note="1"))
    gone = Changeset.of(Edit("Delete", (Change(stored.factual, None), Change(first.edit.changes[0].after, None))), "a")
    back = Changeset.of(gone.edit.inverted(), "a", "undo", gone.id)
    again = Changeset.of(first.edit.inverted(), "a", "undo", first.id)
    commit(project, first, gone, back, again)
    assert project.get("claim", stored.claim.id) == stored.claim
    assert project.check_storage() == []


def test_reads_during_a_transaction_see_the_last_commit(project, stored):
    with project.begin() as work:
        work.apply(changing(stored.inner, dataclasses.replace(stored.inner, name="Later")))
        assert project.get("speaker", stored.inner.id) == stored.inner
        work.commit()
        assert project.get("speaker", stored.inner.id).name == "Later"


def test_a_lost_update_between_read_and_write_is_stale(project, stored):
    """The version column catches a row that somebody changed after it was read inside the same unit."""
    after = dataclasses.replace(stored.inner, name="Mine")
    fired = []

    def meddle(connection, _cursor, statement, *_):
        if statement.startswith("UPDATE speaker") and not fired:
            fired.append(statement)
            connection.execute(text("UPDATE speaker SET revision = revision + 1"))

    event.listen(project._engine, "before_cursor_execute", meddle)
    refused(project, StaleEdit, changing(stored.inner, after), "changed since")
    assert fired


@pytest.mark.of_a_file
def test_the_change_log_can_only_grow(project, stored):
    import sqlite3

    connection = sqlite3.connect(project.location)
    for table in ("changeset", "change"):
        for statement in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET {'title' if table == 'changeset' else 'kind'}='x'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
    connection.close()


@pytest.mark.of_a_file
def test_disk_full(project, stored):
    """SQLite itself reports a full disk; the transaction is gone, and the project goes on when there is room."""

    def limit(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(project._engine, "checkout", limit)
    bulky = dataclasses.replace(stored.inner, note="x" * 500_000)
    refused(project, ProjectError, changing(stored.inner, bulky), "disk is full")
    event.remove(project._engine, "checkout", limit)
    event.listen(project._engine, "checkout", lambda c, *_: c.execute("PRAGMA max_page_count=1000000"))
    commit(project, changing(stored.inner, bulky))
    assert project.get("speaker", stored.inner.id) == bulky


@pytest.mark.of_a_file
def test_a_reader_of_another_program_that_does_not_let_go(project, stored, monkeypatch):
    import sqlite3

    other = sqlite3.connect(project.location, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM claim").fetchone()
    event.listen(project._engine, "checkout", lambda c, *_: c.execute("PRAGMA busy_timeout=50"))
    renamed = changing(stored.inner, dataclasses.replace(stored.inner, name="New"))
    refused(project, ProjectBusy, renamed, "Another program is using")
    other.execute("COMMIT")
    commit(project, renamed)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ProjectBusy), project.begin():
        pass
    other.close()
    reader = open_project(project.location, "read")
    assert reader.get("speaker", stored.inner.id).name == "New"
    reader.close()
