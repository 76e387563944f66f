"""What the log says of a record and of the project; where the values of a vocabulary stand; the stored scheme."""

from __future__ import annotations

from dataclasses import replace

import pytest
from db_samples import TEXT, changing, commit, creating, sample

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ProjectReadOnly, StaleEdit
from annotator.history import History
from annotator.model import CheckSetting, Document, Scheme, SourceText, Term
from annotator.ports import WorkTime
from db import changelog, growing, sql_project, unit_of_work
from db.project import open_project

ON_EVERY_DATABASE = True


def test_the_scheme_is_stored_whole_and_there_is_none_at_first(project, path):
    assert project.get("scheme", "scheme") is None
    terms = (
        Term("claim.form", "direct", "Direct", "“…”", retired=True),
        Term("certainty", "high", "Sicher \U0001f600"),
    )
    scheme = Scheme("scheme", "Ours", "7", terms, "# Ours\n", (CheckSetting("unsure", "off"),), ("claim.text",), "now")
    commit(project, changing(None, scheme))
    project.close()
    reopened = open_project(str(path))
    assert reopened.get("scheme", "scheme") == scheme
    assert reopened.check_storage() == []
    reopened.close()


def test_the_versions_of_a_record_are_its_changes_in_order(project):
    made = sample()
    commit(project, creating(*made.records, title="Import"))
    noted = replace(made.mention, note="other")
    commit(project, changing(made.mention, noted, "Change note"))
    commit(project, changing(made.claim, replace(made.claim, form="indirect")))
    commit(project, changing(noted, None, "Delete"))
    versions = project.versions("mention", made.mention.id)
    assert [(v.seq, v.title, v.actor) for v in versions] == [
        (1, "Import", "anna"),
        (2, "Change note", "anna"),
        (4, "Delete", "anna"),
    ]
    assert [(v.before, v.after) for v in versions] == [(None, made.mention), (made.mention, noted), (noted, None)]
    assert project.versions("mention", "unknown") == []


def test_the_timeline_runs_backwards_in_pages(project):
    first, second = sample(), sample(TEXT, 1)
    commit(project, creating(*first.records, title="One"), creating(*second.records, title="Two"))
    note = first.claim
    for number in range(5):
        changed = replace(note, note=str(number))
        commit(project, changing(note, changed, f"Note {number}"))
        note = changed
    newest = project.timeline(limit=3)
    assert [entry.title for entry in newest] == ["Note 4", "Note 3", "Note 2"]
    rest = project.timeline(before=newest[-1].seq)
    assert [entry.title for entry in rest] == ["Note 1", "Note 0", "Two", "One"]
    assert rest[-1].records == (
        ("article", 1),
        ("claim", 2),
        ("correction", 2),
        ("mention", 1),
        ("source_text", 1),
        ("speaker", 2),
    )
    assert [entry.title for entry in project.timeline(article_id=second.article.id)] == ["Two"]
    (actor,) = project.actors()
    assert len(project.timeline(actor=actor)) == 7
    assert project.timeline(actor="nobody") == []


def test_values_are_found_and_counted_where_they_stand(project):
    made = sample()
    commit(project, creating(*made.records))
    assert project.uses_of_value("claim.form", "direct") == [made.claim]
    assert project.uses_of_value("certainty", "low") == [made.mention]
    assert project.uses_of_value("correction.verdict", "refuted") == [made.factual]
    assert project.uses_of_value("hop.referring", "implicit") == []
    counts = project.count_values()
    assert counts["claim.form", "direct"] == 1
    assert counts["certainty", "low"] == 1
    assert counts["speaker.kind", "media"] == 1
    assert ("claim.form", "indirect") not in counts


def test_tags_are_counted_over_all_claims(project):
    made = sample()
    claims = [
        replace(made.claim, tags=("visit", "war")),
        replace(made.claim, id=made.claim.id[::-1], tags=("visit",), parent_id=None),
    ]
    commit(project, creating(*(r for r in made.records if r is not made.claim), *claims))
    assert project.count_tags() == {"visit": 2, "war": 1}
    commit(project, changing(claims[0], replace(claims[0], tags=())))
    assert project.count_tags() == {"visit": 1}


