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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
STAMP = VENV / "article-annotator.stamp"
LOG = HERE / ".setup" / "pip.log"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock", "interop": "requirements-interop.lock"}
VERSIONS = ((3, 11), (3, 14))
# What pip's output holds when it fails for a reason that a person can do something about, and what to say then.
REASONS = {
    "CERTIFICATE_VERIFY_FAILED": "the package index's certificate is not trusted here: set PIP_CERT to the file with "
    "your network's certificates",
    "Failed to establish a new connection": "there is no network to the package index: connect, or set PIP_INDEX_URL "
    "or PIP_PROXY as your network asks",
    "No space left on device": "the disk is full: free about 600 MB",
    "DO NOT MATCH THE HASHES": "a downloaded package is not the one that was locked: do not use it, and ask who runs "
    "your package index",
    "No matching distribution found": "there is no ready-made package for this system and Python: use 64-bit CPython "
    "3.11 to 3.14 on Linux with glibc, macOS or Windows",
}


class SetupError(Exception):
    """One sentence for the person at the terminal, with a way out."""


def main() -> int:
    """Set up what is asked for; 0 when it is there, 1 with one sentence on stderr when it is not."""
    parser = argparse.ArgumentParser(description="Make .venv and install the locked packages into it.")
    parser.add_argument("--dev", action="store_true", help="also install what the tests and checks need")
    parser.add_argument("--interop", action="store_true", help="also install the readers that tests of the formats ask")
    asked = parser.parse_args()
    kind = "interop" if asked.interop else "dev" if asked.dev else "run"
    try:
        if not up_to_date(kind):
            install(kind)
    except SetupError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename} cannot be written ({error.strerror}): copy the project to a folder of yours.")
    except KeyboardInterrupt:
        return refuse("stopped; running this again goes on from here.")
    return 0


def refuse(sentence: str) -> int:
    """Say on stderr why nothing more can be done."""
    print(f"Article Annotator: {sentence}", file=sys.stderr)
    return 1


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
    # Hashes are checked, and only ready-made wheels are taken: a bare machine has no compiler. A few of the readers
    # that the tests of the formats ask have no wheel, and need no compiler either.
    wheels = ["--prefer-binary"] if kind == "interop" else ["--only-binary", ":all:"]
    pip("install", "--require-hashes", *wheels, "-r", str(lock))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(HERE))
    check_qt()
    # Each lock holds everything that the ones before it do.
    kinds = list(LOCKS)[: list(LOCKS).index(kind) + 1]
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
        raise SetupError(
            f"the virtual environment {VENV} could not be made ({last_line(done)}): delete it and run this again."
        )


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
        known = (said for sign, said in REASONS.items() if sign in done.stdout)
        reason = next(known, f"pip could not install the Python packages ({last_line(done)}): mend that")
        raise SetupError(f"{reason}, then run this again (pip's own words are in {LOG}).")


def check_qt() -> None:
    """Load Qt once, so that a missing system library is named here and not in a traceback of the window."""
    done = run([interpreter(), "-c", "import PySide6.QtWidgets"])
    if done.returncode:
        raise SetupError(
            f"Qt cannot start ({last_line(done)}): install the system package that holds that library, then run this "
            "again."
        )


def run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a command with both its outputs in one text; an interpreter that is not one counts as failed."""
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", check=False,
        )  # fmt: skip
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, str(error), "")


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Where a failed command says what went wrong."""
    return (done.stdout.strip().splitlines() or ["no reason given"])[-1]


if __name__ == "__main__":
    sys.exit(main())
