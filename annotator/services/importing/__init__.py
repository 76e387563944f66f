"""Import: find what there is to read, read it to drafts, let a person change them, and make the edit that adds them.

Finding (:mod:`.entries`, :mod:`.archives`) and reading (:mod:`.reading`) touch no project; :mod:`.adding` makes the
edit. A file that cannot be read is a problem in the report and stops no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.edits import Changeset
from annotator.formats import registry
from annotator.formats.base import Draft
from annotator.ports import Project
from annotator.schemes import scheme_of
from annotator.services.annotate import Author
from annotator.services.importing.adding import Report, import_edit
from annotator.services.importing.duplicates import Same, find_same
from annotator.services.importing.reading import (
    Choice,
    How,
    Progress,
    ReadResult,
    read_again,
    read_all_again,
    read_file,
    read_files,
    read_text_file,
)
from annotator.services.keeping import keep_before
from annotator.vocabulary import Vocabulary

__all__ = [
    "Choice",
    "Draft",
    "How",
    "ReadResult",
    "Report",
    "Same",
    "find_same",
    "import_edit",
    "import_files",
    "read_again",
    "read_all_again",
    "read_file",
    "read_files",
    "read_text_file",
]


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    annotator: str,
    format_name: str | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    choice: Choice = Choice(),  # noqa: B008 -- frozen
    keep_duplicates: bool = False,
) -> Report:
    """Read ``paths`` and commit what can be imported, as one change; everything else is in the report.

    Raises:
        KeyError: there is no format of that name.
        ProjectError: the project cannot be written; nothing was imported.
    """
    file_format = registry.named(format_name) if format_name else None
    scheme = scheme_of(project)
    author = Author(annotator, scheme.version)
    result = read_files(paths, author, file_format, progress, Vocabulary(scheme.terms), stopped, choice)
    same = find_same(project, result.drafts, stopped)
    edit, report = import_edit(result.drafts, project, terms=result.terms, keep_duplicates=keep_duplicates)
    report.problems += result.problems
    report.notes += result.told()
    report.notes += [
        f"{draft.place}: some letters look as if they had been decoded wrongly before; they can be repaired at import."
        for draft in report.imported
        if draft.article.id in result.doubtful and not choice.repair
    ]
    report.notes += [
        f"{draft.place}: {told}"
        for draft in report.imported
        if (told := same.get(draft.article.id)) is not None and (keep_duplicates or not told.exactly)
    ]
    if edit:
        if (trouble := keep_before(project, edit)) is not None:
            report.notes.append(trouble)
        with project.begin() as unit:
            unit.apply(Changeset.of(edit, annotator))
            unit.commit()
    return report
