"""What else the power interrupts: import of a project by copy, releases, going back to a backup, rebuilding."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from db_samples import commit, creating
from scenarios import NAME, SCENARIOS, Actions, Scenario, edited, small, with_articles

from annotator.edits import Changeset
from annotator.errors import ImportFailed
from annotator.release.building import build
from annotator.release.wish import Wish
from annotator.services.importing import Report, import_files
from db.copies.restoring import rebuild_in_place, restore
from db.files import journal_of
from db.project import create_project, open_project
from seeds import examples_gold_path

OTHER = "other.annotator"
_SMALL = Wish("Three", with_parquet=False)


def _backups(folder: Path) -> list[Path]:
    return sorted((folder / NAME).with_suffix(".backups").glob("[!.]*.annotator"))


def _backed_up(folder: Path) -> None:
    """A project that went on after a backup of it was made."""
    with_articles(1)(folder)
    with closing(open_project(str(folder / NAME), "write")) as project:
        project.backups.make("regular")
        for number in range(1, 4):
            commit(project, creating(*small(number)))


def _damaged(damage: Callable[[bytes], bytes], journal: bytes = b"") -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _backed_up(folder)
        path = folder / NAME
        path.write_bytes(damage(path.read_bytes()))
        if journal:
            journal_of(path).write_bytes(journal)

    return prepare


def _edits(folder: Path) -> Actions:
    with closing(open_project(str(folder / NAME), "write")) as project:
        for _, edit in zip(range(2), edited(project), strict=False):
            yield edit


def _restore(folder: Path) -> Actions:
    """To the oldest backup, and back to what was there before; edits between."""
    yield lambda: restore(folder / NAME, _backups(folder)[0])
    yield from _edits(folder)
    yield lambda: restore(folder / NAME, _backups(folder)[1])


def _aside(folder: Path) -> Actions:
    """A backup in the place of a project that cannot be backed up any more."""
    yield lambda: restore(folder / NAME, _backups(folder)[0])
    yield from _edits(folder)


def _rebuild(folder: Path) -> Actions:
    yield lambda: rebuild_in_place(folder / NAME)
    yield from _edits(folder)


def cut_off(data: bytes) -> bytes:
    """Without its last third."""
    return data[: len(data) // 3 * 2]


def without_header(data: bytes) -> bytes:
    return bytes(100) + data[100:]


def _done_articles(folder: Path) -> None:
    """The first of the hard cases, all done."""
    lines = examples_gold_path().read_bytes().splitlines(keepends=True)
    (folder / "cases.jsonl").write_bytes(b"".join(lines[:3]))
    with closing(create_project(str(folder / NAME))) as project:
        import_files(project, [folder / "cases.jsonl"], annotator="anna")
    (folder / "cases.jsonl").unlink()


def _two_projects(folder: Path) -> None:
    _done_articles(folder)
    (folder / NAME).rename(folder / OTHER)
    with_articles(1)(folder)


def _join(folder: Path) -> Actions:
    """The articles of another project, copied by a process of its own, and undone again."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        yield lambda: _imported(import_files(project, [folder / OTHER], annotator="anna"))
        last = project.changeset(project.history()[-1].id)
        yield partial(commit, project, Changeset.of(last.edit.inverted(), "anna", "undo", last.id))


def _imported(report: Report) -> None:
    if report.problems:
        raise ImportFailed(" ".join(map(str, report.problems)))


def _release(folder: Path) -> Actions:
    """A release, and another one after a change; the second tells what is new."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        yield lambda: build(project, folder / "first", _SMALL)
        yield partial(commit, project, creating(*small(100)))
        yield lambda: build(project, folder / "second", _SMALL, since=folder / "first")


SCENARIOS |= {
    "join": Scenario(_two_projects, _join),
    "release": Scenario(_done_articles, _release),
    "restore": Scenario(_backed_up, _restore, keeps=frozenset({0, 3})),
    "aside": Scenario(_damaged(without_header, journal=os.urandom(2_000)), _aside, keeps=frozenset({0})),
    "rebuild": Scenario(_damaged(cut_off), _rebuild, keeps=frozenset({0})),
}
