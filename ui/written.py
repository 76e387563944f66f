"""New articles that the project is given straight, on the database thread: the window never holds what is in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from annotator.edits import Change, Changeset, Edit
from annotator.model import Scheme, Term
from annotator.ports import Project
from annotator.services.importing import Drafts, Report, add_drafts
from annotator.workspace import Workspace
from ui.loaded import Loaded
from ui.tally import Tally


class Adding:
    """Commits drafts, and makes of it the changeset that a window follows: speakers, scheme and list of articles.

    To be called by :meth:`.LargeEdits.apply`.
    """

    def __init__(
        self,
        project: Project,
        drafts: Drafts,
        annotator: str,
        terms: dict[Term, str],
        progress: Callable[[int, int], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._project, self._drafts, self._annotator, self._terms = project, drafts, annotator, terms
        self._progress, self._stopped = progress, stopped
        self.report: Report | None = None
        """What was done, once it was."""

    def __call__(self, workspace: Workspace, tally: Tally) -> Changeset | None:
        """Raises ``ProjectError``: nothing was imported."""
        if self.report is None:  # else it is asked again, since another article was opened meanwhile
            self.report = add_drafts(
                self._project,
                self._drafts,
                self._annotator,
                terms=self._terms,
                keep_duplicates=True,
                progress=self._progress,
                stopped=self._stopped,
            )
        changeset = self.report.changeset
        if changeset is None:
            return None
        loaded = Loaded(self._project, self._annotator)
        tally.exchange(loaded.tally)
        scheme = workspace.get("scheme", Scheme().id)
        changes = [Change(scheme, loaded.scheme)] if loaded.scheme != scheme else []
        changes += [Change(None, each) for each in loaded.speakers if each.id not in workspace.speakers]
        changes += [Change(None, tally.summaries[each.id].article) for each in self.report.imported]
        return replace(changeset, edit=Edit(changeset.edit.title, tuple(changes)))
