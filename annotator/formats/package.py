"""Documents that are zip archives inside (DOCX, ODT, EPUB, XLSX): their parts, with bounded sizes."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element

from annotator.errors import ImportFailed
from annotator.formats.safe_xml import parse_xml
from annotator.text.wording import shorten

MOST_PART = 128 << 20
"""Bytes of one part when it is unpacked."""
_RATIO = 400
_SMALL = 4 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Package:
    """The parts of one document. ``kind`` is what it should be, for sentences: ``Word document``."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self._name, self._kind = name, kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            if data.startswith(b"\xd0\xcf\x11\xe0"):
                raise ImportFailed(
                    f"{name} is locked with a password, or of an old version: save it as a newer {kind} without one."
                ) from None
            raise self.broken() from None

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def broken(self) -> ImportFailed:
        """What is said of a document that is not as it should be."""
        return ImportFailed(f"{self._name} is no {self._kind}, or a damaged one.")

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is none of that name.

        Raises:
            ImportFailed: it is damaged, encrypted, or larger than any document needs.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 0x1:
            raise ImportFailed(f"{self._name} is locked with a password; save it without one.")
        grown = info.file_size > _SMALL and info.file_size > _RATIO * max(1, info.compress_size)
        if info.file_size > MOST_PART or grown:
            raise ImportFailed(f"{self._name} would grow to {info.file_size >> 20:,} MB; it was not read.")
        try:
            return self._zip.read(info)
        except _BROKEN:
            raise self.broken() from None

    def xml(self, name: str) -> Element | None:
        """A part as a tree, its tags as ``{namespace}name``; None: there is no such part. Raises like :meth:`part`."""
        data = self.part(name)
        if data is None:
            return None
        try:
            return parse_xml(data)
        except ValueError as error:
            raise ImportFailed(f"{self._name} cannot be read: its part {name} {error}.") from None


def author_note(byline: str) -> str:
    """What is said of the name that a document's properties have for its author."""
    return f"The properties of the document name “{shorten(byline)}” as its author; that may be who typed it."
