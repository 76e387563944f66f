"""Many articles at once: flat memory, few statements, one undo step, all or nothing; one bad article stops no other."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import event

from annotator.edits import Changeset
from annotator.formats.base import Draft
from annotator.model import Mention, Term
from annotator.schemes import scheme_of
from annotator.services.annotate import Author
from annotator.services.importing import add_drafts, import_files, read_files, reading
from annotator.services.importing.drafts import Drafts
from annotator.services.verify import verify
from annotator.vocabulary import Vocabulary
from db.project import SqlProject, create_project, open_project
from seeds import sample_gold_path

ANN = Author("Ann")


@pytest.fixture
def many(tmp_path: Path) -> Callable[[int], Path]:
    """A file of so many articles, each the sample with ids of its own."""
    line = json.loads(sample_gold_path().read_bytes())
    own = [line["id"], *(item["id"] for kind in ("mentions", "claims", "corrections") for item in line[kind])]

    def make(count: int) -> Path:
        path = tmp_path / f"{count}.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            for number in range(count):
                text = json.dumps(line)
                for id_ in own:
                    text = text.replace(f'"{id_}"', f'"{id_}-{number}"')
                stream.write(f"{text}\n")
        return path

    return make


def counted(project: SqlProject, work: Callable[[], object]) -> int:
    """How many statements the work takes."""
    found: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(project._engine, "before_cursor_execute", note)
    work()
    event.remove(project._engine, "before_cursor_execute", note)
    return len(found)


def test_it_takes_few_statements_first_and_when_all_is_there(project: SqlProject, many: Callable[[int], Path]) -> None:
    path = many(40)
    assert counted(project, lambda: import_files(project, [path], annotator="Ann")) < 80
    found = {}
    assert counted(project, lambda: found.update(report=import_files(project, [path], annotator="Ann"))) < 120
    assert (len(found["report"].skipped), found["report"].imported) == (40, [])


@pytest.mark.no_cover  # every allocation is written down, and the tracer's own would be, too
def test_memory_is_flat_in_the_number_of_articles(tmp_path: Path, many: Callable[[int], Path]) -> None:
    def peak(count: int) -> float:
        path, made = many(count), create_project(str(tmp_path / f"{count}.annotator"))
        tracemalloc.start()
        try:
            assert len(import_files(made, [path], annotator="Ann").imported) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            made.close()

    peak(2)  # what is loaded and compiled once
    few, several = peak(40), peak(160)
    assert several < few + 120 * 12_000, "an article in memory would be over 100,000 bytes"


def test_one_that_cannot_be_stored_is_told_and_the_others_come_in(
    project: SqlProject, many: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.drafts_of

    def some_bad(*arguments: Any) -> Iterable[Draft]:
        for number, draft in enumerate(real(*arguments)):
            mention, text = draft.mentions[0], draft.source.text
            if number == 1:
                wrong = structs.replace(mention.spans[0], end=len(text) + 9)
                yield replace(draft, mentions=(replace(mention, spans=(wrong,)),))
            elif number == 2:
                yield replace(draft, mentions=(replace(mention, speaker_id="nobody"),), claims=())
            elif number == 3:
                yield replace(draft, article=replace(draft.article, title=None))  # type: ignore[arg-type]
            elif number == 4:
                yield replace(draft, mentions=(replace(mention, note="\ud800"),))
            elif number == 5:
                yield replace(draft, mentions=(replace(mention, article_id="another"),))
            else:
                yield draft

    monkeypatch.setattr(reading, "drafts_of", some_bad)
    path = many(8)
    report = import_files(project, [path], annotator="Ann")
    assert [each.place for each in report.imported] == [f"8.jsonl, line {number}" for number in (1, 7, 8)]
    assert [sentence.partition(":")[0] for sentence in sorted(report.problems)] == [
        f"8.jsonl, line {number}" for number in (2, 3, 4, 5, 6)
    ]
    assert all(sentence.endswith("it was left out.") for sentence in report.problems)
    assert len(project.article_ids()) == 3
    assert list(verify(project)) == []


@pytest.mark.parametrize("refused", [set(), {1}, {2}, {1, 2}])
def test_values_that_only_refused_articles_need_stay_out_of_the_scheme(
    project: SqlProject, many: Callable[[int], Path], refused: set[int]
) -> None:
    terms = {Term("claim.type", value, value): "x.scheme.json" for value in ("forecast", "guess")}

    def with_values(number: int, draft: Draft) -> Draft:
        """Of four articles the second and third have one each."""
        value = {1: "forecast", 2: "guess"}.get(number)
        draft = replace(draft, claims=tuple(replace(claim, type=value) for claim in draft.claims))
        bad = replace(draft.article, title=None)  # type: ignore[arg-type]
        return replace(draft, article=bad) if number in refused else draft

    read = enumerate(read_files([many(4)], Author("Ann")).drafts)
    report = add_drafts(project, Drafts(with_values(*each) for each in read), "Ann", terms=terms)
    there = [value for value in ("forecast", "guess") if Vocabulary(scheme_of(project).terms).get("claim.type", value)]
    assert there == [value for number, value in enumerate(("forecast", "guess"), start=1) if number not in refused]
    assert [note.partition("”")[0] for note in report.notes if "was added" in note] == [f"“{value}" for value in there]
    assert (len(report.imported), len(report.problems)) == (4 - len(refused), len(refused))
    assert len(project.article_ids()) == 4 - len(refused)
    assert list(verify(project)) == []


def test_one_undo_takes_an_import_back(project: SqlProject, many: Callable[[int], Path]) -> None:
    import_files(project, [many(60)], annotator="Ann")
    (entry,) = project.history()
    assert entry.title == "Import 60 articles"
    edit = project.changeset(entry.id).edit
    with project.begin() as unit:
        unit.apply(Changeset.of(edit.inverted(), "Ann", "undo", entry.id))
        unit.commit()
    assert (project.article_ids(), project.speakers()) == ([], [])
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann", "redo", entry.id))
        unit.commit()
    assert list(verify(project)) == []
    assert len(project.article_ids()) == 60


def test_of_an_import_that_is_killed_before_its_end_nothing_is_left(
    tmp_path: Path, many: Callable[[int], Path]
) -> None:
    place = str(tmp_path / "killed.annotator")
    create_project(place).close()
    program = (
        "import os, sys, db.growing\n"
        "from pathlib import Path\n"
        "from annotator.services.importing import import_files\n"
        "from db.project import open_project\n"
        "db.growing.SqlGrowing.finish = lambda *_: os._exit(9)\n"
        "import_files(open_project(sys.argv[1]), [Path(sys.argv[2])], annotator='Ann')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, place, str(many(60))], check=False)
    assert done.returncode == 9
    again = open_project(place)
    assert (again.article_ids(), again.speakers(), again.history()) == ([], [], [])
    assert list(verify(again)) == []
    again.close()


def test_mentions_of_a_draft_come_back_as_they_were_put_in(many: Callable[[int], Path]) -> None:
    drafts = reading.read_files([many(2)], ANN).drafts
    (first, _) = drafts
    changed = replace(first, article=replace(first.article, title="Another"), place="elsewhere")
    drafts[0] = changed
    assert (drafts[0], drafts.heads[0].title) == (changed, "Another")
    assert all(isinstance(mention, Mention) for mention in drafts[0].mentions)


def test_a_part_of_drafts_makes_no_file_of_its_own(
    many: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = reading.read_files([many(3)], ANN).drafts
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_: pytest.fail("a file is made"))
    part = drafts.part([2, 0])
    assert [head.title for head in part.heads] == [drafts[2].article.title, drafts[0].article.title]
    assert part[0] == drafts[2]
    assert part.seen is drafts.seen
