"""Changes that somebody makes to a project's file behind the program's back, and whether it says so.

Each is made with SQLite alone, or in the bytes of the file; the guards of the change log are taken away for it and put
back. What changes nothing that can be read (a byte in unused space) is none, and what no change log vouches for is left
out: the times worked, and what the three facts of a project say (docs/reliability.md).
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from db_samples import changing, commit, creating, sample

from annotator.edits import Changeset
from annotator.errors import AnnotatorError
from annotator.model import Quarantined, new_id
from annotator.schemes import BY_KEY
from annotator.services.scheme import begin_with
from annotator.services.verify import verify
from db.changelog import FIRST_HASH, StoredChange, chain_hash
from db.project import create_project, open_project

_BESIDE_THE_LOG = ("project", "work_time")
_PRAGMAS = ("table_xinfo", "foreign_key_list")


@dataclass(slots=True)
class Tampered:
    """How often each kind was made, and what nobody noticed."""

    kinds: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


class _NothingDone(Exception):
    """There was nothing to change there."""


class Tampering:
    """Tampers with copies of one project, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "p.annotator"
        _make(self._path)
        self._sound = self._path.read_bytes()
        self._said = _said(self._path)
        self._project = open_project(str(self._path), "read")

    def close(self) -> None:
        self._project.close()

    def run(self, count: int, seed: int) -> Tampered:
        """So many changes, as often of each kind."""
        done = Tampered()
        for number in range(count):
            kind = list(KINDS)[number % len(KINDS)]
            told = self.once(kind, f"{seed}.{number}")
            done.kinds[kind] += 1
            if told is not None:
                done.missed.append(f"{kind}, seed {seed}.{number}: {told}")
        return done

    def once(self, kind: str, seed: str) -> str | None:
        """Make one change; what it was when nothing was said of it."""
        rng = random.Random(seed)
        while True:
            self._path.write_bytes(self._sound)
            try:
                what = KINDS[kind](self._path, rng)
            except (_NothingDone, sqlite3.IntegrityError):
                continue
            with suppress(sqlite3.Error, UnicodeError):  # what cannot be read is changed
                if _said(self._path) == self._said:
                    continue
            return None if self._noticed() else what

    def _noticed(self) -> bool:
        """Verified over one engine, which has made its statements; what that does not see, opening may refuse."""
        try:
            if next(verify(self._project), None) is not None:
                return True
            with closing(open_project(str(self._path), "read")) as project:
                return next(verify(project), None) is not None
        except AnnotatorError:
            return True
        finally:
            self._project._engine.dispose()


def _make(path: Path) -> None:
    """A project with some of everything: made, changed, deleted, undone."""
    with closing(create_project(str(path))) as project:
        begin_with(project, BY_KEY["quotations"], "anna")
        for number in range(2):
            made = sample(position=number)
            odd = Quarantined(
                new_id(), made.article.id, "no such words", "Quote", data='{"is":"unread","raw":"x"}', created="c"
            )
            commit(project, creating(*made.records, odd))
            renamed = replace(made.inner, name=f"Name {number}")
            shorter = replace(made.claim, chain=made.claim.chain[: 2 * number], note="n")
            commit(project, changing(made.inner, renamed), changing(made.claim, shorter))
            undone = changing(renamed, made.inner)
            commit(project, Changeset.of(undone.edit, "bob", "undo", undone.id), changing(made.mention, None))


