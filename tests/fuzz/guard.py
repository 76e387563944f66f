"""Watches what this process opens, writes and asks for while the fuzz imports. The hook stays, since Python has no way back."""  # noqa: E501

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[2]
_PROGRAM = tuple(
    {*map(os.path.realpath, (sys.prefix, sys.base_prefix, HERE / "annotator", HERE / "db", HERE / "seeds")), os.devnull}
)
_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "urllib.Request"}
_PROGRAMS = {"os.system", "os.exec", "os.posix_spawn", "os.startfile", "webbrowser.open"}
_CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.rmtree"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_watching: list[tuple[str, str, list[str]]] = []
"""The folder that may be read, the one that may be written, and what was done against that."""


@contextmanager
def watched(readable: Path, writable: Path) -> Iterator[list[str]]:
    """Within it, whatever reads outside ``readable`` or changes anything outside ``writable`` is in the list."""
    if not getattr(sys, "_annotator_fuzz_hook", False):
        sys.addaudithook(_see)
        sys._annotator_fuzz_hook = True  # type: ignore[attr-defined]
    told: list[str] = []
    _watching.append((os.path.realpath(readable), os.path.realpath(writable), told))
    try:
        yield told
    finally:
        _watching.pop()


def _see(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    readable, writable, told = _watching[-1]
    if event in _NETWORK or event in _PROGRAMS:
        told.append(f"{event} {arguments!r}")
    elif event == "subprocess.Popen":
        if "annotator.formats.apart" not in arguments[1]:
            told.append(f"started {arguments[1]!r}")
    elif event in _CHANGES:
        if not _inside(arguments[0], writable):
            told.append(f"{event} {arguments[0]!r}")
    elif event == "open" and not isinstance(arguments[0], int) and arguments[0] is not None:
        path, mode, flags = arguments
        writes = flags & _WRITING if isinstance(flags, int) else any(letter in (mode or "") for letter in "wax+")
        allowed = (writable, os.devnull) if writes else (readable, writable, *_PROGRAM)
        if not _inside(path, *allowed) and not (writes and _is_of_python(path)):
            told.append(f"opened {path!r} {mode} {flags}")


def _is_of_python(path: Any) -> bool:
    """A module's byte code that Python keeps."""
    return "__pycache__" in os.fsdecode(path)


def _inside(path: Any, *folders: str) -> bool:
    if isinstance(path, int):
        return True
    real = os.path.realpath(os.fsdecode(path))
    return any(real == folder or real.startswith(folder + os.sep) for folder in folders)
