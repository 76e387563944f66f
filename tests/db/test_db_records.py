"""Every record comes back as it was stored, and reads answer what the ports promise."""

from __future__ import annotations

import dataclasses

import pytest
from db_samples import TEXT, changing, commit, creating, sample, sha256

from annotator.edits import Change, Changeset, Edit
from annotator.history import HistoryEntry
from annotator.model import RECORD_TYPES, Article, Claim, Hop, SourceText, new_id
from annotator.ports import Project, UnitOfWork
from annotator.text.anchors import anchor
from db.mapping import FIELDS
from db.project import open_project
from db.schema import RECORD_ROWS, table_of

ON_EVERY_DATABASE = True


def test_the_store_fits_its_protocol(project):
    port: Project = project
    with port.begin() as work:
        unit: UnitOfWork = work
        assert unit is not None


def test_every_field_has_a_column():
    for kind in RECORD_TYPES:
        columns = set(table_of(RECORD_ROWS[kind]).columns.keys()) - {"revision"}
        assert columns == set(FIELDS[kind]), kind


def test_round_trip_of_every_record_after_reopening(project, path):
    stored = sample()
    commit(project, creating(*stored.records))
    project.close()
    reopened = open_project(str(path))
    for record in stored.records:
        kind = next(kind for kind, record_type in RECORD_TYPES.items() if type(record) is record_type)
        assert reopened.get(kind, record.id) == record
    document = reopened.document(stored.article.id)
    assert document.source.text == TEXT
    assert document.article == stored.article
    assert document.mentions == (stored.mention,)
    assert document.claims == (stored.parent, stored.claim)
    assert document.corrections == (stored.transcription, stored.factual)
    assert list(reopened.documents()) == [document]
    assert reopened.check_storage() == []
    reopened.close()


def test_reads(project):
    first, second = sample(position=1), sample(text="plain text that is long enough", position=0)
    assert project.next_position() == 0
    commit(project, creating(*first.records), creating(*second.records))
    assert project.article_ids() == [second.article.id, first.article.id]
    assert [(s.article, s.claims, s.mentions, s.corrections) for s in project.summaries()] == [
        (second.article, 2, 1, 2),
        (first.article, 2, 1, 2),
    ]
    names = [speaker.name for speaker in project.speakers()]
    assert names == ["The Moscow Times", "The Moscow Times", "äbel", "äbel"]
    assert set(project.uses_of_speaker(first.outer.id)) == {first.mention, first.claim}
    assert project.uses_of_speaker(first.inner.id) == [first.claim]
    assert project.speaker_counts() == {
        first.outer.id: (1, 0),
        first.inner.id: (0, 1),
        second.outer.id: (1, 0),
        second.inner.id: (0, 1),
    }
    assert project.next_position() == 2
    assert project.find_duplicates([sha256(TEXT), "0"]) == {sha256(TEXT): first.article.title}
    asked = [("claim", first.claim.id), ("mention", first.claim.id), ("speaker", second.inner.id)]
    assert project.taken(asked) == {asked[0], asked[2]}
    assert project.get("claim", "nobody") is None
    with pytest.raises(KeyError):
        project.document("nobody")
    with pytest.raises(KeyError):
        project.get("sentence", "x")


def test_a_claim_counts_once_for_a_speaker_that_is_twice_in_its_chain(project):
    stored = sample()
    claim = dataclasses.replace(stored.claim, chain=(Hop(stored.outer.id), Hop(stored.outer.id)))
    commit(project, creating(stored.article, stored.source, stored.outer, stored.parent, claim))
    assert project.speaker_counts() == {stored.outer.id: (0, 1)}
    assert project.uses_of_speaker(stored.outer.id) == [claim]


def test_documents_are_in_reading_order(project):
    stored = sample()
    claims = [
        dataclasses.replace(stored.parent, id=new_id(), spans=(anchor(TEXT, start, end),))
        for start, end in [(5, 9), (0, 3), (0, 9), (2, 4)]
    ]
    without = dataclasses.replace(stored.parent, id=new_id(), spans=())
    commit(project, creating(stored.article, stored.source, without, *claims))
    places = [[(s.start, s.end) for s in claim.spans] for claim in project.document(stored.article.id).claims]
    assert places == [[(0, 9)], [(0, 3)], [(2, 4)], [(5, 9)], []]


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5])
def test_a_chain_can_grow_shrink_and_turn_round(project, length):
    stored = sample()
    commit(project, creating(*stored.records))
    hops = (*stored.claim.chain, Hop(stored.inner.id), Hop())
    after = dataclasses.replace(stored.claim, chain=tuple(reversed(hops[:length])))
    commit(project, changing(stored.claim, after))
    assert project.get("claim", after.id) == after
    commit(project, changing(after, stored.claim))
    assert project.get("claim", after.id) == stored.claim
    assert project.check_storage() == []


def test_history_and_changesets(project):
    stored = sample()
    first = creating(*stored.records, title="Import “x”")
    undo = Changeset.of(first.edit.inverted(), "bob", "undo", first.id)
    commit(project, first)
    commit(project, undo)
    assert project.history() == [
        HistoryEntry(first.id, "Import “x”"),
        HistoryEntry(undo.id, "Import “x”", "undo", first.id),
    ]
    assert project.changeset(first.id) == first
    assert project.changeset(undo.id) == undo
    with pytest.raises(KeyError):
        project.changeset("nobody")
    assert [project.changeset(entry.id) for entry in project.history()] == [first, undo]
    assert project.summaries() == []
    assert project.speakers() == []
    assert project.check_storage() == []


@pytest.mark.of_a_file
def test_the_log_pages_through_many_changesets(project):
    stored = sample()
    commit(project, creating(stored.article, stored.source))
    article, made = stored.article, []
    for number in range(120):
        after = dataclasses.replace(article, title=str(number))
        made.append(changing(article, after))
        article = after
    commit(project, *made)
    assert [project.changeset(entry.id) for entry in project.history()][1:] == made
    assert project.check_storage() == []


@pytest.mark.of_a_file
def test_ten_thousand_claims_are_written_and_read_with_few_statements(project):
    from sqlalchemy import event

    text = "0123456789" * 1000
    article = Article(new_id(), "Long")
    claims = [
        Claim(id=new_id(), article_id=article.id, annotator="a", spans=(anchor(text, i, i + 1),), chain=(Hop(),))
        for i in range(9999)
    ]
    statements = []
    event.listen(project._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    commit(project, creating(article, SourceText(article.id, text, sha256(text)), *claims))
    assert len(statements) < 60
    statements.clear()
    assert project.document(article.id).claims == tuple(claims)
    assert len(statements) < 10


def test_many_edits_do_not_read_the_whole_project(project):
    """The number of statements for one small edit is fixed."""
    from sqlalchemy import event

    stored = sample()
    commit(project, creating(*stored.records))
    statements = []
    event.listen(project._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    claim, counts = stored.claim, []
    for number in range(30):
        after = dataclasses.replace(claim, note=str(number))
        statements.clear()
        commit(project, Changeset.of(Edit("Note", (Change(claim, after),)), "anna"))
        counts.append(len(statements))
        claim = after
    assert len(set(counts)) == 1
    assert counts[0] <= 9, statements
