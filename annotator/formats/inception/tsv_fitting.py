"""Layers as WebAnno TSV can hold them: without lists, and with the exact places beside what its rows cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.formats.inception.layers import SPAN, STRINGS, Feature, Layer, Layered
from annotator.formats.inception.own import PLACES, told
from annotator.formats.inception.tsv_units import Grid
from annotator.formats.standoff.graph import Place


def fitted(layered: Layered) -> Layered:
    """The layers for the format; a text without words stays as it is, since nothing can be done for it."""
    sentences = [(place, tokens) for place, tokens in layered.sentences if tokens]
    if not sentences:
        return layered
    return _exact(_flat(replace(layered, sentences=_from_the_start(layered.text, sentences))))


def _exact(layered: Layered) -> Layered:
    """With the places of annotations that begin or end between tokens, in a feature of their layers."""
    grid = Grid(layered.sentences)
    layers = dict(layered.layers)
    annotations = []
    for annotation in layered.annotations:
        place, layer = annotation.place, layers.get(annotation.layer)
        if place is None or layer is None or layer.kind != SPAN or grid.extent(place) == place:
            annotations.append(annotation)
            continue
        if annotation.get(PLACES) is None:
            annotations.append(replace(annotation, values=(*annotation.values, (PLACES, told(place)))))
        else:
            annotations.append(annotation)
        if layer.feature(PLACES) is None:
            layers[layer.name] = replace(layer, features=(*layer.features, Feature(PLACES)))
    return replace(layered, layers=layers, annotations=annotations)


def _from_the_start(text: str, sentences: list[tuple[Place, list[Place]]]) -> list[tuple[Place, list[Place]]]:
    """The sentences; what stands before the first, unless it is blanks, becomes a token, or it would be lost."""
    (start, end), tokens = sentences[0]
    if not text[:start].strip(" "):
        return sentences
    return [((0, end), [(0, start), *tokens]), *sentences[1:]]


def _flat(layered: Layered) -> Layered:
    """The same with a feature of its own for each value of a list: ``tag``, ``tag__2``; the format has no lists."""
    most: dict[tuple[str, str], int] = {}
    lists = {(each.name, f.name) for each in layered.layers.values() for f in each.features if f.holds == STRINGS}
    annotations = []
    for annotation in layered.annotations:
        seen: dict[str, int] = {}
        values = []
        for name, value in annotation.values:
            count = seen[name] = seen.get(name, 0) + 1
            values.append((name if count == 1 else f"{name}__{count}", value))
            if (annotation.layer, name) in lists:
                most[annotation.layer, name] = max(count, most.get((annotation.layer, name), 1))
        annotations.append(replace(annotation, values=tuple(values)))
    layers = {
        layer.name: replace(layer, features=tuple(_flattened(layer, most)))
        for layer in layered.layers.values()
    }  # fmt: skip
    return replace(layered, layers=layers, annotations=annotations)


def _flattened(layer: Layer, most: dict[tuple[str, str], int]) -> Iterator[Feature]:
    for feature in layer.features:
        if feature.holds != STRINGS:
            yield feature
            continue
        for number in range(1, most.get((layer.name, feature.name), 1) + 1):
            yield Feature(feature.name if number == 1 else f"{feature.name}__{number}")