def test_a_speaker_that_is_only_spoken_to_is_used_and_named(project):
    made = sample()
    hops = tuple(replace(hop, speaker_id=None, mention_spans=()) for hop in made.claim.chain)
    claim = replace(made.claim, chain=hops)
    commit(project, creating(*(claim if record is made.claim else record for record in made.records)))
    assert project.uses_of_speaker(made.inner.id) == [claim]
    assert made.inner in project.document(made.article.id).speakers


def test_work_times_add_up_and_stand_in_no_log(project, path):
    made = sample()
    commit(project, creating(*made.records))
    for seconds, day in ((5, "2026-11-23"), (7, "2026-11-23"), (1, "2026-11-24")):
        project.add_work_time(WorkTime(made.article.id, "anna", day, seconds))
    assert [(t.day, t.seconds) for t in project.work_times()] == [("2026-11-23", 12), ("2026-11-24", 1)]
    assert len(project.timeline()) == 1
    assert project.check_storage() == []
    reader = open_project(str(path), "read")
    with pytest.raises(ProjectReadOnly):
        reader.add_work_time(WorkTime(made.article.id, "anna", "2026-11-25", 1))
    reader.close()


def test_a_changeset_of_more_than_is_written_at_once_is_logged_whole_and_in_order(project, monkeypatch):
    monkeypatch.setattr(changelog, "_AT_ONCE", 2)
    monkeypatch.setattr(unit_of_work, "_CHUNK", 2)
    made = sample()
    people = [replace(made.outer, id=f"s{number}", name=f"No. {number}") for number in range(7)]
    changeset = creating(*made.records, *people)
    commit(project, changeset)
    assert project.check_storage() == []
    assert project.changeset(changeset.id).edit == changeset.edit
    assert list(project.documents()) == [project.document(made.article.id)]
    commit(project, Changeset.of(changeset.edit.inverted(), "anna", "undo", changeset.id))
    assert (project.article_ids(), project.speakers(), project.check_storage()) == ([], [], [])


def test_what_is_there_is_not_created_again(project):
    made = sample()
    commit(project, creating(*made.records))
    before = project.head()
    with pytest.raises(StaleEdit):
        commit(project, creating(made.outer))
    assert project.head() == before


def test_articles_are_read_some_at_once_in_list_order_without_those_that_went(project, monkeypatch):
    monkeypatch.setattr(sql_project, "_FIRST", 2)
    several = [sample() for _ in range(5)]
    for number, made in enumerate(several):
        article = replace(made.article, position=9 - number)
        commit(project, creating(article, *(record for record in made.records if record != made.article)))
    several.reverse()
    reading = project.documents()
    assert [next(reading) for _ in range(2)] == [project.document(made.article.id) for made in several[:2]]
    gone = project.document(several[3].article.id)
    records = (*gone.corrections, *gone.claims, *gone.mentions, gone.source, gone.article)
    commit(project, Changeset.of(Edit("Delete", tuple(Change(record, None) for record in records)), "anna"))
    assert [document.article.id for document in reading] == [several[2].article.id, several[4].article.id]


def test_few_long_articles_are_read_at_once_and_many_short_ones():
    document = Document(sample().article, SourceText("a", "x" * 1000, "0"))
    assert sql_project._next_size(10, [document] * 10) == 20
    assert sql_project._next_size(80, [document] * 80) == 100
    assert sql_project._next_size(80, []) == 1
    long = replace(document, source=replace(document.source, text="x" * 1_000_000))
    assert sql_project._next_size(100, [long] * 100) == 1
    assert sql_project._next_size(1, [long]) == 1


