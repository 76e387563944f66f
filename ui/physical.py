"""The Latin letter of a key on a keyboard that writes another script.

With a Russian layout the key C writes “с”, which is a letter of its own. Where Qt finds no shortcut for it, the
commands still go by the key itself: by its place on the keyboard, as the United States layout letters it.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

_SHIFTED = dict(zip("1234567890-=[]\\;'`,./", '!@#$%^&*()_+{}|:"~<>?', strict=True))


def _rows(*rows: tuple[int, str]) -> dict[int, str]:
    return {start + place: letter for start, row in rows for place, letter in enumerate(row)}


_XKB = _rows((10, "1234567890-="), (24, "qwertyuiop[]"), (38, "asdfghjkl;'`"), (51, "\\zxcvbnm,./"))
"""By the key code of X11 and Wayland (``nativeScanCode``)."""
_WINDOWS = _rows((0x41, "abcdefghijklmnopqrstuvwxyz"), (0xBA, ";=,-./`"), (0xDB, "[\\]'"))
"""By the virtual key of Windows, which stands for the place of the key in all these layouts."""
_MACOS = _rows((0, "asdfhgzxcv"), (11, "bqweryt123465=97-80]ou[ip"), (37, "lj'k;\\,/nm."))
"""By the virtual key of macOS."""
_SMALLEST, _LARGEST = 0x80, 0x01000000
"""Between these are Qt's codes of letters outside ASCII."""


def latin_sequences(event: QKeyEvent) -> list[QKeySequence]:
    """What the pressed key would be on the United States layout, in the ways a shortcut can be written.

    Empty when the key writes a Latin letter, or is no key that has one.
    """
    key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not _SMALLEST <= key < _LARGEST or unicodedata.name(chr(key), "").startswith("LATIN"):
        return []
    if held & (Qt.KeyboardModifier.GroupSwitchModifier | Qt.KeyboardModifier.MetaModifier):
        return []
    platform = QGuiApplication.platformName()
    if platform == "windows":
        letter = _WINDOWS.get(event.nativeVirtualKey())
    elif platform == "cocoa":
        letter = _MACOS.get(event.nativeVirtualKey())
    else:
        letter = _XKB.get(event.nativeScanCode())
    if letter is None:
        return []
    shift = Qt.KeyboardModifier.ShiftModifier
    found = [_sequence(held, letter)]
    if held & shift and letter in _SHIFTED:
        found.append(_sequence(held & ~shift, _SHIFTED[letter]))
    return found


def _sequence(held: Qt.KeyboardModifier, letter: str) -> QKeySequence:
    return QKeySequence(held.value | ord(letter.upper()))
