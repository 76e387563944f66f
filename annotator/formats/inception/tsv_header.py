"""The header of a WebAnno TSV file: which layers it has, and what stands in which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.formats.inception.layers import (
    ANY,
    CHAIN,
    RELATION,
    SLOT,
    SPAN,
    STRING,
    STRINGS,
    Feature,
    Layer,
)

NAME = "WebAnno TSV"
FORMAT_LINE = re.compile(r"#FORMAT=(?P<name>.*) (?P<major>\d+)(?:\.(?P<minor>\d+))?")
_KINDS = {"#T_SP=": SPAN, "#T_CH=": CHAIN, "#T_RL=": RELATION}
_PREFIXES = {kind: prefix for prefix, kind in _KINDS.items()}
_ROLE = re.compile(r"ROLE_(?:[^:]*:)?(?P<feature>.+?)_(?P<link>[^_].*)")
_RELATION_TYPE, _ELEMENT_TYPE = "referenceRelation", "referenceType"

PLACEHOLDER, VALUE, SLOT_ROLE, SLOT_TARGET, RELATION_REF, CHAIN_LINK, CHAIN_ELEMENT = (
    "placeholder", "value", "slot role", "slot target", "relation", "chain link", "chain element",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column: a feature of a layer."""

    layer: str
    holds: str
    feature: str = ""


class BadHeader(ValueError):
    """A line of a header that cannot be understood; the text is a clause."""


def read_layer(line: str) -> tuple[Layer, list[Column]] | None:
    """The layer that a line declares and its columns; None: the line declares none. Raises :class:`BadHeader`."""
    kind = _KINDS.get(line[:6])
    if kind is None:
        return None
    name, *declared = [part.strip() for part in line[6:].split("|")]
    layer, columns = Layer(name, kind), []
    waiting: Feature | None = None
    for part in filter(None, declared):
        if waiting is not None:
            columns.append(Column(name, SLOT_TARGET, waiting.name))
            layer = replace(layer, features=(*layer.features, replace(waiting, target=part)))
            waiting = None
        elif kind == SPAN and part.startswith("ROLE_"):
            found = _ROLE.fullmatch(part)
            if found is None:
                raise BadHeader(f"“{part[:80]}” names no role of a slot feature")
            waiting = Feature(found["feature"], SLOT, ANY, found["link"])
            columns.append(Column(name, SLOT_ROLE, waiting.name))
        elif kind == RELATION and part.startswith("BT_"):
            columns.append(Column(name, RELATION_REF))
            layer = replace(layer, base=part.removeprefix("BT_"))
        else:
            columns.append(Column(name, _holds(kind, part), part))
            layer = replace(layer, features=(*layer.features, Feature(part)))
    if waiting is not None:
        raise BadHeader(f"the slot feature “{waiting.name}” of “{name}” has no column for its targets")
    return layer, columns or [Column(name, PLACEHOLDER)]


def _holds(kind: str, part: str) -> str:
    if kind == CHAIN:
        return {_RELATION_TYPE: CHAIN_LINK, _ELEMENT_TYPE: CHAIN_ELEMENT}.get(part, VALUE)
    return VALUE


def columns_of(layers: Iterable[Layer]) -> list[Column]:
    """The columns for layers, in the order of INCEpTION: spans, spans with slots, chains, relations."""
    every = list(layers)
    spans = [layer for layer in every if layer.kind == SPAN]
    ordered = [
        *(layer for layer in spans if not _has_slots(layer)),
        *(layer for layer in spans if _has_slots(layer)),
        *(layer for layer in every if layer.kind == CHAIN),
        *(layer for layer in every if layer.kind == RELATION),
    ]
    return [column for layer in ordered for column in _columns(layer)]


def _has_slots(layer: Layer) -> bool:
    return any(feature.holds == SLOT for feature in layer.features)


def _columns(layer: Layer) -> Iterator[Column]:
    features = sorted((each for each in layer.features if each.holds != STRINGS), key=lambda each: each.name)
    if layer.kind == CHAIN:
        yield Column(layer.name, CHAIN_LINK, _RELATION_TYPE)
        yield Column(layer.name, CHAIN_ELEMENT, _ELEMENT_TYPE)
        return
    for feature in features:
        if feature.holds == SLOT:
            yield Column(layer.name, SLOT_ROLE, feature.name)
            yield Column(layer.name, SLOT_TARGET, feature.name)
        else:
            yield Column(layer.name, VALUE, feature.name)
    if layer.kind == RELATION:
        yield Column(layer.name, RELATION_REF)
    elif not features:
        yield Column(layer.name, PLACEHOLDER)


def write_header(layers: dict[str, Layer], columns: Iterable[Column]) -> str:
    """The lines that declare the columns."""
    lines: dict[str, str] = {}
    for column in columns:
        layer = layers[column.layer]
        line = lines.get(layer.name) or _PREFIXES[layer.kind] + layer.name
        lines[layer.name] = f"{line}|{_declared(layer, column)}"
    return "".join(f"{line}\n" for line in (f"#FORMAT={NAME} 3.3", *lines.values(), ""))


def _declared(layer: Layer, column: Column) -> str:
    feature = layer.feature(column.feature) or Feature("", STRING)
    if column.holds == SLOT_ROLE:
        return f"ROLE_{layer.name}:{feature.name}_{feature.link}"
    if column.holds == SLOT_TARGET:
        return feature.target
    return f"BT_{layer.base}" if column.holds == RELATION_REF else column.feature
