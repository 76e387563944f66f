"""A text with hard cases and projects that hold it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from annotator.edits import Change, Changeset, Edit
from annotator.model import Article, Segment, SourceText, new_id, now
from db.project import create_project

TEXT = 'Russia agreed.\n\n"I would go," Sergei Lavrov said.\n"We hear 😀 this." He left.\n'


def seed(path: Path, *texts: str) -> None:
    """A project at ``path`` with one article for each text."""
    project = create_project(str(path))
    changes: list[Change] = []
    for number, text in enumerate(texts):
        id_ = new_id()
        digest = hashlib.sha256(text.encode()).hexdigest()
        segments = (Segment("body", 0, len(text)),) if text else ()
        article = Article(
            id=id_, title=f"Article {number + 1}", segments=segments, position=number, created=now(), updated=now()
        )
        changes += [Change(None, article), Change(None, SourceText(id=id_, text=text, text_sha256=digest))]
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Import", tuple(changes)), "seed"))
        unit.commit()
    project.close()
