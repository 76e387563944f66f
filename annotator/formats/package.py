"""Documents that are zip archives inside (DOCX, ODT, EPUB, XLSX): their parts, with bounded sizes, and their XML.

XML is read without entities: a document type of its own, external references and anything that would grow are refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.errors import ImportFailed

MOST_PART = 128 << 20
"""Bytes of one part when it is unpacked."""
_RATIO = 400
_SMALL = 4 << 20
_DEPTH = 500
_CHUNK = 1 << 16
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


def parse_xml(data: bytes) -> Element:
    """The tree of an XML document.

    Raises:
        ValueError: with a clause that says why it is not read.
    """
    builder = TreeBuilder()
    depth = 0

    def start(tag: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise ValueError("is nested too deeply")
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        builder.start(_named(tag), {_named(key): value for key, value in pairs})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    parser = _parser(start, end, builder.data)
    try:
        for position in range(0, len(data), _CHUNK):
            parser.Parse(data[position : position + _CHUNK], False)
        parser.Parse(b"", True)
        return builder.close()
    except expat.ExpatError as error:
        raise ValueError(f"is no XML (line {error.lineno}: {expat.ErrorString(error.code)})") from None
    except AssertionError:
        raise ValueError("is empty") from None


def _parser(start: Callable[..., None], end: Callable[..., None], text: Callable[[str], Any]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SkippedEntityHandler = _refuse
    return parser


def _refuse_doctype(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    if has_subset:
        raise ValueError("declares entities of its own, which are not read")


def _refuse(*_arguments: object) -> Any:
    raise ValueError("declares or uses entities of its own, which are not read")


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
