"""Whole projects through JSON Lines: what is written, imported into another project and written again is the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from article_samples import Content, contents
from effort import examples
from hypothesis import assume, given, settings

from annotator.edits import Change, Changeset, Edit
from annotator.services.exporting import export
from annotator.services.importing import import_files
from annotator.services.verify import verify
from db.project import SqlProject, create_project


def stored(path: Path, content: Content) -> SqlProject:
    """A real project with that content."""
    project = create_project(str(path))
    changes = [Change(None, speaker) for speaker in content.people]
    for position, document in enumerate(content.items):
        article = replace(document.article, position=position)
        records = (article, document.source, *document.claims, *document.mentions, *document.corrections)
        changes += [Change(None, record) for record in records]
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Make", tuple(changes)), "Bo"))
        unit.commit()
    return project


@settings(max_examples=examples(10))
@given(contents())
def test_any_project_comes_back_byte_for_byte(content: Content) -> None:
    # An article without annotations whose text is there already is left out by design, and said.
    assume(len({document.source.text for document in content.items}) == len(content.items))
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / f"{name}.jsonl" for name in ("first", "second", "third"))
        project = stored(Path(folder) / "p.annotator", content)
        again = create_project(str(Path(folder) / "again.annotator"))
        try:
            export(project, first)
            report = import_files(again, [first], annotator="Cy")
            assert (report.problems, report.conflicts, report.skipped) == ([], [], [])
            export(again, second)
            assert second.read_bytes() == first.read_bytes()
            found = [problem for problem in verify(again) if "has no place" not in problem.message]
            assert found == []
            twice = import_files(again, [first], annotator="Dee")
            assert (twice.imported, twice.conflicts, len(twice.skipped)) == ([], [], len(content.items))
            export(again, third)
            assert third.read_bytes() == first.read_bytes()
            export(project, third, view="corrected")
        finally:
            project.close()
            again.close()
