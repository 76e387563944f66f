"""What the window needs from the store's side; ``ui.main`` provides it. All of it runs on the database thread."""

from __future__ import annotations

from typing import Protocol

from annotator.model import Scheme
from annotator.ports import Project


class Backend(Protocol):
    """Opens and makes projects. Every method may raise ``ProjectError`` with a sentence for the user."""

    def open(self, location: str) -> Project:
        """The project at a path or database URL."""

    def read(self, location: str) -> Project:
        """The project at a path, for reading only: nothing is upgraded, and nobody is kept from writing."""

    def restore(self, project: str, backup: str) -> None:
        """Put a backup in the place of a project that is not open; what was there is backed up or set aside."""

    def restore_to(self, backup: str, target: str) -> None:
        """Make a new project file of a backup; refuses a path that exists."""

    def create(self, location: str, scheme: Scheme, actor: str) -> Project:
        """A new, empty project that begins with ``scheme``; refuses a path that exists."""

    def sample(self) -> Project:
        """The sample project with its gold annotation, copied to the user's data folder the first time."""

    def fresh(self) -> Project:
        """A new project in the user's data folder with the sample article, unlabelled."""
