"""What a disk may hold after the power failed at some step of a trace.

Harsher than any file system: of what was not synced, each sector and each name may be there or not, in any combination;
where a file had grown, the new part may hold anything.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from recording import ROOT, Link, Note, Recorder, Rename, Step, Sync, Truncate, Unlink, Write

SECTORS = (512, 4096)
WAYS = ("nothing more", "everything", "up to a point", "any sectors", "few sectors", "most sectors")


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    pending: list[Write | Truncate] = field(default_factory=list)


@dataclass
class _Folder:
    safe: dict[str, int] = field(default_factory=dict)
    pending: list[Link | Unlink | Rename] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Crash:
    """What is on the disk: name → content. What was last ``acknowledged``, and the action last ``begun``, by number."""

    files: dict[str, bytes]
    acknowledged: int
    begun: int
    step: int
    way: str


class Cutter:
    """Cuts the power at steps of one trace."""

    def __init__(self, trace: Recorder) -> None:
        self._steps = trace.steps
        inside = {step.folder for step in trace.steps if isinstance(step, Link)}
        self._folders = {node: _Folder() for node in {ROOT, *inside}}
        self._files: dict[int, _File] = {}
        for name, data in trace.base.items():
            node, (above, _, last) = trace.node_of_base(name), name.rpartition("/")
            self._folders[trace.node_of_base(above) if above else ROOT].safe[last] = node
            if data is None:
                self._folders.setdefault(node, _Folder())
            else:
                self._files[node] = _File(bytearray(data))
        self._acknowledged = self._begun = -1

    def cuts(self, at: Iterable[int], rng: random.Random) -> Iterator[Crash]:
        """One crash for each number in ``at``: so many steps were begun. Sorted numbers, as often as wanted."""
        done = 0
        for step in at:
            while done < step:
                self._do(self._steps[done])
                done += 1
            way = rng.choice(WAYS)
            yield Crash(self._crashed(way, rng), self._acknowledged, self._begun, step, way)

    def _do(self, step: Step) -> None:
        match step:
            case Note(action, acknowledged):
                if acknowledged:
                    self._acknowledged = action
                else:
                    self._begun = action
            case Write() | Truncate():
                self._files.setdefault(step.node, _File()).pending.append(step)
            case Sync(node) if node in self._folders:
                folder = self._folders[node]
                for each in folder.pending:
                    _named(folder.safe, each)
                folder.pending.clear()
            case Sync(node):
                file = self._files.setdefault(node, _File())
                for pending in file.pending:
                    _written(file.safe, pending)
                file.pending.clear()
            case Link() | Unlink() | Rename():
                self._folders.setdefault(step.folder, _Folder()).pending.append(step)

    def _crashed(self, way: str, rng: random.Random) -> dict[str, bytes]:
        share = {"nothing more": 0.0, "everything": 1.0, "few sectors": 0.1, "most sectors": 0.9}.get(way, 0.5)
        sector = rng.choice(SECTORS)
        files: dict[str, bytes] = {}

        def fill(folder: _Folder, prefix: str) -> None:
            names = dict(folder.safe)
            for each in _chosen(folder.pending, way, share, rng):
                _named(names, each)
            for name, node in names.items():
                if node in self._folders:
                    fill(self._folders[node], f"{prefix}{name}/")
                else:
                    files[f"{prefix}{name}"] = bytes(self._content(node, way, share, sector, rng))

        fill(self._folders[ROOT], "")
        return files

    def _content(self, node: int, way: str, share: float, sector: int, rng: random.Random) -> bytearray:
        file = self._files.get(node, _File())
        content = bytearray(file.safe)
        if way == "up to a point" and file.pending:
            kept = rng.randrange(len(file.pending) + 1)
            for each in file.pending[:kept]:
                _written(content, each)
            torn = file.pending[kept] if kept < len(file.pending) else None
            if isinstance(torn, Write):
                _written(content, Write(torn.node, torn.offset, torn.data[: rng.randrange(len(torn.data) + 1)]))
            return content
        for each in file.pending:
            if isinstance(each, Truncate):
                if rng.random() < share:
                    _written(content, each)
            else:
                _write_sectors(content, each, share, sector, rng)
        return content


def _chosen(
    pending: list[Link | Unlink | Rename], way: str, share: float, rng: random.Random
) -> list[Link | Unlink | Rename]:
    if way == "up to a point":
        return pending[: rng.randrange(len(pending) + 1)]
    return [each for each in pending if rng.random() < share]


def _named(names: dict[str, int], step: Link | Unlink | Rename) -> None:
    """Do it to the names; what its source has lost, it leaves."""
    match step:
        case Link(_, name, node):
            names[name] = node
        case Unlink(_, name):
            names.pop(name, None)
        case Rename(_, old, new):
            if old in names:
                names[new] = names.pop(old)


def _written(content: bytearray, step: Write | Truncate) -> None:
    if isinstance(step, Truncate):
        del content[step.size :]
        return
    if len(content) < step.offset:
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data


def _write_sectors(content: bytearray, step: Write, share: float, sector: int, rng: random.Random) -> None:
    end, at = step.offset + len(step.data), step.offset
    while at < end:
        stop = min(end, (at // sector + 1) * sector)
        if rng.random() < share:
            _written(content, Write(step.node, at, step.data[at - step.offset : stop - step.offset]))
        elif stop > len(content) and rng.random() < share:  # it has grown, but what it holds there was not written
            grown = stop - len(content)
            content.extend(rng.choice((bytes(grown), rng.randbytes(grown))))
        at = stop
