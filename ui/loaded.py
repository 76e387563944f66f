"""What opening a project reads at once, on the database thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.history import History
from annotator.model import Scheme
from annotator.ports import Project
from annotator.services.lookup import NameIndex
from ui.tally import Tally


class Loaded:
    """A project with what the window shows of it before any article is open."""

    def __init__(self, project: Project) -> None:
        self.project = project
        scheme = project.get("scheme", Scheme().id)
        self.scheme = scheme if isinstance(scheme, Scheme) else None
        self.speakers = project.speakers()
        self.names = NameIndex.of(self.speakers)
        self.tally = Tally(project.summaries(), project.speaker_counts(), project.count_tags())
        self.history = History(project.history())


def load(opener: Callable[[], Project]) -> Loaded:
    """Open a project and read it; one that cannot be read is closed again. Raises what ``opener`` raises."""
    project = opener()
    try:
        return Loaded(project)
    except BaseException:
        project.close()
        raise


def same_place(location: str, other: str) -> bool:
    """Whether two locations are one project: by name, or one file under two names."""
    try:
        return location == other or Path(location).samefile(other)
    except (OSError, ValueError):
        return False
