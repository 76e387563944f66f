"""The article view in the whole window, beside bare Qt without marks and beside the ways that other tools mark text.

    .venv/bin/python benchmarks/article_view.py                    every article, offscreen; some minutes
    .venv/bin/python benchmarks/article_view.py --case book        one of them
    .venv/bin/python benchmarks/article_view.py --limit 20         less patience with those that take long

Each way of showing each article runs in a process of its own, one after the other: memory is its own, and what takes
longer than the limit is stopped and shown as such. Asserts nothing: the aims stand beside the measures.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from texts import CASES, Case

HERE = Path(__file__).parent
WAYS = {
    "ours": "ours",
    "QTextEdit": "QTextEdit",
    "QPlainTextEdit": "QPlainTextEdit",
    "formats": "char formats",
    "selections": "extra select.",
}
ROWS: dict[str, tuple[str, float | None]] = {
    "open first": ("open, the first time", None),
    "open": ("open with all panels, painted", 400),
    "memory opened": ("peak memory so far, MB", None),
    "page median": ("PageDown, median", None),
    "page p95": ("PageDown, 95th percentile", 16),
    "wheel median": ("wheel notch, median", None),
    "wheel p95": ("wheel notch, 95th percentile", 16),
    "span median": ("a new span painted, median", 16),
    "span p95": ("a new span painted, 95th percentile", None),
    "span view": ("… the article view alone", None),
    "resize median": ("resize, median", 50),
    "resize p95": ("resize, longest", None),
    "corrected": ("switch to the corrected text", 300),
    "both": ("switch to both side by side", 300),
    "both page p95": ("… PageDown there, 95th percentile", 16),
    "stall opening": ("longest stall: opening", 50),
    "stall labelling": ("… labelling", 50),
    "stall undoing": ("… undoing", 50),
    "stall finding": ("… finding one letter everywhere", 50),
    "stall switching corrected": ("… switching to the corrected text", 50),
    "stall switching both": ("… to both", 50),
    "stall switching source": ("… back", 50),
    "memory": ("peak memory in the end, MB", 300),
}
"""What surfaces.py calls a measure: what the table calls it, and the issue's aim."""
OURS_ONLY = {"span view", "corrected", "both", "both page p95", *(row for row in ROWS if row.startswith("stall"))}
MARKED_ONLY = {"span median", "span p95"}
BESIDE = {"corrected": "open", "both": "open", "both page p95": "page p95"}
"""What bare Qt is measured by where it knows no such thing: a corrected text is another text to open."""

Measures = dict[str, float]


def run(script: str, *arguments: str, limit: float | None = None) -> tuple[str, bool]:
    """What a script printed, and whether it was stopped at the limit. Its other failures end the run."""
    command = [sys.executable, str(HERE / script), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as stopped:
        return (stopped.stdout or b"").decode(), True
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode()}")
    return done.stdout.decode(), False


def measure(way: str, folder: Path, limit: float) -> tuple[Measures, bool]:
    output, stopped = run("surfaces.py", way, str(folder), limit=limit)
    lines = [line.rpartition(" ") for line in output.splitlines()]
    return {name: float(value) for name, _, value in lines}, stopped


def measure_case(key: str, case: Case, limit: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        described, _ = run("texts.py", key, name)
        print(f"\n{case.title}: {described.strip()}", flush=True)
        results = {way: measure(way, Path(name), limit) for way in WAYS}
    print(f"{'':<38}{'ours':>9}{'aim':>7}{'':>9}{'× QTextEdit':>13}", end="")
    print("".join(f"{title:>15}" for way, title in WAYS.items() if way != "ours"))
    for row, (title, aim) in ROWS.items():
        print(line(row, title, aim * case.slack if aim else None, results, limit), flush=True)


def line(row: str, title: str, aim: float | None, results: dict[str, tuple[Measures, bool]], limit: float) -> str:
    ours, bare = results["ours"][0].get(row), results["QTextEdit"][0].get(BESIDE.get(row, row))
    verdict = "" if aim is None or ours is None else "met" if ours <= aim else "missed"
    ratio = f"{ours / bare:.2f}" if ours and bare else ""
    cells = [cell(row, way, results[way], limit) for way in WAYS]
    others = "".join(f"{text:>15}" for text in cells[1:])
    return f"{title:<38}{cells[0]:>9}{f'{aim:.0f}' if aim else '':>7}{verdict:>9}{ratio:>13}{others}"


def cell(row: str, way: str, result: tuple[Measures, bool], limit: float) -> str:
    measures, stopped = result
    if row in measures:
        return f"{measures[row]:,.1f}"
    if way != "ours" and (row in OURS_ONLY or (row in MARKED_ONLY and way.startswith("Q"))):
        return "–"
    return f"stopped, {limit:.0f} s" if stopped else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=CASES, action="append", help="measure this article only (again for more)")
    parser.add_argument("--limit", type=float, default=40, help="seconds that each way gets for each article")
    arguments = parser.parse_args()
    print("Milliseconds unless said otherwise, from the key press or the call until the window is painted.")
    print("Bare Qt shows the same text in the same font without marks; “× QTextEdit” is ours by that.")
    for key in arguments.case or CASES:
        measure_case(key, CASES[key], arguments.limit)


if __name__ == "__main__":
    main()
