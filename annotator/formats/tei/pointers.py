"""What TEI's pointers lead to: elements by their ``xml:id``, stretches of characters, persons with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from annotator.formats.standoff.graph import Place
from annotator.formats.tei.common import TEI, XML
from annotator.formats.tei.plain import Plain

_RANGE = re.compile(r"string-range\(\s*['\"]?#?([^,()'\"]*)['\"]?\s*,\s*(\d{1,15})\s*(?:,\s*(\d{1,15})\s*)?\)")
_NAMES = ("persName", "orgName", "placeName", "name", "label", "term", "catDesc", "desc", "gloss")


def by_id(root: Element) -> dict[str, Element]:
    """Every element that has an ``xml:id``; of several with the same the first."""
    found: dict[str, Element] = {}
    for element in root.iter():
        if id_ := element.get(f"{XML}id"):
            found.setdefault(id_, element)
    return found


class Pointers:
    """The pointers of one document; ``shared`` are the elements of the whole file by id."""

    def __init__(self, document: Element, shared: Mapping[str, Element], plain: Plain) -> None:
        self._own, self._shared, self._plain = by_id(document), shared, plain

    def element(self, pointer: str) -> Element | None:
        """The element that ``#id`` leads to."""
        id_ = pointer.rpartition("#")[2]
        return self._own.get(id_, self._shared.get(id_))

    def place(self, pointer: str) -> Place | None:
        """The stretch of text that a pointer leads to; None: there is none."""
        match = _RANGE.search(pointer)
        if match is None:
            element = self.element(pointer)
            return None if element is None else self._plain.place(element)
        element = self.element(match[1].strip())
        return None if element is None else self._plain.string_range(element, int(match[2]), int(match[3] or 0))

    def stretch(self, first: str, last: str) -> Place | None:
        """From where one pointer leads to, to the end of where the other does; None: there is no such stretch."""
        start, end = self.place(first), self.place(last)
        if start is None or end is None or start[0] > end[1]:
            return None
        return self._plain.trimmed((start[0], end[1]))

    def of(self, element: Element) -> Place | None:
        """Where an element stands in the text."""
        return self._plain.place(element)

    def name(self, pointer: str) -> str:
        """What a pointer's target is called: the name of a person, the words of a category; else the id itself."""
        element = self.element(pointer) if "#" in pointer else None
        if element is not None:
            for child in (child for name in _NAMES for child in element.iter(TEI + name)):
                if words := " ".join("".join(child.itertext()).split()):
                    return words
            if words := element.get("value", ""):
                return words
        return pointer.rpartition("#")[2]


def tokens(element: Element, attribute: str) -> Iterator[str]:
    """The pointers of an attribute: none of them has blanks but those inside brackets."""
    yield from re.findall(r"(?:[^\s()]|\([^()]*\))+", element.get(attribute, ""))
