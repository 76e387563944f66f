"""What the labels in files of other tools mean: as a mapping says, or as all that is imported together suggests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.errors import AnnotatorError, ImportFailed
from annotator.formats import registry
from annotator.formats.base import Format, Reading
from annotator.formats.standoff.mapping import Mapping
from annotator.formats.standoff.proposing import Proposing
from annotator.services.importing.entries import Entry

_HEAD = 4096


def propose_for(
    entries: Sequence[Entry], file_format: Format | None = None, stopped: Callable[[], bool] | None = None
) -> dict[str, Mapping]:
    """The mapping that all files of a format suggest together, by the name of the format.

    Every file of a format that needs one is read for it; what cannot be read says nothing here.
    """
    found: dict[str, Proposing] = {}
    for entry in entries:
        if stopped and stopped():
            break
        try:
            _look_at(entry, file_format, found)
        except (AnnotatorError, OSError, MemoryError):
            continue  # reading it for good tells why
    return {name: proposing.mapping() for name, proposing in found.items()}


def _look_at(entry: Entry, file_format: Format | None, found: dict[str, Proposing]) -> None:
    possible = (
        [file_format] if file_format else [f for f in registry.readable() if registry.has_extension(entry.path, f)]
    )
    if all(form.read_standoff is None for form in possible):  # thousands of texts need not be opened for this
        return
    with entry.open() as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        chosen = file_format or registry.for_import(entry.path, head)
        if chosen.read_standoff is None:
            return
        proposing = found.setdefault(chosen.name, Proposing(chosen.title))
        for standoff in chosen.read_standoff(stream, Reading(entry.name, "", beside=entry.beside)):
            proposing.add(standoff)


def one_for(entries: Sequence[Entry], file_format: Format | None = None) -> Mapping:
    """The mapping that files of one format suggest.

    Raises:
        ImportFailed: they are of no format that has labels of another tool, or of several.
    """
    found = propose_for(entries, file_format)
    if not found:
        raise ImportFailed("None of the files has labels of another tool, so there is nothing to map.")
    if len(found) > 1:
        raise ImportFailed(f"The files are of several formats ({', '.join(found)}); map those of one at a time.")
    return next(iter(found.values()))
