"""What is imported twice is found, in the project and in the import, and said; it is a person's choice to keep it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services.annotate import Author
from annotator.services.importing import find_same, import_files, read_files
from db.project import SqlProject, create_project

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
def project(tmp_path: Path) -> Iterator[SqlProject]:
    made = create_project(str(tmp_path / "p.annotator"))
    yield made
    made.close()


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
