"""What reader and writer of TEI must agree about: names, and how any string becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

NAMESPACE = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{NAMESPACE}}}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ITEMS, LINKS, ARTICLE = "items", "links", "Article"
"""What the libraries of feature structures are called, and the type of the one of the article."""
SCHEME_FILE = "scheme.xml"
SCHEME_TYPE = "scheme"
"""The ``type`` of the document that tells of the scheme and is no article."""
EXACT = "::exact"
"""The feature of words that are quoted where an item has no place."""
TEXT_ID = "text"
LINK_ROLE = "link"
"""What a link itself is among its targets, where its ends follow."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold."""
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
_CODED = re.compile(r":([0-9a-f]*):")


def speaker_id(features: str) -> str:
    """The XML id of the ``person`` or ``org`` with these features."""
    return f"{features}.speaker"


def name_of(text: str) -> str:
    """Any string as an XML name; plain names as they are."""
    if _PLAIN.fullmatch(text):
        return text
    coded = _UNFIT.sub(lambda match: f":{ord(match[0]):x}:", text)
    return coded if coded and (coded[0] == ":" or coded[0].isalpha()) else f"::{coded}"


def text_of(name: str) -> str:
    """The string that :func:`name_of` made a name of."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)) if match[1] else "", name)


def content(text: str) -> str:
    """Text between tags. What XML cannot hold becomes U+FFFD, one for one."""
    return escape(NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def tag(name: str, attributes: Iterable[tuple[str, str]] = (), *, empty: bool = False) -> str:
    """A start tag, or the tag of an empty element."""
    told = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes)
    return f"<{name}{told}{'/' if empty else ''}>"


def _quoted(value: str) -> str:
    entities = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    return escape(NOT_XML.sub("\ufffd", value), entities)


def element(name: str, attributes: Iterable[tuple[str, str]] = (), *inside: str) -> str:
    """An element; ``inside`` is markup already."""
    if not any(inside):
        return tag(name, attributes, empty=True)
    return f"{tag(name, attributes)}{''.join(inside)}</{name}>"


def is_tei(head: bytes) -> bool:
    """Whether a file that begins so is TEI."""
    return NAMESPACE.encode() in head or b"<teiCorpus" in head or b"<TEI" in head
