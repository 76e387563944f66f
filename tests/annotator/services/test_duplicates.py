"""What is imported twice is found, in the project and in the import, and said; it is a person's choice to keep it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.services.annotate import Author
from annotator.services.importing import find_same, find_there, import_files, read_files, summed_up
from db.project import SqlProject

SEEDS = Path(__file__).parents[3] / "seeds"
WORDS = [
    "the",
    "council",
    "of",
    "the",
    "town",
    "said",
    "on",
    "monday",
    "that",
    "a",
    "new",
    "tram",
    "line",
    "would",
    "be",
    "built",
    "by",
    "the",
    "end",
    "of",
    "the",
    "year",
    "at",
    "last",
]
STORY = "A tram line\n\n" + " ".join(f"{word} {n}" for n, word in enumerate(WORDS * 4)) + ".\n"


@pytest.fixture
def stories(tmp_path: Path) -> dict[str, Path]:
    texts = {
        "a": STORY,
        "b": STORY.replace("monday", "tuesday", 1),
        "c": STORY,
        "d": "Another\n\nNothing like it at all.",
    }
    paths = {name: tmp_path / f"{name}.txt" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    return paths


def test_the_same_and_nearly_the_same_text_is_found_in_the_import_and_in_the_project(
    project: SqlProject, stories: dict[str, Path]
) -> None:
    drafts = read_files(list(stories.values()), Author("Ann")).drafts
    found = find_same(project, drafts)
    told = [str(found[draft.article.id]) if draft.article.id in found else "" for draft in drafts]
    assert told == [
        "",
        "96% of its text is that of “A tram line”, earlier in this import.",
        "The same text is there as “A tram line”, earlier in this import.",
        "",
    ]
    import_files(project, [stories["b"]], annotator="Ann")
    again = find_same(project, drafts[:1])
    assert str(again[drafts[0].article.id]) == "96% of its text is that of “A tram line”, in the project."
    assert find_same(project, drafts, stopped=lambda: True) == {}


def test_the_report_says_what_is_nearly_the_same_and_what_was_kept_twice(
    project: SqlProject, stories: dict[str, Path]
) -> None:
    report = import_files(project, list(stories.values()), annotator="Ann")
    assert [draft.place for draft in report.imported] == ["a.txt", "b.txt", "d.txt"]
    assert report.notes == ["b.txt: 96% of its text is that of “A tram line”, earlier in this import."]
    assert len(report.skipped) == 1
    report = import_files(project, [stories["c"]], annotator="Ann", keep_duplicates=True)
    assert report.notes == ["c.txt: The same text is there as “A tram line”, in the project."]
    assert len(project.article_ids()) == 4


def test_all_texts_come_in_the_order_of_the_list(project: SqlProject, stories: dict[str, Path]) -> None:
    import_files(project, list(stories.values()), annotator="Ann")
    texts = list(project.texts())
    assert [source.id for _, source in texts] == project.article_ids()
    assert [title for title, _ in texts] == ["A tram line", "A tram line", "Another"]
    assert texts[0][1].text == STORY


def test_titles_that_deceive_are_quoted_with_badges_and_on_one_line(project: SqlProject, tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_text("A\u202e tram \x1bline\n\n" + STORY)
    report = import_files(project, [first, second], annotator="Ann")
    assert report.skipped == ["b.txt: the same text is already there as “A[U+202E] tram [U+001B]line”; skipped."]
    found = find_same(project, read_files([first], Author("Ann")).drafts)
    assert [str(each) for each in found.values()] == [
        "The same text is there as “A[U+202E] tram [U+001B]line”, in the project."
    ]


def test_an_article_that_is_there_under_its_id_is_told_of_with_its_annotations(
    project: SqlProject, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes((SEEDS / "russia-says-trump-invited-putin.gold.jsonl").read_bytes())
    import_files(project, [gold], annotator="Ann")
    drafts = read_files([gold], Author("Ann")).drafts
    assert find_same(project, drafts) == {}
    (same,) = find_there(project, drafts).values()
    assert (same.itself, same.differs) == (True, False)
    drafts[0] = replace(drafts[0], article=replace(drafts[0].article, title="Another title"))
    (other,) = find_there(project, drafts).values()
    assert str(other) == "It is in the project already, with other content; that stays as it is."
    assert summed_up([same, other]) == "2 are in the project already, 1 with other content."


def test_what_is_said_of_many_articles_of_a_table_is_said_once_with_their_number(
    project: SqlProject, tmp_path: Path
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("text,date,rank\n" + "".join(f"Story {n} is told here.,2024-0{n},{n}\n" for n in range(1, 4)))
    report = import_files(project, [table], annotator="Ann")
    assert report.notes == [
        "t.csv, row 2 and 2 more articles: Columns of the table: text from “text”, published from “date”.",
        "t.csv, row 2 and 2 more articles: Columns that were not imported: “rank”.",
    ]
