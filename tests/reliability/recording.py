"""A write trace: every step that changes a folder's files, from SQLite and from this program, in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_files import Disk, SqliteFiles

ROOT = 0
"""The number of the folder itself. Files and folders are known by numbers; names lead to them."""


@dataclass(frozen=True, slots=True)
class Write:
    node: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """What was done to the file, or to the names in the folder, is safe from here on."""

    node: int


@dataclass(frozen=True, slots=True)
class Link:
    folder: int
    name: str
    node: int


@dataclass(frozen=True, slots=True)
class Unlink:
    folder: int
    name: str


@dataclass(frozen=True, slots=True)
class Rename:
    folder: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Note:
    """Action number ``action`` was begun, or has been acknowledged."""

    action: int
    acknowledged: bool


Step = Write | Truncate | Sync | Link | Unlink | Rename | Note


class Recorder(Disk):
    """Records in ``steps`` what happens under ``folder`` while :meth:`recording`; ``base`` is what was there before.

    What SQLite writes is known write by write. What Python and its libraries write becomes known when the file is
    synced or renamed: until then any part of it may be missing anyway.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.steps: list[Step] = []
        self._names: dict[str, int] = {"": ROOT}
        self._content: dict[int, bytearray | None] = {ROOT: None}
        self.base: dict[str, bytes | None] = {}
        """None is a folder; it comes before what is in it."""
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            data = self.base[name] = None if path.is_dir() else path.read_bytes()
            self._content[self._number(name)] = None if data is None else bytearray(data)

    def node_of_base(self, name: str) -> int:
        return list(self.base).index(name) + 1

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        ours: dict[str, Callable[..., Any]] = {
            "fsync": self._fsync(os.fsync),
            "replace": self._renaming(os.replace),
            "rename": self._renaming(os.rename),
            "link": self._linking(os.link),
            "mkdir": self._making(os.mkdir),
            "unlink": self._unlinking(os.unlink),
            "remove": self._unlinking(os.remove),
        }
        before = {name: getattr(os, name) for name in ours}
        with SqliteFiles(self):
            for name, function in ours.items():
                setattr(os, name, function)
            try:
                yield
            finally:
                for name, function in before.items():
                    setattr(os, name, function)

    def begin(self, action: int) -> None:
        self.steps.append(Note(action, acknowledged=False))

    def acknowledge(self, action: int) -> None:
        self.steps.append(Note(action, acknowledged=True))

    def after(self, what: str, path: str, offset: int = 0, data: bytes = b"") -> None:
        name = self._name(path)
        if name is None:
            return
        if what == "unlink":
            self._gone(name)
            return
        node = self._known(name)
        content = self._content[node]
        if what == "write" and content is not None:
            if len(content) < offset + len(data):
                content.extend(bytes(offset + len(data) - len(content)))
            content[offset : offset + len(data)] = data
            self.steps.append(Write(node, offset, data))
        elif what == "truncate" and content is not None:
            del content[offset:]
            self.steps.append(Truncate(node, offset))
        elif what == "sync":
            self.steps.append(Sync(node))

    def _name(self, path: str | os.PathLike[str]) -> str | None:
        """The name under the folder; None: it is elsewhere, or the lock, which holds nothing."""
        full = os.path.abspath(os.fspath(path))  # noqa: PTH100 -- what is renamed must not be followed
        if full == str(self.folder):
            return ""
        inside = full.startswith(f"{self.folder}{os.sep}") and not full.endswith("-lock")
        return full[len(str(self.folder)) + 1 :] if inside else None

    def _number(self, name: str) -> int:
        self._names[name] = len(self._content)
        self._content[self._names[name]] = None
        return self._names[name]

    def _known(self, name: str) -> int:
        """Its number; what was not known before is linked to its folder, with what a folder holds."""
        if name in self._names:
            return self._names[name]
        folder, _, last = name.rpartition(os.sep)
        above, path = self._known(folder), self.folder / name
        node = self._number(name)
        self.steps.append(Link(above, last, node))
        if path.is_dir():
            for each in sorted(path.iterdir()):
                self._catch_up(f"{name}{os.sep}{each.name}")
        else:
            self._content[node] = bytearray()
        return node

    def _catch_up(self, name: str) -> int:
        """Record what was written to the file, or what came into the folder, and has not been told."""
        node, path = self._known(name), self.folder / name
        if path.is_dir():
            for each in path.iterdir() if name else ():
                self._catch_up(str(each.relative_to(self.folder)))
            return node
        content, now = self._content[node], path.read_bytes()
        if content != now:
            self._content[node] = bytearray(now)
            if content and len(content) > len(now):
                self.steps.append(Truncate(node, len(now)))
            self.steps.append(Write(node, 0, now))
        return node

    def _fsync(self, fsync: Callable[[int], None]) -> Callable[[int], None]:
        def synced(descriptor: int) -> None:
            fsync(descriptor)
            name = self._name(Path(f"/proc/self/fd/{descriptor}").readlink())
            if name is not None:
                self.steps.append(Sync(self._catch_up(name)))

        return synced

    def _renaming(self, rename: Callable[..., None]) -> Callable[..., None]:
        def renamed(old: str, new: str) -> None:
            names = self._name(old), self._name(new)
            if names[0] is not None:
                self._catch_up(names[0])
            rename(old, new)
            if names[0] is None or names[1] is None:
                return
            (above, _, before), (below, _, after) = (name.rpartition(os.sep) for name in names)
            if above == below:
                self.steps.append(Rename(self._names[above], before, after))
            else:  # the one folder may be on the disk without the other
                self.steps.append(Link(self._names[below], after, self._names[names[0]]))
                self.steps.append(Unlink(self._names[above], before))
            inside = {name: node for name, node in self._names.items() if f"{name}/".startswith(f"{names[0]}/")}
            for name, node in inside.items():
                del self._names[name]
                self._names[f"{names[1]}{name[len(names[0]) :]}"] = node

        return renamed

    def _linking(self, link: Callable[..., None]) -> Callable[..., None]:
        def linked(old: str, new: str) -> None:
            link(old, new)
            names = self._name(old), self._name(new)
            if names[0] is not None and names[1] is not None:
                above, _, last = names[1].rpartition(os.sep)
                node = self._names[names[1]] = self._catch_up(names[0])
                self.steps.append(Link(self._names[above], last, node))

        return linked

    def _making(self, make: Callable[..., None]) -> Callable[..., None]:
        def made(path: str, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
            make(path, mode, dir_fd=dir_fd)
            name = self._name(path) if dir_fd is None else None
            if name is not None:
                self._known(name)

        return made

    def _unlinking(self, unlink: Callable[..., None]) -> Callable[..., None]:
        def unlinked(path: str, *, dir_fd: int | None = None) -> None:
            unlink(path, dir_fd=dir_fd)
            name = self._name(path) if dir_fd is None else None
            if name is not None:
                self._gone(name)

        return unlinked

    def _gone(self, name: str) -> None:
        if name in self._names:
            folder, _, last = name.rpartition(os.sep)
            self.steps.append(Unlink(self._names[folder], last))
            del self._names[name]
