"""From a file of any format to drafts: its articles, or its annotations by way of a mapping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Format, Reading
from annotator.formats.standoff.decode import decode


def drafts_of(file_format: Format, stream: BinaryIO, reading: Reading) -> Iterable[Draft]:
    """The articles of one file of a format, whichever way it is read. Raises ``ImportFailed`` like the readers."""
    if file_format.read is not None:
        return file_format.read(stream, reading)
    if file_format.read_standoff is not None:
        return (decode(reading.relabel(each), reading) for each in file_format.read_standoff(stream, reading))
    raise ImportFailed(f"{file_format.title} can be written but not read.")


def drafts_back(file_format: Format, stream: BinaryIO, reading: Reading) -> Iterable[Draft]:
    """The same of what was just written, by the reader that a format has for the loss report alone, if it has one."""
    return file_format.read_back(stream, reading) if file_format.read_back else drafts_of(file_format, stream, reading)
