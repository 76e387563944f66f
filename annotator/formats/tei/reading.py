"""TEI documents to standoffs: our own as they were written, those of other projects by what their elements mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import MOST_BYTES, whole
from annotator.formats.safe_xml import parse_xml
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.same_id import links_by_id
from annotator.formats.tei import other_xml
from annotator.formats.tei.common import SCHEME_TYPE, TEI, XML
from annotator.formats.tei.features import Features
from annotator.formats.tei.foreign import Foreign
from annotator.formats.tei.plain import Plain, local
from annotator.formats.tei.pointers import Pointers, by_id
from annotator.text.wording import counted


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """A standoff for each ``TEI`` in the file that has a text."""
    data = whole(stream, reading.name, MOST_BYTES)
    try:
        root = parse_xml(data)
    except ValueError as error:
        raise ImportFailed(f"{reading.name} {error}.") from None
    if root.tag not in (f"{TEI}TEI", f"{TEI}teiCorpus"):
        if others := other_xml.read(root, reading.name):
            return others
        raise ImportFailed(f"{reading.name} is no TEI P5 document: its root is “{local(root)[:40]}”.")
    every = [element for element in root.iter(f"{TEI}TEI") if element.find(f"{TEI}text") is not None]
    found = [element for element in every if element.get("type") != SCHEME_TYPE]
    if not every:
        raise ImportFailed(f"{reading.name} holds no text.")
    names = [f"{reading.name}, text {number}" for number in range(1, len(found) + 1)]
    shared = by_id(root)
    return [
        _standoff(element, name if len(found) > 1 else reading.name, root, shared)
        for element, name in zip(found, names, strict=True)
    ]


def _standoff(document: Element, name: str, root: Element, shared: Mapping[str, Element]) -> Standoff:
    text = next(document.iterfind(f"{TEI}text"))
    preserve = document.get(f"{XML}space") == "preserve"
    plain = Plain(text, preserve=preserve)
    pointers = Pointers(document, shared, plain)
    features = Features(document, pointers)
    foreign = Foreign(document, plain, pointers, features)
    items = (*features.items(), *foreign.items())
    fields = features.article
    together = () if fields is not None else links_by_id(items)
    links = (*features.links(), *foreign.links({item.id for item in items}), *together)
    return Standoff(
        name,
        plain.text,
        items,
        links,
        fields if fields is not None else tuple(_header(document, root)),
        tuple(foreign.unread),
        tuple(_notes(plain, foreign)),
    )


def _notes(plain: Plain, foreign: Foreign) -> Iterator[str]:
    if plain.collapsed:
        yield "White space of the file was taken for what separates words and blocks, as TEI has it."
    for name, count in plain.left_out.items():
        yield f"Left out of the text: the content of {counted(count, 'element')} “{name}”."
    for name, count in foreign.left_out.items():
        yield f"Left out {counted(count, 'time')}: “{name}”, for which there is nothing here."


def _header(document: Element, root: Element) -> Iterator[tuple[str, str]]:
    """The article's fields, from the document's own header and where that is silent from the corpus's."""
    headers = [each for each in (document.find(f"{TEI}teiHeader"), root.find(f"{TEI}teiHeader")) if each is not None]
    for field, paths in _FIELDS.items():
        found = filter(None, (_value(header, path) for header in headers for path in paths))
        if (value := next(found, None)) is not None:
            yield field, value


_BIBLIOGRAPHY = ".//{t}sourceDesc//"
_FIELDS = {
    "title": (".//{t}titleStmt/{t}title",),
    "byline": (_BIBLIOGRAPHY + "{t}author", ".//{t}titleStmt/{t}author"),
    "outlet": (
        _BIBLIOGRAPHY + "{t}publisher",
        _BIBLIOGRAPHY + "{t}title[@level='j']",
        ".//{t}publicationStmt/{t}publisher",
    ),
    "published": (_BIBLIOGRAPHY + "{t}date", ".//{t}publicationStmt/{t}date"),
    "url": (
        _BIBLIOGRAPHY + "{t}idno[@type='URL']",
        _BIBLIOGRAPHY + "{t}idno[@type='URI']",
        _BIBLIOGRAPHY + "{t}ref",
        _BIBLIOGRAPHY + "{t}ptr",
    ),
    "language": (".//{t}langUsage/{t}language",),
}


def _value(header: Element, path: str) -> str:
    """What an element says: of the attributes that state it exactly, else its words."""
    element = header.find(path.replace("{t}", TEI))
    if element is None:
        return ""
    name = next((each for kind in ("persName", "orgName", "name") for each in element.iterfind(TEI + kind)), None)
    element = element if name is None else name
    stated = [element.get(key, "") for key in ("when", "target", "ident")]
    return "".join(stated) or " ".join("".join(element.itertext()).split())
