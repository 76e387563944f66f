"""WebAnno TSV 3 to 3.3 to layers.

A row that cannot be understood is kept with the reason; the text stands in the sentences' own lines and is whole
without it. Places in the file count UTF-16 units.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from annotator.errors import ImportFailed
from annotator.formats.inception import tsv_header as header
from annotator.formats.inception.layers import (
    DEPENDENCY,
    DOCUMENT,
    TOKEN,
    Annotation,
    Chain,
    Layer,
    Layered,
    Slot,
    in_text_order,
)
from annotator.formats.inception.tsv_escapes import split_unescaped, unescape_text, unescape_value
from annotator.formats.inception.tsv_header import BadHeader, Column
from annotator.formats.standoff.graph import Place, Unread
from annotator.text.offsets import Utf16Map
from annotator.text.wording import counted

_LINE_END = re.compile("\r\n|\r|\n")
_ROW = re.compile(r"(?P<unit>\d+-\d+(?:\.\d+)?)\t(?P<begin>\d+)-(?P<end>\d+)\t")
_ID = re.compile(r"(?s)(?P<value>.*)\[(?P<id>\d+)\]")
_IDS = re.compile(r"(?P<unit>[\d.-]+)(?:\[(?P<source>\d+)_(?P<target>\d+)\])?")
_CHAIN = re.compile(r"(?s)(?P<value>.*)->(?P<chain>\d+)-(?P<element>\d+)")
_MOST_DIGITS = 9
_MOST_PADDING = 1 << 20
DOCUMENT_LINE = re.compile(r"#Document\.(?P<layer>[\w.]+)=(?P<values>\[.*\])")
"""A line of this program's own, before the first sentence: an annotation that stands on no words, with its values as a
list of pairs in JSON. INCEpTION passes over lines with a # that it does not know."""


def read(text: str, name: str) -> Layered:
    """The annotated text of a file. Raises ``ImportFailed`` when it is no WebAnno TSV 3, or its texts do not fit."""
    return _Reading(_LINE_END.split(text), name).layered()


class _BadRow(ValueError):
    """The text is a clause."""


