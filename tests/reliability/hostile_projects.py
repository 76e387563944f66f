"""Project files that a stranger made to do something when they are opened: sixty by hand, any number by damage."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

from db_samples import TEXT, commit, creating, sample

from db.project import create_project

Trick = Callable[[sqlite3.Connection, Path], object]
"""Changes a project file, through SQLite or by its bytes; ``canary`` lies beside it under that name."""
CANARY = b"nobody may touch this"
SUPER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
HUGE = 2 << 20
DEEP = "[" * 100_000


def made(path: Path) -> None:
    """A sound project with one article that has one of everything."""
    project = create_project(str(path))
    commit(project, creating(*sample(TEXT.translate({0xD: None, 0xFEFF: None})).records))
    project.close()


def run(*statements: str, values: tuple[object, ...] = ()) -> Trick:
    """Statements, of which the last gets the values."""

    def trick(connection: sqlite3.Connection, _path: Path) -> None:
        for statement in statements[:-1]:
            connection.execute(statement)
        connection.execute(statements[-1], values)

    return trick


def declared(kind: str, name: str, table: str, sql: object, root: int = 0) -> Trick:
    """A line of the schema that SQLite itself would not have written."""
    line = "INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)"
    return run("PRAGMA writable_schema=ON", line, values=(kind, name, table, root, sql))


def redeclared(table: str, old: str, new: str) -> Trick:
    """A table of the project whose declaration says something else."""
    change = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?"
    return run("PRAGMA writable_schema=ON", change, values=(old, new, table))


def header(at: int, data: bytes) -> Trick:
    """Other bytes at the beginning of the file."""

    def trick(connection: sqlite3.Connection, path: Path) -> None:
        connection.commit()
        with path.open("r+b") as file:
            file.seek(at)
            file.write(data)

    return trick


def beside(end: str, data: Callable[[Path], bytes]) -> Trick:
    """A file that SQLite takes for one of its own."""

    def trick(_connection: sqlite3.Connection, path: Path) -> None:
        path.with_name(f"{path.name}{end}").write_bytes(data(path))

    return trick


def linked(end: str, link: Callable[[Path, Path], object]) -> Trick:
    """One that leads to the canary."""

    def trick(_connection: sqlite3.Connection, path: Path) -> None:
        link(path.with_name("canary"), path.with_name(f"{path.name}{end}"))

    return trick


def journal(path: Path, pages: int = 0) -> bytes:
    """The head of a rollback journal."""
    size = path.stat().st_size // 4096
    return (SUPER + struct.pack(">IIIII", pages, 1, size, 512, 4096)).ljust(512, b"\0")


def naming(path: Path) -> bytes:
    """A journal that says that another file, the canary, belongs to the same commit."""
    name = os.fsencode(path.with_name("canary"))
    total = sum(name) & 0xFFFFFFFF
    return (
        journal(path) + struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), total) + SUPER
    )


DROP = "UPDATE article SET title = 'acted'"
ACTING: dict[str, Trick] = {
    "a trigger on articles": run(f"CREATE TRIGGER evil AFTER INSERT ON changeset BEGIN {DROP}; END"),
    "a trigger instead of a view": run(
        "CREATE VIEW v AS SELECT 1 AS a", f"CREATE TRIGGER evil INSTEAD OF INSERT ON v BEGIN {DROP}; END"
    ),
    "a trigger under our name": run(
        "DROP TRIGGER change_no_update", f"CREATE TRIGGER change_no_update AFTER UPDATE ON claim BEGIN {DROP}; END"
    ),
    "our trigger with more": run(
        "DROP TRIGGER change_no_delete", f"CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN {DROP}; END"
    ),
    "a trigger that calls itself": run(
        "CREATE TRIGGER r AFTER UPDATE ON article BEGIN UPDATE article SET url = url; END"
    ),
    "a view": run("CREATE VIEW sums AS SELECT count(*) FROM claim"),
    "a view in a table's place": run("DROP TABLE work_time", "CREATE VIEW work_time AS SELECT * FROM claim"),
    "the version in a view": run(
        "DROP TABLE alembic_version", "CREATE VIEW alembic_version AS SELECT '0003' version_num"
    ),
    "an endless view": run(
        "DROP TABLE scheme",
        "CREATE VIEW scheme AS WITH RECURSIVE e(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM e) SELECT x AS id FROM e",
    ),
    "a full-text table": run("CREATE VIRTUAL TABLE words USING fts5(a)"),
    "a virtual table in a table's place": run("DROP TABLE work_time", "CREATE VIRTUAL TABLE work_time USING fts5(day)"),
    "an unknown table": run("CREATE TABLE keepsake (x)"),
    "a table named with a direction mark": run('CREATE TABLE "\u202eelcitra" (x)'),
    "a table with a very long name": run(f'CREATE TABLE "{"x" * 50_000}" (x)'),
    "six hundred tables": lambda connection, _: [connection.execute(f"CREATE TABLE t{n} (x)") for n in range(600)],
    "a generated column": run("ALTER TABLE work_time ADD COLUMN made TEXT GENERATED ALWAYS AS (upper(day)) VIRTUAL"),
    "a default that is worked out": run("ALTER TABLE speaker ADD COLUMN made TEXT DEFAULT (1)"),
    "a check": redeclared("work_time", "day TEXT NOT NULL", "day TEXT NOT NULL CHECK (load_extension('canary'))"),
    "an index over an expression": run("CREATE INDEX ix_claim_note ON claim (upper(note))"),
    "an index of a part": run("CREATE INDEX ix_claim_note ON claim (note) WHERE note != ''"),
    "an index that collates": run("CREATE INDEX ix_claim_note ON claim (note COLLATE NOCASE)"),
    "a table that collates": redeclared("speaker", "name TEXT", "name TEXT COLLATE NOCASE"),
    "two statements in one": declared("table", "evil", "evil", "CREATE TABLE evil (x); DROP TABLE claim", 2),
    "a declaration of another kind": declared("evil", "evil", "claim", "CREATE TABLE evil (x)"),
    "a trigger without words": declared("trigger", "evil", "claim", None),
    "a declaration that is no text": declared("table", "evil", "evil", b"\xff\xfe"),
    "a table on a page that is not there": declared(
        "table", "keepsake", "keepsake", "CREATE TABLE keepsake (x)", 999_999
    ),
    "another write-ahead journal": header(18, b"\x02\x02"),
    "a version of SQLite's format to come": header(18, b"\x09\x09"),
    "text in UTF-16": header(56, struct.pack(">I", 2)),
    "another program's file": header(68, b"evil"),
    "a journal that names another file": beside("-journal", naming),
    "a journal that is another file": linked("-journal", lambda canary, path: path.symlink_to(canary)),
    "a journal that is another file, too": linked("-journal", os.link),
    "a log that is another file": linked("-wal", lambda canary, path: path.symlink_to(canary)),
    "a log of writes": beside("-wal", lambda _: struct.pack(">IIIIIIII", 0x377F0682, 3007000, 4096, 0, 1, 2, 3, 4)),
    "shared memory": beside("-shm", lambda _: b"\0" * 32_768),
    "a version to come": run("UPDATE alembic_version SET version_num = '9999'"),
    "a version that is none": run("UPDATE alembic_version SET version_num = x'00ff'"),
}
"""They could act: none of them is opened."""

BROKEN: dict[str, Trick] = {
    "pages of no size": header(16, b"\0\0"),
    "pages of an odd size": header(16, b"\x03\xe8"),
    "fewer pages than it says": header(28, struct.pack(">I", 2)),
    "a list of free pages in a circle": header(32, struct.pack(">II", 1, 1)),
    "a journal of nothing": beside("-journal", lambda _: b"\xff" * 4096),
    "a journal that puts back noise": beside("-journal", lambda path: journal(path, 1) + b"\0\0\0\1" + b"\xff" * 4100),
    "a huge title": run("UPDATE article SET title = printf('%.*c', ?, 'x')", values=(HUGE,)),
    "a huge name": run("UPDATE speaker SET name = printf('%.*c', ?, 'x')", values=(HUGE,)),
    "a huge guideline": run(
        "INSERT INTO scheme VALUES ('scheme', 1, 's', '1', '[]', printf('%.*c', ?, '#'), '[]', '[]', '')",
        values=(HUGE,),
    ),
    "a text of zeros": run("UPDATE source_text SET text = zeroblob(?)", values=(HUGE,)),
    "deep lists": run("UPDATE claim SET spans = ?", values=(DEEP,)),
    "deep changes": run("DROP TRIGGER change_no_update", "UPDATE change SET after = ?", values=(DEEP,)),
    "places before the text": run('UPDATE mention SET spans = \'[[-5,-1,"x","",""]]\''),
    "places far behind the text": run("UPDATE claim SET spans = replace(spans, '0,', '9223372036854775807,')"),
    "numbers that are none": run('UPDATE claim SET spans = \'[[NaN,Infinity,"x","",""]]\''),
    "claims inside one another": run("UPDATE claim SET parent_id = (SELECT max(id) FROM claim)"),
    "half a pair": run("UPDATE article SET title = CAST(x'eda080' AS TEXT)"),
    "a name with a zero": run("UPDATE speaker SET name = CAST(x'61006200' AS TEXT)"),
    "a name that turns the line": run("UPDATE speaker SET name = ?", values=("\u202egpj.exe\u2066" * 1_000,)),
    "a position past all numbers": run("UPDATE article SET position = 1e300"),
    "a log that begins at minus one": run("DROP TRIGGER changeset_no_update", "UPDATE changeset SET seq = -1"),
    "blobs for text": run("UPDATE claim SET note = x'00ff', form = x'ff', tags = x'5b5d'"),
    "markup": run("UPDATE article SET title = '<img src=x onerror=alert(1)>', outlet = '<script>x</script>'"),
    "formulas and control characters": run("UPDATE speaker SET name = '=cmd|' || char(27, 7, 0), note = char(13)"),
}
"""They cannot act, but hold what this program never writes: opened or refused, in one sentence."""


def build(path: Path, trick: Trick) -> None:
    """A project with that trick, and the canary beside it."""
    made(path)
    path.with_name("canary").write_bytes(CANARY)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        trick(connection, path)
    finally:
        connection.close()


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Some bytes, a stretch, or a page are others; or some are missing."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 3, 30))):
        at = dice.choice((dice.randrange(100), dice.randrange(4096), dice.randrange(len(made))))
        match dice.randrange(6):
            case 0:
                made[at] ^= 1 << dice.randrange(8)
            case 1:
                made[at : at + 4] = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
            case 2:
                stretch = dice.randrange(1, 200)
                made[at : at + stretch] = dice.randbytes(stretch)
            case 3:
                other = dice.randrange(len(made))
                made[at : at + 64] = made[other : other + 64]
            case 4:
                page, from_ = (dice.randrange(len(made) // 4096) * 4096 for _ in range(2))
                made[page : page + 4096] = made[from_ : from_ + 4096]
            case _:
                words = dice.choice((b"article", b"CREATE", b"claim", b"TEXT", b"[[", TEXT[:3].encode()))
                if (found := bytes(made).find(words, at)) >= 0:
                    made[found : found + len(words)] = dice.randbytes(len(words))
    return bytes(made[: dice.randrange(1, len(made))] if dice.randrange(12) == 0 else made)
