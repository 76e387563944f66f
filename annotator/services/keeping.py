"""What is backed up before it is changed."""

from __future__ import annotations

from annotator.edits import MANY, Edit
from annotator.errors import ProjectError
from annotator.ports import Project


def keep_before(project: Project, edit: Edit) -> str | None:
    """Back the project up before an import or a large edit. None, or why that could not be done: one sentence.

    The edit is no less wanted then: whoever calls makes it all the same, and tells.
    """
    imported = any(change.before is None for change in edit.of("source_text"))
    backups = project.backups
    if backups is None or not (imported or len(edit.changes) > MANY):
        return None
    try:
        backups.make("import" if imported else "large")
    except ProjectError as error:
        return str(error)
    return None