def _said(path: Path) -> list[object]:
    """Every row of every table, and what SQLite makes of the declarations."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        declared = connection.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2").fetchall()
        said: list[object] = [declared, connection.execute("PRAGMA integrity_check").fetchall()]
        said.append(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
        for kind, name, _ in declared:
            if kind == b"table":
                quoted = name.decode("utf-8", "surrogateescape").replace('"', '""')
                said += [connection.execute(f'PRAGMA {each}("{quoted}")').fetchall() for each in _PRAGMAS]
                if quoted not in _BESIDE_THE_LOG:
                    said.append(sorted(map(repr, connection.execute(f'SELECT * FROM "{quoted}"'))))
        said += [connection.execute("SELECT count(*) FROM project").fetchall()]
        return said


def _edited(change: Callable[[sqlite3.Connection, random.Random], str]) -> Callable[[Path, random.Random], str]:
    """A change by statements, while nothing guards the log and no link is checked."""

    def make(path: Path, rng: random.Random) -> str:
        with closing(sqlite3.connect(path)) as connection:
            guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
            what = change(connection, rng)
            for _, sql in guards:
                connection.execute(sql)
            connection.commit()
        return what

    return make


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in names if name not in _BESIDE_THE_LOG]


def _table(connection: sqlite3.Connection, rng: random.Random, among: list[str] | None = None) -> tuple[str, list[str]]:
    """A table that has rows, and its columns."""
    table = rng.choice(among or _tables(connection))
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    if connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
        raise _NothingDone
    return table, columns


def _row(connection: sqlite3.Connection, rng: random.Random, table: str) -> int:
    return rng.choice([id_ for (id_,) in connection.execute(f"SELECT rowid FROM {table}")])


def _other(value: Any, rng: random.Random) -> Any:
    """A value that differs a little, or in its type."""
    if rng.random() < 0.1:
        return None if value is not None else rng.choice(["", "x", 0])
    if isinstance(value, int):
        return rng.choice([value + 1, value - 1, -value - 1, str(value) + "x", value + 0.5])
    if not value:
        return rng.choice([" ", "x", "0", b"", "null"])
    text = str(value)
    at = rng.randrange(len(text))
    return rng.choice(
        [
            text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + " " + text[at:],
            text + "\n",
            text.encode(),
            text.swapcase(),
        ]
    )


def _cell(connection: sqlite3.Connection, rng: random.Random) -> str:
    table, columns = _table(connection, rng)
    column, row = rng.choice(columns), _row(connection, rng, table)
    (value,) = connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (row,)).fetchone()
    other = _other(value, rng)
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (other, row))
    return f"{table}.{column} of row {row}: {value!r:.60} → {other!r:.60}"


def _removed(connection: sqlite3.Connection, rng: random.Random) -> str:
    table, _ = _table(connection, rng, [*_tables(connection), "project"])
    row = _row(connection, rng, table)
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    return f"row {row} of {table} removed"


def _added(connection: sqlite3.Connection, rng: random.Random) -> str:
    table, columns = _table(connection, rng, [*_tables(connection), "project"])
    row = _row(connection, rng, table)
    keys = [each[1] for each in connection.execute(f"PRAGMA table_info({table})") if each[5]]
    found = connection.execute(f"SELECT * FROM {table} WHERE rowid = ?", (row,)).fetchone()
    values = dict(zip(columns, found, strict=True))
    for key in keys:
        values[key] = values[key] + rng.choice([1, 50]) if isinstance(values[key], int) else new_id()
    if table == "changeset":
        values["id"] = new_id()
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(values.values()))
    return f"row {row} of {table} added again as {[values[key] for key in keys]}"


def _swapped(connection: sqlite3.Connection, rng: random.Random) -> str:
    table, columns = _table(connection, rng)
    keys = {each[1] for each in connection.execute(f"PRAGMA table_info({table})") if each[5]}
    columns = [column for column in columns if column not in keys and (table, column) != ("changeset", "id")]
    if not columns:
        raise _NothingDone
    column, first, second = rng.choice(columns), _row(connection, rng, table), _row(connection, rng, table)
    query = f'SELECT "{column}" FROM {table} WHERE rowid = ?'
    values = [connection.execute(query, (row,)).fetchone()[0] for row in (first, second)]
    for row, value in ((first, values[1]), (second, values[0])):
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (value, row))
    return f"{table}.{column} swapped between rows {first} and {second}"


def _reordered(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Two neighbours of the log, or of what hangs in order on something, change places."""
    if rng.random() < 0.5:
        last = connection.execute("SELECT max(seq) FROM changeset").fetchone()[0]
        seq = rng.randrange(1, last)
        for table, column in (("changeset", "seq"), ("change", "changeset_seq")):
            for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        return f"changesets {seq} and {seq + 1} change places"
    table, owner = rng.choice([("change", "changeset_seq"), ("attribution", "claim_id")])
    query = f"SELECT {owner}, max(ordinal) FROM {table} GROUP BY 1 HAVING max(ordinal) > 0"
    id_, last = rng.choice(connection.execute(query).fetchall())
    at = rng.randrange(last)
    for old, new in ((at, -1), (at + 1, at), (-1, at + 1)):
        connection.execute(f"UPDATE {table} SET ordinal = ? WHERE {owner} = ? AND ordinal = ?", (new, id_, old))
    return f"{table}: {at} and {at + 1} of {id_} change places"


