"""``annotator release``: build a release, put the texts back into one, check one."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import ReleaseRefused
from annotator.text.wording import clause, counted
from ui.cli.commands import opened
from ui.cli.console import Console
from ui.cli.parser_base import UsageError

if TYPE_CHECKING:
    from annotator.release.wish import Wish

_WISHES = (
    "out", "wish", "name", "version", "description", "creator", "licence", "url", "shares", "seed", "apart", "since",
    "without_text", "no_parquet",
)  # fmt: skip


def release(arguments: Namespace, console: Console) -> int:
    """One of the three. 1 when something blocks, or is wrong with a release that is checked."""
    if arguments.check:
        _refuse_options(arguments, "--check", ())
        return _check(_paths(arguments, 1, "--check takes the folder of one release."), console)
    if arguments.rebuild:
        _refuse_options(arguments, "--rebuild", ("out",))
        if arguments.out is None or len(arguments.paths) < 2:
            raise UsageError("--rebuild takes the folder of a release, the texts, and --out with a new folder.")
        return _rebuild([Path(name) for name in arguments.paths], Path(arguments.out), console)
    if arguments.out is not None:
        raise UsageError("--out goes with --rebuild; to build a release give PROJECT and OUT_DIR.")
    return _build(_paths(arguments, 2, "give PROJECT and OUT_DIR, or --check, or --rebuild."), arguments, console)


def _refuse_options(arguments: Namespace, mode: str, but: tuple[str, ...]) -> None:
    for name in _WISHES:
        if name not in but and getattr(arguments, name):
            raise UsageError(f"--{name.replace('_', '-')} is for building a release, not for {mode}.")


def _paths(arguments: Namespace, number: int, told: str) -> list[str]:
    paths: list[str] = arguments.paths
    if len(paths) != number:
        raise UsageError(told)
    return paths


def _build(paths: list[str], arguments: Namespace, console: Console) -> int:
    from annotator.formats.extras import present
    from annotator.installing import how_to_install
    from annotator.release.building import build
    from annotator.release.datasheet import left_out, told_counts

    since = Path(arguments.since) if arguments.since is not None else None
    with opened(paths[0]) as project:
        wish = _wish(arguments, project.location, project.name)
        unasked = wish.with_parquet and not arguments.wish and not present(("pyarrow",))
        if unasked:
            wish = replace(wish, with_parquet=False)
        try:
            done = build(project, Path(paths[1]), wish, since, console.progress)
        except ReleaseRefused as error:
            for reason in error.reasons:
                console.say(reason)
            console.error(str(error))
            return 1
    console.say(f"Wrote {done.folder}: {told_counts(done.figures)}.")
    sizes = ", ".join(f"{name} {counts['articles']:,}" for name, counts in done.figures["splits"].items())
    console.say(f"Splits: {sizes}.", indent=2)
    console.say(f"Left out: {clause(left_out(done.facts))}", indent=2)
    for note in done.facts.notes:
        console.say(note, indent=2)
    if unasked:
        console.say(f"Without Parquet, which needs one more package: {how_to_install('parquet')}", indent=2)
    return 0


def _wish(arguments: Namespace, location: str, name: str) -> Wish:
    """What the options say, over what is in a file, over what is usual."""
    from annotator.release import wish as wishes

    wish = wishes.read(Path(arguments.wish)) if arguments.wish else wishes.remembered(location, name)
    given = {
        "name": arguments.name,
        "version": arguments.version,
        "description": arguments.description,
        "creators": tuple(arguments.creator) if arguments.creator else None,
        "licence": arguments.licence,
        "url": arguments.url,
        "with_text": False if arguments.without_text else None,
        "with_parquet": False if arguments.no_parquet else None,
    }
    plan = {"shares": arguments.shares, "seed": arguments.seed, "apart": arguments.apart}
    wish = replace(wish, **{key: value for key, value in given.items() if value is not None})
    wish = replace(wish, plan=replace(wish.plan, **{key: value for key, value in plan.items() if value is not None}))
    try:
        return wishes.from_json(wishes.as_json(wish))  # by the same rules as one that is read
    except ValueError as error:
        raise UsageError(f"{error}.") from error


def _rebuild(paths: list[Path], out: Path, console: Console) -> int:
    from annotator.release.datasheet import told_counts
    from annotator.release.rebuilding import rebuild

    done = rebuild(paths[0], paths[1:], out, console.progress)
    for sentence in done.unread:
        console.error(sentence)
    console.say(f"Wrote {done.folder}: {told_counts(done.figures)}, every text in its place.")
    return 0


def _check(paths: list[str], console: Console) -> int:
    from annotator.release.checking import check

    found = check(Path(paths[0]), console.progress)
    for message in (*found.problems, *found.notes):
        console.say(message)
    if found.problems or found.manifest is None:
        console.say(f"Found {counted(len(found.problems), 'problem')}.")
        return 1
    facts = found.manifest.facts
    console.say(
        f"Sound: {facts.wish.name} {facts.wish.version}, {counted(len(found.manifest.files), 'file')}, every line and "
        f"figure; change log up to {facts.head}."
    )
    return 0
