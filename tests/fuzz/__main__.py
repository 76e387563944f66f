"""Imports damaged files for as long as wanted: ``python -m tests.fuzz --format all --count 100000 --seed 7``.

Prints what went wrong with the seed that makes the same input again (``--again FORMAT SEED``), and keeps its files.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "annotator" / "formats")]

from bench import BATCH, Bench, Input, inputs  # noqa: E402 -- found by the path above
from whole_files import names  # noqa: E402

STUCK = 1800.0
"""Seconds after which a batch shows where it stands and ends everything."""


def main() -> int:
    """0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--format", choices=["all", *names()], default="all")
    parser.add_argument("--count", type=int, default=10_000, help="how many inputs in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", nargs=2, metavar=("FORMAT", "SEED"), help="one input that went wrong")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="a folder for the files that went wrong")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="annotator-fuzz-") as folder, closing(Bench(Path(folder))) as bench:
        if wanted.again:
            name, seed = wanted.again
            found = [each for named in (False, True) for each in bench.complaints([Input(name, int(seed), named)])]
            return 1 if _told(found, wanted.keep) else 0
        chosen = names() if wanted.format == "all" else [wanted.format]
        share = -(-wanted.count // len(chosen))
        wrong = sum(_fuzzed(bench, name, share, wanted) for name in chosen)
    print(f"{share * len(chosen):,} inputs, {wrong} wrong")
    return 1 if wrong else 0


def _fuzzed(bench: Bench, name: str, count: int, wanted: argparse.Namespace) -> int:
    wrong, started, processor = 0, time.monotonic(), time.process_time()
    tried = inputs(name, count, wanted.seed)
    while batch := list(islice(tried, 3 * BATCH)):
        faulthandler.dump_traceback_later(STUCK, exit=True)
        wrong += _told(list(bench.complaints(batch)), wanted.keep)
    faulthandler.cancel_dump_traceback_later()
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(bench.outcomes.items()))
    seconds = f"{time.monotonic() - started:.0f} s, {time.process_time() - processor:.0f} of them busy"
    print(f"{name}: {told}; {wrong} wrong; seed {wanted.seed}, {seconds}", flush=True)
    bench.outcomes.clear()
    return wrong


def _told(found: Sequence[tuple[Input, str]], keep: Path) -> int:
    for each, told in found:
        place = keep / f"{each.format_name}-{each.seed}"
        for name, data in each.files().items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        print(f"WRONG --again {each.format_name} {each.seed} (kept in {place}): {told}", flush=True)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
