"""A whole project as a new file elsewhere, with its change log and with what could not be saved where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from annotator.edits import Changeset
from db import migrate
from db.copies.copying import COPIED, copy_project
from db.engine import WRITE, sqlite_engine
from db.errors import translated
from db.files import appearing
from db.schema import Base, ProjectRow, table_of
from db.unit_of_work import SqlUnitOfWork

_AT_ONCE = 500
"""Rows that are in memory at the same time."""


def copy_file(project: Path, target: Path, waiting: Sequence[Changeset]) -> None:
    """See :meth:`annotator.ports.Project.copy_to`."""
    with appearing(target) as made:
        copy_project(project, made, purpose=COPIED)
        _commit(made, waiting)


def copy_tables(source: Engine, name: str, target: Path, waiting: Sequence[Changeset]) -> None:
    """The same of a project on a server: the same rows, so the same change log; the names of their writers, too."""
    with appearing(target) as made:
        made.touch()
        file = sqlite_engine(made, writer=True)
        try:
            with translated(target.name):
                migrate.create_schema(file)
                with file.execution_options(**{WRITE: True}).begin() as writing:
                    writing.execute(delete(table_of(ProjectRow)))
                    with translated(name), source.connect() as reading:
                        for table in Base.metadata.sorted_tables:
                            _copy_rows(reading, writing, table)
        finally:
            file.dispose()
        _commit(made, waiting)


def _copy_rows(reading: Connection, writing: Connection, table: Table) -> None:
    options = {"yield_per": _AT_ONCE}
    for rows in reading.execute(select(table), execution_options=options).mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in rows])


def _commit(path: Path, waiting: Sequence[Changeset]) -> None:
    if not waiting:
        return
    engine = sqlite_engine(path, writer=True)
    try:
        with SqlUnitOfWork(engine, path.stem) as unit:
            for changeset in waiting:
                unit.apply(changeset)
            unit.commit()
    finally:
        engine.dispose()
