"""Run every check and test, and say at the end which of them failed.

Run by test.sh and test.cmd inside ``.venv``. ``--fast`` runs the tests alone; ``--cover`` also measures what they
reach, which takes a little longer, and fails when that is less than ``pyproject.toml`` says. ``--interop`` runs
those that ask readers which this project did not write, and nothing else. ``--long`` lets the tests that try things at
random go on for hours, each as often as ``LONG`` says or the environment, where that says so. Any other argument goes
to pytest, and as a part of the tests cannot reach the coverage of all, the coverage is then not judged. All tests run
on every core.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable]
CHECKS = {
    "ruff check": [*PYTHON, "-m", "ruff", "check", "."],
    "ruff format": [*PYTHON, "-m", "ruff", "format", "--check", "."],
    "mypy": [*PYTHON, "-m", "mypy"],
    "import-linter": [*PYTHON, "-c", "from importlinter.cli import lint_imports_command as main; main()"],
}
LONG = {
    "HYPOTHESIS_PROFILE": "long",
    "ANNOTATOR_MACHINE_RUNS": "2000",
    "ANNOTATOR_TEST_KILLS": "500",
}
"""Environment variables that the tests read (``tests/effort.py``), and what a long run sets them to."""
OURS = ("--fast", "--cover", "--interop", "--long")


def main(arguments: list[str]) -> int:
    """0 when everything passed, 1 when anything failed."""
    fast, cover, interop = (each in arguments for each in ("--fast", "--cover", "--interop"))
    selection = [each for each in arguments if each not in OURS]
    failed = []
    if not fast and not interop:
        failed += [name for name, command in CHECKS.items() if not passes(name, command)]
    options = ["-m", "interop", *selection] if interop else selection
    if "--long" in arguments:
        os.environ.update({name: value for name, value in LONG.items() if name not in os.environ})
        options = ["-o", "faulthandler_timeout=0", *options]  # two minutes are no sign of being stuck there
    closing, passed = test(options, covered=cover, together=not selection and not interop)
    if not passed:
        failed.append("pytest")
    if cover and not selection and not passes("coverage", [*PYTHON, "-m", "coverage", "report"]):
        failed.append("coverage")
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passed.")
    print(closing, flush=True)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check with its output shown."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    passed = subprocess.run(command, cwd=HERE, check=False).returncode == 0
    print(f"-- {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return passed


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def test(selection: list[str], *, covered: bool, together: bool) -> tuple[str, bool]:
    """Run pytest with its output shown as it comes; gives its closing line, which is repeated as the very last one.

    ``together`` runs the tests on all cores, each core its own part of them.
    """
    print("\n== pytest", flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    spread = ["-n", str(cores()), "--dist", "worksteal"] if together and cores() > 1 else []
    runner = ["-m", "pytest", *spread, *(["--cov", "--cov-report=", "--cov-fail-under=0"] if covered else [])]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    closing = ""
    with subprocess.Popen(
        [*PYTHON, *runner, *colour, *selection], cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True,
        encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            closing = line.rstrip("\n") or closing
    if process.returncode not in (0, 1):  # 1: some tests failed. Anything else need not show in the output.
        print(f"-- pytest ended with exit code {process.returncode}", flush=True)
    return closing, process.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
