"""What the command line prints: one line a message, free of control characters, and never a broken pipe."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import suppress
from typing import NoReturn, TextIO

from annotator.errors import AnnotatorError
from annotator.files import reason_of
from annotator.text.addresses import without_passwords

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_KEPT = "\u200c\u200d"  # joiners that Persian words and emoji are written with


def plain(text: str) -> str:
    """``text`` on one line, without control characters, direction marks and half surrogate pairs.

    Names of files and titles come from anywhere; printed as they are, they could move the cursor or hide text.
    """
    text = text.replace("\n", " ").replace("\t", " ")
    return "".join(c for c in text if c.isprintable() or c in _KEPT or unicodedata.category(c) not in _HIDDEN)


class Console:
    """Messages to stdout, errors and progress to stderr (the process's own, as they are when it is made)."""

    def __init__(self) -> None:
        self._out: TextIO = sys.stdout or _nowhere()  # None where the caller closed it
        self._err: TextIO = sys.stderr or _nowhere()
        self._progress = ""

    def say(self, message: str, indent: int = 0) -> None:
        """One line on stdout."""
        self._clear_progress()
        self._write(" " * indent + plain(message))

    def data(self, text: str) -> None:
        """Text that is meant for another program, as it is, with a line end."""
        self._write(text)

    def error(self, message: str) -> None:
        """One line on stderr that begins with the program's name. An argument that it quotes may be an address."""
        self._clear_progress()
        message = without_passwords(message)
        with suppress(OSError):  # nobody listens: the exit code still tells
            print(_encodable(f"annotator: {plain(message)}", self._err), file=self._err, flush=True)

    def progress(self, done: int, total: int) -> None:
        """How far a long command is; shown only on a terminal, and only for more than one step."""
        if total > 1 and self._err.isatty():
            self._progress = f"{done:,} of {total:,}"
            print(f"\r{self._progress}", end="", file=self._err, flush=True)

    def close(self) -> None:
        """Pass on what is still buffered. Raises ``AnnotatorError`` when it cannot be written (disk full)."""
        self._clear_progress()
        try:
            self._out.flush()
        except BrokenPipeError:
            self._abandon_output()
        except OSError as error:
            self._refuse(error)

    def _write(self, line: str) -> None:
        try:
            print(_encodable(line, self._out), file=self._out)
        except BrokenPipeError:
            self._abandon_output()
        except OSError as error:
            self._refuse(error)

    def _refuse(self, error: OSError) -> NoReturn:
        self._abandon_output()
        reason = reason_of(error)
        raise AnnotatorError(f"the output cannot be written: {reason}.") from error

    def _abandon_output(self) -> None:
        """The reader has gone (``| head``): what is still said goes nowhere, and the exit code stays right."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._out.fileno())
        os.close(nowhere)

    def _clear_progress(self) -> None:
        if self._progress:
            print("\r" + " " * len(self._progress) + "\r", end="", file=self._err, flush=True)
            self._progress = ""


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 -- lives as long as the process


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
