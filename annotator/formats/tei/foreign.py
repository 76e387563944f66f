"""What the elements of other projects' TEI say: quotations, names, choices, notes, and spans beside the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, tostring

from annotator.formats.standoff.graph import Item, Link, Place, Unread
from annotator.formats.tei.common import TEI, XML
from annotator.formats.tei.features import Features, is_own_group
from annotator.formats.tei.plain import Plain, local
from annotator.formats.tei.pointers import Pointers, tokens
from annotator.formats.tei.shapes import KNOWN
from annotator.formats.tei.speeches import SPEAKER, SPEECHES, is_speech, name_place, speakers, spoken

_POINTING = ("who", "ref", "corresp", "ana", "resp", "toWhom")
"""Attributes that lead to something with a name."""
_NOT_SAID = frozenset({"next", "prev", "part", "rend", "rendition", "style", "facs", "from", "to", "target"})
_SAID = frozenset({"said", "quote", "q"})
"""Elements of which several with one plain ``id`` are the parts of one: what interrupts them is not said."""
_CHOICES = (("sic", "corr"), ("orig", "reg"), ("abbr", "expan"))
_NOTHING_HERE = frozenset(["annotation", "annotationBlock", "join", "alt", "timeline", "interp", "fs"])


class Foreign:
    """The items and links of one document beyond those of ``features``."""

    def __init__(self, document: Element, plain: Plain, pointers: Pointers, features: Features) -> None:
        self._document, self._plain, self._pointers, self._features = document, plain, pointers, features
        self.unread: list[Unread] = []
        self.left_out: Counter[str] = Counter()
        """Elements beside the text that mean nothing here, by name."""
        self._numbers: Counter[str] = Counter()
        self._speeches: list[Link] = []
        """What joins speeches with the names in front of them."""
        ids = (each for element in document.iter() for each in {*element.get("id", "").split()})
        self._shared = {id_ for id_, count in Counter(ids).items() if count > 1}
        """Ids without a namespace that several elements have, to say that these belong together."""
        self._groups = {span: group for group in document.iter(f"{TEI}spanGrp") for span in group}

    def items(self) -> Iterator[Item]:
        """The items, in the order of the document."""
        text = self._document.find(f"{TEI}text")
        yield from self._in_text([] if text is None else list(text.iter()))
        own = self._features.article is not None
        for standoff in self._document.iterfind(f"{TEI}standOff"):
            for element in standoff.iter():
                if element.tag == f"{TEI}span":
                    yield from self._span(element)
                elif element.tag == f"{TEI}note" and element.get("target"):
                    yield from self._note(element)
                elif not own and local(element) in _NOTHING_HERE:
                    self.left_out[local(element)] += 1

    def _in_text(self, elements: list[Element]) -> Iterator[Item]:
        labelled = [element for element in elements if self._label(element) and not self._features.has(element)]
        by_id = {element.get(f"{XML}id"): element for element in labelled}
        pieces: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
        for element in labelled:
            if element.get("id") and local(element) in _SAID:
                pieces[local(element), element.get("id", "")].append(element)
        done: set[Element] = set()
        for element in labelled:
            if element in done:
                continue
            parts = pieces[local(element), element.get("id", "")] or list(self._chain(element, by_id))
            done.update(parts)
            yield from self._item(element, parts)
        for element in elements:
            if element.tag == f"{TEI}choice" and not self._features.has(element):
                yield from self._choice(element)
            elif element.tag == f"{TEI}span":
                yield from self._span(element)
            elif element.tag == f"{TEI}note":
                yield from self._note(element)

    def _chain(self, element: Element, by_id: dict[str | None, Element]) -> Iterator[Element]:
        """The element and those that its ``next`` leads to."""
        at: Element | None = element
        seen: set[Element] = set()
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            at = by_id.get(following.removeprefix("#")) if (following := at.get("next")) else None

    def _label(self, element: Element) -> str:
        """What an element of the text is labelled; "": it is no annotation."""
        name = local(element)
        if name in KNOWN or is_speech(element):
            return name
        if name == "seg" and (element.get("type") or element.get("function") or element.get("ana")):
            return element.get("type") or element.get("function") or self._pointers.name(element.get("ana", ""))
        return ""

    def _item(self, element: Element, parts: list[Element]) -> Iterator[Item]:
        if local(element) in SPEECHES:
            yield from self._speech(element, parts)
            return
        places = tuple(place for part in parts if (place := self._pointers.of(part)) is not None)
        yield Item(self._id(element), self._label(element), places, attributes=tuple(self._said(element)))

    def _speech(self, element: Element, parts: list[Element]) -> Iterator[Item]:
        """What is spoken, and the names of those who speak, with the link between them."""
        label, said = local(element), tuple(self._said(element))
        places = tuple(place for part in parts for place in spoken(part, self._plain))
        if not places:
            self.left_out[f"{label} without words that are spoken"] += 1
            return
        speech = Item(self._id(element), label, places, attributes=said)
        names = [item for part in parts for item in map(self._speaker, speakers(part)) if item.places]
        if names and not element.get("who"):
            who = tuple(("who", self._words(item)) for item in names)
            speech = replace(speech, attributes=(*said, *who))
        yield from (speech, *names)
        if names:
            ends = ((label, speech.id), *((SPEAKER, item.id) for item in names))
            self._speeches.append(Link(f"speech {len(self._speeches) + 1}", "speech", ends))

    def _speaker(self, speaker: Element) -> Item:
        return Item(self._id(speaker), SPEAKER, name_place(speaker, self._plain), attributes=tuple(self._said(speaker)))

    def _words(self, item: Item) -> str:
        return " ".join(" ".join(self._plain.text[start:end] for start, end in item.places).split())

    def _id(self, element: Element) -> str:
        name = local(element)
        self._numbers[name] += 1
        return element.get(f"{XML}id") or f"{name} {self._numbers[name]}"

    def _said(self, element: Element) -> Iterator[tuple[str, str]]:
        for key, value in element.items():
            name = str(key).rpartition("}")[2]
            if name in _NOT_SAID or (name == "id" and (key != "id" or not self._shared & {*value.split()})):
                continue
            if name in _POINTING:
                yield from ((name, self._pointers.name(pointer)) for pointer in tokens(element, name))
            else:
                yield name, value

    def _choice(self, choice: Element) -> Iterator[Item]:
        for name, other in _CHOICES:
            first, second = choice.find(TEI + name), choice.find(TEI + other)
            if first is None or second is None or (place := self._pointers.of(first)) is None:
                continue
            told = (*self._said(choice), *self._said(first), *self._said(second))
            replacement = "".join(second.itertext())
            yield Item(self._id(choice), name, (place,), attributes=(("replacement", replacement), *told))

    def _note(self, note: Element) -> Iterator[Item]:
        places = [self._pointers.place(pointer) for pointer in tokens(note, "target")]
        found = tuple(place for place in places if place is not None)
        if not found and (at := self._pointers.of(note)) is not None:
            found = (at,)
        words = " ".join("".join(note.itertext()).split())
        yield Item(self._id(note), "note", found, attributes=(("note", words), *self._said(note)))

    def _span(self, span: Element) -> Iterator[Item]:
        if self._features.has(span):
            return
        places = list(self._targets(span))
        if not places or None in places:
            raw = tostring(span, encoding="unicode")
            self.unread.append(Unread(raw.strip(), "what it points to is not in the text"))
            return
        group = self._groups.get(span)
        own = tuple(self._said(span))
        ana = next((value for name, value in own if name == "ana"), "")
        label = span.get("type") or (group.get("type", "") if group is not None else "") or ana or "span"
        words = " ".join("".join(span.itertext()).split())
        told = (*own, *((("value", words),) if words else ()))
        yield Item(self._id(span), label, tuple(place for place in places if place is not None), attributes=told)

    def _targets(self, span: Element) -> Iterator[Place | None]:
        first, last = span.get("from"), span.get("to")
        if first:
            yield self._pointers.stretch(first, last or first)
        for pointer in tokens(span, "target"):
            yield self._pointers.place(pointer)

    def links(self, items: Collection[str]) -> Iterator[Link]:
        """The links that join items."""
        yield from self._speeches
        for group in self._document.iter(f"{TEI}linkGrp"):
            if is_own_group(group):
                continue
            for link in group.iterfind(f"{TEI}link"):
                ids = [pointer.rpartition("#")[2] for pointer in tokens(link, "target")]
                if not any(id_ in items for id_ in ids):
                    self.left_out["link"] += 1
                    continue
                roles = [*group.get("targFunc", "").split(), *(f"target{n}" for n in range(1, len(ids) + 1))]
                label = link.get("type") or group.get("type") or "link"
                yield Link(self._id(link), label, tuple(zip(roles, ids, strict=False)), tuple(self._said(link)))
