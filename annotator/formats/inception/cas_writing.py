"""Layers to a UIMA CAS, as XMI or as JSON, by way of dkpro-cassis, which counts UTF-16 units in what it writes."""

from __future__ import annotations

import json
import re
from typing import Any

from annotator.formats.extras import need
from annotator.formats.inception.layers import DOCUMENT, METADATA, SENTENCE, STRINGS, TOKEN, Annotation, Layer, Layered
from annotator.formats.inception.types import EXTRA, loaded
from annotator.formats.standoff.graph import first

UNFIT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNFIT = "ownUnfit"
"""Of the article: what the characters of the text were that XML cannot carry, as ``[[place, code], …]``."""


_AS_JSON = "\ufffdjson:"
"""Before a value with characters that XML cannot carry: the value as a string of JSON."""


def to_cas(layered: Layered, description: bytes, *, xml: bool) -> Any:
    """The CAS (of cassis) with a type system. Raises ``ExtraMissing``.

    ``xml`` puts � where the text has characters that XML cannot carry.
    """
    cassis = need("cassis", EXTRA, "Writing UIMA CAS")
    return _Filling(cassis, loaded(description), layered, xml).cas


def fit(value: str) -> str:
    """A feature's value as XML can carry it."""
    if UNFIT_FOR_XML.search(value) is None and not value.startswith(_AS_JSON):
        return value
    return _AS_JSON + json.dumps(value)


def as_it_was(value: str) -> str:
    """The value again."""
    if not value.startswith(_AS_JSON):
        return value
    try:
        found = json.loads(value.removeprefix(_AS_JSON))
    except (ValueError, RecursionError):
        return value
    return found if isinstance(found, str) else value


def unfit(text: str) -> str:
    """What :data:`UNFIT` says of a text; empty when all of it can stand in XML."""
    found = [[match.start(), ord(match[0])] for match in UNFIT_FOR_XML.finditer(text)]
    return json.dumps(found) if found else ""


class _Filling:
    def __init__(self, cassis: Any, types: Any, layered: Layered, xml: bool) -> None:
        self.types, self.layered, self.xml = types, layered, xml
        self.everything: list[Any] = []
        self.cas = _knowing(cassis, self.everything)(typesystem=types)
        self.made: dict[str, Any] = {}
        self.cas.sofa_string = UNFIT_FOR_XML.sub("\ufffd", layered.text) if xml else layered.text
        self.cas.sofa_mime = "text/plain"
        self._metadata()
        for number, (place, tokens) in enumerate(layered.sentences):
            self._add(SENTENCE, place, id=layered.sentence_ids.get(number))
            for token in tokens:
                self.made[f"token {token}"] = self._add(TOKEN, token)
        for annotation in layered.annotations:
            self._annotation(annotation, layered.layers[annotation.layer])
        for annotation in layered.annotations:
            self._join(annotation, layered.layers[annotation.layer])
        last = max(each.xmiID or 0 for each in self.everything)
        for number, each in enumerate((each for each in self.everything if each.xmiID is None), start=last + 1):
            each.xmiID = number

    def _fit(self, value: str) -> str:
        return fit(value) if self.xml else value

    def _add(self, name: str, place: tuple[int, int] | None, **features: Any) -> Any:
        where = {} if place is None else {"begin": place[0], "end": place[1]}
        made = self.types.get_type(name)(**where, **features)
        self.cas.add(made)
        self.everything.append(made)
        return made

    def _array(self, name: str, elements: list[Any]) -> Any:
        """An array, which stands in the feature itself in XMI and by itself in JSON."""
        made = self.types.get_type(name)(elements=elements)
        if not self.xml:
            self.everything.append(made)
        return made

    def _metadata(self) -> None:
        said = self.layered.fields
        told = {
            "documentTitle": first(said, "title") or self.layered.name,
            "documentId": first(said, "id"),
            "documentUri": first(said, "url"),
        }
        told = {name: self._fit(value) if value else None for name, value in told.items()}
        place = (0, len(self.layered.text))
        self._add(METADATA, place, language=self._fit(first(said, "language") or "x-unspecified"), **told)

    def _annotation(self, annotation: Annotation, layer: Layer) -> None:
        made = self._add(annotation.layer, None if layer.kind == DOCUMENT else annotation.place)
        values: dict[str, list[str]] = {}
        for name, value in annotation.values:
            values.setdefault(name, []).append(self._fit(value))
        for name, several in values.items():
            feature = layer.feature(name)
            if feature is not None and feature.holds == STRINGS:
                made[_python(name)] = self._array("uima.cas.StringArray", several)
            else:
                made[_python(name)] = several[0]
        self.made[annotation.id] = made

    def _join(self, annotation: Annotation, layer: Layer) -> None:
        made = self.made[annotation.id]
        if annotation.ends is not None:
            made.Governor, made.Dependent = (self.made[id_] for id_ in annotation.ends)
        for feature in dict.fromkeys(slot.feature for slot in annotation.slots):
            declared = layer.feature(feature)
            link = self.types.get_type(declared.link if declared else "")
            slots = (slot for slot in annotation.slots if slot.feature == feature)
            links = [link(role=self._fit(slot.role or ""), target=self.made[slot.target]) for slot in slots]
            self.everything += links
            made[feature] = self._array("uima.cas.FSArray", links)


def _knowing(cassis: Any, everything: list[Any]) -> Any:
    """A class of CAS that is told what is in it: cassis looks for that in a time that grows with its square."""

    class Knowing(cassis.Cas):  # type: ignore[misc]
        def _find_all_fs(self, **_: Any) -> list[Any]:
            return everything

    return Knowing


def _python(name: str) -> str:
    """The name by which cassis has a feature whose own name means something to Python."""
    return f"{name}_" if name in ("self", "type") else name