def test_a_clock_that_goes_backwards_changes_no_order(project, path):
    made, years = sample(), ("2026", "2024", "2025", "1970")
    commit(project, replace(creating(*made.records, title="Import"), time="2027-01-01T00:00:00.000Z"))
    before = made.mention
    for number, year in enumerate(years):
        after = replace(before, note=f"note {number}", updated=f"{year}-01-01T00:00:00.000Z")
        commit(project, replace(changing(before, after, f"Note {number}"), time=f"{year}-01-01T00:00:00.000Z"))
        before = after
    titles = ["Import", *(f"Note {number}" for number in range(len(years)))]
    project.close()
    reopened = open_project(str(path))
    assert [entry.title for entry in reopened.history()] == titles
    assert [entry.title for entry in reopened.timeline()] == titles[::-1]
    assert [version.title for version in reopened.versions("mention", before.id)] == titles
    assert reopened.head().seq == len(titles)
    undoable = History(reopened.history()).undoable
    assert undoable is not None
    commit(reopened, Changeset.of(reopened.changeset(undoable.id).edit.inverted(), "anna", "undo", undoable.id))
    assert reopened.get("mention", before.id).note == "note 2"
    assert reopened.check_storage() == []
    reopened.close()


def replay(project, action: str, target: Changeset) -> Changeset:
    changeset = Changeset.of(Edit(target.edit.title, ()), "anna", action, target.id)
    with project.begin() as work:
        work.replay(changeset)
        work.commit()
    return changeset


def test_a_changeset_is_undone_and_redone_in_pieces_as_it_is_whole(project, monkeypatch):
    monkeypatch.setattr(changelog, "_AT_ONCE", 2)
    monkeypatch.setattr(growing, "_NAMED", 1)
    made = [sample(TEXT, position) for position in range(3)]
    created = creating(*(record for each in made for record in each.records))
    commit(project, created)
    documents = list(project.documents())
    assert project.extent(created.id) == (27, True)
    undone = replay(project, "undo", created)
    assert (project.article_ids(), project.speakers()) == ([], [])
    logged = project.changeset(undone.id)
    assert set(logged.edit.changes) == set(created.edit.inverted().changes)
    assert (logged.action, logged.target_id, logged.edit.title) == ("undo", created.id, "Create")
    redone = replay(project, "redo", created)
    assert list(project.documents()) == documents
    assert set(project.changeset(redone.id).edit.changes) == set(created.edit.changes)
    with project.begin() as work:  # a retry of what is in the log
        work.replay(redone)
        work.commit()
    assert [entry.action for entry in project.history()] == ["edit", "undo", "redo"]
    assert project.check_storage() == []


def test_what_was_changed_since_is_not_undone_in_pieces(project):
    made = sample()
    created = creating(*made.records)
    commit(project, created, changing(made.claim, replace(made.claim, note="since")))
    with pytest.raises(StaleEdit, match="“Create” no longer fits: the claim has changed since"):
        replay(project, "undo", created)
    assert (len(project.history()), project.article_ids()) == (2, [made.article.id])
    other = sample(position=1)
    further = creating(*other.records)
    commit(project, further, changing(other.mention, None, "Delete"))
    with pytest.raises(StaleEdit, match="the mention has changed since"):
        replay(project, "undo", further)
    assert project.check_storage() == []


def test_only_a_changeset_of_whole_articles_is_one(project):
    made = sample()
    first = creating(made.article, made.source, made.inner, made.outer)
    second = creating(made.mention, made.parent, made.claim)
    third = changing(made.mention, replace(made.mention, note="x"))
    commit(project, first, second, third)
    assert [project.extent(each.id) for each in (first, second, third)] == [(4, True), (3, False), (1, False)]
    with pytest.raises(KeyError):
        project.extent("none")


def test_of_a_large_changeset_no_more_than_some_changes_are_read_at_once(project, monkeypatch):
    made = [sample(TEXT, position) for position in range(3)]
    small, large = creating(*made[0].records), creating(*(record for each in made[1:] for record in each.records))
    commit(project, small, large)
    monkeypatch.setattr(changelog, "MANY", 9)
    monkeypatch.setattr(changelog, "_AT_ONCE", 4)
    sizes, pieces = [], changelog._pieces
    monkeypatch.setattr(changelog, "_pieces", lambda *args: (sizes.append(len(some)) or some for some in pieces(*args)))
    with project._reading() as connection:
        first, second = changelog.page(connection, 0)
        assert (len(first.changes), sizes) == (9, [])
        assert [second.changeset(), second.expected_hash()] == [large, second.hash]
    assert sizes == [4, 4, 4, 4, 2] * 2
    assert project.changeset(large.id) == large
    assert list(project.check_storage()) == []
