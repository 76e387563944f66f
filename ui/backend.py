"""What the window needs from the store's side; ``ui.main`` provides it. All of it runs on the database thread."""

from __future__ import annotations

from typing import Protocol

from annotator.backups import Backup
from annotator.model import Scheme
from annotator.ports import Project


class Backend(Protocol):
    """Opens and makes projects. Every method may raise ``ProjectError`` with a sentence for the user."""

    def open(self, location: str) -> Project:
        """The project at a path or database URL."""

    def read(self, location: str) -> Project:
        """The project at a path, for reading only: nothing is upgraded, and nobody is kept from writing."""

    def restore(self, project: str, backup: str) -> str:
        """Put a backup in the place of a project that is not open; what was there is backed up or set aside.

        Gives a sentence that says where it is now; "" when there was nothing.
        """

    def newest_backup(self, project: str) -> Backup | None:
        """The newest sound backup of a project file that need not be readable; None when there is none."""

    def rebuild(self, project: str) -> tuple[str, ...]:
        """Put in the place of a damaged project what can be read of it and of its backup; what was there is set aside.

        Gives one sentence for each thing that is missing, or was taken from elsewhere, or is somewhere else now.
        """

    def restore_to(self, backup: str, target: str) -> None:
        """Make a new project file of a backup; refuses a path that exists."""

    def create(self, location: str, scheme: Scheme, actor: str) -> Project:
        """A new, empty project that begins with ``scheme``; refuses a path that exists."""

    def sample(self) -> Project:
        """The sample project with its gold annotation, copied to the user's data folder the first time."""

    def fresh(self) -> Project:
        """A new project in the user's data folder with the sample article, unlabelled."""
