"""Values that this program never wrote: one sentence that says where, and the rest of the project stays readable."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from db_samples import commit, creating, sample

from annotator.errors import ProjectError
from annotator.services.verify import verify
from db import files
from db.files import journal_of
from db.project import open_project


@pytest.fixture
def stored(project):
    stored, other = sample(), sample(position=1)
    commit(project, creating(*stored.records), creating(*other.records))
    return stored


def damage(project, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(project.location)) as connection:
        assert connection.execute(statement, values).rowcount == 1
        connection.commit()


JSON_VALUES = ["[[1,2]]", "[[1", "{}", "null", "7", '"x"', '[["a",2,"","",""]]', "[[0,1,null,null,null]]", "[{}]", ""]


@pytest.mark.parametrize("value", [*JSON_VALUES, "[" * 100_000, b"[]", "[[true,1,null,null,null]]"])
def test_a_list_that_is_none_is_named_with_its_column(project, stored, value):
    damage(project, "UPDATE claim SET spans = ? WHERE id = ?", value, stored.claim.id)
    with pytest.raises(ProjectError) as error:
        project.document(stored.article.id)
    assert str(error.value) == "The project is damaged: a value of “claim.spans” cannot be read."


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("article", "segments", '[{"kind":"body"}]'),
        ("article", "segments", '[{"kind":"body","start":"0","end":1}]'),
        ("article", "import_notes", "[1]"),
        ("article", "position", "first"),
        ("article", "title", b"bytes"),
        ("claim", "tags", "[null]"),
        ("correction", "evidence", '[{"page":3}]'),
        ("correction", "evidence", "[[]]"),
        ("mention", "note", b"bytes"),
        ("source_text", "text", b"bytes"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_its_column(project, stored, table, column, value):
    ids = {
        "article": stored.article.id,
        "source_text": stored.article.id,
        "claim": stored.claim.id,
        "mention": stored.mention.id,
        "correction": stored.factual.id,
    }
    damage(project, f"UPDATE {table} SET {column} = ? WHERE id = ?", value, ids[table])
    with pytest.raises(ProjectError) as error:
        project.document(stored.article.id)
    assert str(error.value) == f"The project is damaged: a value of “{table}.{column}” cannot be read."


def test_hops_and_speakers_are_looked_at_too(project, stored):
    damage(project, "UPDATE attribution SET cue_spans = '{}' WHERE claim_id = ? AND ordinal = 0", stored.claim.id)
    with pytest.raises(ProjectError, match=r"attribution\.cue_spans"):
        project.document(stored.article.id)
    damage(project, "UPDATE attribution SET cue_spans = '[]' WHERE claim_id = ? AND ordinal = 0", stored.claim.id)
    damage(project, "UPDATE attribution SET ordinal = 'x' WHERE claim_id = ? AND ordinal = 0", stored.claim.id)
    with pytest.raises(ProjectError, match=r"attribution\.ordinal"):
        project.document(stored.article.id)
    damage(project, "UPDATE speaker SET aliases = 'x' WHERE id = ?", stored.inner.id)
    with pytest.raises(ProjectError, match=r"speaker\.aliases"):
        project.speakers()


def test_text_that_is_no_utf8_is_said_without_quoting_it(project, stored):
    damage(project, "UPDATE speaker SET name = CAST(x'736563726574ff' AS TEXT) WHERE id = ?", stored.inner.id)
    with pytest.raises(ProjectError) as error:
        project.speakers()
    assert str(error.value) == "The project is damaged: a value of “name” cannot be read."


def test_a_position_that_is_no_number_stops_an_import_in_one_sentence(project, stored):
    damage(project, "UPDATE article SET position = 'last' WHERE id = ?", stored.article.id)
    with pytest.raises(ProjectError, match=r"article\.position"):
        project.next_position()


def test_a_changeset_that_cannot_be_read_is_said(project, stored):
    with closing(sqlite3.connect(project.location)) as connection:
        connection.execute("DROP TRIGGER change_no_update")
        connection.execute("UPDATE change SET after = '[1'")
        connection.commit()
    for entry in project.history():
        with pytest.raises(ProjectError, match=r"change\.after"):
            project.changeset(entry.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim SET spans = '[[1,2]]' WHERE id = ?",
        "UPDATE claim SET spans = '{}' WHERE id = ?",
        "UPDATE claim SET note = CAST(x'ff' AS TEXT) WHERE id = ?",
    ],
)
def test_verify_names_the_record_and_goes_on_with_the_next_article(project, stored, statement):
    other = next(id_ for id_ in project.article_ids() if id_ != stored.article.id)
    damage(project, statement, stored.claim.id)
    damage(project, "UPDATE article SET state = 'odd' WHERE id = ?", other)
    problems = [str(problem) for problem in verify(project)]
    assert sum(f"The claim {stored.claim.id} cannot be read: the project is damaged" in p for p in problems) == 1
    assert any(p.startswith(f"{stored.article.id}: the project is damaged") for p in problems)
    assert any("state: “odd” is not one of" in p for p in problems), "the other article was looked at"
    assert not any(stored.parent.id in p for p in problems), "what is sound is not reported"


def test_verify_goes_on_when_the_speakers_cannot_be_read(project, stored):
    other = next(id_ for id_ in project.article_ids() if id_ != stored.article.id)
    damage(project, "UPDATE speaker SET aliases = '{}' WHERE id = ?", stored.inner.id)
    damage(project, "UPDATE article SET state = 'odd' WHERE id = ?", other)
    problems = [str(problem) for problem in verify(project)]
    assert "project: The project is damaged: a value of “speaker.aliases” cannot be read." in problems
    assert any("state: “odd” is not one of" in p for p in problems)
    assert not any("refers to the speaker" in p for p in problems)


def test_links_that_cannot_be_checked_are_a_problem_and_no_bug(project, stored):
    """A declaration that names a table's key otherwise, as a byte that flipped may leave it."""
    with closing(sqlite3.connect(project.location)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        wrong = "replace(sql, 'PRIMARY KEY (id)', 'CHECK (id <> 1)')"
        connection.execute(f"UPDATE sqlite_master SET sql = {wrong} WHERE name = 'claim'")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'sqlite_autoindex_claim_1'")
        connection.commit()
    project._engine.dispose()
    assert any("is damaged" in problem for problem in project.check_storage())


def test_a_file_that_another_window_is_just_making_longer_is_not_called_damaged(project, path, monkeypatch):
    commit(project, *(creating(*sample(position=n).records) for n in range(20)))
    project.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-8192])  # its header is written, the rest follows
    journal = journal_of(path)
    journal.write_bytes(b"")

    def finishing(of: Path) -> Path:
        """The other window is done when its journal is looked for."""
        path.write_bytes(whole)
        journal.unlink(missing_ok=True)
        return journal_of(of)

    monkeypatch.setattr(files, "journal_of", finishing)
    opened = open_project(str(path))
    assert list(verify(opened)) == []
    opened.close()
