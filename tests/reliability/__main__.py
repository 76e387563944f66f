"""What stands in docs/reliability.md, measured for as long as wanted: ``python -m tests.reliability WHAT``.

``cuts`` cuts the power over recorded runs; ``settings`` does so with other journals of SQLite, and takes their time.
``writers`` lets many write at once, on a file and on a server that crashes.
``kills`` kills children that write (not on Windows), ``windows`` the working window, ``typists`` one in which
somebody types a note, ``rescues`` one that cannot save on a full disk. ``projects`` opens damaged ones,
``tamper`` changes files behind the program's back, ``failures`` lets the disk fail at some steps, with ``--every`` at
every step of every scenario, once and for good; ``--only`` names the scenarios of it and of ``cuts``.
What went wrong is printed with what makes it again; the last lines count.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent, HERE.parent / "db"):
    sys.path.append(str(folder))

from examining import examine_mutated  # noqa: E402
from failures import Failures  # noqa: E402
from kills import kill  # noqa: E402
from more_scenarios import SCENARIOS  # noqa: E402
from power_cuts import PowerCuts  # noqa: E402
from settings import compared  # noqa: E402
from tampering import Tampering  # noqa: E402
from writers import Found, write  # noqa: E402

_AT_ONCE = 1_000
"""Cuts over one recorded run; the next thousand are made over a new one."""


def main() -> int:
    """0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, count in (
        ("cuts", 100_000),
        ("settings", 3_000),
        ("failures", 6_000),
        ("kills", 10_000),
        ("windows", 500),
        ("typists", 50),
        ("rescues", 50),
        ("projects", 20_000),
        ("tamper", 10_000),
        ("writers", 2_000),
    ):
        sub = kinds.add_parser(kind)
        sub.add_argument("--count", type=int, default=count)
        sub.add_argument("--seed", type=int, default=1)
    kinds.choices["writers"].add_argument("--writers", type=int, default=16)
    kinds.choices["writers"].add_argument("--restarts", type=int, default=20)
    kinds.choices["writers"].add_argument("--where", choices=["file", "server"])
    kinds.choices["failures"].add_argument("--every", action="store_true")
    for kind in ("cuts", "failures"):
        kinds.choices[kind].add_argument("--only", nargs="+", choices=[*SCENARIOS], default=[*SCENARIOS])
    wanted = parser.parse_args()
    started, processor = time.monotonic(), busy()
    commands = {"settings": compared, "kills": kills, "windows": windows, "typists": typists}
    commands |= {"rescues": rescues, "projects": projects, "tamper": tamper}
    choosing = {"cuts": cuts, "failures": failures, "writers": writers}
    command = choosing.get(wanted.kind)
    wrong = command(wanted) if command is not None else commands[wanted.kind](wanted.count, wanted.seed)
    print(f"{time.monotonic() - started:.0f} s by the clock, {busy() - processor:.0f} s of processor time")
    return 1 if wrong else 0


