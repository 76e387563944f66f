"""The formats that files can be read from and written to: this program's own, and those of other packages.

What is asked of one, or of what a file is called, loads no others; those of other packages are loaded to see what they
are. Only who asks for all loads all.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from annotator.formats.base import Format
from annotator.formats.own import OWN

GROUP = "article_annotator.formats"
"""The group of entry points through which other packages add formats; each leads to a :class:`Format`."""


def formats() -> tuple[Format, ...]:
    """All formats: this program's own, then those of other packages by name."""
    return (*(listed.load() for listed in OWN), *_added()[0])


@cache
def broken() -> tuple[str, ...]:
    """One sentence for each format of another package that could not be had."""
    return tuple(_added()[1])


@cache
def _added() -> tuple[list[Format], list[str]]:
    names = {listed.name for listed in OWN}
    found: list[Format] = []
    problems: list[str] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        loaded = _load(point)
        if isinstance(loaded, str):
            problems.append(f"The format “{point.name}” ({point.value}) cannot be used: {loaded}.")
        elif loaded.name in names:
            problems.append(f"The format “{point.name}” ({point.value}) is left out: “{loaded.name}” is taken.")
        else:
            names.add(loaded.name)
            found.append(loaded)
    return found, problems


def _load(point: EntryPoint) -> Format | str:
    """The format, or a clause that says why there is none: another package's mistakes must not stop this program."""
    try:
        loaded = point.load()
    except Exception as error:
        return f"it does not load ({type(error).__name__}: {error})"
    return loaded if isinstance(loaded, Format) else "it is no Format"


def named(name: str) -> Format:
    """The format with that name. Raises ``KeyError``."""
    for listed in OWN:
        if listed.name == name:
            return listed.load()
    for format_ in _added()[0]:
        if format_.name == name:
            return format_
    raise KeyError(name)


def readable() -> tuple[Format, ...]:
    """The formats that can be imported."""
    return tuple(format_ for format_ in formats() if format_.readable)


def writable() -> tuple[Format, ...]:
    """The formats that can be exported."""
    return tuple(format_ for format_ in formats() if format_.writable)


def called(name: str) -> list[Format]:
    """The formats whose files are named so, in the order of all."""
    folded = name.casefold()
    own = [listed.load() for listed in OWN if folded.endswith(listed.extensions)]
    return [*own, *(format_ for format_ in _added()[0] if has_extension(name, format_))]


def for_import(name: str, head: bytes = b"") -> Format:
    """The format of a file of that name whose first 64 KiB are ``head``; plain text when it is of no other.

    Of several formats with that extension the first that recognises the beginning is meant, else the first that
    looks at none, else the first of all: its reader says what is wrong.
    """
    fitting = [format_ for format_ in called(name) if format_.readable]
    for format_ in fitting:
        if format_.sniff and format_.sniff(head):
            return format_
    return next((format_ for format_ in fitting if format_.sniff is None), fitting[0] if fitting else named("text"))


def for_export(name: str) -> Format | None:
    """The format that a file of that name is to be written in: the first that such a name stands for; None: none."""
    return next((format_ for format_ in called(name) if format_.writable), None)


def is_known(name: str) -> bool:
    """Whether the name ends as files of a format that can be read do."""
    return any(format_.readable for format_ in called(name))


def has_extension(name: str, format_: Format) -> bool:
    """Whether the name ends as files of that format do."""
    return name.casefold().endswith(format_.extensions)
