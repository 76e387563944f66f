"""Values that wait in a temporary file instead of in memory."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from typing import Generic, TypeVar

T = TypeVar("T")


class Spool(Generic[T]):
    """Takes values in and gives each out again by the number it was taken in with. The file goes with the spool."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as the spool
        self._end = 0
        self._at_end = True
        weakref.finalize(self, self._file.close)

    def put(self, value: T) -> int:
        """The number to get the value again."""
        if not self._at_end:  # to seek writes out what is held back
            self._file.seek(self._end)
            self._at_end = True
        number, self._end = self._end, self._end + self._file.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        return number

    def get(self, number: int) -> T:
        """An equal value, made anew."""
        self._file.seek(number)
        self._at_end = False
        value: T = pickle.load(self._file)  # noqa: S301 -- this very process wrote it, nobody else has the file
        return value
