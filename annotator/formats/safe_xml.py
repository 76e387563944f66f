"""XML without entities: a document type of its own, external references and anything that would grow are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_DEPTH = 500
_CHUNK = 1 << 16


def parse_xml(data: bytes) -> Element:
    """The tree of an XML document, its names as ``{namespace}name``.

    Raises:
        ValueError: with a clause that says why it is not read.
    """
    builder = TreeBuilder()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    walk(data, start, lambda tag: builder.end(_named(tag)), builder.data)
    try:
        return builder.close()
    except AssertionError:
        raise ValueError("is empty") from None


def walk(
    data: bytes,
    start: Callable[[str, Mapping[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object] | None = None,
    *,
    deepest: int = _DEPTH,
    doctype: bool = True,
) -> None:
    """Go through an XML document; names are ``namespace}name``. ``doctype``: whether it may name a document type.

    Raises:
        ValueError: like :func:`parse_xml`.
    """
    depth = 0

    def deeper(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise ValueError("is nested too deeply")
        start(tag, attributes)

    def higher(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    parser = _parser(deeper, higher, text)
    if not doctype:
        parser.StartDoctypeDeclHandler = _refuse_any_doctype
    try:
        for position in range(0, len(data), _CHUNK):
            parser.Parse(data[position : position + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"is no XML (line {error.lineno}: {expat.ErrorString(error.code)})") from None
    except LookupError:
        raise ValueError("is in an encoding that is not known here") from None
    except UnicodeError:
        raise ValueError("is not in the encoding that it says") from None


def _parser(
    start: Callable[..., None], end: Callable[..., None], text: Callable[[str], Any] | None
) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
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


def _refuse_any_doctype(*_arguments: object) -> Any:
    raise ValueError("has a document type declaration (DOCTYPE), which is not read")


def _refuse(*_arguments: object) -> Any:
    raise ValueError("declares or uses entities of its own, which are not read")


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
