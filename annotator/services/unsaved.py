"""Changes that an earlier session could not save: written now, each where it still fits what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.edits import Change, Changeset
from annotator.errors import AnnotatorError, ProjectError, StaleEdit
from annotator.history import Version
from annotator.model import Article, Claim, Correction, Mention
from annotator.ports import Project
from annotator.services import account, articles
from annotator.services.keeping import keep_before

_LISTED = 100
"""Changes of one changeset that are told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of them, each group in order."""

    saved: tuple[Changeset, ...]
    refused: tuple[tuple[Changeset, str], ...]
    """Those that do not fit what is stored, each with a sentence that says why."""
    left: tuple[Changeset, ...] = ()
    """Those that could not be written."""
    why: str = ""
    """Why they could not."""
    not_kept: tuple[str, ...] = ()
    """Why the project could not be backed up before those that are saved, where it should have been."""


def missing(project: Project, changesets: Iterable[Changeset]) -> tuple[Changeset, ...]:
    """Those that are not in the change log: of the others the COMMIT was done, and only its answer was not heard."""
    return tuple(each for each in changesets if not _is_logged(project, each.id))


def save(project: Project, changesets: Sequence[Changeset]) -> Outcome:
    """Commit them in order, as what they were: who, when, undone or done again. What is stored already is left alone.

    One that does not fit is refused, and with it every later one that touches the same records. When the project
    cannot be written, that one and all after it are left. May be asked again for the same ones.
    """
    saved: list[Changeset] = []
    refused: list[tuple[Changeset, str]] = []
    lost: set[str] = set()
    troubles: dict[str, None] = {}
    for number, changeset in enumerate(changesets):
        try:
            trouble = _commit(project, changeset, lost)
        except ProjectError as error:
            return Outcome(tuple(saved), tuple(refused), tuple(changesets[number:]), str(error), tuple(troubles))
        except AnnotatorError as error:
            refused.append((changeset, str(error)))
            lost |= changeset.edit.ids
        else:
            saved.append(changeset)
            troubles |= {trouble: None} if trouble is not None else {}
    return Outcome(tuple(saved), tuple(refused), not_kept=tuple(troubles))


def tell(project: Project, changesets: Sequence[Changeset], names: account.Names) -> list[list[str]]:
    """What each would change: a line for each record, with what was to become of it. ``names`` are those of now."""
    changes = [change for each in changesets for change in each.edit.changes[:_LISTED]]
    records = [record for change in changes for record in (change.before, change.after)]
    known = replace(
        names,
        records={**names.records, **{r.id: r for r in records if isinstance(r, Mention | Claim | Correction)}},
        gone=account.gone_speakers(project, records, names.speakers),
    )
    return [_lines(changeset, known) for changeset in changesets]


def _lines(changeset: Changeset, names: account.Names) -> list[str]:
    changes = changeset.edit.changes
    more = [f"and {len(changes) - _LISTED:,} more"] if len(changes) > _LISTED else []
    return [*(_line(change, names) for change in changes[:_LISTED]), *more]


def _line(change: Change, names: account.Names) -> str:
    version = Version(0, "", "", "", "", "", change.before, change.after)
    return "; ".join([account.headline(change.before, change.after), *account.tell(version, names)])


def _commit(project: Project, changeset: Changeset, lost: set[str]) -> str | None:
    """Write it. None, or why the project could not be backed up before."""
    if _is_logged(project, changeset.id):
        return None
    edit = changeset.edit
    if lost & edit.ids:
        raise StaleEdit(f"“{edit.title}” builds on a change that was not made.")
    articles.check_open(lambda id_: _article(project, id_), edit, undoes=changeset.action == "undo")
    trouble = keep_before(project, edit)
    with project.begin() as unit:
        unit.apply(changeset)
        unit.commit()
    return trouble


def _article(project: Project, id_: str) -> Article | None:
    found = project.get("article", id_)
    return found if isinstance(found, Article) else None


def _is_logged(project: Project, id_: str) -> bool:
    try:
        project.extent(id_)  # which reads nothing of what it changed
    except KeyError:
        return False
    return True
