"""What is backed up before it is changed."""

from __future__ import annotations

from annotator.edits import MANY, Edit
from annotator.errors import ProjectError
from annotator.ports import Project


def keep_before(project: Project, edit: Edit) -> str | None:
    """Back the project up before an import or a large edit. None, or why that could not be done: one sentence.

    The edit is no less wanted then: whoever calls makes it all the same, and tells.
    """
    if any(change.before is None for change in edit.of("source_text")):
        return keep_before_import(project)
    return keep_before_large(project) if len(edit.changes) > MANY else None


def keep_before_import(project: Project) -> str | None:
    """The same before an import whose edit nobody has as a whole."""
    return _keep(project, "import")


def keep_before_large(project: Project) -> str | None:
    """The same before another large edit that nobody has as a whole."""
    return _keep(project, "large")


def _keep(project: Project, reason: str) -> str | None:
    if project.backups is None:
        return None
    try:
        project.backups.make(reason)
    except ProjectError as error:
        return str(error)
    return None