def _rehashed(connection: sqlite3.Connection, rng: random.Random) -> str:
    """A changeset is altered, and gets the hash that fits."""
    row = _row(connection, rng, "changeset")
    column = rng.choice(["title", "actor", "time", "action", "target_id", "change"])
    if column == "change":
        ordinal, text = rng.choice(
            connection.execute("SELECT ordinal, after FROM change WHERE changeset_seq = ?", (row,)).fetchall()
        )
        if not text:
            raise _NothingDone
        key = "UPDATE change SET after = ? WHERE changeset_seq = ? AND ordinal = ?"
        connection.execute(key, (text.replace("a", "b", 1), row, ordinal))
    else:
        connection.execute(f"UPDATE changeset SET {column} = coalesce({column}, '') || 'x' WHERE seq = ?", (row,))
    if row == connection.execute("SELECT max(seq) FROM changeset").fetchone()[0] and column != "change":
        raise _NothingDone  # the last one, with the right hash, tells another story: nothing in the file can show that
    _rehash(connection, row)
    return f"changeset {row}: {column} altered, hash made anew"


def _rehash(connection: sqlite3.Connection, seq: int) -> None:
    names = ("id", "title", "action", "target_id", "actor", "time")
    facts = connection.execute(f"SELECT {', '.join(names)} FROM changeset WHERE seq = ?", (seq,)).fetchone()
    before = connection.execute("SELECT hash FROM changeset WHERE seq = ?", (seq - 1,)).fetchone() or (FIRST_HASH,)
    query = "SELECT kind, entity_id, article_id, before, after FROM change WHERE changeset_seq = ? ORDER BY ordinal"
    changes = [StoredChange(*row) for row in connection.execute(query, (seq,))]
    digest = chain_hash(before[0], dict(zip(names, facts, strict=True)), changes)
    connection.execute("UPDATE changeset SET prev_hash = ?, hash = ? WHERE seq = ?", (before[0], digest, seq))


def _text(connection: sqlite3.Connection, rng: random.Random) -> str:
    """A source text is changed by a character, often with the hash that fits."""
    row = _row(connection, rng, "source_text")
    (text,) = connection.execute("SELECT text FROM source_text WHERE rowid = ?", (row,)).fetchone()
    at = rng.randrange(len(text))
    other = rng.choice([text[:at] + text[at + 1 :], text[:at] + "x" + text[at:], text[:at] + "x" + text[at + 1 :]])
    connection.execute("UPDATE source_text SET text = ? WHERE rowid = ?", (other, row))
    if rng.random() < 0.7:
        digest = hashlib.sha256(other.encode()).hexdigest()
        connection.execute("UPDATE source_text SET text_sha256 = ? WHERE rowid = ?", (digest, row))
    return f"the text of row {row} differs at {at}"


def _cut_off(connection: sqlite3.Connection, rng: random.Random) -> str:
    """The log ends earlier; the tables stay."""
    last = connection.execute("SELECT max(seq) FROM changeset").fetchone()[0]
    seq = rng.randrange(0, last)
    connection.execute("DELETE FROM change WHERE changeset_seq > ?", (seq,))
    connection.execute("DELETE FROM changeset WHERE seq > ?", (seq,))
    return f"the log ends at {seq} instead of {last}"


def _declared(path: Path, rng: random.Random) -> str:
    """A guard, an index or a column goes; something that is not ours comes."""
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'table'")
        kind, name = rng.choice(listed.fetchall())
        table = rng.choice(_tables(connection))
        what = rng.choice(
            [
                f"DROP {kind} {name}",
                f"ALTER TABLE {table} ADD COLUMN more TEXT",
                f"CREATE TABLE {table}_2 AS SELECT * FROM {table}",
                f"CREATE VIEW {table}_2 AS SELECT * FROM {table}",
                f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN SELECT 1; END",
                f"CREATE TABLE x_{name} (y)",
            ]
        )
        connection.execute(what)
        connection.commit()
    return what


def _flipped(path: Path, rng: random.Random) -> str:
    """One to three bytes of the file."""
    content = bytearray(path.read_bytes())
    places = [rng.randrange(len(content)) for _ in range(rng.choice([1, 1, 3]))]
    for at in places:
        content[at] ^= 1 << rng.randrange(8) if rng.random() < 0.7 else rng.randrange(1, 256)
    path.write_bytes(content)
    return f"bytes {places}"


KINDS: dict[str, Callable[[Path, random.Random], str]] = {
    "a value": _edited(_cell),
    "a row removed": _edited(_removed),
    "a row added": _edited(_added),
    "values swapped": _edited(_swapped),
    "an order": _edited(_reordered),
    "a changeset, with its hash": _edited(_rehashed),
    "a source text": _edited(_text),
    "the end of the log": _edited(_cut_off),
    "a declaration": _declared,
    "bytes of the file": _flipped,
}
