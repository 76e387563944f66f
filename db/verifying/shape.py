"""Whether a project holds the tables, guards and facts that this program makes, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Connection, create_engine, select, text

from annotator.text.wording import counted
from db.migrate import HEAD, REVISIONS
from db.schema import VERSION_TABLE, Base, ProjectRow, WorkTimeRow, table_of
from db.server_schema import LOG

_FACTS = ("created", "created_by", "id")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Shape = dict[tuple[str, str], object]


def check_shape(connection: Connection) -> Iterator[str]:
    """Tables, indexes and triggers: one sentence for each that lacks, is another, or is not ours."""
    if connection.dialect.name != "sqlite":
        if connection.dialect.name == "postgresql":
            yield from _server_guards(connection)
        return
    wanted, found = _wanted(), _shape(connection)
    for key, shape in wanted.items():
        kind, name = key
        guard = ", which keeps the change log append-only," if kind == "trigger" else ""
        if key not in found:
            yield f"The {kind} “{name}”{guard} is missing."
        elif found[key] != shape:
            yield f"The {kind} “{name}”{guard} is not as this program makes it."
    for kind, name in sorted(found.keys() - wanted.keys()):
        yield f"The file holds the {kind} “{name}”, which this program did not make."


@cache
def _wanted() -> Shape:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        VERSION_TABLE.create(connection)
        shape = _shape(connection)
    engine.dispose()
    return shape


def _shape(connection: Connection) -> Shape:
    """(kind, name) → what makes it what it is, however its statement is spelled."""
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    return {
        (kind, name): (
            owner,
            _columns(connection, kind, name),
            " ".join((sql or "").split()) if kind == "trigger" else "",
        )
        for kind, name, owner, sql in rows
        if not name.startswith("sqlite_stat")
    }


def _columns(connection: Connection, kind: str, name: str) -> object:
    pragmas = {"table": ("table_xinfo", "foreign_key_list"), "index": ("index_xinfo",)}.get(kind, ())
    quoted = name.replace('"', '""')
    return [
        sorted(repr(tuple(row)[2 if pragma == "foreign_key_list" else 1 :]) for row in answer)
        for pragma in pragmas
        for answer in [connection.exec_driver_sql(f'PRAGMA {pragma}("{quoted}")').all()]
    ]


def _server_guards(connection: Connection) -> Iterator[str]:
    query = text("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:log) AND tgenabled = 'O'")
    for log in LOG:
        if f"{log}_append_only" not in connection.scalars(query, {"log": log}).all():
            yield f"The trigger “{log}_append_only”, which keeps the change log append-only, is missing or off."


def check_facts(connection: Connection) -> Iterator[str]:
    """What no change log vouches for: it can be told at least whether this program could have written it."""
    if connection.scalars(select(VERSION_TABLE.c.version_num)).all() != [HEAD]:
        yield "The project does not say which version of its tables it has."
    columns = table_of(ProjectRow).c
    facts = {row.key: row.value for row in connection.execute(select(columns.key, columns.value))}
    for name in sorted(facts.keys() - {*_FACTS}, key=str):
        yield f"The project holds the fact “{name}”, which this program did not write."
    for name in _FACTS:
        if not is_fact(name, facts.get(name)):
            yield f"The project's fact “{name}” is missing, or not as this program writes it."
    work = table_of(WorkTimeRow).c
    odd = 0
    for day, seconds in connection.execute(select(work.day, work.seconds)):
        odd += not (isinstance(day, str) and _DAY.fullmatch(day) and type(seconds) is int and seconds >= 0)
    if odd:
        yield f"The working time holds {counted(odd, 'line')} that this program did not write."


def is_fact(name: str, value: object) -> bool:
    """Whether this program could have written that of a project."""
    if not isinstance(value, str):
        return False
    try:
        if name == "id":
            return str(UUID(value)) == value
        if name == "created":
            return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
    return value in {f"Article Annotator, schema {revision}" for revision in REVISIONS}
