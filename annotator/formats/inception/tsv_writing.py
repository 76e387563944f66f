"""Layers to WebAnno TSV 3.3, as INCEpTION writes it. Places in the file count UTF-16 units."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from annotator.formats.inception import tsv_header as header
from annotator.formats.inception.layers import (
    ANY,
    RELATION,
    SLOT,
    SPAN,
    Annotation,
    Layer,
    Layered,
)
from annotator.formats.inception.tsv_escapes import escape_text, escape_value
from annotator.formats.inception.tsv_header import Column
from annotator.formats.inception.tsv_units import Grid, Unit
from annotator.formats.standoff.graph import Place
from annotator.text.offsets import Utf16Map

_NO_BLANKS = str.maketrans("\t\n\r", "   ")


def write(layered: Layered) -> str:
    """The file of what :func:`.tsv_fitting.fitted` made. The first sentence has a token."""
    return _Writing(layered).text()


class _Writing:
    def __init__(self, layered: Layered) -> None:
        self.source = layered
        self.units = Utf16Map(layered.text)
        self.sentences = layered.sentences
        self.grid = Grid(self.sentences)
        self.annotations = layered.by_id()
        self.rows: dict[str, Unit] = {f"token {unit.id}": unit for unit in self.grid.tokens}
        """The row that names each annotation."""
        self.tokens = {unit.place: unit for unit in self.grid.tokens}
        self.numbers: dict[str, int] = {}
        """Disambiguation ids."""
        self.links = {
            id_: (number, index)
            for number, chain in enumerate(layered.chains, start=1)
            for index, id_ in enumerate(chain.elements, start=1)
        }

    def text(self) -> str:
        self._lay()
        used = {each.layer for each in self.annotations.values() if each.place is not None}
        layers = {name: layer for name, layer in self.source.layers.items() if name in used}
        columns = header.columns_of(layers.values())
        cells = [(column, self._cell_of(column)) for column in columns]
        parts = [header.write_header(layers, columns)]
        for number, units in enumerate(self.grid.sentences):
            parts.append("\n" + "".join(self._documents() if number == 0 else ()))
            parts.append(self._sentence(number))
            parts += (self._row(row, cells) for unit in units for row in (unit, *unit.stretches))
        return "".join(parts)

    # -- rows

    def _lay(self) -> None:
        by_layer: dict[str, list[Annotation]] = {name: [] for name in self.source.layers}
        for annotation in self.annotations.values():
            if annotation.place is not None and annotation.layer in by_layer:
                by_layer[annotation.layer].append(annotation)
        for name, several in by_layer.items():
            for annotation in several:
                self._lay_one(annotation, self.source.layers[name])
                if annotation.ends is not None and self.source.layers[name].base == ANY:
                    self._number(end for end in annotation.ends if end in self.annotations)
        for unit in self.grid.tokens:
            for row in (unit, *unit.stretches):
                self._number_targets(row)

    def _lay_one(self, annotation: Annotation, layer: Layer) -> None:
        rows = self.grid.rows(self._place(annotation, layer))
        self.rows[annotation.id] = rows[0]
        if layer.kind == RELATION:
            rows = rows[:1]
        for row in dict.fromkeys((0, len(rows) - 1, *range(1, len(rows) - 1))):
            stack = rows[row].stacks.setdefault(layer.name, [])
            stack.append(annotation.id)
            if layer.kind == SPAN and len(stack) > 1:
                self._number(stack)
        if layer.kind == SPAN and len(rows) > 1:
            self._number([annotation.id])

    def _place(self, annotation: Annotation, layer: Layer) -> Place:
        end = self.annotations.get(annotation.ends[1]) if annotation.ends else None
        place = end.place if layer.kind == RELATION and end is not None else annotation.place
        return place or (0, 0)

    def _number(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            self.numbers.setdefault(id_, len(self.numbers) + 1)

    def _number_targets(self, row: Unit) -> None:
        """Links that may lead to any layer need a number to say which is meant."""
        for layer in self.source.layers.values():
            for feature in layer.features:
                if feature.holds == SLOT and feature.target == ANY:
                    for id_ in row.stacks.get(layer.name, ()):
                        slots = self.annotations[id_].slots
                        self._number(slot.target for slot in slots if slot.feature == feature.name)

    # -- cells

    def _row(self, row: Unit, cells: list[tuple[Column, Callable[[Annotation], str]]]) -> str:
        start, end = row.place
        words = self.source.text[start:end].translate(_NO_BLANKS)
        told_cells = (
            "|".join(cell(self.annotations[id_]) for id_ in row.stacks.get(column.layer, ()))
            or self._nothing(row, column)
            for column, cell in cells
        )
        place = f"{self.units.to_utf16(start)}-{self.units.to_utf16(end)}"
        return "\t".join((row.id, place, words, *told_cells)) + "\t\n"

    def _nothing(self, row: Unit, column: Column) -> str:
        """A cell without annotations, or with one whose value is empty."""
        return "" if row.stacks.get(column.layer) else "_"

    def _cell_of(self, column: Column) -> Callable[[Annotation], str]:
        name = column.feature
        if column.holds == header.SLOT_ROLE:
            return lambda each: self._roles(each, name) + self._suffix(each.id)
        if column.holds == header.SLOT_TARGET:
            return lambda each: self._targets(each, name)
        if column.holds == header.RELATION_REF:
            return self._source
        if column.holds == header.CHAIN_LINK:
            return lambda each: "{}->{}-{}".format(_value(each, name), *self.links.get(each.id, (0, 0)))
        if column.holds == header.CHAIN_ELEMENT:
            return lambda each: f"{_value(each, name)}[{self.links.get(each.id, (0, 0))[0]}]"
        return lambda each: _value(each, name) + ("" if each.ends else self._suffix(each.id))

    def _suffix(self, id_: str) -> str:
        return f"[{self.numbers[id_]}]" if id_ in self.numbers else ""

    def _roles(self, annotation: Annotation, feature: str) -> str:
        roles = (slot.role for slot in annotation.slots if slot.feature == feature)
        return ";".join("*" if role is None else escape_value(role) for role in roles) or "_"

    def _targets(self, annotation: Annotation, feature: str) -> str:
        targets = [slot.target for slot in annotation.slots if slot.feature == feature]
        return ";".join(f"{self._unit(target).id}{self._suffix(target)}" for target in targets) or "*"

    def _unit(self, id_: str) -> Unit:
        if id_ in self.rows:
            return self.rows[id_]
        return self.tokens[self.annotations[id_].place or (0, 0)]

    def _source(self, annotation: Annotation) -> str:
        source, target = annotation.ends or ("", "")
        numbers = self.numbers.get(source), self.numbers.get(target)
        suffix = f"[{numbers[0] or 0}_{numbers[1] or 0}]" if any(numbers) else ""
        return f"{self._unit(source).id}{suffix}"

    # -- texts

    def _sentence(self, number: int) -> str:
        """The lines with the text of a sentence, and with what stands behind it unless that is a line's end alone."""
        text = self.source.text
        (start, end), _ = self.sentences[number]
        last = number + 1 == len(self.sentences)
        following = len(text) if last else self.sentences[number + 1][0][0]
        gap = text[end:following]
        if last or (gap.rstrip(" ") != "\n" and gap):
            end = following
        id_ = self.source.sentence_ids.get(number)
        lines = [f"#Sentence.id={escape_text(id_)}\n"] if id_ else []
        lines += (f"#Text={escape_text(line)}\n" for line in text[start:end].split("\n"))
        return "".join(lines)

    def _documents(self) -> Iterator[str]:
        for each in self.annotations.values():
            if each.place is None:
                yield f"#Document.{each.layer}={json.dumps([list(pair) for pair in each.values], ensure_ascii=False)}\n"


def _value(annotation: Annotation, feature: str) -> str:
    value = annotation.get(feature)
    return "*" if value is None else escape_value(value)
