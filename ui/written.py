"""Thousands of records that the project is given, or that are taken from it, straight, on the database thread: the
window never holds them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from annotator.edits import Change, Changeset, Edit
from annotator.model import Claim, Correction, Document, Mention, Quarantined, Record, Scheme, Term
from annotator.ports import Project
from annotator.services.importing import Drafts, Report, add_drafts
from annotator.services.keeping import keep_before_import, keep_before_large
from annotator.workspace import Workspace
from ui.loaded import Loaded
from ui.tally import Tally


class Adding:
    """Commits drafts, and makes of it the changeset that a window follows: speakers, scheme, list of articles, and
    the labels of the one that is shown.

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
        return replace(changeset, edit=_followed(self._project, self._annotator, changeset, workspace, tally))


class Replaying:
    """Undoes an import, or does it again, as the change log has it, and makes of it what a window follows.

    To be called by :meth:`.LargeEdits.apply`. ``changeset`` says what is replayed; its edit has no changes until then.
    """

    def __init__(self, project: Project, changeset: Changeset) -> None:
        self.changeset = changeset
        self._project = project
        self._written = False
        self.trouble: str | None = None
        """Why the project could not be backed up before, if it could not."""

    def __call__(self, workspace: Workspace, tally: Tally) -> Changeset:
        """Raises ``StaleEdit``, ``ProjectError``: nothing was changed."""
        project, changeset = self._project, self.changeset
        if not self._written:  # else it is asked again, since another article was opened meanwhile
            self.trouble = (keep_before_large if changeset.action == "undo" else keep_before_import)(project)
            with project.begin() as unit:
                unit.replay(changeset)
                unit.commit()
            self._written = True
        self.changeset = replace(changeset, edit=_followed(project, changeset.actor, changeset, workspace, tally))
        return self.changeset


def _followed(project: Project, annotator: str, changeset: Changeset, workspace: Workspace, tally: Tally) -> Edit:
    """Bring ``tally`` up to what is stored.

    Gives the scheme, and the speakers, articles and labels of the article on show that came, went or changed.
    """
    loaded, before = Loaded(project, annotator), tally.copy()
    tally.exchange(loaded.tally)
    scheme = workspace.get("scheme", Scheme().id)
    changes = [Change(scheme, loaded.scheme)] if loaded.scheme != scheme else []
    changes += _come_and_gone(workspace.speakers, {each.id: each for each in loaded.speakers})
    articles = ({id_: each.article for id_, each in some.summaries.items()} for some in (before, tally))
    changes += _come_and_gone(*articles)
    shown = workspace.document()
    if shown is not None and shown.article.id in tally.summaries:
        labels = _come_and_gone(_labels(shown), _labels(project.document(shown.article.id)))
        tally.apply(Edit("", tuple(labels)).inverted())  # it counts them already, and is told of them again
        changes += labels
    return Edit(changeset.edit.title, tuple(changes))


def _labels(document: Document) -> dict[str, Record]:
    records: list[Mention | Claim | Correction | Quarantined] = [*document.mentions, *document.claims]
    records += [*document.corrections, *document.quarantined]
    return {each.id: each for each in records}


def _come_and_gone(before: Mapping[str, Record], after: Mapping[str, Record]) -> list[Change]:
    """What went, came, and changed."""
    gone = [Change(record, None) for id_, record in before.items() if id_ not in after]
    return gone + [Change(before.get(id_), record) for id_, record in after.items() if before.get(id_) != record]
