"""The formats that files can be read from and written to. Add one here and every menu and command knows it."""

from __future__ import annotations

from pathlib import Path

from annotator.formats import jsonl, text
from annotator.formats.base import Format

FORMATS: tuple[Format, ...] = (text.FORMAT, jsonl.FORMAT)


def named(name: str) -> Format:
    """The format with that name. Raises ``KeyError``."""
    return next((format_ for format_ in FORMATS if format_.name == name), None) or _unknown(name)


def readable() -> tuple[Format, ...]:
    """The formats that can be imported."""
    return tuple(format_ for format_ in FORMATS if format_.read is not None)


def writable() -> tuple[Format, ...]:
    """The formats that can be exported."""
    return tuple(format_ for format_ in FORMATS if format_.write is not None)


def for_import(path: Path) -> Format:
    """The format that the file's extension stands for; plain text when it stands for none."""
    suffix = path.suffix.casefold()
    return next((format_ for format_ in readable() if suffix in format_.extensions), text.FORMAT)


def _unknown(name: str) -> Format:
    raise KeyError(name)
