"""Run every check and test, and say at the end which of them failed.

Run by test.sh and test.cmd inside ``.venv``. ``--fast`` runs the tests alone, without coverage; any other argument goes
to pytest, and as a part of the tests cannot reach the coverage of all, the coverage is then not judged.
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


def main(arguments: list[str]) -> int:
    """0 when everything passed, 1 when anything failed."""
    fast = "--fast" in arguments
    selection = [each for each in arguments if each != "--fast"]
    failed = []
    if not fast:
        failed += [name for name, command in CHECKS.items() if not passes(name, command)]
    closing, passed = test(selection, covered=not fast)
    if not passed:
        failed.append("pytest")
    if not fast and not selection and not passes("coverage", [*PYTHON, "-m", "coverage", "report"]):
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


def test(selection: list[str], *, covered: bool) -> tuple[str, bool]:
    """Run pytest with its output shown as it comes; gives its closing line, which is repeated as the very last one."""
    print("\n== pytest", flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    runner = ["-m", "coverage", "run", "-m", "pytest"] if covered else ["-m", "pytest"]
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
