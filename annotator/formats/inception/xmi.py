"""UIMA CAS XMI: ``a.xmi`` with ``TypeSystem.xml`` beside, as INCEpTION exports it and takes it in."""

from __future__ import annotations

import io
from dataclasses import replace

from annotator.formats.base import Reading
from annotator.formats.extras import need
from annotator.formats.inception import cas_reading, own, types
from annotator.formats.inception.cas_format import cas_format
from annotator.formats.inception.cas_writing import UNFIT, to_cas, unfit
from annotator.formats.inception.exchange import of_cassis
from annotator.formats.inception.layers import Feature, Layered
from annotator.formats.inception.looking import look


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


FORMAT = cas_format("inception-xmi", "INCEpTION: UIMA CAS XMI", ".xmi", layers_of, _file, _fit)
