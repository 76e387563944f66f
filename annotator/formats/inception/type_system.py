"""``TypeSystem.xml``: the layers as a UIMA type system description, which INCEpTION imports as a project's layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

from annotator.formats.inception.layers import (
    ANY,
    DEPENDENT,
    DOCUMENT,
    GOVERNOR,
    METADATA,
    RELATION,
    SENTENCE,
    SLOT,
    STRING,
    STRINGS,
    TOKEN,
    Layer,
)

_TOP, _BASE = "uima.cas.TOP", "uima.cas.AnnotationBase"
_RANGES = {STRING: "uima.cas.String", STRINGS: "uima.cas.StringArray", SLOT: "uima.cas.FSArray"}
_METADATA = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")


def type_system(layers: Iterable[Layer]) -> bytes:
    """The description of the layers, with the types of sentences, tokens and what is known of a document."""
    types = [
        _type(METADATA, "uima.tcas.DocumentAnnotation", (_feature(name, _RANGES[STRING]) for name in _METADATA)),
        _type(SENTENCE, ANY, [_feature("id", _RANGES[STRING])]),
        _type(TOKEN, ANY, ()),
    ]
    for layer in sorted(layers, key=lambda each: each.name):
        types += _layer(layer)
    body = "".join(types)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{body}</types>\n</typeSystemDescription>\n"
    ).encode()


def joined(known: dict[str, Layer], more: Iterable[Layer]) -> None:
    """Let ``known`` have what further articles need: their layers and features."""
    for layer in more:
        there = known.setdefault(layer.name, layer)
        missing = tuple(feature for feature in layer.features if there.feature(feature.name) is None)
        if missing:
            known[layer.name] = replace(there, features=(*there.features, *missing))


def _layer(layer: Layer) -> Iterator[str]:
    features = []
    for feature in sorted(layer.features, key=lambda each: each.name):
        if feature.holds == SLOT:
            features.append(_feature(feature.name, _RANGES[SLOT], feature.link))
            role = _feature("role", _RANGES[STRING])
            yield _type(feature.link, _TOP, (role, _feature("target", feature.target)))
        else:
            features.append(_feature(feature.name, _RANGES[feature.holds]))
    if layer.kind == RELATION:
        features += (_feature(name, layer.base) for name in (DEPENDENT, GOVERNOR))
    yield _type(layer.name, _BASE if layer.kind == DOCUMENT else ANY, features)


def _type(name: str, supertype: str, features: Iterable[str]) -> str:
    return (
        f"<typeDescription><name>{escape(name)}</name><description/><supertypeName>{supertype}</supertypeName>"
        f"<features>{''.join(features)}</features></typeDescription>\n"
    )


def _feature(name: str, range_type: str, element: str = "") -> str:
    elements = f"<elementType>{escape(element)}</elementType>" if element else ""
    return (
        f"<featureDescription><name>{escape(name)}</name><description/><rangeTypeName>{escape(range_type)}"
        f"</rangeTypeName>{elements}</featureDescription>"
    )
