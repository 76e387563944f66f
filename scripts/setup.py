"""Make the virtual environment ``.venv`` and install the locked packages into it.

Run by run.sh, test.sh, run.cmd and test.cmd with any Python from 3.11 to 3.14; needs the standard library alone. A
second run with nothing changed returns at once: a stamp in ``.venv`` says what was installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
STAMP = VENV / "article-annotator.stamp"
LOG = HERE / ".setup" / "pip.log"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
VERSIONS = ((3, 11), (3, 14))


class SetupError(Exception):
    """One sentence for the person at the terminal, with a way out."""


def main() -> int:
    """Set up what is asked for; 0 when it is there, 1 with one sentence on stderr when it is not."""
    parser = argparse.ArgumentParser(description="Make .venv and install the locked packages into it.")
    parser.add_argument("--dev", action="store_true", help="also install what the tests and checks need")
    kind = "dev" if parser.parse_args().dev else "run"
    try:
        if not up_to_date(kind):
            install(kind)
    except SetupError as error:
        print(f"Article Annotator: {error}", file=sys.stderr)
        return 1
    return 0


def up_to_date(kind: str) -> bool:
    """Whether the stamp says that this project, in this place, with these locks, was installed completely."""
    if not interpreter().exists() or not STAMP.exists():
        return False
    done = STAMP.read_text(encoding="utf-8").split()
    return fingerprint(kind) in done and works(interpreter())


def fingerprint(kind: str) -> str:
    """What an installation depends on. The folder counts, as a virtual environment cannot be moved."""
    digest = hashlib.sha256(f"{kind} {HERE}".encode())
    for name in (LOCKS[kind], "pyproject.toml", "scripts/setup.py"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def install(kind: str) -> None:
    """Create or repair ``.venv``, install the lock and then the project itself, editable, and leave the stamp."""
    LOG.parent.mkdir(exist_ok=True)
    make_environment()
    lock = HERE / LOCKS[kind]
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    print(f"Installing into .venv: up to {count} Python packages ({lock.name}); this takes a minute …", flush=True)
    # Hashes are checked, and only ready-made wheels are taken: a bare machine has no compiler.
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(HERE))
    check_qt()
    # The development lock holds everything that the other one does.
    kinds = ["run", "dev"] if kind == "dev" else ["run"]
    STAMP.write_text("\n".join(fingerprint(each) for each in kinds) + "\n", encoding="utf-8")


def make_environment() -> None:
    """Create ``.venv``, or give it pip; one that is broken or of an unsuitable Python is made anew."""
    python = interpreter()
    if python.exists() and works(python) and run([python, "-c", "import pip"]).returncode == 0:
        return
    options = [] if python.exists() and works(python) else ["--clear"]
    print(f"Creating .venv with Python {sys.version.split()[0]} …", flush=True)
    done = run([sys.executable, "-m", "venv", *options, str(VENV)])
    if done.returncode:
        tail(done.stdout)
        raise SetupError(f"the virtual environment {VENV} could not be made: delete that folder and run this again.")


def interpreter() -> Path:
    """The Python inside the virtual environment, there or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Whether this interpreter starts and is of a version that the locks cover."""
    low, high = VERSIONS
    return run([python, "-c", f"import sys; sys.exit(not {low} <= sys.version_info[:2] <= {high})"]).returncode == 0


def pip(*arguments: str) -> None:
    """Run pip inside the environment. Its settings (``PIP_*``, pip.conf) stay the person's own."""
    done = run([interpreter(), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments])
    LOG.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        tail(done.stdout)
        raise SetupError(
            f"pip could not install the Python packages: check the network and run this again (all of it is in {LOG})."
        )


def check_qt() -> None:
    """Load Qt once, so that a missing system library is named here and not in a traceback of the window."""
    done = run([interpreter(), "-c", "import PySide6.QtWidgets"])
    if done.returncode:
        reason = done.stdout.strip().splitlines()[-1]
        raise SetupError(
            f"Qt cannot start ({reason}): install the system package that holds that library, then run this again."
        )


def run(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a command with both its outputs in one text; an interpreter that is not one counts as failed."""
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", check=False,
        )  # fmt: skip
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, str(error), "")


def tail(output: str, lines: int = 5) -> None:
    """Show the end of a failed command's output."""
    print(*output.strip().splitlines()[-lines:], sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
