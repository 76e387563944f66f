"""Import into a real project: bad files stop no others, nothing is overwritten, ids and work are kept."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ImportFailed, InvalidSpan
from annotator.formats import registry
from annotator.model import Mention, Segment
from annotator.services.annotate import Author
from annotator.services.exporting import export
from annotator.services.importing import Report, import_edit, import_files, read_file, read_files, read_text_file
from annotator.services.verify import verify
from db.project import SqlProject, create_project
from seeds import sample_gold_path, sample_text_path

ANN = Author("Ann", "3")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The sample's gold annotation under a short name."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(sample_gold_path().read_bytes())
    return path


def commit(project: SqlProject, edit: Edit) -> None:
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann"))
        unit.commit()


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def run(project: SqlProject, *paths: Path) -> Report:
    return import_files(project, paths, annotator="Ann")


def test_a_text_file_becomes_an_article_with_its_frozen_text(project: SqlProject) -> None:
    report = run(project, sample_text_path())
    (article,) = report.imported
    document = project.document(article.id)
    assert document.source.text.encode() == sample_text_path().read_bytes()
    assert (document.article.title, article.place) == (article.title, sample_text_path().name)
    assert document.article.segments[0] == Segment("headline", 1, 58)
    (entry,) = project.history()
    assert project.changeset(entry.id).actor == "Ann"
    assert entry.title == "Import “Russia Says Trump Invited Putin to U.S.…”"
    assert list(verify(project)) == []


def test_bad_files_are_named_and_stop_no_others(project: SqlProject, tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", "A headline\n\nA body that is long enough. Yes.")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    report = run(
        project,
        write(tmp_path / "empty.txt", b""),
        write(tmp_path / "blank.txt", b" \n"),
        write(tmp_path / "picture.txt", b"\x89PNG\r\n\x1a\n\0"),
        tmp_path / "missing.txt",
        nothing,
        write(tmp_path / "bad.jsonl", b"{}\n"),
        good,
    )
    assert [draft.place for draft in report.imported] == ["good.txt"]
    assert report.problems == [
        "nothing holds no file that can be read.",
        "empty.txt is empty.",
        "blank.txt holds nothing but white space.",
        "picture.txt is not a text file but a PNG picture.",
        f"{tmp_path / 'missing.txt'} does not exist.",
        "bad.jsonl, line 1: the line lacks the key “schema_version”.",
    ]
    assert len(project.article_ids()) == 1


def test_when_nothing_can_be_imported_the_project_is_unchanged(project: SqlProject, tmp_path: Path) -> None:
    before = (tmp_path / "p.annotator").read_bytes()
    report = run(project, write(tmp_path / "empty.txt", b""))
    assert report.problems
    assert project.history() == []
    assert (tmp_path / "p.annotator").read_bytes() == before


def test_unreadable_and_irregular_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    with pytest.raises(ImportFailed, match=r"pipe\.txt is no regular file"):
        read_file(fifo, ANN)
    locked = write(tmp_path / "locked.txt", "text")
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root may read everything: let the system refuse by hand
        monkeypatch.setattr(
            Path, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
        )
    with pytest.raises(ImportFailed, match=r"locked\.txt may not be read: permission denied\.$"):
        read_file(locked, ANN)


def test_a_file_name_that_is_no_utf8_is_kept_visibly(project: SqlProject, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("A headline\n\nA body that is long enough. Yes.")
    except OSError:
        pytest.skip("this file system allows no such name")
    (article,) = run(project, path).imported
    assert project.document(article.id).source.file_name == "caf\ufffd.txt"


def test_the_same_text_is_skipped_and_named(project: SqlProject, tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", "A headline\n\nA body that is long enough. Yes.")
    copy = write(tmp_path / "b.txt", first.read_bytes().replace(b"\n", b"\r\n"))
    report = run(project, first, copy, first)
    assert [draft.place for draft in report.imported] == ["a.txt"]
    assert report.skipped == ["b.txt: the same text is already there as “A headline”; skipped."]
    report = run(project, copy)
    assert (report.imported, len(report.skipped)) == ([], 1)
    edit, report = import_edit(read_files([copy], ANN).drafts, project, keep_duplicates=True)
    commit(project, edit)
    assert len(project.article_ids()) == 2


def test_a_draft_can_be_changed_before_it_is_committed(project: SqlProject) -> None:
    draft = read_text_file(sample_text_path(), ANN)
    changed = replace(draft, article=replace(draft.article, title="Mine", outlet="The Moscow Times", segments=()))
    edit, _ = import_edit([changed], project)
    commit(project, edit)
    article = project.summaries()[0].article
    assert (article.title, article.outlet, article.segments) == ("Mine", "The Moscow Times", ())
    wrong = replace(draft, article=replace(draft.article, id="x", segments=(Segment("body", 0, 99_999),)))
    with pytest.raises(InvalidSpan):
        import_edit([replace(wrong, source=replace(draft.source, id="x"))], project, keep_duplicates=True)


def test_articles_are_appended_in_the_order_given(project: SqlProject, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.txt", f"Headline {n}\n\nBody number {n} is here. Yes.") for n in range(5)]
    calls: list[tuple[int, int]] = []
    import_files(project, paths[:3], annotator="Ann", progress=lambda done, total: calls.append((done, total)))
    run(project, *paths[3:])
    assert calls == [(1, 3), (2, 3), (3, 3)]
    assert [summary.article.title for summary in project.summaries()] == [f"Headline {n}" for n in range(5)]


def test_gold_comes_back_the_same_byte_for_byte(project: SqlProject, gold: Path, tmp_path: Path) -> None:
    report = run(project, gold)
    assert len(report.imported) == 1
    export(project, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == gold.read_bytes()
    assert list(verify(project)) == []


def test_gold_twice_is_already_there(project: SqlProject, gold: Path) -> None:
    run(project, gold)
    report = run(project, gold)
    assert (report.imported, report.conflicts, report.problems) == ([], [], [])
    (skipped,) = report.skipped
    assert skipped.startswith("gold.jsonl, line 1: “Russia Says Trump Invited Putin")
    assert skipped.endswith("” is already in the project; skipped.")


def test_its_place_in_the_list_and_when_it_was_changed_do_not_make_an_article_another_one(
    project: SqlProject, gold: Path
) -> None:
    run(project, gold)
    (id_,) = project.article_ids()
    before = project.document(id_).article
    later = replace(before, position=7, updated="2030-01-01T00:00:00.000Z")
    commit(project, Edit("Work", (Change(before, later),)))
    assert (len(run(project, gold).skipped), project.document(id_).article) == (1, later)
    mention = mention_of(project, id_)
    commit(project, Edit("Work", (Change(mention, replace(mention, note="mine")),)))
    assert len(run(project, gold).conflicts) == 1


def mention_of(project: SqlProject, article_id: str) -> Mention:
    return project.document(article_id).mentions[0]


def test_a_speaker_in_a_line_that_names_it_nowhere_makes_no_difference(project: SqlProject, gold: Path) -> None:
    line = json.loads(gold.read_bytes())
    line["speakers"].append({**line["speakers"][0], "id": "nobody", "name": "Nobody"})
    gold.write_text(json.dumps(line))
    run(project, gold)
    report = run(project, gold)
    assert (len(report.skipped), report.conflicts) == (1, [])


def test_the_same_gold_from_two_files_at_once_is_taken_once(project: SqlProject, gold: Path) -> None:
    copy = write(gold.with_name("copy.jsonl"), gold.read_bytes())
    report = run(project, gold, copy)
    assert (len(report.imported), len(report.skipped), report.conflicts) == (1, 1, [])


def test_an_id_that_another_article_of_the_same_import_uses_is_a_conflict(project: SqlProject, gold: Path) -> None:
    (draft,) = read_file(gold, ANN)
    other = write(gold.with_name("other.jsonl"), gold.read_text("utf-8").replace(draft.article.id, "another-article"))
    report = run(project, gold, other)
    assert len(report.imported) == 1
    (conflict,) = report.conflicts
    assert conflict.startswith("other.jsonl, line 1: the ")
    assert list(verify(project)) == []
    assert run(project, other).conflicts == report.conflicts


def test_gold_that_differs_is_a_conflict_and_nothing_is_overwritten(project: SqlProject, gold: Path) -> None:
    run(project, gold)
    (document,) = project.documents()
    claim = document.claims[0]
    commit(project, Edit("Change note", (Change(claim, replace(claim, note="mine")),)))
    report = run(project, gold)
    assert report.imported == report.skipped == []
    (conflict,) = report.conflicts
    assert conflict.startswith(f"gold.jsonl, line 1: the article “{document.article.title[:60]}”")
    way_out = "it was left out; import it into a new project to compare."
    assert conflict.endswith(f"is already in the project with other content; {way_out}")
    assert project.get("claim", claim.id) == replace(claim, note="mine")


def test_a_speaker_that_differs_is_a_conflict(project: SqlProject, gold: Path) -> None:
    (draft,) = read_file(gold, ANN)
    commit(project, Edit("Speaker", (Change(None, replace(draft.speakers[0], note="mine")),)))
    report = run(project, gold)
    (conflict,) = report.conflicts
    assert f"the speaker “{draft.speakers[0].name}” is already in the project with other content" in conflict
    assert project.article_ids() == []


def test_an_equal_speaker_is_shared_and_a_namesake_is_named(project: SqlProject, gold: Path) -> None:
    (draft,) = read_file(gold, ANN)
    namesake = replace(draft.speakers[1], id="another", name=draft.speakers[1].name.upper())
    commit(project, Edit("Speakers", (Change(None, draft.speakers[0]), Change(None, namesake))))
    report = run(project, gold)
    assert len(report.imported) == 1
    assert len(project.speakers()) == len(draft.speakers) + 1
    assert any("another speaker is also named" in note for note in report.notes)


def test_annotated_work_is_kept_beside_the_bare_text(project: SqlProject, gold: Path) -> None:
    run(project, sample_text_path())
    report = run(project, gold)
    assert len(report.imported) == 1
    assert any("both are kept" in note for note in report.notes)
    assert len(project.article_ids()) == 2


def test_annotations_are_credited_to_their_makers(project: SqlProject, gold: Path) -> None:
    run(project, gold)
    (document,) = project.documents()
    made = (*document.mentions, *document.claims, *document.corrections)
    assert {annotation.annotator for annotation in made} == {"Guideline"}


@pytest.mark.parametrize("name", ["again.jsonl", "again.zip"])
def test_what_an_earlier_import_told_is_kept_but_is_no_news(project: SqlProject, tmp_path: Path, name: str) -> None:
    report = run(project, write(tmp_path / "a.txt", "A headline\n\nZażółć. It is long enough.".encode("cp1250")))
    (told,) = [note for note in report.notes if "which was guessed" in note]
    exported = tmp_path / name
    export(project, exported, registry.named("jsonl" if name.endswith("jsonl") else "w3c"))
    other = create_project(str(tmp_path / "other.annotator"))
    again = run(other, exported)
    (document,) = other.documents()
    other.close()
    assert len(again.imported) == 1
    notes = next(project.documents()).article.import_notes
    assert told.endswith(notes[0])
    assert set(notes) <= set(document.article.import_notes)
    assert not [note for note in again.notes if note.endswith(notes[0])]
