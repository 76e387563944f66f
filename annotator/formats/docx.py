"""Word documents: the text as it reads when every tracked change is accepted, notes at the end where they are marked.

What was inserted or deleted under tracked changes, comments, page headers and hidden text are said in the notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.errors import ImportFailed
from annotator.formats.base import Format
from annotator.formats.drafting import reader
from annotator.formats.found import Asked, Found
from annotator.formats.package import Package, author_note
from annotator.text.wording import counted, shorten

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_OUT = frozenset(("del", "moveFrom"))
_IN = frozenset(("ins", "moveTo"))
_PASSED = frozenset(("instrText", "delText", "delInstrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr"))


def extract(data: bytes, asked: Asked) -> list[Found]:
    """The document as one article. Raises ``ImportFailed``: it is none, locked, damaged, or without text."""
    package = Package(data, asked.name, "Word document")
    document = package.xml("word/document.xml")
    if document is None:
        raise package.broken()
    reading = _Reading(package)
    body = next((element for element in document if _name(element) == "body"), document)
    blocks = list(reading.blocks(body))
    blocks += reading.noted()
    if not any(block.strip() for block in blocks):
        raise ImportFailed(f"{asked.name} has no text.")
    title, byline = reading.title, None
    core = package.xml("docProps/core.xml")
    if core is not None:
        title = title or (core.findtext(f"{_DC}title") or "").strip() or None
        byline = (core.findtext(f"{_DC}creator") or "").strip() or None
    notes = reading.notes()
    if byline:
        notes.append(author_note(byline))
    return [Found("\n\n".join(blocks), title=title, notes=tuple(notes))]


class _Reading:
    """Walks a document once, collecting what is not text."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = _styles(package)
        self._counts: Counter[str] = Counter()
        self._marks: list[tuple[str, str]] = []
        self.title: str | None = None

    def blocks(self, parent: Element) -> Iterator[str]:
        """Paragraphs, and tables as one block with a line for each row."""
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                rows = (self._row(row) for row in element.iter() if _name(row) == "tr")
                yield "\n".join(filter(None, rows))
            elif name in _OUT:
                self._counts["deleted"] += 1
            elif name not in _PASSED:
                self._counts["inserted"] += name in _IN
                yield from self.blocks(element)

    def _paragraph(self, element: Element) -> Iterator[str]:
        text = "".join(self._inline(element)).strip(" \n\t")
        if not text:
            return
        style = next((each.get(f"{{{_space(each)}}}val", "") for each in element.iter() if _name(each) == "pStyle"), "")
        if self.title is None and self._styles.get(style, style).casefold() == "title":
            self.title = " ".join(text.split())
        self._counts["numbered"] += any(_name(each) == "numPr" for each in element.iter())
        yield text

    def _row(self, row: Element) -> str:
        cells = (" ".join(" ".join(self.blocks(cell)).split()) for cell in row if _name(cell) == "tc")
        return "\t".join(cells).strip("\t")

    def _inline(self, parent: Element) -> Iterator[str]:
        for element in parent:
            name = _name(element)
            if name == "t" or name in _CHARACTERS:
                yield _CHARACTERS.get(name, element.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._mark(name.removesuffix("Reference"), element)
            elif reason := self._left_out(element, name):
                self._counts[reason] += 1
            elif name == "AlternateContent":
                choice = next((each for each in element if each.tag == f"{_MC}Choice"), None)
                yield from self._inline(choice if choice is not None else element)
            elif name == "txbxContent":
                self._counts["boxes"] += 1
                yield "\n" + "\n".join(self.blocks(element)) + "\n"
            elif name not in _PASSED:
                self._counts["inserted"] += name in _IN
                yield from self._inline(element)

    def _left_out(self, element: Element, name: str) -> str | None:
        """As what an element is counted that is no part of the text; None when it is one."""
        if name in _OUT:
            return "deleted"
        if name == "commentReference":
            return "comments"
        hidden = name == "r" and any(_name(each) == "vanish" for each in element.iter())
        return "hidden" if hidden else None

    def _mark(self, kind: str, element: Element) -> str:
        self._marks.append((kind, element.get(f"{{{_space(element)}}}id", "")))
        return f"[{len(self._marks)}]"

    def noted(self) -> list[str]:
        """The foot- and endnotes in the order of their marks, each with its mark before it."""
        parts = {kind: self._package.xml(f"word/{part}.xml") for kind, part in _NOTES.items()}
        notes: dict[tuple[str, str], Element] = {}
        for kind, part in parts.items():
            for each in part if part is not None else ():
                notes[kind, each.get(f"{{{_space(each)}}}id", "")] = each
        result, number = [], 0
        while number < len(self._marks):  # a note may have a mark of its own
            found = notes.pop(self._marks[number], None)
            number += 1
            if found is not None:
                result.append(f"[{number}] " + "\n".join(self.blocks(found)))
        return result

    def notes(self) -> list[str]:
        """A sentence for each sort of thing that was left out or moved."""
        said = {
            "inserted": ("change", "{} tracked as inserted: part of the text."),
            "deleted": ("change", "{} tracked as deleted: left out."),
            "comments": ("comment", "Left out {}."),
            "boxes": ("frame", "{} with text: part of the text where it is anchored."),
            "hidden": ("place", "Left out hidden text in {}."),
            "numbered": ("list item", "Numbers or bullets of {} are made by Word and are not part of the text."),
        }
        notes = [
            form.format(counted(self._counts[key], noun)) for key, (noun, form) in said.items() if self._counts[key]
        ]
        if self._marks:
            notes.append(f"{counted(len(self._marks), 'note')} at the end; “[1]” and so on mark their places.")
        return notes + self._edges()

    def _edges(self) -> list[str]:
        found: dict[str, None] = {}
        for name in self._package.names:
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                part = self._package.xml(name)
                text = " ".join(" ".join(_Reading(self._package).blocks(part)).split()) if part is not None else ""
                if text:
                    found[text] = None
        return [f"Left out “{shorten(text, 60)}”, which stands at the edge of the pages." for text in found]


def _styles(package: Package) -> dict[str, str]:
    """Id of a style → its name."""
    root = package.xml("word/styles.xml")
    styles: dict[str, str] = {}
    for style in root if root is not None else ():
        for each in style:
            if _name(each) == "name":
                space = _space(each)
                styles[style.get(f"{{{space}}}styleId", "")] = each.get(f"{{{space}}}val", "")
    return styles


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _space(element: Element) -> str:
    return element.tag.partition("}")[0][1:]


FORMAT = Format(
    name="docx", title="Word document", extensions=(".docx", ".docm"), read=reader(extract), offset_unit="none"
)
