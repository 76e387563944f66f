"""The commands around backups: make one, list them, go back to one."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.backups import REASONS
from annotator.errors import ProjectError
from annotator.text.wording import counted
from ui.cli.commands import opened
from ui.cli.console import Console
from ui.cli.parser_base import UsageError
from ui.when import local

if TYPE_CHECKING:
    from annotator.backups import Backup
    from db.copies.backup import FileBackups


def backup(arguments: Namespace, console: Console) -> int:
    """Back a project up: among its backups, or to a new file."""
    from db.copies.backup import told

    with opened(arguments.project) as project:
        if arguments.target is None:
            if project.backups is None:
                raise _no_file()
            made = project.backups.make("asked")
        else:
            project.copy_to(arguments.target)
            made = told(Path(arguments.target))
    if made is None:
        raise ProjectError("The backup was not made.")
    console.say(f"Wrote {made.path}: {_counts(made)}; {counted(made.size, 'byte')}.")
    console.say(f"Change log: {made.head}", indent=2)
    return 0


def backups(arguments: Namespace, console: Console) -> int:
    """List the backups of a project, which need not be there any more. 1 when one cannot be read."""
    found = of_file(arguments.project)
    every = found.all()
    if arguments.json:
        console.data(json.dumps([_as_json(each) for each in every], ensure_ascii=True, indent=2))
    elif not every:
        console.say(f"There are no backups in {found.folder}.")
    else:
        console.say(f"In {found.folder}:")
        for each in every:
            console.say(f"{_when(each)}  {Path(each.path).name}")
            told = each.problem or f"{REASONS.get(each.reason, 'with a name of its own')}: {_counts(each)}; {each.head}"
            console.say(told, indent=2)
    return 1 if any(each.problem for each in every) else 0


def restore(arguments: Namespace, console: Console) -> int:
    """Go back to a backup, in a new file or in the project's place."""
    from db.copies import copying, restoring

    project, chosen = Path(arguments.project), Path(arguments.backup)
    if not chosen.exists():
        chosen = Path(of_file(arguments.project).folder) / chosen.name
    if not chosen.is_file():
        raise UsageError(f"there is no backup “{arguments.backup}”; “annotator backups {project.name}” lists them.")
    for line in _differences(arguments.project, str(chosen)):
        console.say(line)
    if arguments.to is not None:
        copying.copy_to_new(chosen, Path(arguments.to), copying.RESTORED)
        console.say(f"Made {arguments.to} of {chosen.name}.")
        return 0
    aside = restoring.restore(project, chosen)
    console.say(f"Put {chosen.name} in the place of {project.name}.")
    if aside is not None:
        console.say(f"What it was is in {aside}.", indent=2)
    return 0


def rebuild(arguments: Namespace, console: Console) -> int:
    """Rebuild a damaged project. 1 when something is missing or was taken from elsewhere."""
    from db.copies import rebuilding

    given = arguments.backup
    backup = Path(given) if given is not None else None
    if backup is None and not arguments.no_backup:
        newest = of_file(arguments.project).newest()
        backup = Path(newest.path) if newest is not None else None
    made = rebuilding.rebuild(Path(arguments.project), Path(arguments.target), backup)
    for note in made.notes:
        console.say(note)
    console.say(f"Made {arguments.target}: {counted(made.head.seq, 'change')}.")
    console.say(f"Change log: {made.head}")
    return 1 if made.notes else 0


def _differences(project: str, backup: str) -> list[str]:
    """What restoring means; one sentence when that cannot be told."""
    from annotator.services.comparing import compare

    try:
        with opened(project) as now, opened(backup) as then:
            return compare(now, then).told()
    except ProjectError as error:
        return [f"What is different cannot be told: {error}"]


def of_file(location: str) -> FileBackups:
    """The backups of the project file at ``location``, which is not opened."""
    from db.copies.backup import FileBackups

    if "://" in location:
        raise _no_file()
    return FileBackups(Path(location))


def _no_file() -> UsageError:
    return UsageError("backups are made of project files; what is on a database server, the server backs up.")


def _when(backup: Backup) -> str:
    return local(backup.time.isoformat())


def _counts(backup: Backup) -> str:
    return ", ".join(
        counted(number, noun)
        for number, noun in (
            (backup.articles, "article"),
            (backup.claims, "claim"),
            (backup.speakers, "speaker"),
            (backup.mentions, "mention"),
            (backup.corrections, "correction"),
        )
    )


def _as_json(backup: Backup) -> dict[str, object]:
    names = ("path", "reason", "size", "articles", "claims", "speakers", "mentions", "corrections", "problem")
    told = {name: getattr(backup, name) for name in names}
    return {"time": backup.time.isoformat(), "head": str(backup.head), **told}
