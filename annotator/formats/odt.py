"""OpenDocument texts: the text as it stands, with tracked deletions left out and notes at the end."""

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

_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BLANKS = 1000
_PASSED = frozenset(("tracked-changes", "annotation-end", "sequence-decls", "forms", "ruby-text", "note-citation"))


def extract(data: bytes, asked: Asked) -> list[Found]:
    """The document as one article. Raises ``ImportFailed``: it is none, locked, damaged, or without text."""
    package = Package(data, asked.name, "OpenDocument text")
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise ImportFailed(f"{asked.name} is locked with a password; save it without one.")
    content = package.xml("content.xml")
    if content is None:
        raise package.broken()
    reading = _Reading(content)
    body = next((element for element in content.iter() if _name(element) == "text" and _is_office(element)), None)
    blocks = list(reading.blocks(body if body is not None else content))
    blocks += [f"[{number}] {text}" for number, text in enumerate(reading.noted, start=1)]
    if not any(block.strip() for block in blocks):
        raise ImportFailed(f"{asked.name} has no text.")
    title, byline = reading.title, None
    meta = package.xml("meta.xml")
    if meta is not None:
        title = title or next((each.text.strip() for each in meta.iter(f"{_DC}title") if each.text), None) or None
        byline = next((each.text for each in meta.iter() if _name(each) == "initial-creator" and each.text), None)
    notes = reading.notes(package)
    if byline:
        notes.append(author_note(byline))
    return [Found("\n\n".join(blocks), title=title, notes=tuple(notes))]


class _Reading:
    """Walks a document once, collecting what is not running text."""

    def __init__(self, content: Element) -> None:
        self._counts: Counter[str] = Counter()
        self._titles = {"Title"} | {
            style.get(f"{_STYLE}name", "")
            for style in content.iter(f"{_STYLE}style")
            if style.get(f"{_STYLE}parent-style-name") == "Title"
        }
        self.noted: list[str] = []
        self.title: str | None = None

    def blocks(self, parent: Element) -> Iterator[str]:
        """Paragraphs and headings; lists and tables as one block with a line for each item or row."""
        for element in parent:
            name = _name(element)
            if name in ("p", "h"):
                text = "".join(self._inline(element)).strip(" \n\t")
                if text and self.title is None and element.get(f"{_TEXT}style-name") in self._titles:
                    self.title = " ".join(text.split())
                if text:
                    yield text
            elif name == "list":
                self._counts["lists"] += 1
                yield "\n".join(self.blocks_of_items(element))
            elif name == "table":
                rows = (each for each in element.iter() if _name(each) == "table-row")
                yield "\n".join(filter(None, (self._row(row) for row in rows)))
            elif name == "tracked-changes":
                self._note_changes(element)
            elif name not in _PASSED and name != "annotation":
                yield from self.blocks(element)

    def blocks_of_items(self, element: Element) -> Iterator[str]:
        """The items of a list, those of lists in it among them."""
        for item in element:
            for block in self.blocks(item):
                yield from block.split("\n\n")

    def _row(self, row: Element) -> str:
        cells = (" ".join(" ".join(self.blocks(cell)).split()) for cell in row if _name(cell) == "table-cell")
        return "\t".join(cells).strip("\t")

    def _inline(self, element: Element) -> Iterator[str]:
        """Words of a paragraph. White space is one blank, as the format has it; ``text:s`` makes more."""
        yield _blank(element.text)
        for child in element:
            name = _name(child)
            if name == "s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * min(int(count) if count.isdecimal() else 1, _BLANKS)
            elif name in ("tab", "line-break"):
                yield "\t" if name == "tab" else "\n"
            elif name == "note":
                yield self._mark(child)
            elif name == "annotation":
                self._counts["comments"] += 1
            elif name in ("p", "h", "list", "table", "text-box"):
                self._counts["boxes"] += name == "text-box"
                yield "\n" + "\n".join(self.blocks([child] if name != "text-box" else child)) + "\n"  # type: ignore[arg-type]
            elif name not in _PASSED:
                yield from self._inline(child)
            yield _blank(child.tail)

    def _mark(self, note: Element) -> str:
        body = next((each for each in note if _name(each) == "note-body"), None)
        number = len(self.noted)
        self.noted.append("")
        self.noted[number] = "\n".join(self.blocks(body)) if body is not None else ""
        return f"[{number + 1}]"

    def _note_changes(self, changes: Element) -> None:
        for region in changes:
            kinds = {_name(each) for each in region}
            self._counts["inserted"] += "insertion" in kinds
            self._counts["deleted"] += "deletion" in kinds

    def notes(self, package: Package) -> list[str]:
        """A sentence for each sort of thing that was left out or moved."""
        said = {
            "inserted": ("change", "{} tracked as inserted: part of the text."),
            "deleted": ("change", "{} tracked as deleted: left out."),
            "comments": ("comment", "Left out {}."),
            "lists": ("list", "Numbers or bullets of {} are not part of the text."),
        }
        notes = [
            form.format(counted(self._counts[key], noun)) for key, (noun, form) in said.items() if self._counts[key]
        ]
        if self.noted:
            notes.append(f"{counted(len(self.noted), 'note')} at the end; “[1]” and so on mark their places.")
        styles = package.xml("styles.xml")
        edges: dict[str, None] = {}
        for edge in styles.iter() if styles is not None else ():
            if _name(edge) in ("header", "footer") and edge.tag.startswith(_STYLE):
                text = " ".join(" ".join(_Reading(edge).blocks(edge)).split())
                if text:
                    edges[text] = None
        return [*notes, *(f"Left out “{shorten(text, 60)}”, which stands at the edge of the pages." for text in edges)]


def _blank(text: str | None) -> str:
    if not text:
        return ""
    return " ".join(("x" + text + "x").split())[1:-1]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_office(element: Element) -> bool:
    return "xmlns:office:" in element.tag


FORMAT = Format(
    name="odt", title="OpenDocument text", extensions=(".odt", ".ott"), read=reader(extract), offset_unit="none"
)
