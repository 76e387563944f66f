"""What SQLite does to files, in the very library that this program's ``sqlite3`` is linked to, told and made to fail.

A copy of SQLite's own file layer ("VFS") becomes its default one; of the methods of the files that it opens, those
that change something are ours: they ask ``Disk.before``, call SQLite's, and tell ``Disk.after``. So the program's own
engine, its backups and its migrations go through it unchanged.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import errno
import sys
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_MOVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_IOERR, _FULL, _CANTOPEN, _DELETE_NOENT = 10, 13, 14, 10 | 23 << 8
_FAILED = {"read": 1, "write": 3, "sync": 4, "truncate": 6, "unlink": 10}
_CREATES, _JOURNALS = 0x4, 0x800 | 0x4000 | 0x80000


class _Vfs(ctypes.Structure):
    pass


_Vfs._fields_ = [
    *(("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p), ("zName", c_char_p)),
    *(("pAppData", c_void_p), ("xOpen", c_void_p), ("xDelete", c_void_p)),
    ("others", c_void_p * 16),
]


class _Methods(ctypes.Structure):
    _fields_ = (
        *(("iVersion", c_int), ("xClose", c_void_p), ("xRead", c_void_p), ("xWrite", c_void_p)),
        *(("xTruncate", c_void_p), ("xSync", c_void_p), ("others", c_void_p * 13)),
    )


class Disk:
    """Is asked before, and told after, each step that changes a file.

    ``what``: open (before only when it is made), write, truncate, sync, unlink; read only before.
    """

    real_syncs = True
    """False leaves the syncing out: where no power fails, nobody need wait for it."""
    reads = False
    """Whether it is asked before each read."""

    def before(self, what: str, path: str) -> int:
        """The error number to fail with; 0: go on."""
        return 0

    def after(self, what: str, path: str, offset: int = 0, data: bytes = b"") -> None:
        """It was done; ``offset`` is the new size where ``what`` is truncate."""


def library() -> ctypes.CDLL | None:
    """SQLite as ``sqlite3`` uses it; None where it cannot be reached (built into the interpreter, or not Linux)."""
    try:
        found = ctypes.CDLL(_sqlite3.__file__)
        found.sqlite3_vfs_find.restype = POINTER(_Vfs)
    except (AttributeError, OSError):
        return None
    return found if sys.platform == "linux" else None


_EVERY: list[object] = []


class SqliteFiles:
    """SQLite's files under a ``disk``'s eyes, in a ``with`` block: for connections that are opened in it."""

    def __init__(self, disk: Disk) -> None:
        found = library()
        assert found is not None
        self._library, self._disk = found, disk
        self._original = found.sqlite3_vfs_find(None)
        self._paths: dict[int, str] = {}
        self._fresh: set[int] = set()
        """Journals whose folder SQLite syncs with their first sync."""
        self._tables: dict[int, tuple[_Methods, list[object]]] = {}
        self._vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self._vfs), self._original, ctypes.sizeof(_Vfs))
        self._open = _OPEN(self._original.contents.xOpen)
        self._delete = _DELETE(self._original.contents.xDelete)
        self._ours = (_OPEN(self._opened), _DELETE(self._deleted))
        self._vfs.zName = b"watched"
        self._vfs.pNext = None
        self._vfs.xOpen, self._vfs.xDelete = (ctypes.cast(each, c_void_p).value for each in self._ours)

    def __enter__(self) -> None:
        assert self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == 0

    def __exit__(self, *_: object) -> None:
        _EVERY.append(self)  # a connection that is forgotten may be closed at any time, by our methods
        assert not self._paths, f"still open: {sorted(self._paths.values())}"
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._original, 1)

    def _failed(self, what: str, path: str) -> int:
        number = self._disk.before(what, path)
        if not number:
            return 0
        if what == "open":
            return _CANTOPEN
        return _FULL if number == errno.ENOSPC and what == "write" else _IOERR | _FAILED[what] << 8

    def _opened(self, _vfs: int, name: int | None, file: int, flags: int, out: object) -> int:
        path = ctypes.string_at(name).decode() if name else ""  # the pointer goes on: SQLite keeps it
        new = bool(name) and not Path(path).exists()
        if new and (code := self._failed("open", path)):
            ctypes.cast(file, POINTER(c_void_p))[0] = None  # no methods: SQLite does not close it
            return code
        code = self._open(ctypes.addressof(self._original.contents), name, file, flags, out)
        if code == 0 and name:
            self._paths[file] = path
            if flags & _CREATES and flags & _JOURNALS:
                self._fresh.add(file)
            self._disk.after("open", path)
            methods = ctypes.cast(file, POINTER(c_void_p))
            methods[0] = ctypes.addressof(self._watched(methods[0]))
        return int(code)

    def _deleted(self, _vfs: int, name: bytes, sync_folder: int) -> int:
        path = name.decode()
        if not Path(path).exists():
            return _DELETE_NOENT
        if code := self._failed("unlink", path):
            return code
        code = self._delete(ctypes.addressof(self._original.contents), name, sync_folder)
        if code == 0:
            self._disk.after("unlink", path)
            if sync_folder:
                self._disk.after("sync", str(Path(path).parent))
        return int(code)

    def _watched(self, original: int) -> _Methods:
        """A table of methods like that one, with ours in it."""
        if original not in self._tables:
            table = _Methods()
            ctypes.memmove(ctypes.byref(table), original, ctypes.sizeof(_Methods))
            ours = {"xClose": self._closing(_CLOSE(table.xClose)), "xWrite": self._writing(_MOVE(table.xWrite))}
            ours["xTruncate"] = self._truncating(_TRUNCATE(table.xTruncate))
            ours["xSync"] = self._syncing(_SYNC(table.xSync))
            if self._disk.reads:
                ours["xRead"] = self._reading(_MOVE(table.xRead))
            for name, function in ours.items():
                setattr(table, name, ctypes.cast(function, c_void_p).value)
            self._tables[original] = (table, list(ours.values()))
        return self._tables[original][0]

    def _closing(self, close):
        def closing(file: int) -> int:
            self._paths.pop(file, None)
            self._fresh.discard(file)
            return int(close(file))

        return _CLOSE(closing)

    def _reading(self, read):
        def reading(file: int, buffer: int, size: int, offset: int) -> int:
            return self._failed("read", self._paths[file]) or int(read(file, buffer, size, offset))

        return _MOVE(reading)

    def _writing(self, write):
        def writing(file: int, buffer: int, size: int, offset: int) -> int:
            path = self._paths[file]
            if code := self._failed("write", path):
                write(file, buffer, size // 2, offset)  # what a full disk leaves
                self._disk.after("write", path, offset, ctypes.string_at(buffer, size // 2))
                return code
            code = int(write(file, buffer, size, offset))
            if code == 0:
                self._disk.after("write", path, offset, ctypes.string_at(buffer, size))
            return code

        return _MOVE(writing)

    def _truncating(self, truncate):
        def truncating(file: int, size: int) -> int:
            path = self._paths[file]
            code = self._failed("truncate", path) or int(truncate(file, size))
            if code == 0:
                self._disk.after("truncate", path, size)
            return code

        return _TRUNCATE(truncating)

    def _syncing(self, sync):
        def syncing(file: int, flags: int) -> int:
            path = self._paths[file]
            code = self._failed("sync", path) or (int(sync(file, flags)) if self._disk.real_syncs else 0)
            if code == 0:
                self._disk.after("sync", path)
                if file in self._fresh:
                    self._fresh.discard(file)
                    self._disk.after("sync", str(Path(path).parent))
            return code

        return _SYNC(syncing)
