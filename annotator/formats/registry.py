"""The formats that files can be read from and written to. Add one here and every menu and command knows it."""

from __future__ import annotations

from annotator.formats import jsonl, text
from annotator.formats.base import Format

FORMATS: tuple[Format, ...] = (text.FORMAT, jsonl.FORMAT)


def named(name: str) -> Format:
    """The format with that name. Raises ``KeyError``."""
    return next((format_ for format_ in FORMATS if format_.name == name), None) or _unknown(name)


def readable() -> tuple[Format, ...]:
    """The formats that can be imported."""
    return tuple(format_ for format_ in FORMATS if format_.readable)


def writable() -> tuple[Format, ...]:
    """The formats that can be exported."""
    return tuple(format_ for format_ in FORMATS if format_.writable)


def for_import(name: str, head: bytes = b"") -> Format:
    """The format of a file of that name whose first 4 KiB are ``head``; plain text when it is of no other.

    Of several formats with that extension the first that recognises the beginning is meant, else the first that
    looks at none.
    """
    fitting = [format_ for format_ in FORMATS if format_.readable and _has_extension(name, format_)]
    for format_ in fitting:
        if format_.sniff and format_.sniff(head):
            return format_
    return next((format_ for format_ in fitting if format_.sniff is None), text.FORMAT)


def is_known(name: str) -> bool:
    """Whether the name ends as files of a format that can be read do."""
    return any(format_.readable and _has_extension(name, format_) for format_ in FORMATS)


def _has_extension(name: str, format_: Format) -> bool:
    return name.casefold().endswith(format_.extensions)


def _unknown(name: str) -> Format:
    raise KeyError(name)
