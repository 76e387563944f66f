"""A new project from what is left of a damaged one: its change log, replayed as far as its chain holds."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from annotator.edits import LogHead
from annotator.errors import ProjectDamaged, ProjectError
from annotator.model import Claim
from annotator.text.wording import counted, shorten
from db import changelog, migrate
from db.copies.salvage import Found, Link, Salvage, longest
from db.engine import WRITE, sqlite_engine
from db.errors import translated
from db.files import appearing
from db.mapping import hop_values, values_of
from db.schema import RECORD_ROWS, AttributionRow, ProjectRow, WorkTimeRow, table_of
from db.verifying.log import State, article_id_of, check_log
from db.verifying.shape import is_fact
from db.verifying.storage import check_storage

_AT_ONCE = 1_000
_NAMED = 20
"""Changes without a connection that are named one by one."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of it: where the log ends now, and one sentence for each thing that is missing or from elsewhere."""

    head: LogHead
    notes: tuple[str, ...]


def rebuild(damaged: Path, target: Path, backup: Path | None = None) -> Rebuilt:
    """Make the new project ``target`` of what can be read of ``damaged`` (which is not touched) and of a backup of it.

    Raises:
        ProjectDamaged: not even the first change can be read.
        ProjectError: ``target`` exists, or cannot be written; nothing is left of it.
    """
    if not damaged.is_file():
        raise ProjectError(f"There is no project “{damaged}”.")
    with (
        appearing(target) as made,
        translated(target.name),
        closing(Salvage(made.with_name("rows"))) as salvage,
    ):
        salvage.carve(damaged)
        if backup is not None:
            salvage.take(backup)
        links = salvage.links()
        chain = longest(links)
        if not chain:
            raise ProjectDamaged(f"Of “{damaged.name}” not even the first change can be read.")
        made.touch()
        more = _write(made, salvage, chain)
    return Rebuilt(LogHead(chain[-1].seq, chain[-1].hash, chain[-1].time), (*_missing(links, chain), *more))


def _write(path: Path, salvage: Salvage, chain: list[Link]) -> list[str]:
    """All tables, the log as it was, and the records as it left them; gives what else is to be said."""
    engine = sqlite_engine(path, writer=True)
    try:
        migrate.create_schema(engine)
        with engine.execution_options(**{WRITE: True}).begin() as connection:
            for link in chain:
                _log(connection, salvage, link)
            state: State = {}
            notes = list(check_log(connection, state))
            _records(connection, state)
            notes += _beside(connection, salvage.found)
        with engine.connect() as connection:
            notes += [note for note in check_storage(connection, path.name) if note not in notes]
    finally:
        engine.dispose()
    return notes


def _log(connection: Connection, salvage: Salvage, link: Link) -> None:
    entry = salvage.changeset(link.hash)
    if entry is None:
        raise ProjectDamaged(f"Change {link.seq} cannot be put together again.")
    row = {"seq": entry.seq, **entry.facts(), "prev_hash": entry.prev_hash, "hash": entry.hash}
    connection.execute(insert(changelog.CHANGESET), row)
    rows = [
        {
            "changeset_seq": entry.seq,
            "ordinal": ordinal,
            "kind": change.kind,
            "entity_id": change.entity_id,
            "article_id": article_id_of(change),
            "before": change.before,
            "after": change.after,
        }
        for ordinal, change in enumerate(entry.changes)
    ]
    if rows:
        connection.execute(insert(changelog.CHANGE), rows)


def _records(connection: Connection, state: State) -> None:
    """Write each record as the log left it, with the number of versions that it has had."""
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    hops: list[dict[str, Any]] = []

    def flush(kind: str) -> None:
        if waiting[kind]:
            connection.execute(insert(table_of(RECORD_ROWS[kind])), waiting.pop(kind))

    for (kind, id_), logged in state.items():
        text = changelog.last_text(connection, kind, id_)
        if text is None:
            continue
        record = changelog.record_of(kind, text)
        versions = {"revision": logged.revision} if "revision" in table_of(RECORD_ROWS[kind]).c else {}
        waiting[kind].append({**values_of(kind, record), **versions})
        hops += hop_values(record) if isinstance(record, Claim) else []
        if len(waiting[kind]) >= _AT_ONCE:
            flush(kind)
    for kind in [*waiting]:
        flush(kind)
    if hops:
        connection.execute(insert(table_of(AttributionRow)), hops)


def _beside(connection: Connection, found: Found) -> list[str]:
    """What stands beside the log: the project's facts, and the times worked."""
    columns = table_of(ProjectRow).c
    lost = []
    for key in ("id", "created", "created_by"):
        if is_fact(key, found.facts.get(key)):
            query = update(table_of(ProjectRow)).where(columns.key == key).values(value=found.facts[key])
            connection.execute(query)
        else:
            lost.append(key)
    names = ("article_id", "annotator", "day", "seconds")
    work = [dict(zip(names, (*key, seconds), strict=True)) for key, seconds in found.work.items()]
    if work:
        connection.execute(insert(table_of(WorkTimeRow)), work)
    return [f"The project's {' and '.join(lost)} could not be read and were made anew."] if lost else []


def _missing(links: list[Link], chain: list[Link]) -> list[str]:
    used = {link.hash for link in chain}
    loose = [link for link in links if link.hash not in used]
    last = chain[-1].seq
    notes = []
    borrowed = [link.seq for link in chain if link.borrowed]
    if borrowed:
        notes.append(f"{counted(len(borrowed), 'change')} came from the backup: {_ranges(borrowed)}.")
    later = [link for link in loose if link.seq > last]
    if later:
        notes.append(
            f"Change {last + 1} cannot be read; {counted(len(later), 'change')} after it can be, but nothing says what "
            "came before them, so they are not in the new project."
        )
        notes += [f"Missing: change {each.seq}, “{shorten(each.title)}”, {each.time}." for each in later[:_NAMED]]
    if older := [link.seq for link in loose if link.seq <= last]:
        notes.append(f"Left out: {counted(len(older), 'change')} of another course of events ({_ranges(older)}).")
    return notes


def _ranges(numbers: list[int]) -> str:
    """``1–4, 7``."""
    told: list[list[int]] = []
    for number in sorted(set(numbers)):
        if told and told[-1][1] == number - 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return ", ".join(f"{first:,}" if first == last else f"{first:,}–{last:,}" for first, last in told)
