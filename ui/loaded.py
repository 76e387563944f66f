"""What opening a project reads at once, on the database thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.history import History
from annotator.model import Scheme
from annotator.ports import Project
from annotator.services.lookup import NameIndex
from ui.tally import Tally

_TRIES = 5
"""How often a project is read anew because somebody wrote in it meanwhile."""


class Loaded:
    """A project with what the window shows of it before any article is open, and what ``annotator`` can undo."""

    def __init__(self, project: Project, annotator: str) -> None:
        self.project = project
        for _ in range(_TRIES):
            self.seen = project.head().seq
            self._read(project, project_actor(project, annotator))
            if self.seen == project.head().seq:
                break

    def _read(self, project: Project, actor: str | None) -> None:
        scheme = project.get("scheme", Scheme().id)
        self.scheme = scheme if isinstance(scheme, Scheme) else None
        self.speakers = project.speakers()
        self.names = NameIndex.of(self.speakers)
        self.tally = Tally(project.summaries(), project.speaker_counts(), project.count_tags())
        self.history = History(project.history(actor))


def project_actor(project: Project, annotator: str) -> str | None:
    """Whose changes can be undone: where several people work at once, only one's own."""
    return annotator if project.shared else None


def load(opener: Callable[[], Project], annotator: str) -> Loaded:
    """Open a project and read it; one that cannot be read is closed again. Raises what ``opener`` raises."""
    project = opener()
    try:
        return Loaded(project, annotator)
    except BaseException:
        project.close()
        raise


def same_place(location: str, other: str) -> bool:
    """Whether two locations are one project: by name, or one file under two names."""
    try:
        return location == other or Path(location).samefile(other)
    except (OSError, ValueError):
        return False
