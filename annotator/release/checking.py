"""Check a release without its project: that it is as it was written, and that it agrees with itself.

All documents are made again from the data and the MANIFEST, and compared byte by byte. What no check can see is a
release that somebody made anew as a whole, data and MANIFEST together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats.parquet import rows_of
from annotator.formats.strict_json import parse
from annotator.model import Scheme
from annotator.release import changes, manifest, splits_table
from annotator.release.assembling import Material, documents, listed
from annotator.release.changes import Contents
from annotator.release.choosing import Progress, Steps
from annotator.release.figures import Figures
from annotator.release.line_check import LineCheck
from annotator.release.manifest import Manifest
from annotator.release.splitting import SPLITS
from annotator.services import scheme_file


@dataclass(slots=True)
class Checked:
    """What was found. ``notes`` say what could not be looked at, a sentence each."""

    folder: Path
    manifest: Manifest | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    scheme: Scheme = field(default_factory=Scheme)


def check(folder: Path, progress: Progress | None = None, stopped: Callable[[], bool] | None = None) -> Checked:
    """Everything that is wrong with the release in ``folder``. Raises ``ReleaseStopped``: ``stopped`` said so."""
    found = Checked(folder)
    try:
        found.manifest = manifest.read(folder)
        found.problems += _file_problems(folder, found.manifest)
        if not found.problems:  # else what it says is not what was written
            _check_contents(found, found.manifest, progress, stopped)
    except (ImportFailed, ValueError, OSError) as error:
        found.problems.append(f"{type(error).__name__}: {error}" if not isinstance(error, ImportFailed) else str(error))
    return found


def _file_problems(folder: Path, told: Manifest) -> Iterator[str]:
    folders = {parent for path in told.files for parent in (folder / path).parents}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield f"{name} is a link or no regular file."
        elif path.is_dir() and path not in folders:
            yield f"{name} is a folder that is not in the MANIFEST."
    there = listed(folder)
    for name in sorted({*told.files, *there}):
        if name not in there:
            yield f"{name} is missing."
        elif name not in told.files:
            yield f"{name} is not in the MANIFEST."
        elif there[name] != told.files[name]:
            yield f"{name} was changed: its size or hash is not that of the MANIFEST."


def _check_contents(
    found: Checked, told: Manifest, progress: Progress | None, stopped: Callable[[], bool] | None
) -> None:
    folder, facts = found.folder, told.facts
    found.scheme = scheme_file.read(folder / "scheme.json")
    if (found.scheme.name, found.scheme.version) != (facts.scheme_name, facts.scheme_version):
        found.problems.append("scheme.json is another version than the MANIFEST says.")
    figures, contents = Figures(), Contents()
    total = sum((folder / name).read_bytes().count(b"\n") for name in told.files if name.endswith(".jsonl"))
    lines = LineCheck(found.scheme, facts.wish, Steps(total, progress, stopped))
    for split in SPLITS:
        for data in lines.read(folder / "data" / f"{split}.jsonl", split):
            figures.add(split, data)
            contents.add(split, data)
    found.problems += lines.problems
    if found.problems:
        return
    found.figures = figures.as_json()
    _check_splits(found, lines)
    _check_parquet(found, told)
    _check_changes(found, told, contents)
    _check_documents(found, told, lines)


def _check_splits(found: Checked, lines: LineCheck) -> None:
    splits, found.groups = splits_table.read((found.folder / "splits.csv").read_bytes())
    if splits != dict(lines.rows):
        found.problems.append("splits.csv puts articles into other splits than they are in.")
    for group in found.groups:
        if len({splits.get(id_) for id_ in group}) > 1:
            found.problems.append(f"Articles that must stay together are in several splits: {', '.join(group)}.")
    if not lines.wish.with_text:
        found.notes.append("Near copies across splits were not looked for: the texts are not here.")


def _check_parquet(found: Checked, told: Manifest) -> None:
    for split in found.figures["splits"]:
        path, lines = found.folder / "data" / f"{split}.parquet", found.folder / "data" / f"{split}.jsonl"
        if (path.relative_to(found.folder).as_posix() in told.files) != told.facts.wish.with_parquet:
            found.problems.append(f"data/{split}.parquet is there or not, against the wish.")
        if not path.is_file():
            continue
        try:
            with path.open("rb") as stream, lines.open("rb") as expected:
                rows = rows_of(stream, f"data/{path.name}")
                if any(next(rows, None) != json.loads(line) for line in expected) or next(rows, None) is not None:
                    found.problems.append(f"data/{path.name} has other rows than data/{lines.name} has lines.")
        except ExtraMissing as error:
            found.notes.append(f"The Parquet files were not compared with the lines. {error}")
            return


def _check_changes(found: Checked, told: Manifest, contents: Contents) -> None:
    found.changes = parse((found.folder / "changes.json").read_bytes())
    before = told.facts.before
    if not isinstance(found.changes, dict) or found.changes.keys() != {"since", "changes"}:
        raise ImportFailed("changes.json has other keys than since and changes.")
    try:
        since, what = found.changes["since"], found.changes["changes"]
        if (since is None) != (before is None) or (before and since["sha256"] != before.sha256):
            found.problems.append("changes.json is since another release than the MANIFEST says.")
        for kind in changes.KINDS if what is not None else ():
            known = contents.hashes[kind].keys()
            listed_here = {*what[kind]["added"], *what[kind]["changed"]}
            if not listed_here <= known or known & {*what[kind]["removed"]}:
                found.problems.append(f"changes.json lists {kind} that are not here, or as removed what is here.")
        changes.as_text(found.changes, told.facts.wish.version)
    except (KeyError, TypeError, AttributeError) as error:
        raise ImportFailed(f"changes.json is not of the shape that it should be ({error!r}).") from error


def _check_documents(found: Checked, told: Manifest, lines: LineCheck) -> None:
    if told.facts.app != __version__:
        found.notes.append(
            f"It was made with version {told.facts.app} of Article Annotator; its documents were not made again to "
            "compare them."
        )
        return
    material = Material(told.facts, found.scheme, lambda _split: (), found.groups, lambda _contents: found.changes)
    data_files = {path: each for path, each in told.files.items() if path.startswith("data/")}
    splits = splits_table.write(lines.rows, found.groups)
    wanted = documents(material, found.figures, data_files, splits, found.changes)
    for name in sorted(wanted.keys() | (told.files.keys() - data_files.keys())):
        path = found.folder / name
        if name not in wanted:
            found.problems.append(f"{name} is no file of a release.")
        elif not path.is_file() or path.read_bytes() != wanted[name]:
            found.problems.append(f"{name} does not say what follows from the data and the MANIFEST.")
    known = {f"data/{split}.{kind}" for split in SPLITS for kind in ("jsonl", "parquet")}
    found.problems += [f"{name} is no file of a release." for name in sorted(data_files.keys() - known)]
