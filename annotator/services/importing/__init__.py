"""Import: find what there is to read, read it to drafts, let a person change them, and make the edit that adds them.

Finding (:mod:`.entries`, :mod:`.archives`) and reading (:mod:`.reading`) touch no project; :mod:`.adding` makes the
edit. A file that cannot be read is a problem in the report and stops no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.collecting import seldom_collected
from annotator.formats import registry
from annotator.formats.base import Draft
from annotator.ports import Project
from annotator.schemes import scheme_of
from annotator.services.annotate import Author
from annotator.services.importing.adding import add_drafts, import_edit
from annotator.services.importing.drafts import Drafts
from annotator.services.importing.duplicates import Same, find_same, find_there, summed_up
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
from annotator.services.importing.report import Imported, Report
from annotator.vocabulary import Vocabulary

__all__ = [
    "Choice",
    "Draft",
    "Drafts",
    "How",
    "Imported",
    "ReadResult",
    "Report",
    "Same",
    "add_drafts",
    "find_same",
    "find_there",
    "import_edit",
    "import_files",
    "read_again",
    "read_all_again",
    "read_file",
    "read_files",
    "read_text_file",
    "summed_up",
]


@seldom_collected()
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
    report = add_drafts(project, result.drafts, annotator, terms=result.terms, keep_duplicates=keep_duplicates)
    report.problems += result.problems
    report.notes += result.told()
    report.notes += [
        f"{each.place}: some letters look as if they had been decoded wrongly before; they can be repaired at import."
        for each in report.imported
        if each.id in result.doubtful and not choice.repair
    ]
    report.notes += [
        f"{each.place}: {told}"
        for each in report.imported
        if (told := same.get(each.id)) is not None and (keep_duplicates or not told.exactly)
    ]
    return report
