"""The commands. Each takes its parsed arguments, prints through the console and returns the exit code."""

from __future__ import annotations

import getpass
import json
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotator.errors import ProjectError
from annotator.installing import command
from annotator.text.wording import counted
from ui.cli.console import Console, plain
from ui.cli.parser_base import UsageError

if TYPE_CHECKING:
    from annotator.formats.standoff.mapping import Mapping
    from annotator.ports import Project
    from annotator.services.importing import Report
    from annotator.services.statistics import Statistics


def open_window(location: str | None) -> int:
    """Open the window on a project; None: the last one, else the sample."""
    try:
        from ui.main import run
    except ImportError as error:
        raise _no_window(error) from error
    return run(location)


def new(arguments: Namespace, console: Console) -> int:
    """Make a new project."""
    from annotator.schemes import BY_KEY
    from annotator.services.scheme import begin_with
    from db.project import create_project

    project = create_project(arguments.project)
    try:
        begin_with(project, BY_KEY[arguments.scheme], _user_name())
        location = project.location
    finally:
        project.close()
    console.say(f"Made {location}.")
    return 0


def import_(arguments: Namespace, console: Console) -> int:
    """Import files. 2 when one could not be read, 1 when an article conflicts with one that is there."""
    from annotator.services.importing import Choice, import_files

    given = arguments.annotator if arguments.annotator is not None else _user_name()
    annotator = plain(os.fsencode(given).decode("utf-8", "replace")).strip()  # it is stored, so it must be text
    if not annotator:
        raise UsageError("the annotator's name is empty.")
    paths = [Path(name) for name in arguments.files]
    choice = Choice(
        encoding=arguments.encoding,
        repair=arguments.repair,
        columns=dict(arguments.column) if arguments.column else None,
        mapping=_mapping(arguments.mapping),
    )
    with opened(arguments.project, "write") as project:
        report = import_files(
            project,
            paths,
            annotator=annotator,
            format_name=arguments.format,
            progress=console.progress,
            choice=choice,
            keep_duplicates=arguments.keep_duplicates,
        )
    _tell_import(report, console)
    return 2 if report.problems else 1 if report.conflicts else 0


def export(arguments: Namespace, console: Console) -> int:
    """Export a project."""
    from annotator.formats import registry
    from annotator.formats.standoff.relabelling import AS_IT_IS, ByMapping
    from annotator.schemes import scheme_of
    from annotator.services.exporting import export as write

    mapping = _mapping(arguments.mapping)
    relabelling = ByMapping(mapping) if mapping is not None else AS_IT_IS
    with opened(arguments.project) as project:
        out = Path(arguments.out)
        chosen = registry.named(arguments.format) if arguments.format else registry.for_export(out.name)
        if chosen is None:
            raise UsageError(f"what is {out.name} to be? Give --format; “annotator formats” lists them.")
        result = write(project, out, chosen, arguments.view, scheme_of(project), relabelling, str(project.head()))
    counts = (
        counted(result.articles, "article"),
        counted(result.claims, "claim"),
        counted(result.speakers, "speaker"),
    )
    more = counted(result.mentions, "mention"), counted(result.corrections, "correction")
    verb = "Replaced" if result.replaced else "Wrote"
    console.say(f"{verb} {result.path}: {', '.join((*counts, *more))}; {counted(result.bytes, 'byte')}.")
    if result.told:
        console.say(result.told, indent=2)
    console.say(f"Beside it: {', '.join(path.name for path in result.beside)}.", indent=2)
    console.say(f"Change log: {result.head}", indent=2)
    if result.losses:
        console.say("It was written and read again. Not in it, or not as it is in the project:", indent=2)
    for loss in result.losses:
        console.say(loss, indent=4)
    return 0


