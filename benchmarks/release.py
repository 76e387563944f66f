"""A gold release of many articles, beside what sqlite3 and json alone need to read the rows and write the same lines.

.venv/bin/python benchmarks/release.py                 1,000 and 3,000 articles of 23 annotations each
.venv/bin/python benchmarks/release.py 1000            so many

Every figure comes from a process of its own: articles a second of processor time and by the clock, and peak memory.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exchange import _LINES, _PROJECT, Watch, export, import_, make, peak_of, sqlite_and_json

COUNTS = (1_000, 3_000)
_OUT, _BARE = "release", "bare"


def done(folder: Path, watch: Watch, count: int) -> None:
    """The project whose articles are all done: only these are released."""
    path = folder / _LINES
    path.write_bytes(path.read_bytes().replace(b'"state":"todo"', b'"state":"done"'))
    import_(folder, watch, count)


def build(folder: Path, watch: Watch, count: int, *, with_text: bool = True, parquet: bool = False) -> None:
    from annotator.release import building
    from annotator.release.wish import Wish
    from db.project import open_project

    wish = replace(Wish("Benchmark"), with_text=with_text, with_parquet=parquet)
    out = folder / (_OUT if with_text else _BARE)
    shutil.rmtree(out, ignore_errors=True)
    project = open_project(str(folder / _PROJECT))
    with watch:
        made = building.build(project, out, wish)
    assert made.figures["articles"] == count, made.figures["articles"]
    project.close()


def build_bare(folder: Path, watch: Watch, count: int) -> None:
    build(folder, watch, count, with_text=False)


def build_parquet(folder: Path, watch: Watch, count: int) -> None:
    build(folder, watch, count, parquet=True)
    build(folder, Watch(), count)  # what is checked is the same with and without pyarrow


def check(folder: Path, watch: Watch, _count: int) -> None:
    from annotator.release import checking

    with watch:
        found = checking.check(folder / _OUT)
    assert not found.problems, found.problems[:3]


MEASURES: dict[str, Callable[[Path, Watch, int], None]] = {
    "make the lines": make,
    "import, all done": done,
    "release": build,
    "release without text": build_bare,
    "release with Parquet": build_parquet,
    "check a release": check,
    "export": export,
    "sqlite3 reads, json writes": sqlite_and_json,
}


def main(counts: tuple[int, ...]) -> None:
    print(f"{'':26} articles    a second of processor, by clock   peak MB")
    for count in counts:
        found = {}
        with tempfile.TemporaryDirectory() as name:
            for measure in MEASURES:
                told = subprocess.run(
                    [sys.executable, __file__, "--one", measure, str(count), name], stdout=subprocess.PIPE, check=True
                )
                each = found[measure] = json.loads(told.stdout)
                print(
                    f"{measure:26} {count:8,} {count / each['processor']:18,.0f} {count / each['clock']:14,.0f}"
                    f" {each['peak']:9,.0f}",
                    flush=True,
                )
        raw = found["sqlite3 reads, json writes"]["processor"]
        for measure in ("release", "release without text", "release with Parquet", "check a release", "export"):
            print(f"  {measure} / sqlite3 reads, json writes: {raw / found[measure]['processor']:.2f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    if sys.argv[1:2] == ["--one"]:
        watch = Watch()
        MEASURES[sys.argv[2]](Path(sys.argv[4]), watch, int(sys.argv[3]))
        print(json.dumps({"processor": watch.processor, "clock": watch.clock, "peak": peak_of()}))
    else:
        main(tuple(int(argument) for argument in sys.argv[1:]) or COUNTS)
