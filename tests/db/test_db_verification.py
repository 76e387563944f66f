"""``check_storage`` finds every kind of tampering, and says nothing about a sound project."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample

from annotator.codec import canonical_json, encode
from db import changelog
from db.project import open_project


@pytest.fixture
def stored(project):
    stored = sample()
    commit(project, creating(*stored.records))
    commit(project, changing(stored.inner, dataclasses.replace(stored.inner, name="Two")))
    commit(project, changing(stored.mention, None))
    return stored


def tampered(project, *statements: str) -> list[str]:
    """What is found after somebody took the guards away, changed something, and put them back."""
    connection = sqlite3.connect(project.location)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for trigger, _ in guards:
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in guards:
        connection.execute(sql)
    connection.commit()
    connection.close()
    return project.check_storage()


def test_the_hash_is_the_one_that_is_documented(project, stored):
    prev_hash = "0" * 64
    connection = sqlite3.connect(project.location)
    hashes = connection.execute("SELECT id, prev_hash, hash FROM changeset ORDER BY seq").fetchall()
    connection.close()
    assert len(hashes) == 3
    for id_, stored_prev_hash, stored_hash in hashes:
        changeset = project.changeset(id_)
        content = {
            "id": changeset.id,
            "title": changeset.edit.title,
            "action": changeset.action,
            "target_id": changeset.target_id,
            "actor": changeset.actor,
            "time": changeset.time,
            "changes": [
                {"kind": c.kind, "id": c.id, "before": encode(c.before), "after": encode(c.after)}
                for c in changeset.edit.changes
            ],
        }
        assert stored_prev_hash == prev_hash
        assert stored_hash == hashlib.sha256((prev_hash + canonical_json(content)).encode()).hexdigest()
        prev_hash = stored_hash
    assert project.check_storage() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE changeset SET title = 'x' WHERE seq = 2", "Change 2 .* was altered"),
        ("UPDATE changeset SET actor = 'x' WHERE seq = 1", "Change 1 .* was altered"),
        ("UPDATE changeset SET time = 'x' WHERE seq = 3", "Change 3 .* was altered"),
        ("UPDATE changeset SET prev_hash = hash WHERE seq = 2", "chain is broken"),
        ("UPDATE change SET after = replace(after, 'Two', 'Too') WHERE changeset_seq = 2", "was altered"),
        ("UPDATE change SET entity_id = 'x' WHERE changeset_seq = 3", "does not start from"),
        ("DELETE FROM change WHERE changeset_seq = 3", "was altered"),
        (
            "INSERT INTO changeset SELECT -1, 'x', '', action, '', actor, time, hash, hash FROM changeset LIMIT 1",
            "before its first",
        ),
        ("UPDATE speaker SET name = 'Three' WHERE name = 'Two'", "speaker .* differs"),
        ("UPDATE attribution SET medium = 'x' WHERE ordinal = 1", "claim .* differs"),
        ("DELETE FROM attribution WHERE ordinal = 2", "claim .* differs"),
        ("DELETE FROM correction WHERE kind = 'factual'", "correction .* is missing"),
        ("INSERT INTO project VALUES ('x', 'y')", "holds the fact “x”"),
        ("DELETE FROM project WHERE key = 'created'", "fact “created” is missing"),
        ("UPDATE project SET value = 'me' WHERE key = 'created_by'", "fact “created_by” is missing, or not as"),
        ("UPDATE alembic_version SET version_num = '0001'", "which version of its tables"),
        ("INSERT INTO work_time VALUES ('a', 'b', 'today', 7)", "working time holds 1 line "),
        ("UPDATE change SET article_id = 'x' WHERE changeset_seq = 1 AND kind = 'claim'", "names another article"),
        ("UPDATE change SET ordinal = ordinal + 1 WHERE changeset_seq = 3", "Change 3 does not number what it changed"),
        ("UPDATE speaker SET revision = 7 WHERE name = 'Two'", "counts 7 versions; by the change log it has had 2"),
        ("UPDATE claim SET tags = '[ ]' WHERE tags = '[]'", "claim .* differs"),
        ("UPDATE claim SET unsure = 2 WHERE unsure = 1", "claim .* differs"),
        ("UPDATE attribution SET ordinal = 5 WHERE ordinal = 2", "claim .* differs"),
        ("CREATE TABLE other (x)", "holds the table “other”, which this program did not make"),
        ("CREATE VIEW other AS SELECT * FROM claim", "holds the view “other”"),
        ("DROP INDEX ix_change_entity_id", "index “ix_change_entity_id” is missing"),
        ("ALTER TABLE claim ADD COLUMN more TEXT", "table “claim” is not as this program makes it"),
        ("CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM mention; END", "holds the trigger “t”"),
        ("UPDATE source_text SET text = text || '!'", "does not match its SHA-256"),
        ("UPDATE correction SET claim_id = 'nobody' WHERE kind = 'factual'", "refers to a row of “claim”"),
    ],
)
def test_tampering(project, stored, statement, finding):
    problems = tampered(project, statement)
    assert any(re.search(finding, problem) for problem in problems)
    assert all("\n" not in problem for problem in problems)


def test_a_removed_changeset_leaves_a_gap(project, stored):
    problems = tampered(project, "DELETE FROM change WHERE changeset_seq = 2", "DELETE FROM changeset WHERE seq = 2")
    assert any("gap between 1 and 3" in problem for problem in problems)


def test_a_record_that_the_log_does_not_know(project, stored):
    columns = "revision, name, kind, aliases, roles, affiliation, wikidata, note, created, updated"
    problems = tampered(project, f"INSERT INTO speaker (id, {columns}) SELECT 'new', {columns} FROM speaker LIMIT 1")
    assert problems == ["The speaker new is stored, but the change log does not know it."]


def test_a_forged_chain_still_parts_from_the_tables(project, stored):
    """Somebody who recomputes every hash must also have changed the tables to match."""
    connection = sqlite3.connect(project.location)
    (after,) = connection.execute("SELECT after FROM change WHERE changeset_seq = 2").fetchone()
    connection.close()
    forged = canonical_json({**json.loads(after), "name": "Forged"})
    problems = tampered(project, f"UPDATE change SET after = '{forged}' WHERE changeset_seq = 2")
    assert any("differs from what the change log says" in problem for problem in problems)


@pytest.mark.parametrize("change", ["DROP TRIGGER change_no_update", "DROP TRIGGER changeset_no_delete"])
def test_a_guard_that_was_taken_away_is_missed(project, stored, change):
    with closing(sqlite3.connect(project.location)) as connection:
        connection.execute(change)
        connection.commit()
    (problem,) = project.check_storage()
    assert "which keeps the change log append-only, is missing" in problem


def test_what_an_older_version_wrote_into_the_log_is_what_it_was(project, stored):
    """Before the second version of the tables a hop had neither addressee nor date: neither is in the log of then."""
    hop = dataclasses.replace(stored.claim.chain[0], addressee_id=None, date=None)
    before = dataclasses.replace(stored.claim, id="old", chain=(hop,))
    log_text = changelog.record_json(before)
    old_text = log_text.replace('"addressee_id":null,', "").replace('"date":null,', "")
    assert old_text != log_text
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(changelog, "record_json", lambda _record: old_text)
        commit(project, creating(before))
    assert project.check_storage() == []
    commit(project, changing(before, dataclasses.replace(before, note="new")))
    assert project.check_storage() == []
    assert any("differs" in problem for problem in tampered(project, "UPDATE claim SET note = '' WHERE id = 'old'"))


def test_checking_reads_only(project, stored):
    before = Path(project.location).read_bytes()
    reader = open_project(project.location, "read")
    assert reader.check_storage() == []
    reader.close()
    assert Path(project.location).read_bytes() == before