def formats(arguments: Namespace, console: Console) -> int:
    """List the formats. 1 when one of another package is broken."""
    from annotator.formats import registry
    from annotator.formats.extras import present

    rows = [
        {
            "name": each.name,
            "title": each.title,
            "in": each.readable,
            "out": each.writable,
            "files": [*each.extensions],
            "counts": each.offset_unit,
            "extra": each.extra,
            "installed": present(each.modules),
        }
        for each in registry.formats()
    ]
    if arguments.json:
        console.data(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _tell_formats(rows, console)
    for problem in registry.broken():
        console.error(problem)
    return 1 if registry.broken() else 0


def _tell_formats(rows: list[dict[str, Any]], console: Console) -> None:
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        way = " ".join(word if row[word] else " " * len(word) for word in ("in", "out"))
        missing = "" if row["installed"] else f"; needs {command(row['extra'])}"
        counts = "" if row["counts"] == "none" else f"; counts {_UNITS.get(row['counts'], row['counts'])}"
        console.say(f"{row['name']:<{width}}  {way}  {row['title']} ({' '.join(row['files'])}{counts}){missing}")


_UNITS = {"codepoint": "code points", "utf16": "UTF-16 units", "byte": "bytes", "token": "tokens"}


def mapping(arguments: Namespace, console: Console) -> int:
    """Propose a mapping for the labels in files."""
    from annotator.errors import ImportFailed
    from annotator.formats import registry
    from annotator.formats.standoff import mapping_file
    from annotator.services.importing.entries import find
    from annotator.services.importing.mappings import one_for

    file_format = registry.named(arguments.format) if arguments.format else None
    with find([Path(name) for name in arguments.files], file_format) as found:
        for problem in found.problems:
            raise ImportFailed(problem)
        proposed = one_for(found.entries, file_format)
    console.data(mapping_file.write(proposed).decode().rstrip("\n"))
    return 0


def stats(arguments: Namespace, console: Console) -> int:
    """Count what is in a project."""
    from annotator.services.statistics import count

    with opened(arguments.project) as project:
        statistics = count(project)
    if arguments.json:
        console.data(json.dumps(statistics.as_json(), ensure_ascii=True, indent=2))
    else:
        _tell_statistics(statistics, console)
    return 0


def verify(arguments: Namespace, console: Console) -> int:
    """Verify a project. 1 when there are problems, a damage that stops the reading included."""
    from annotator.services import verify as service

    found = 0
    with opened(arguments.project) as project:
        try:
            for problem in service.verify(project, noted=arguments.head):
                found += 1
                console.say(str(problem))
        except ProjectError as error:
            found += 1
            console.say(f"project: {error}")
        end = project.head() if not found else None
        articles = len(project.article_ids()) if not found else 0
        held = sum(summary.quarantined for summary in project.summaries()) if not found else 0
    if found:
        console.say(f"Found {counted(found, 'problem')}.")
        return 1
    console.say(f"Sound: {counted(articles, 'article')}, every anchor, every link and the change log.")
    console.say(f"Change log: {end}")
    if held:
        console.say(f"In quarantine, each to be placed or deleted in the window: {counted(held, 'thing')}.")
    return 0


def database_roles(arguments: Namespace, console: Console) -> int:
    """Print the roles of a project on a server."""
    from db.roles import roles_script

    console.data(roles_script(arguments.project).rstrip("\n"))
    return 0


def screenshot(arguments: Namespace, console: Console) -> int:  # noqa: ARG001 -- all commands are called alike
    """Draw the window into a file."""
    try:
        from ui.screenshot import take
    except ImportError as error:
        raise _no_window(error) from error
    return take(
        arguments.project,
        Path(arguments.out),
        article=arguments.article,
        theme=arguments.theme,
        view=arguments.view,
        size=arguments.size,
    )


def pdf(arguments: Namespace, console: Console) -> int:
    """Write an article, or all, to a PDF."""
    try:
        from ui.paper.command import write
        from ui.paper.wish import Wish
    except ImportError as error:
        raise _no_window(error) from error
    wish = Wish(arguments.view, arguments.paper, landscape=arguments.landscape, legend=arguments.legend)
    out = Path(arguments.out)
    with opened(arguments.project) as project:
        article = None if arguments.all else arguments.article or "1"
        articles, pages = write(project, out, article, wish, console.progress)
    console.say(f"Wrote {out}: {counted(articles, 'article')}, {counted(pages, 'page')}.")
    return 0


def _mapping(name: str | None) -> Mapping | None:
    from annotator.formats.standoff import mapping_file

    return mapping_file.read(Path(name)) if name is not None else None


@contextmanager
def opened(location: str, access: Literal["read", "write"] = "read") -> Iterator[Project]:
    """A project, closed afterwards."""
    from db.project import open_project

    project = open_project(location, access)
    try:
        yield project
    finally:
        project.close()


def _no_window(error: ImportError) -> UsageError:
    return UsageError(f"the window cannot be shown on this system: {error}")


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a process without a user entry, as in some containers
        return "annotator"


def _tell_import(report: Report, console: Console) -> None:
    for each in report.imported:
        console.say(f"{each.place}: imported “{each.title}”.")
    for note in (*report.notes, *report.skipped):
        console.say(note)
    for message in (*report.conflicts, *report.problems):
        console.error(message)
    parts = [f"Imported {counted(len(report.imported), 'article')}"]
    parts += [f"put {counted(report.quarantined, 'thing')} into quarantine"] if report.quarantined else []
    parts += [f"skipped {len(report.skipped):,}"] if report.skipped else []
    parts += [f"left out {len(report.conflicts):,}"] if report.conflicts else []
    parts += [f"could not read {counted(len(report.problems), 'file')}"] if report.problems else []
    console.say(f"{', '.join(parts)}.")


def _tell_statistics(statistics: Statistics, console: Console) -> None:
    tables = {
        "articles": (statistics.articles, statistics.articles_by_state),
        "claims": (statistics.claims, statistics.claims_by_status),
        "speakers": (statistics.speakers, {}),
        "mentions": (statistics.mentions, statistics.mentions_by_status),
        "corrections": (statistics.corrections, statistics.corrections_by_kind),
        "quarantined": (statistics.quarantined, {}),
    }
    for name, (total, parts) in tables.items():
        present = ", ".join(f"{value.replace('_', ' ')} {number:,}" for value, number in parts.items() if number)
        console.say(f"{name:<12}{total:>8,}" + (f"   ({present})" if present else ""))
