"""What this program writes of items and links into ``standOff``: feature structures, spans and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from annotator.formats.standoff.graph import Attributes, Item, Link, Place
from annotator.formats.tei.beside import MISSING
from annotator.formats.tei.common import ARTICLE, EXACT, ITEMS, LINK_ROLE, LINKS, TEI, XML, text_of
from annotator.formats.tei.pointers import Pointers, tokens


class Features:
    """The feature structures of one document, and the elements that stand for them."""

    def __init__(self, document: Element, pointers: Pointers) -> None:
        self._pointers = pointers
        beside = [each for standoff in document.iterfind(f"{TEI}standOff") for each in standoff.iter()]
        libraries = {each.get("n"): each for each in beside if each.tag == f"{TEI}fvLib"}
        self._items = _by_id(libraries.get(ITEMS))
        self._links = _by_id(libraries.get(LINKS))
        article = next((each for each in beside if each.tag == f"{TEI}fs" and each.get("type") == ARTICLE), None)
        self.article: Attributes | None = None if article is None else _attributes(article)
        """The article's fields; None: the document is not this program's."""
        self._elements: dict[str, list[Element]] = defaultdict(list)
        for element in document.iter():
            for pointer in tokens(element, "ana"):
                if (id_ := pointer.removeprefix("#")) in self._items:
                    self._elements[id_].append(element)
        self._ends = dict(self._joined(beside))

    def has(self, element: Element) -> bool:
        """Whether an element stands for an item of these."""
        return any(pointer.removeprefix("#") in self._items for pointer in tokens(element, "ana"))

    def items(self) -> Iterator[Item]:
        """The items, in order."""
        for id_, structure in self._items.items():
            found = _attributes(structure)
            quoted = tuple(value for name, value in found if name == EXACT)
            places = tuple(self._places(self._elements[id_]))
            rest = tuple(pair for pair in found if pair[0] != EXACT)
            yield Item(structure.get("n", id_), text_of(structure.get("type", "")), places, quoted or None, rest)

    def links(self) -> Iterator[Link]:
        """The links, in order."""
        for id_, structure in self._links.items():
            label = text_of(structure.get("type", ""))
            yield Link(structure.get("n", id_), label, self._ends.get(id_, ()), _attributes(structure))

    def _places(self, elements: list[Element]) -> Iterator[Place]:
        spans = [element for element in elements if element.tag == f"{TEI}span"]
        for span in spans:
            for pointer in tokens(span, "target"):
                if (place := self._pointers.place(pointer)) is not None:
                    yield place
        for element in _chained(each for each in elements if each.tag != f"{TEI}span"):
            if (place := self._pointers.of(element)) is not None:
                yield place

    def _joined(self, beside: list[Element]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        for group in (each for each in beside if each.tag == f"{TEI}linkGrp"):
            first, *roles = group.get("targFunc", "").split() or [""]
            if first != LINK_ROLE:
                continue
            for link in group.iterfind(f"{TEI}link"):
                own, *targets = [*tokens(link, "target"), ""]
                ends = (self._end(target) for target in targets[:-1])
                yield own.removeprefix("#"), tuple(zip(map(text_of, roles), ends, strict=False))

    def _end(self, target: str) -> str:
        if target.startswith(MISSING):
            return unquote(target.removeprefix(MISSING))
        id_ = target.removeprefix("#")
        structure = self._items.get(id_, self._links.get(id_))
        return id_ if structure is None else structure.get("n", id_)


def is_own_group(group: Element) -> bool:
    """Whether a ``linkGrp`` is one of those that this program writes."""
    return group.get("targFunc", "").split()[:1] == [LINK_ROLE]


def _by_id(library: Element | None) -> dict[str, Element]:
    structures = () if library is None else library.iterfind(f"{TEI}fs")
    return {structure.get(f"{XML}id", ""): structure for structure in structures}


def _attributes(structure: Element) -> Attributes:
    found = []
    for feature in structure.iterfind(f"{TEI}f"):
        name = feature.get("name", "")
        found.append((name if name == EXACT else text_of(name), "".join(feature.itertext())))
    return tuple(found)


def _chained(elements: Iterable[Element]) -> list[Element]:
    """Elements in the order of their ``next``, those that lead nowhere as they stand."""
    every = list(elements)
    ids = {element.get(f"{XML}id"): element for element in every}
    following = {element: ids.get(element.get("next", "").removeprefix("#")) for element in every}
    led_to = {after for after in following.values() if after is not None}
    ordered: dict[Element, None] = {}
    for element in (*(each for each in every if each not in led_to), *every):
        at: Element | None = element
        while at is not None and at not in ordered:
            ordered[at] = None
            at = following[at]
    return list(ordered)
