"""Imports damaged files for as long as wanted: ``python tests/fuzz --format all --inputs 100000 --seed 7``.

Prints what went wrong with the seed that makes the same input again (``--again FORMAT SEED``), and keeps its files.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "annotator" / "formats"))

from bench import Bench, Input, inputs
from whole_files import names

BATCH = 60
STUCK = 900.0
"""Seconds after which a batch shows where it stands and ends everything."""


def main() -> int:
    """0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz", description=__doc__)
    parser.add_argument("--format", choices=["all", *names()], default="all")
    parser.add_argument("--inputs", type=int, default=10_000, help="how many in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", nargs=2, metavar=("FORMAT", "SEED"), help="one input that went wrong")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="a folder for the files that went wrong")
    wanted = parser.parse_args()
    chosen = names() if wanted.format == "all" else [wanted.format]
    with tempfile.TemporaryDirectory(prefix="annotator-fuzz-") as folder:
        bench = Bench(Path(folder))
        if wanted.again:
            name, seed = wanted.again
            found = [bench.complaints([Input(name, int(seed), named)]) for named in (False, True)]
            return _told([each for complaints in found for each in complaints], wanted.keep)
        wrong = sum(_fuzzed(bench, name, wanted.inputs // len(chosen) or 1, wanted) for name in chosen)
    return 1 if wrong else 0


def _fuzzed(bench: Bench, name: str, count: int, wanted: argparse.Namespace) -> int:
    wrong, started = 0, time.monotonic()
    tried = list(inputs(name, count, wanted.seed))
    for start in range(0, count, BATCH):
        faulthandler.dump_traceback_later(STUCK, exit=True)
        wrong += _told(bench.complaints(tried[start : start + BATCH]), wanted.keep)
    faulthandler.cancel_dump_traceback_later()
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(bench.outcomes.items()))
    print(
        f"{name}: {count:,} inputs of seed {wanted.seed} in {time.monotonic() - started:.0f} s ({told}), {wrong} wrong"
    )
    bench.outcomes.clear()
    return wrong


def _told(found: Sequence[tuple[Input, str]], keep: Path) -> int:
    for each, told in found:
        place = keep / f"{each.format_name}-{each.seed}"
        for name, data in each.files().items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        print(f"WRONG --again {each.format_name} {each.seed} (kept in {place}): {told}", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