@dataclass(slots=True)
class _Row:
    unit: str
    place: Place
    """In UTF-16 units."""
    stacks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The ids of the annotations of each layer, in the order in which they are stacked."""


class _Reading:
    def __init__(self, lines: list[str], name: str) -> None:
        self.lines, self.name, self.at = lines, name, 0
        self.found = Layered(name, "")
        self.columns: list[Column] = []
        self.minor = 3
        self.rows: dict[str, _Row] = {}
        self.annotations: dict[str, Annotation] = {}
        self.by_number: dict[str, str] = {}
        """Disambiguation id → id of the annotation."""
        self.chains: dict[str, dict[int, str]] = defaultdict(dict)
        self.refs: list[tuple[Annotation, _Row, str, int]] = []
        self.parts: list[str] = []
        self.length = self.number = 0

    def layered(self) -> Layered:
        self._header()
        self._body()
        found = self.found
        found.text = "".join(self.parts).removesuffix("\n")
        self._finish(Utf16Map(found.text))
        return found

    # -- header

    def _header(self) -> None:
        match = header.FORMAT_LINE.fullmatch(self.lines[0].removeprefix("\ufeff"))
        if match is None or match["name"] != header.NAME:
            raise ImportFailed(
                f"{self.name} is no WebAnno TSV file: its first line does not say #FORMAT=WebAnno TSV 3.3."
            )
        minor = match["minor"] or "0"  # the first of version 3 say no more than that
        if match["major"] != "3" or int(minor[:4]) > 3:
            version = f"{match['major'][:9]}.{minor[:9]}"
            raise ImportFailed(f"{self.name} is WebAnno TSV {version}; versions 3 to 3.3 can be read.")
        self.minor = int(minor)
        for number, line in enumerate(self.lines[1:], start=2):
            try:
                layer = header.read_layer(line)
            except BadHeader as error:
                raise ImportFailed(f"{self.name}, line {number}: {error}.") from error
            if layer is None:
                break
            self.at = number - 1
            self.found.layers[layer[0].name] = layer[0]
            self.columns += layer[1]

    # -- sentences

    def _body(self) -> None:
        texts: list[str] = []
        sentence_id = None
        for number, line in enumerate(self.lines[self.at + 1 :], start=self.at + 2):
            row = _ROW.match(line)
            if line.startswith("#Text="):
                texts.append(unescape_text(line[6:], self.minor))
            elif line.startswith("#Sentence.id="):
                sentence_id = unescape_text(line[13:], self.minor)
            elif comment := DOCUMENT_LINE.fullmatch(line):
                self._document(comment["layer"], comment["values"], line, number)
            elif row is not None and len(row["begin"]) <= _MOST_DIGITS and len(row["end"]) <= _MOST_DIGITS:
                if texts:
                    self._sentence(texts, int(row["begin"]), number, sentence_id)
                    texts, sentence_id = [], None
                self._row(line, row, number)
            elif line and not line.startswith("#"):
                self._unread(line, "it is no row of a token", number)

    def _sentence(self, texts: list[str], begin: int, number: int, id_: str | None) -> None:
        if self.length == begin + 1:
            self.parts[-1] = self.parts[-1].removesuffix("\n")
            self.length -= 1
        gap = begin - self.length
        if gap < 0 or gap > _MOST_PADDING:
            raise ImportFailed(
                f"{self.name}, line {number}: the sentence is said to begin at {begin:,}, "
                f"but {self.length:,} characters stand before it."
            )
        text = "".join(f"{line}\n" for line in texts)
        self.parts.append(" " * gap + text)
        self.length = begin + Utf16Map(text).utf16_length
        if id_ is not None:
            self.found.sentence_ids[len(self.found.sentences)] = id_
        self.found.sentences.append(((begin, self.length - 1), []))

    def _unread(self, line: str, reason: str, number: int) -> None:
        self.found.unread.append(Unread(line, reason, f"line {number}"))

    def _document(self, layer: str, values: str, line: str, number: int) -> None:
        try:
            pairs = [(str(name), str(value)) for name, value in json.loads(values)]
        except (ValueError, TypeError, RecursionError):
            self._unread(line, "it is no list of pairs in JSON", number)
            return
        self.found.layers.setdefault(layer, Layer(layer, DOCUMENT))
        id_ = f"document {len(self.annotations)}"
        self.annotations[id_] = Annotation(id_, layer, None, tuple(pairs))

    # -- rows

    def _row(self, line: str, match: re.Match[str], number: int) -> None:
        self.number = number
        cells = line.split("\t")[3:]
        place = int(match["begin"]), int(match["end"])
        if not self.found.sentences:
            self._unread(line, "it stands before the text of its sentence", number)
            return
        if place[0] > place[1] or place[1] > self.length:
            self._unread(line, "its place is outside the text", number)
            return
        row = self.rows[match["unit"]] = _Row(match["unit"], place)
        if "." not in row.unit:
            self.found.sentences[-1][1].append(place)
        if len(cells) < len(self.columns):
            columns = counted(len(cells), "column")
            self._unread(line, f"it has {columns} of annotations, not {len(self.columns)}", number)
            return
        filled = zip(self.columns, cells, strict=False)
        for column, cell in sorted(filled, key=lambda pair: pair[0].holds != header.CHAIN_LINK):  # it says which one
            if cell != "_":
                try:
                    for index, value in enumerate(split_unescaped(cell, "|")):
                        self._cell(row, column, index, value)
                except _BadRow as error:
                    self._unread(line, str(error), number)

    def _cell(self, row: _Row, column: Column, index: int, cell: str) -> None:
        if column.holds in (header.CHAIN_LINK, header.CHAIN_ELEMENT):
            self._chain_cell(row, column, index, cell)
            return
        if column.holds == header.RELATION_REF:
            self.refs.append((self._annotation(row, column.layer, index, None), row, cell, self.number))
            return
        match = _ID.fullmatch(cell) if column.holds != header.SLOT_TARGET else None
        annotation = self._annotation(row, column.layer, index, match["id"] if match else None)
        value = match["value"] if match else cell
        if column.holds == header.VALUE:
            self._set(annotation, column, value)
        elif column.holds == header.SLOT_ROLE:
            self._roles(annotation, column, value)
        elif column.holds == header.SLOT_TARGET:
            self._targets(annotation, column, value)

    def _annotation(self, row: _Row, layer: str, index: int, number: str | None) -> Annotation:
        """The annotation at that place of a row's stack: one that was met before, or a new one."""
        stack = row.stacks[layer]
        if index < len(stack):
            found = self.annotations[stack[index]]
        elif index > len(stack):
            raise _BadRow("its columns have stacks of different heights")
        elif number is not None and number in self.by_number:
            found = self._longer(self.annotations[self.by_number[number]], row)
        else:
            found = Annotation(f"{len(self.annotations) + 1}", layer, row.place)
            self.annotations[found.id] = found
            stack.append(found.id)
        if number is not None:
            self.by_number.setdefault(number, found.id)
        return found

    def _longer(self, found: Annotation, row: _Row) -> Annotation:
        """An annotation that reaches into a further row."""
        if found.place is not None:
            found.place = (found.place[0], max(found.place[1], row.place[1]))
        row.stacks[found.layer].append(found.id)
        return found

    def _set(self, annotation: Annotation, column: Column, cell: str) -> None:
        if cell != "*" and annotation.get(column.feature) is None:
            annotation.values = (*annotation.values, (column.feature, unescape_value(cell)))

    # -- links, chains

    def _roles(self, annotation: Annotation, column: Column, cell: str) -> None:
        if cell == "_" or any(slot.feature == column.feature for slot in annotation.slots):
            return
        roles = (None if each == "*" else unescape_value(each) for each in split_unescaped(cell, ";"))
        annotation.slots += tuple(Slot(column.feature, role, "") for role in roles)

    def _targets(self, annotation: Annotation, column: Column, cell: str) -> None:
        own = [slot for slot in annotation.slots if slot.feature == column.feature]
        targets = [] if cell in ("*", "_") else split_unescaped(cell, ";")
        if len(targets) != len(own) and (targets or any(slot.role is not None for slot in own)):
            raise _BadRow("it has not as many targets as roles")
        others = tuple(slot for slot in annotation.slots if slot.feature != column.feature)
        annotation.slots = (*others, *(replace(slot, target=each) for slot, each in zip(own, targets, strict=False)))

    def _chain_cell(self, row: _Row, column: Column, index: int, cell: str) -> None:
        match = (_CHAIN if column.holds == header.CHAIN_LINK else _ID).fullmatch(cell)
        if match is None:
            raise _BadRow(f"“{cell[:40]}” names no chain")
        key = f"{column.layer} {match['chain'] if column.holds == header.CHAIN_LINK else match['id']}"
        if column.holds == header.CHAIN_LINK:
            found = self._element(row, column.layer, index, key, int(match["element"][:_MOST_DIGITS]))
        else:
            found = self._annotation(row, column.layer, index, None)
        self._set(found, column, match["value"])

    def _element(self, row: _Row, layer: str, index: int, key: str, number: int) -> Annotation:
        if number in self.chains[key] and index >= len(row.stacks[layer]):
            return self._longer(self.annotations[self.chains[key][number]], row)
        found = self._annotation(row, layer, index, None)
        self.chains[key][number] = found.id
        return found

    # -- the end

    def _finish(self, units: Utf16Map) -> None:
        for annotation, row, cell, number in self.refs:
            self._relate(annotation, row, cell, number)
        for annotation in self.annotations.values():
            if annotation.slots:
                annotation.slots = tuple(self._linked(annotation.layer, slot) for slot in annotation.slots)
        for key, elements in self.chains.items():
            ordered = [elements[number] for number in sorted(elements)]
            self.found.chains.append(Chain(key.rpartition(" ")[0], ordered))
        for annotation in self.annotations.values():
            if annotation.place is not None:
                annotation.place = _converted(annotation.place, units)
        self.found.annotations = sorted(self.annotations.values(), key=in_text_order)
        self.found.sentences = [
            (_converted(place, units), [_converted(token, units) for token in tokens])
            for place, tokens in self.found.sentences
        ]

    def _relate(self, annotation: Annotation, row: _Row, cell: str, number: int) -> None:
        match = _IDS.fullmatch(cell)
        layer = self.found.layers[annotation.layer]
        base = TOKEN if layer.name == DEPENDENCY else layer.base
        if match is None:
            self._unread(cell, f"it names no start of a relation of “{layer.name}”", number)
            del self.annotations[annotation.id]
            return
        source = self._resolve(base, match["unit"], match["source"])
        target = self._resolve(base, row.unit, match["target"])
        annotation.ends = (source, target)
        annotation.place = self.annotations[target].place if target in self.annotations else row.place

    def _linked(self, layer: str, slot: Slot) -> Slot:
        match = _ID.fullmatch(slot.target)
        feature = self.found.layers[layer].feature(slot.feature)
        unit, number = (match["value"], match["id"]) if match else (slot.target, None)
        return replace(slot, target=self._resolve(feature.target if feature else "", unit, number))

    def _resolve(self, layer: str, unit: str, number: str | None) -> str:
        """The id of what is referred to; when there is nothing, the reference as it stands."""
        if number not in (None, "0"):
            return self.by_number.get(str(number), f"{unit}[{number}]")
        row = self.rows.get(unit)
        if row is None:
            return unit
        stack = next(iter(row.stacks.get(layer, ())), None)
        if stack is not None:
            return stack
        if layer == TOKEN:
            return self._token(row)
        return unit

    def _token(self, row: _Row) -> str:
        id_ = f"token {row.unit}"
        if id_ not in self.annotations:
            self.annotations[id_] = Annotation(id_, TOKEN, row.place)
        return id_


def _converted(place: Place, units: Utf16Map) -> Place:
    return units.to_code_point(place[0]), units.to_code_point(place[1])
