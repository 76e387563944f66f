"""The text of a TEI document as its source reads, and where each of its elements stands in it.

Of a choice ``sic``, ``orig`` and ``abbr`` are read; notes, deletions and running heads are not. Where ``xml:space`` is
``preserve`` every character counts, elsewhere white space is what separates words, and blocks stand apart.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.formats.standoff.graph import Place
from annotator.formats.tei.common import TEI, XML

_BLOCKS = frozenset(
    ["p", "ab", "head", "div", "lg", "list", "byline", "dateline", "opener", "closer", "salute", "signed", "trailer",
     "sp", "epigraph", "argument", "docTitle", "titlePart", "docAuthor", "docDate", "postscript", "table", "figure",
     "front", "body", "back", "titlePage", "cit", "floatingText", "u"]
)  # fmt: skip
_LINES = frozenset(["l", "item", "row", "label", "speaker", "stage"])
_UNREAD = frozenset(["note", "fw", "figDesc", "index", "del", "gap", "teiHeader"])
_BESIDE = frozenset(["standOff", "spanGrp", "span", "linkGrp", "link", "fs", "fvLib", "fLib", "interpGrp", "interp"])
_INSTEAD = {"corr": "sic", "reg": "orig", "expan": "abbr"}
"""What a choice gives in place of what the source reads."""
_WHITE = re.compile(r"[ \t\r\n]+")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def steps(root: Element) -> Iterator[tuple[str, Element]]:
    """``start``, ``text``, ``end`` and ``tail`` of every element inside ``root``, in document order, at any depth."""
    stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    yield "start", root
    yield "text", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is not None:
            yield "start", child
            yield "text", child
            stack.append((child, iter(child)))
        else:
            stack.pop()
            yield "end", element
            if stack:
                yield "tail", element


class Plain:
    """What is found on one walk through an element ``text``."""

    def __init__(self, root: Element, *, preserve: bool) -> None:
        self.text = ""
        self.left_out: Counter[str] = Counter()
        """Elements whose content is not part of the text, by name."""
        self.collapsed = False
        """Whether any white space was taken for what separates words."""
        self._places: dict[Element, Place] = {}
        self._raw: dict[Element, int] = {}
        self._offsets = array("q")
        """Of each character of the document the offset in the text before it."""
        self._out: list[str] = []
        self._length = 0
        self._pending = ""
        self._is_glued = False
        self._walk(root, preserve)
        self._offsets.append(self._length)
        self.text = "".join(self._out)

    def place(self, element: Element) -> Place | None:
        """Where an element stands; None: it is outside the text."""
        place = self._places.get(element)
        return None if place is None else self.trimmed(place)

    def string_range(self, element: Element, offset: int, length: int) -> Place | None:
        """Where a stretch of the characters of an element stands; None: it is not inside the text."""
        start = self._raw.get(element)
        if start is None or start + offset + length >= len(self._offsets):
            return None
        start += offset
        return self.trimmed((self._offsets[start], self._offsets[start + length]))

    def trimmed(self, place: Place) -> Place:
        """The place without the white space at its ends, where white space only separates words."""
        start, end = place
        if not self.collapsed:
            return place
        while start < end and self.text[start] in " \n":
            start += 1
        while end > start and self.text[end - 1] in " \n":
            end -= 1
        return start, end

    # -- the walk -----------------------------------------------------------------------------------------------

    def _walk(self, root: Element, preserve: bool) -> None:
        open_: list[tuple[Element, bool, bool]] = []
        """Each element around, whether its white space counts, and whether it is read."""
        for step, element in steps(root):
            if step == "start":
                keeps, is_read = (open_[-1][1], open_[-1][2]) if open_ else (preserve, True)
                space = element.get(f"{XML}space")
                keeps = space == "preserve" if space else keeps
                is_read = is_read and self._is_read(element, open_[-1][0] if open_ else None)
                open_.append((element, keeps, is_read))
                self._edge(element, keeps=keeps, is_read=is_read)
                self._places[element], self._raw[element] = (self._length, self._length), len(self._offsets)
            elif step == "end":
                _, keeps, is_read = open_.pop()
                self._places[element] = (self._places[element][0], self._length)
                self._edge(element, keeps=keeps, is_read=is_read)
                self._is_glued = self._is_glued or (is_read and element.get("join") in ("right", "both"))
            else:
                text = element.text if step == "text" else element.tail
                if text and open_:
                    self._take(text, keeps=open_[-1][1], is_read=open_[-1][2])

    def _is_read(self, element: Element, parent: Element | None) -> bool:
        name = local(element)
        if name in _BESIDE:
            return False
        if parent is not None and local(parent) in ("choice", "app", "subst"):
            instead = _INSTEAD.get(name)
            if instead is not None and parent.find(TEI + instead) is not None:
                return False
            if name == "rdg":
                first = parent.find(f"{TEI}lem")
                return (first if first is not None else parent.find(f"{TEI}rdg")) is element
        if name in _UNREAD:
            if name != "note":  # which is an annotation
                self.left_out[name] += 1
            return False
        return True

    def _edge(self, element: Element, *, keeps: bool, is_read: bool) -> None:
        """What the start or the end of an element does to the white space around it."""
        if keeps or not is_read:
            return
        name = local(element)
        if name in _BLOCKS:
            self._separate("\n\n")
        elif name in _LINES:
            self._separate("\n")
        elif name == "cell":
            self._separate("\t")
        elif name == "lb":
            if element.get("break") == "no":
                self._pending, self._is_glued = "", True
            else:
                self._separate("\n")
        elif element.get("join") in ("left", "both"):
            self._pending, self._is_glued = "", True

    def _separate(self, what: str) -> None:
        if self._length and len(what) >= len(self._pending):
            self._pending = what
        self._is_glued = False

    def _take(self, text: str, *, keeps: bool, is_read: bool) -> None:
        if not is_read:
            self._offsets.extend([self._length] * len(text))
        elif keeps:
            self._flush()
            self._append(text)
        else:
            self.collapsed = True
            at = 0
            for match in _WHITE.finditer(text):
                self._word(text[at : match.start()])
                self._offsets.extend([self._length] * len(match[0]))
                if self._length and not self._pending and not self._is_glued:
                    self._pending = " "
                at = match.end()
            self._word(text[at:])

    def _word(self, word: str) -> None:
        if word:
            self._flush()
            self._append(word)

    def _flush(self) -> None:
        self._out.append(self._pending)
        self._length += len(self._pending)
        self._pending, self._is_glued = "", False

    def _append(self, text: str) -> None:
        self._offsets.extend(range(self._length, self._length + len(text)))
        self._out.append(text)
        self._length += len(text)
