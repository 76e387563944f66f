"""Import by copy: the articles of a project that is not opened, since it is a stranger's, or to join two projects.

A process of its own, with limits and without network (:mod:`annotator.formats.apart`), copies them: it reads the known
tables of the file and nothing else (an authorizer lets no other statement through, so that no view, trigger or function
of the file runs), and writes this program's JSON Lines, which are then read, and checked, like any file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from annotator.errors import AnnotatorError, ImportFailed
from annotator.files import SQLITE_MAGIC, reason_of
from annotator.formats import jsonl
from annotator.formats.apart import Apart
from annotator.formats.base import Draft, Format, Reading

SECONDS = 600.0
"""How long one project may take."""
_CHUNK = 1 << 20
_STAYS = "Copied from another project, whose history, scheme and working times stayed there."


def read(stream: BinaryIO, reading: Reading) -> Iterator[Draft]:
    """The articles of a project file with all their annotations. What cannot be read of it is a note at the first.

    Raises:
        ImportFailed: no article of it can be read.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        project, lines = Path(folder) / "project", Path(folder) / "lines"
        with project.open("wb") as copy:
            while data := stream.read(_CHUNK):
                reading.check_wanted()
                copy.write(data)
        with Apart(reading.stopped, SECONDS) as apart:
            left = apart.call(copied, reading.name, b"", project=str(project), lines=str(lines), name=reading.name)
        if left and not lines.stat().st_size:
            raise ImportFailed(f"{reading.name} cannot be read: {left[0]}")
        with lines.open("rb") as found:
            for number, draft in enumerate(jsonl.read(found, reading)):
                notes = () if number else (_STAYS, *left)
                article = replace(draft.article, import_notes=(*draft.article.import_notes, *notes))
                yield replace(draft, article=article, place=f"{reading.name}, article {number + 1}")


FORMAT = Format(
    "project",
    "Project of this program (copied)",
    (".annotator",),
    read=read,
    sniff=lambda head: head.startswith(SQLITE_MAGIC),
)


# -- over there ------------------------------------------------------------------------------------------------------


def copied(_data: bytes, *, project: str, lines: str, name: str) -> list[str]:
    """:func:`copy_out` between files. Raises ``ImportFailed``, with the name."""
    try:
        with Path(lines).open("wb") as out:
            return copy_out(Path(project), out)
    except OSError as error:
        raise ImportFailed(f"{name} cannot be copied: {reason_of(error)}.") from None
    except AnnotatorError as error:
        raise ImportFailed(f"{name} cannot be read: {error}") from None


def copy_out(path: Path, out: BinaryIO) -> list[str]:
    """Write every article that can be read as a line; a sentence for each of the others.

    Raises:
        AnnotatorError: it is no project, of another version, or damaged altogether.
    """
    from sqlalchemy import create_engine, select  # noqa: PLC0415 -- the list of formats must be cheap to make

    from db import migrate, reading  # noqa: PLC0415
    from db.engine import sqlite_uri  # noqa: PLC0415
    from db.errors import translated  # noqa: PLC0415
    from db.schema import VERSION_TABLE  # noqa: PLC0415
    from db.strangers import check_tables, limit  # noqa: PLC0415

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(sqlite_uri(path, "ro", still=True), uri=True)
        limit(connection)
        connection.execute("PRAGMA trusted_schema=OFF").close()
        connection.execute("PRAGMA cell_size_check=ON").close()
        connection.set_authorizer(_allowed)
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, hide_parameters=True)
    left: list[str] = []
    try:
        with translated("the project"), engine.connect() as connection:
            check_tables(connection, "The project")
            revision = connection.scalar(select(VERSION_TABLE.c.version_num))
            if migrate.needs_upgrade(revision, "The project"):
                raise AnnotatorError("it is of an older version; open it once, which upgrades it.")
            columns = reading.ARTICLE.c
            ids = list(connection.scalars(select(columns.id).order_by(columns.position, columns.id)))
            for number, id_ in enumerate(ids, start=1):
                try:
                    with translated("the project"):
                        document = reading.load_document(connection, id_)
                    if document is None:
                        raise AnnotatorError("its text is missing.")
                    out.write(jsonl.line_of(document, {speaker.id: speaker for speaker in document.speakers}))
                except AnnotatorError as error:
                    left.append(f"Article {number} of {len(ids):,} could not be copied: {error}")
    finally:
        engine.dispose()
    return left


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, inside: str | None) -> int:
    """SQLite asks this before each thing that a statement does. ``inside`` is a trigger or view that wants it."""
    from db.strangers import COPIED  # noqa: PLC0415

    reads = action == sqlite3.SQLITE_READ and first in {*COPIED, "sqlite_master"}
    works = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION)
    asked = action == sqlite3.SQLITE_PRAGMA and (first, second) == ("read_uncommitted", None)  # SQLAlchemy does
    return sqlite3.SQLITE_OK if (reads or works or asked) and inside is None else sqlite3.SQLITE_DENY
