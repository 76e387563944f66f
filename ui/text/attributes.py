"""Text attributes for screen readers: Qt's own accessible article, with one of its functions answered by us.

Screen readers ask ``QAccessibleTextInterface::attributes(offset)`` what is special about the text at an offset. Qt
answers with fonts and colours of character formats, which this program does not use, and the function cannot be
overridden from Python: PySide leaves it out of its binding. So the interface object that Qt has made for the view gets
another table of virtual functions, a copy in which that one function is ours. It calls Qt's first, which also makes
the string, and adds to it with Qt's own ``QString::append``.

Done only while a screen reader listens, where it reads such attributes (AT-SPI, on Linux) and where Python can take the
call (x86-64), and only after Qt's exported symbols have proved that the table looks as expected; otherwise nothing is
touched.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTextEdit
from shiboken6 import getCppPointer

from ui.text.spoken import Spoken

_WORD = ctypes.sizeof(ctypes.c_void_p)
_HEADER = 2
"""Words before the first function of a table: offset to the object's top, and its type."""
_FUNCTIONS = 18
_ATTRIBUTES = _FUNCTIONS - 1
_KNOWN = {
    10: "_ZNK24QAccessibleTextInterface16textBeforeOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
    11: "_ZNK24QAccessibleTextInterface15textAfterOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
    12: "_ZNK24QAccessibleTextInterface12textAtOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
}
"""The functions of the interface that Qt exports, by their place in the table."""
_APPEND = "_ZN7QString6appendEPK5QCharx"
_Out = ctypes.POINTER(ctypes.c_int)
_Function = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, _Out, _Out)
"""``QString attributes(int, int *, int *) const`` as the platform passes it: the place for the result comes first."""


class _Symbol(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_uint32),
        ("info", ctypes.c_ubyte),
        ("other", ctypes.c_ubyte),
        ("section", ctypes.c_uint16),
        ("value", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
    )


class _Place(ctypes.Structure):
    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("symbol", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


class _Table:
    """The table of functions that all accessible articles share. It is never freed: Qt's objects point to it."""

    def __init__(self, theirs: int) -> None:
        size = (_HEADER + _FUNCTIONS) * _WORD
        allocate = ctypes.CDLL(None).malloc
        allocate.restype, allocate.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        memory = allocate(size)
        ctypes.memmove(memory, theirs - _HEADER * _WORD, size)
        self._theirs = theirs
        self._functions = memory + _HEADER * _WORD
        self._articles: WeakValueDictionary[int, Spoken] = WeakValueDictionary()
        self._original = _Function(_read(theirs + _ATTRIBUTES * _WORD))
        self._append = _library("Core")[_APPEND]
        self._append.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_longlong]
        self._append.restype = ctypes.c_void_p
        self._ours = _Function(self._attributes)
        _write(self._functions + _ATTRIBUTES * _WORD, ctypes.cast(self._ours, ctypes.c_void_p).value or 0)

    def take(self, interface: int, spoken: Spoken) -> None:
        """Let the interface object at this address, one with Qt's table, answer with our words."""
        if _read(interface) == self._theirs:
            _write(interface, self._functions)
        self._articles[interface] = spoken

    def _attributes(self, result: int, interface: int, offset: int, start: Any, end: Any) -> int:
        """The answer to a screen reader. Whatever happens, ``result`` holds a string when it returns."""
        self._original(result, interface, offset, start, end)
        try:
            spoken = self._articles.get(interface)
            if spoken is not None and 0 <= start[0] <= offset and start[0] < end[0]:
                said = spoken.at(min(offset, end[0] - 1), start[0], end[0])  # behind the end: as at the end
                units = said.attributes.encode("utf-16-le", "replace")
                self._append(result, units, len(units) // 2)
                start[0], end[0] = said.start, said.end
        except Exception:  # it must not get into Qt
            sys.excepthook(*sys.exc_info())
        return result


def tell_attributes(view: QTextEdit, spoken: Spoken) -> None:
    """Make the accessible text of a view, as long as ``spoken`` lives, say which labels lie at an offset.

    Nothing happens while no screen reader listens; to be called again when one may have come.
    """
    if not QAccessible.isActive():
        return
    if not (sys.platform.startswith("linux") and platform.machine() == "x86_64" and _is_as_expected()):
        return
    interface = QAccessible.queryAccessibleInterface(view).textInterface()
    address = getCppPointer(interface)[0]
    _table(_read(address)).take(address, spoken)


_table: Callable[[int], _Table] = cache(_Table)


@cache
def _is_as_expected() -> bool:
    """Whether the interface has the functions we know, where we know them, and no others."""
    try:
        library = _library("Gui")
        table = _address(library["_ZTV24QAccessibleTextInterface"])
        places = {place: _read(table + (_HEADER + place) * _WORD) for place in _KNOWN}
        known = {place: _address(library[name]) for place, name in _KNOWN.items()}
        return places == known and _size(table) == (_HEADER + _FUNCTIONS) * _WORD and bool(_library("Core")[_APPEND])
    except (OSError, AttributeError):
        return False


def _library(name: str) -> ctypes.CDLL:
    """One of Qt's libraries, which is loaded already."""
    return ctypes.CDLL(f"libQt6{name}.so.6", mode=os.RTLD_NOLOAD | os.RTLD_NOW)


def _size(symbol: int) -> int:
    """How many bytes the symbol at this address has."""
    place, entry = _Place(), ctypes.POINTER(_Symbol)()
    ask = ctypes.CDLL(None).dladdr1
    ask.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
    known = ask(symbol, ctypes.byref(place), ctypes.byref(entry), 1)
    return int(entry.contents.size) if known and place.address == symbol and entry else 0


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def _read(address: int) -> int:
    return ctypes.c_void_p.from_address(address).value or 0


def _write(address: int, value: int) -> None:
    ctypes.c_void_p.from_address(address).value = value
