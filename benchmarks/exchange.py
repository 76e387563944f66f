"""Import and export of many annotated articles beside what sqlite3, SQLAlchemy Core and json alone need for the same.

.venv/bin/python benchmarks/exchange.py                      1,000, 3,000 and 10,000 articles of 23 annotations each
.venv/bin/python benchmarks/exchange.py 1000 3000            so many

Every figure comes from a process of its own: articles a second of processor time and by the clock, and the most memory
that it ever had. The limits write exactly the rows and the lines that this program writes, which were made before.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Self

from exchange_articles import PER_ARTICLE, documents

COUNTS = (1_000, 3_000, 10_000)
_LINES, _PROJECT, _OUT = "made.jsonl", "imported.annotator", "exported.jsonl"
_AT_ONCE = 5_000
_LOG = ("change", "changeset")


class Watch:
    """Adds up the time of what is timed, in seconds of processor time and by the clock."""

    def __init__(self) -> None:
        self.processor = self.clock = 0.0

    def __enter__(self) -> Self:
        self._begun = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.processor += time.process_time() - self._begun[0]
        self.clock += time.perf_counter() - self._begun[1]


# -- this program ---------------------------------------------------------------------------------------------------


def make(folder: Path, watch: Watch, count: int) -> None:
    from annotator.formats.jsonl import line_of

    with (folder / _LINES).open("wb") as stream, watch:
        for document in documents(count):
            stream.write(line_of(document, {speaker.id: speaker for speaker in document.speakers}))


def import_(folder: Path, watch: Watch, count: int) -> None:
    from annotator.services.importing import import_files
    from db.project import create_project

    project = create_project(str(folder / _PROJECT))
    with watch:
        report = import_files(project, [folder / _LINES], annotator="Benchmark")
    assert len(project.article_ids()) == count, report
    project.close()


def export(folder: Path, watch: Watch, count: int) -> None:
    """JSON Lines, each checked, without the loss report."""
    from annotator.collecting import seldom_collected
    from annotator.formats.base import Writing
    from annotator.formats.jsonl import write
    from db.project import open_project

    project = open_project(str(folder / _PROJECT))
    writing = Writing()
    with (folder / _OUT).open("wb") as stream, seldom_collected(), watch:  # as every export of the program
        write(project, stream, writing)
    assert writing.articles == count, writing
    project.close()


def export_and_report(folder: Path, watch: Watch, count: int) -> None:
    """As the program does it: written, read back, compared, handed over."""
    from annotator.services.exporting import Wish, prepare
    from db.project import open_project

    project, wish = open_project(str(folder / _PROJECT)), Wish()
    with watch:
        prepared = prepare(project, folder / _OUT, wish)
        prepared.report()
        result = prepared.hand_over()
    assert result.articles == count, result
    assert not result.losses, result
    project.close()


# -- the limits -----------------------------------------------------------------------------------------------------


def sqlite(folder: Path, watch: Watch, _count: int, *, log: bool = True) -> None:
    target = _empty(folder)
    raw = sqlite3.connect(target, isolation_level=None)
    raw.execute("PRAGMA journal_mode=TRUNCATE").close()
    raw.execute("PRAGMA synchronous=FULL").close()
    with watch:
        raw.execute("BEGIN IMMEDIATE")
    for table, columns, rows in _rows(folder, log=log):
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        with watch:
            raw.executemany(statement, rows)
    with watch:
        raw.execute("COMMIT")
    raw.close()


def sqlite_without_log(folder: Path, watch: Watch, count: int) -> None:
    sqlite(folder, watch, count, log=False)


def core(folder: Path, watch: Watch, _count: int, *, log: bool = True) -> None:
    from sqlalchemy import MetaData, create_engine, insert

    engine = create_engine(f"sqlite:///{_empty(folder)}")
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for table, columns, rows in _rows(folder, log=log):
            values = [dict(zip(columns, row, strict=True)) for row in rows]
            with watch:
                connection.execute(insert(tables.tables[table]), values)
        with watch:
            connection.commit()


def core_without_log(folder: Path, watch: Watch, count: int) -> None:
    core(folder, watch, count, log=False)


def json_writing(folder: Path, watch: Watch, _count: int) -> None:
    with (folder / _LINES).open("rb") as lines, (folder / _OUT).open("wb") as out:
        for line in lines:
            data = json.loads(line)
            with watch:
                out.write((json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def sqlite_and_json(folder: Path, watch: Watch, _count: int, *, parse: bool = False) -> None:
    """All rows read by sqlite3 and put together by article, the lines written by json of data that are there."""
    told = sqlite3.connect(folder / _PROJECT)
    with (folder / _LINES).open("rb") as lines, (folder / _OUT).open("wb") as out:
        ready = map(json.loads, lines)
        ids = [row[0] for row in told.execute("SELECT id FROM article ORDER BY position, id")]
        for start in range(0, len(ids), _ARTICLES_AT_ONCE):
            some = ids[start : start + _ARTICLES_AT_ONCE]
            with watch:
                _rows_of(told, some, parse=parse)
            for data in islice(ready, len(some)):
                with watch:
                    out.write((json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    told.close()


def plain_script(folder: Path, watch: Watch, count: int) -> None:
    """The JSON in the rows is read, too, as any program must that makes these lines of the rows."""
    sqlite_and_json(folder, watch, count, parse=True)


def _rows_of(told: sqlite3.Connection, ids: list[str], *, parse: bool = False) -> dict[str, list[tuple]]:
    """Article id → its rows of all tables; ``parse`` reads the JSON in them."""
    found: dict[str, list[tuple]] = {id_: [] for id_ in ids}
    marks = ", ".join("?" * len(ids))
    for query in _QUERIES:
        for id_, *row in told.execute(query.format(marks), ids):
            found[id_].append([_parsed(value) for value in row] if parse else row)
    return found


def _parsed(value):
    return json.loads(value) if isinstance(value, str) and value[:1] == "[" else value


_ARTICLES_AT_ONCE = 100
_CHAIN = "attribution JOIN claim ON claim.id = attribution.claim_id"
_QUERIES = (
    "SELECT id, * FROM article WHERE id IN ({})",
    "SELECT id, * FROM source_text WHERE id IN ({})",
    *(f"SELECT article_id, * FROM {name} WHERE article_id IN ({{}})" for name in ("mention", "claim", "correction")),
    "SELECT article_id, * FROM quarantined WHERE article_id IN ({})",
    f"SELECT claim.article_id, attribution.* FROM {_CHAIN} WHERE claim.article_id IN ({{}})",
    (
        "SELECT mention.article_id, speaker.* FROM speaker JOIN mention ON mention.speaker_id = speaker.id "
        "WHERE mention.article_id IN ({}) GROUP BY mention.article_id, speaker.id"
    ),
)


def json_reading(folder: Path, watch: Watch, _count: int) -> None:
    with (folder / _LINES).open("rb") as lines:
        for line in lines:
            with watch:
                json.loads(line)


def _empty(folder: Path) -> Path:
    """A project file without a row, its tables, indexes and triggers as this program makes them."""
    from db.project import create_project

    path = folder / "limit.annotator"
    path.unlink(missing_ok=True)
    create_project(str(path)).close()
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for table in ("change", "changeset", "scheme"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    return path


def _rows(folder: Path, *, log: bool) -> Iterator[tuple[str, list[str], list[tuple]]]:
    """All rows of the imported project, some thousand at once."""
    there = sqlite3.connect(folder / _PROJECT)
    tables = [row[0] for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table in ("project", "alembic_version") or (table in _LOG and not log):
            continue
        cursor = there.execute(f"SELECT * FROM {table} ORDER BY rowid")
        columns = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(_AT_ONCE):
            yield table, columns, rows
    there.close()


# -- one run --------------------------------------------------------------------------------------------------------

MEASURES: dict[str, Callable[[Path, Watch, int], None]] = {
    "make the lines": make,
    "import": import_,
    "export": export,
    "export and loss report": export_and_report,
    "sqlite3, same rows": sqlite,
    "sqlite3, without the log": sqlite_without_log,
    "Core, same rows": core,
    "Core, without the log": core_without_log,
    "sqlite3 reads, json writes": sqlite_and_json,
    "… and reads what is JSON": plain_script,
    "json writes the lines": json_writing,
    "json reads the lines": json_reading,
}
RATIOS = (
    ("import", "Core, same rows"),
    ("import", "Core, without the log"),
    ("import", "sqlite3, same rows"),
    ("export", "sqlite3 reads, json writes"),
    ("export", "… and reads what is JSON"),
    ("export and loss report", "sqlite3 reads, json writes"),
)


def main(counts: tuple[int, ...]) -> None:
    found: dict[tuple[str, int], dict[str, float]] = {}
    print(f"{'':26} articles    a second of processor, by clock   annotations   peak MB")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            for measure in MEASURES:
                told = subprocess.run(
                    [sys.executable, __file__, "--one", measure, str(count), name], stdout=subprocess.PIPE, check=True
                )
                each = found[measure, count] = json.loads(told.stdout)
                print(
                    f"{measure:26} {count:8,} {count / each['processor']:18,.0f} {count / each['clock']:14,.0f}"
                    f" {PER_ARTICLE * count / each['processor']:13,.0f} {each['peak']:9,.0f}",
                    flush=True,
                )
        for ours, limit in RATIOS:
            share = found[limit, count]["processor"] / found[ours, count]["processor"]
            print(f"  {ours} / {limit}: {share:.2f}")
    for measure in ("import", "export", "export and loss report"):
        peaks = [found[measure, count]["peak"] for count in counts]
        print(f"peak memory of {measure}, MB: {' → '.join(f'{peak:.0f}' for peak in peaks)}")


def one(measure: str, count: int, folder: Path) -> None:
    watch = Watch()
    MEASURES[measure](folder, watch, count)
    print(json.dumps({"processor": watch.processor, "clock": watch.clock, "peak": peak_of()}))


def peak_of() -> float:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", maxsplit=1)[0],
        epilog="Each measure of each number is a process of its own and takes seconds to minutes; 10,000 articles "
        "need some 2 GB of disk. “Core” is SQLAlchemy Core's bulk insert of the rows that the import "
        "wrote, with or without those of the change log; it parses and checks nothing.",
    )
    parser.add_argument("counts", nargs="*", type=int, metavar="ARTICLES", help="so many (1000 3000 10000)")
    parser.add_argument("--one", nargs=3, metavar=("MEASURE", "ARTICLES", "FOLDER"), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    arguments = asked()
    if arguments.one:
        one(arguments.one[0], int(arguments.one[1]), Path(arguments.one[2]))
    else:
        main(tuple(arguments.counts) or COUNTS)