def cuts(wanted: argparse.Namespace) -> int:
    """Cut the power so many times, as often in each scenario; gives how many cuts lost or broke something."""
    wrong, seed = 0, wanted.seed
    for name in wanted.only:
        left, outcomes, states = wanted.count // len(wanted.only), Counter(), 0
        for number in range(-(-left // _AT_ONCE)):
            with scratch() as folder:
                found = PowerCuts(name, Path(folder) / name).cut(min(_AT_ONCE, left), seed + number)
            left -= found.cuts
            outcomes += found.outcomes
            states += found.distinct
            wrong += len(found.complaints)
            for complaint in found.complaints:
                print(complaint, flush=True)
        told = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(outcomes.items()))
        print(f"{name}: {outcomes.total():,} cuts, {states:,} different disks; {told}", flush=True)
    print(f"{wrong:,} cuts lost or broke something")
    return wrong


def tamper(count: int, seed: int) -> int:
    """Change a project's file behind the program's back; gives how many changes nobody noticed."""
    with scratch() as folder, closing(Tampering(Path(folder))) as tampering:
        found = tampering.run(count, seed)
    for missed in found.missed:
        print(missed)
    for kind, number in found.kinds.items():
        print(f"{kind}: {number:,}")
    print(f"{len(found.missed):,} of {count:,} changes were missed")
    return len(found.missed)


def failures(wanted: argparse.Namespace) -> int:
    """Let so many steps fail, as many in each scenario, with those of reading and without; gives the complaints."""
    wrong = 0
    for name in wanted.only:
        for reads in (False, True):
            with scratch() as folder:
                failing = Failures(name, Path(folder) / name, reads=reads)
                share = wanted.count // len(wanted.only) // 2
                found = failing.fail_every() if wanted.every else failing.fail(share, wanted.seed)
            wrong += len(found.complaints)
            for complaint in found.complaints:
                print(complaint, flush=True)
            steps = ", ".join(f"{number:,} {what}" for what, number in sorted(found.steps.items()))
            print(f"{name}: {found.runs:,} failures ({steps}), {found.told:,} of them told", flush=True)
    print(f"{wrong:,} failures lost something, or were not told in a sentence")
    return wrong


def kills(count: int, seed: int) -> int:
    """Kill so many children of the storage path; gives how many complaints there are."""
    found = kill(count, seed)
    for complaint in found.complaints:
        print(complaint)
    print(
        f"{found.kills:,} kills after {found.acknowledged:,} acknowledged actions, {found.half:,} with a transaction"
        f" half written, {found.unreported:,} between a commit and its report: {len(found.complaints):,} complaints"
    )
    return len(found.complaints)


def windows(count: int, _seed: int) -> int:
    """Kill the working window so many times, as its test does."""
    patient = ["-o", "faulthandler_timeout=0"]  # two minutes are no sign of being stuck here
    command = [sys.executable, "-m", "pytest", "-q", *patient, str(HERE.parent / "ui" / "test_window_kill.py")]
    return subprocess.run(command, env={**os.environ, "ANNOTATOR_TEST_KILLS": str(count)}, check=False).returncode


def projects(count: int, seed: int) -> int:
    """Damage a project file so many times and open it; gives how often anything but a sentence came of it."""
    outcomes, wrong = Counter[str](), 0
    for number in range(-(-count // _AT_ONCE)):
        with scratch() as folder:
            found = examine_mutated(Path(folder), min(_AT_ONCE, count - number * _AT_ONCE), seed + number)
        outcomes += found.outcomes
        wrong += len(found.complaints)
        print("\n".join([*found.complaints, f"{outcomes.total() + wrong:,} projects"]), flush=True)
    print(", ".join(f"{number:,} {outcome}" for outcome, number in sorted(outcomes.items())))
    print(f"{wrong:,} ended in anything but a sentence")
    return wrong


def writers(wanted: argparse.Namespace) -> int:
    """So many writers with so many edits each, on a file and on a server; gives how many complaints there are."""
    wrong = 0
    if wanted.where != "server":
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            location = str(Path(folder) / "many.annotator")
            wrong += tell_writers("a file", write(location, wanted.writers, wanted.count, wanted.seed))
    if wanted.where != "file":
        wrong += writers_on_a_server(wanted.writers, wanted.count, wanted.seed, wanted.restarts)
    return wrong


def writers_on_a_server(number: int, edits: int, seed: int, restarts: int) -> int:
    """The same on a server of its own, which crashes so many times meanwhile."""
    from postgres_server import Server, binaries

    programs = binaries()
    if programs is None:
        print("PostgreSQL is not installed: nothing was written on a server")
        return 1
    server, rng, crashes = Server(programs), random.Random(seed), 0

    def disturb() -> None:
        nonlocal crashes
        if crashes < restarts:
            crashes += 1
            time.sleep(rng.uniform(0.2, 1.5))
            server.crash()

    try:
        server.start()
        found = write(server.url(server.make_database()), number, edits, seed, disturb)
    finally:
        server.remove()
    return tell_writers(f"a server, {crashes:,} times crashed", found)


def tell_writers(where: str, found: Found) -> int:
    """Print what was found; gives how many complaints there are."""
    for complaint in found.complaints:
        print(complaint)
    print(
        f"{where}: {found.edits:,} edits; {found.conflicts:,} were made anew because somebody else was faster, "
        f"{found.cuts:,} sent again, of which {found.doubts:,} had been done: {len(found.complaints):,} complaints",
        flush=True,
    )
    return len(found.complaints)


def typists(count: int, seed: int) -> int:
    """Kill so many windows in which somebody types; gives in how many more than half a second of it was lost."""
    from typists import kill_typists  # it brings the window, which the other commands do without

    return kill_typists(count, seed)


def rescues(count: int, seed: int) -> int:
    """Kill so many windows that cannot save; gives how many complaints there are."""
    from rescues import rescue  # as above

    return rescue(count, seed)


def busy() -> float:
    """Seconds that this process and those that it has waited for were working."""
    return sum(os.times()[:4])


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is such a place."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="annotator-", dir=memory if memory.is_dir() else None)


if __name__ == "__main__":
    sys.exit(main())
