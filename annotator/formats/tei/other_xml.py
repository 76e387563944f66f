"""XML of other makes with quotations marked in the text, such as ``<quote speaker="…" connection="m1">``.

Elements are items with their names as labels; an attribute that names the ids of other elements is a link to these.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from annotator.formats.standoff.graph import Attributes, Item, Link, Standoff
from annotator.formats.tei.common import XML
from annotator.formats.tei.plain import local
from annotator.text.wording import counted

_QUOTES = frozenset(("quote", "quotation", "said", "q", "speech", "utterance", "statement", "claim"))
"""Elements of which one at least shows that such a file is for this program."""
_ARTICLES = frozenset(("doc", "document", "article", "news", "tei.2"))
_STRUCTURE = frozenset(
    (
        "p",
        "s",
        "w",
        "div",
        "head",
        "body",
        "text",
        "paragraph",
        "para",
        "sentence",
        "chapter",
        "title",
        "headline",
        "lb",
    )
)
"""Elements that tell of the text."""
_BETWEEN = re.compile(r"[\s,;#]+")


def read(root: Element, name: str) -> list[Standoff]:
    """A standoff for each article in the file; none when it has no quotations."""
    if not any(local(element).casefold() in _QUOTES for element in root.iter()):
        return []
    found = [child for child in root if local(child).casefold() in _ARTICLES]
    if len(found) < 2:
        return [_Article(root, name).standoff()]
    return [_Article(element, f"{name}, text {number}").standoff() for number, element in enumerate(found, start=1)]


class _Article:
    def __init__(self, root: Element, name: str) -> None:
        self._name, self._root = name, root
        self._parts: list[str] = []
        self._length = 0
        self._stands: dict[Element, tuple[int, int]] = {}
        self._walk(root)
        self._text = "".join(self._parts)
        self._left_out: Counter[str] = Counter()
        self._named = {
            id_: said for each in root.iter() if (id_ := _id(each)) and (said := each.get("name")) and not _words(each)
        }
        """What elements without words, such as those of a list of characters, are called, by their ids."""
        self._labelled = {
            each: f"{local(each)} {n}" for n, each in enumerate(filter(self._is_item, root.iter()), start=1)
        }
        self._ids = {id_: each for each in self._labelled if (id_ := _id(each))}

    def standoff(self) -> Standoff:
        items: list[Item] = []
        links: list[Link] = []
        seen: set[frozenset[str]] = set()
        for element, id_ in self._labelled.items():
            attributes: list[tuple[str, str]] = []
            for key, value in element.items():
                targets = [self._ids[each] for each in _BETWEEN.split(value) if each in self._ids]
                targets = [each for each in targets if each is not element]
                if key in {"id", f"{XML}id"}:
                    continue
                if not targets:
                    attributes.append((key.rpartition("}")[2], self._named.get(value.lstrip("#"), value)))
                for target in targets:
                    pair = frozenset((id_, self._labelled[target]))
                    if pair not in seen:  # many say it at both ends
                        seen.add(pair)
                        links.append(self._link(key, element, target, len(links) + 1))
            items.append(self._item(element, id_, tuple(attributes)))
        notes = ["The file is no TEI; its elements were taken for labels, its text is as it stands there."]
        notes += [
            f"Left out {counted(count, 'element')} “{name}” without words." for name, count in self._left_out.items()
        ]
        return Standoff(self._name, self._text, tuple(items), tuple(links), notes=tuple(notes))

    def _walk(self, element: Element) -> None:
        start = self._length
        self._put(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child)
            self._put(child.tail)
        self._stands[element] = (start, self._length)

    def _put(self, text: str | None) -> None:
        self._parts.append(text or "")
        self._length += len(text or "")

    def _is_item(self, element: Element) -> bool:
        name = local(element).casefold()
        if element is self._root or name in _STRUCTURE or name in _ARTICLES:
            return False
        start, end = self._stands.get(element, (0, 0))
        if not self._text[start:end].strip():
            self._left_out[local(element)] += 1
            return False
        return True

    def _item(self, element: Element, id_: str, attributes: Attributes) -> Item:
        start, end = self._stands[element]
        words = self._text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        return Item(id_, local(element), ((start, end),), attributes=attributes)

    def _link(self, key: str, one: Element, other: Element, number: int) -> Link:
        ends = tuple((local(each), self._labelled[each]) for each in (one, other))
        return Link(f"{key} {number}", key.rpartition("}")[2], ends)


def _id(element: Element) -> str:
    return element.get(f"{XML}id") or element.get("id") or ""


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()
