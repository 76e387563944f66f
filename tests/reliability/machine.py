"""Anything a person can do to an article, in any order, on a file that is closed, backed up and restored meanwhile."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis.stateful import initialize, precondition, rule

from annotator.edits import Change, Changeset, Edit
from annotator.model import Scheme
from annotator.services.verify import verify
from annotator.workspace import Workspace
from db.copies.restoring import restore
from db.project import create_project, open_project

sys.path.append(str(Path(__file__).parents[1] / "annotator"))

from test_machine import Labelling, pick


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup, and all that was so when it was made."""

    path: Path
    state: tuple[Any, ...]
    stacks: tuple[list[Any], ...]


class OnDisk(Labelling):
    """What the workspace does, the file does: every edit, undo and redo is committed as the window would."""

    @initialize()
    def open_article(self) -> None:
        super().open_article()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="annotator-", dir=memory if memory.is_dir() else None))
        self.path = self.folder / "p.annotator"
        self.project = create_project(str(self.path))
        document = self.ws.document()
        assert document is not None
        records = (document.article, document.source, *self.ws.speakers.values())
        self.commit(Edit("Import", tuple(Change(None, record) for record in records)))
        self.done_ids: list[str] = []
        self.undone_ids: list[str] = []
        self.kept: list[Kept] = []

    def commit(self, edit: Edit, action: str = "edit", target: str | None = None) -> str:
        changeset = Changeset.of(edit, "Ann", action, target)
        with self.project.begin() as unit:
            unit.apply(changeset)
            unit.commit()
        return changeset.id

    def attempt(self, make: Callable[[], Edit]) -> None:
        before = len(self.done)
        super().attempt(make)
        if len(self.done) > before:
            self.done_ids.append(self.commit(self.done[-1][0]))
            self.undone_ids.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        super().undo()
        self.undone_ids.append(self.done_ids.pop())
        logged = self.project.changeset(self.undone_ids[-1]).edit
        assert logged == self.undone[-1][0], "what is undone is what the log says"
        self.commit(logged.inverted(), "undo", self.undone_ids[-1])

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        super().redo()
        self.done_ids.append(self.undone_ids.pop())
        self.commit(self.done[-1][0], "redo", self.done_ids[-1])

    @rule()
    def reopen(self) -> None:
        """Another day: all is as it was left."""
        before = self.state()
        self.project.close()
        self.read()
        assert self.state() == before

    @rule()
    def back_up(self) -> None:
        made = self.project.backups.make("asked")
        stacks = (self.done, self.undone, self.done_ids, self.undone_ids)
        self.kept.append(Kept(Path(made.path), self.state(), tuple(map(list, stacks))))

    @precondition(lambda self: self.kept)
    @rule(which=pick)
    def restore_backup(self, which: int) -> None:
        """All is as it was when the backup was made, and what was there is a backup now."""
        kept, left = self.kept[which % len(self.kept)], self.state()
        stacks = (self.done, self.undone, self.done_ids, self.undone_ids)
        self.project.close()
        aside = restore(self.path, kept.path)
        assert aside is not None
        self.kept.append(Kept(aside, left, tuple(map(list, stacks))))
        self.read()
        assert self.state() == kept.state
        self.done, self.undone, self.done_ids, self.undone_ids = map(list, kept.stacks)

    def read(self) -> None:
        """Open the file, and take what is in it for the workspace."""
        self.project = open_project(str(self.path))
        self.ws = Workspace(self.project.speakers(), self.project.document("a"))
        scheme = self.project.get("scheme", Scheme().id)
        self.ws.set_scheme(scheme if isinstance(scheme, Scheme) else None)

    def teardown(self) -> None:
        if not hasattr(self, "kept"):
            return
        try:
            super().teardown()
            self.reopen()
            assert [str(problem) for problem in verify(self.project)] == []
        finally:
            self.project.close()
            shutil.rmtree(self.folder)
