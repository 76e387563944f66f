"""Put the texts back into a bare release: each is found by its hash, and the result is the full release."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats.apart import Apart
from annotator.formats.strict_json import parse
from annotator.release.assembling import Material, assemble
from annotator.release.checking import check
from annotator.release.choosing import Progress, Steps
from annotator.release.lines import as_line, rebuilt
from annotator.release.splitting import SPLITS
from annotator.release.spool import LineSpool
from annotator.services.annotate import Author
from annotator.services.importing.entries import find
from annotator.services.importing.reading import How, read_entry
from annotator.services.targets import target_folder
from annotator.text.wording import counted, shorten
from annotator.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was written. ``unread`` has one sentence for each file that was given and could not be read."""

    folder: Path
    figures: dict[str, Any]
    unread: tuple[str, ...]


def rebuild(
    folder: Path,
    texts: Sequence[Path],
    out: Path,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Rebuilt:
    """Write the full release of the bare one in ``folder`` into the new folder ``out``.

    ``texts`` are files, folders and zip archives of any format that is imported.

    Raises:
        ImportFailed: ``folder`` is no sound bare release, or texts are missing; the sentence names which.
        ExportFailed: it cannot be written there.
        ExtraMissing: it has Parquet files and pyarrow is not installed.
        ReleaseStopped: ``stopped`` said so.
    """
    found = check(folder)
    if found.problems or found.manifest is None:
        raise ImportFailed(f"The release in {folder} is not as it was written: {found.problems[0]}")
    facts = found.manifest.facts
    if facts.wish.with_text:
        raise ImportFailed(f"The release in {folder} has its texts.")
    wanted = {data["text_sha256"]: data["title"] for split in SPLITS for data in _lines(folder, split)}
    with target_folder(out, "") as (target, _):
        spool = LineSpool()
        unread = _collect(spool, wanted.keys(), texts, Vocabulary(found.scheme.terms), (progress, stopped))
        _refuse_missing([title for hash_, title in wanted.items() if hash_ not in spool], unread)
        facts = replace(facts, wish=replace(facts.wish, with_text=True))
        material = Material(
            facts,
            found.scheme,
            lambda split: (_whole(data, spool) for data in _lines(folder, split)),
            found.groups,
            lambda _contents: found.changes,
        )
        steps = Steps(found.figures["articles"] * (2 if facts.wish.with_parquet else 1), progress, stopped)
        figures = assemble(target, material, steps)
    return Rebuilt(out, figures, tuple(unread))


def _whole(data: dict[str, Any], spool: LineSpool) -> bytes:
    return as_line(rebuilt(data, spool.line(data["text_sha256"]).decode()))


def _lines(folder: Path, split: str) -> Iterator[dict[str, Any]]:
    path = folder / "data" / f"{split}.jsonl"
    if path.is_file():
        with path.open("rb") as stream:
            for line in stream:
                yield parse(line)


def _collect(
    spool: LineSpool,
    wanted: Collection[str],
    texts: Sequence[Path],
    vocabulary: Vocabulary,
    watched: tuple[Progress | None, Callable[[], bool] | None],
) -> list[str]:
    """Put the texts that are wanted into the spool, under their hashes; gives what could not be read."""
    progress, stopped = watched
    with find(texts, stopped=stopped) as listing, Apart(stopped) as apart:
        unread = list(listing.problems)
        how = How(Author(""), vocabulary=vocabulary, run=apart.run, stopped=stopped)
        steps = Steps(len(listing.entries), progress, stopped)
        for entry in listing.entries:
            try:
                drafts = read_entry(entry, how)
            except (ImportFailed, ExtraMissing) as error:
                unread.append(str(error))
                drafts = []
            for draft in drafts:
                if draft.source.text_sha256 in wanted and draft.source.text_sha256 not in spool:
                    spool.add(draft.source.text_sha256, draft.source.text.encode())
            steps.one()
    return unread


def _refuse_missing(missing: Sequence[str], unread: Sequence[str]) -> None:
    if missing:
        named = ", ".join(f"“{shorten(title, 60)}”" for title in missing[:5])
        more = f" and {len(missing) - 5:,} more" if len(missing) > 5 else ""
        bad = f" {counted(len(unread), 'file')} could not be read: {unread[0]}" if unread else ""
        verb = "is" if len(missing) == 1 else "are"
        raise ImportFailed(f"The text of {counted(len(missing), 'article')} {verb} not there: {named}{more}.{bad}")
