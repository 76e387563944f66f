"""What the tests of releases share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.edits import Change, Changeset, Edit
from annotator.model import Record
from annotator.release import manifest
from annotator.release.assembling import listed
from annotator.release.wish import Wish
from db.project import SqlProject

WISH = Wish(
    "Hard cases", description="Made for tests.", creators=("Doe, Jane", "Lab: “News”"), url="https://example.org/x"
)
SMALL = Wish("Ten", with_parquet=False)


def changed(wish: Wish, **values: Any) -> Wish:
    return replace(wish, **values)


def commit(project: SqlProject, *changes: tuple[Record | None, Record | None]) -> None:
    edit = Edit("Test", tuple(Change(before, after) for before, after in changes))
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann"))
        unit.commit()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sealed(folder: Path) -> None:
    """Make the MANIFEST fit the files as they are now, as a forger would."""
    facts = manifest.read(folder).facts
    (folder / manifest.NAME).write_bytes(manifest.write(facts, listed(folder)))
