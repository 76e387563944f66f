"""Rows of a damaged SQLite file, page by page, without SQLite: whatever leaf of a table can be understood is read.

Nothing above the leaves is needed (no header, no index, no list of tables), so a page that is zeroed or cut off costs
what stood on it and no more. What a row is is told from its columns; whether it is true, the hashes of the change log
tell. Format: https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from db.files import journal_of

Value = int | float | str | bytes | None
Row = tuple[int, tuple[Value, ...]]
"""A row's number and its columns."""
_LEAF = 0x0D
_PAGE_SIZES = frozenset(1 << n for n in range(9, 17))
_USUAL = 4096
_MOST_COLUMNS = 64
_LARGEST = 1 << 30
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class _NoRowError(Exception):
    """What stands there is no row."""


def rows(path: Path) -> Iterator[Row]:
    """Every row that can be read in a file, several times when it stands there several times, in no order.

    A journal beside it holds pages as they were before a change that was never finished: both states are read.
    """
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        size = _page_size(data)
        plain = _Image(data, size, {})
        yield from plain.rows()
        before = _journal(journal_of(path), size)
        if before:
            yield from _Image(data, size, before).rows()


def _page_size(data: mmap.mmap) -> int:
    told = int.from_bytes(data[16:18], "big")
    size = 65536 if told == 1 else told
    return size if size in _PAGE_SIZES else _USUAL


def _journal(path: Path, size: int) -> dict[int, bytes]:
    """Page number → the page as it was; the first of each."""
    found: dict[int, bytes] = {}
    with suppress(OSError):
        data = path.read_bytes()
        sector = int.from_bytes(data[20:24], "big")
        at = sector if data.startswith(_JOURNAL_MAGIC) and 512 <= sector <= 65536 else 512
        while at + size + 8 <= len(data):
            if data.startswith(_JOURNAL_MAGIC, at):
                at += sector or 512
                continue
            found.setdefault(int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 4 + size])
            at += size + 8
    return found


class _Image:
    """The pages of a file, some of them as they were ``before``. Then only what these pages lead to is read."""

    def __init__(self, data: mmap.mmap, size: int, before: Mapping[int, bytes]) -> None:
        self._data, self._size, self._before = data, size, before

    def rows(self) -> Iterator[Row]:
        for number in self._before or range(1, -(-len(self._data) // self._size) + 1):
            page = self._page(number)
            start = 100 if number == 1 else 0
            if len(page) < start + 8 or page[start] != _LEAF:
                continue
            count = int.from_bytes(page[start + 3 : start + 5], "big")
            for index in range(min(count, self._size // 4)):
                at = start + 8 + 2 * index
                with suppress(_NoRowError, IndexError, UnicodeDecodeError):
                    yield self._row(page, int.from_bytes(page[at : at + 2], "big"))

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self._size
        return self._before.get(number) or self._data[start : start + self._size]

    def _row(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        if not 2 <= length <= _LARGEST:
            raise _NoRowError
        return number, _columns(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """What belongs to a cell: it goes on in a chain of pages when it is long."""
        usable = self._size
        if length <= usable - 35:
            return _exactly(page[at : at + length], length)
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= usable - 35 else least
        parts = [_exactly(page[at : at + local], local)]
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        left, seen = length - local, set[int]()
        while left:
            if not following or following in seen:
                raise _NoRowError
            seen.add(following)
            more = self._page(following)
            taken = min(left, usable - 4)
            parts.append(_exactly(more[4 : 4 + taken], taken))
            left -= taken
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def _exactly(part: bytes, length: int) -> bytes:
    if len(part) != length:
        raise _NoRowError
    return part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of SQLite's, and where the next thing stands. Raises ``IndexError`` at the end."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def _columns(record: bytes) -> tuple[Value, ...]:
    """The values of a record; the one that is the row's number itself is stored as nothing."""
    end, at = _varint(record, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
        if len(kinds) > _MOST_COLUMNS:
            raise _NoRowError
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    if at != len(record) or end > len(record):
        raise _NoRowError
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= 12:
        end = at + (kind - 12) // 2
        part = _exactly(record[at:end], end - at)
        return (part.decode() if kind % 2 else part), end
    if kind in (0, 8, 9):
        return (None, 0, 1)[kind - 7 if kind else 0], at
    if kind == 7:
        return 0.0, at + 8  # no table of this program has such a column
    if kind not in _INTEGERS:
        raise _NoRowError
    end = at + _INTEGERS[kind]
    return int.from_bytes(_exactly(record[at:end], end - at), "big", signed=True), end
