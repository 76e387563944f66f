"""UIMA CAS XMI: ``a.xmi`` with ``TypeSystem.xml`` beside, as INCEpTION exports it and takes it in."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import BinaryIO

from annotator.formats.base import Format, Reading, Sink, Source, Writing
from annotator.formats.bounds import article_bytes
from annotator.formats.extras import need
from annotator.formats.inception import cas_reading, own, types
from annotator.formats.inception.cas_writing import UNFIT, to_cas, unfit
from annotator.formats.inception.exchange import of_cassis, standing, write_files
from annotator.formats.inception.layers import Feature, Layered
from annotator.formats.inception.looking import look
from annotator.formats.standoff.graph import Standoff


def layers_of(data: bytes, reading: Reading) -> list[Layered]:
    """The texts of a file with their layers. Raises ``ImportFailed``, ``ExtraMissing``."""
    cassis = need("cassis", types.EXTRA, "Reading UIMA CAS")
    seen = look(data, reading.name)
    with of_cassis(reading.name) as unmapped:
        known, notes = types.for_xmi(cassis, reading, seen)
        cas = cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=known, trusted=True)  # look() has checked it
    with of_cassis(reading.name):
        found = cas_reading.read(cas, reading.name, frozenset(unmapped))
    for layered in found:
        layered.notes += notes
    return found


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """The annotated texts of a file. Raises ``ImportFailed``, ``ExtraMissing``."""
    return standing(layers_of(article_bytes(stream, reading.name), reading))


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write a project. Raises ``ExportFailed``, ``ExtraMissing``."""
    need("cassis", types.EXTRA, "Writing UIMA CAS")
    write_files(source, sink, writing, ".xmi", _file, _fit)


def _fit(layered: Layered) -> Layered:
    """The layers with a feature that says what XML cannot carry of the text, if there is such."""
    lost = unfit(layered.text)
    if not lost:
        return layered
    article = layered.layers[own.ARTICLE]
    layers = {**layered.layers, own.ARTICLE: replace(article, features=(*article.features, Feature(UNFIT)))}
    annotations = [
        replace(each, values=(*each.values, (UNFIT, lost))) if each.layer == own.ARTICLE else each
        for each in layered.annotations
    ]
    return replace(layered, layers=layers, annotations=annotations)


def _file(layered: Layered, description: bytes) -> bytes:
    return str(to_cas(layered, description, xml=True).to_xmi()).encode()


FORMAT = Format(
    name="inception-xmi",
    title="INCEpTION: UIMA CAS XMI",
    extensions=(".xmi",),
    read_standoff=read,
    write_files=write,
    offset_unit="utf16",
    extra=types.EXTRA,
    modules=("cassis",),
    takes=(types.NAME.casefold(),),
)
