"""A UIMA CAS (of cassis) to layers: each text in it with its annotations, whatever the type system calls them.

cassis turns UTF-16 units into code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.inception import own
from annotator.formats.inception.cas_writing import UNFIT, as_it_was
from annotator.formats.inception.layers import (
    ANY,
    BOOLEAN,
    CHAIN,
    DEPENDENT,
    DOCUMENT,
    FLOAT,
    GOVERNOR,
    INTEGER,
    METADATA,
    RELATION,
    SENTENCE,
    SLOT,
    SPAN,
    STRING,
    STRINGS,
    TOKEN,
    Annotation,
    Chain,
    Feature,
    Layer,
    Layered,
    Slot,
    in_text_order,
)
from annotator.formats.standoff.graph import Place, Unread

_BASE, _DOCUMENT = "uima.cas.AnnotationBase", "uima.tcas.DocumentAnnotation"
_HOLDS = {
    "uima.cas.String": STRING, "uima.cas.Boolean": BOOLEAN, "uima.cas.Float": FLOAT, "uima.cas.Double": FLOAT,
    "uima.cas.StringArray": STRINGS, "uima.cas.StringList": STRINGS,
    **{f"uima.cas.{name}": INTEGER for name in ("Byte", "Short", "Integer", "Long")},
}  # fmt: skip
_PRIMITIVE = (str, int, float)
_BUILT_IN = frozenset({"sofa", "begin", "end"})
_MACHINERY = ("de.tudarmstadt.ukp.clarin.webanno.api.type.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.Tag")
"""Before the names of types in which INCEpTION describes layers, tagsets and the file itself."""


def read(cas: Any, name: str, inside: frozenset[int] = frozenset()) -> list[Layered]:
    """The texts of a CAS with their annotations, that of ``_InitialView`` first.

    Args:
        cas: the CAS.
        name: what the file is called, for people.
        inside: offsets in the file that are in the middle of a character, which cassis leaves as they are.

    Raises:
        ImportFailed: it has no text.
    """
    views = [view for view in _views(cas) if view.sofa_string]
    if not views:
        raise ImportFailed(f"{name} holds no text.")
    alone = len(views) == 1
    return [
        _View(view, name if alone else f"{name}, view {view.get_sofa().sofaID}", inside).layered() for view in views
    ]


def _views(cas: Any) -> list[Any]:
    views = [cas.get_view(view.sofa.sofaID) for view in cas.views]
    return sorted(views, key=lambda view: view.get_sofa().sofaID != "_InitialView")


class _View:
    def __init__(self, view: Any, name: str, inside: frozenset[int]) -> None:
        self.view, self.types, self.inside = view, view.typesystem, inside
        self.found = Layered(name, view.sofa_string)
        self.kinds: dict[str, Layer | None] = {}
        self.tokens: set[str] = set()

    def layered(self) -> Layered:
        found = self.found
        for declared in self.types.get_types():
            self._layer(declared)
        everything = list(self.view.select_all_fs())
        self._text(everything)
        found.sentences = list(self._sentences())
        for each in everything:
            self._take(each)
        found.chains = list(self._chains(everything))
        found.annotations.sort(key=in_text_order)
        found.fields = tuple(self._fields(everything))
        return found

    def _text(self, everything: Iterable[Any]) -> None:
        """Put characters back that XML could not carry."""
        for each in everything:
            said = each.get(UNFIT) if each.type.name == own.ARTICLE and _has(each, UNFIT) else None
            if said:
                text = list(self.found.text)
                try:
                    for at, code in json.loads(said):
                        text[at] = chr(code) if text[at] == "\ufffd" and 0 < code < 0xFFFF else text[at]
                except (ValueError, TypeError, IndexError, RecursionError):
                    continue
                self.found.text = "".join(text)

    # -- layers

    def _layer(self, declared: Any) -> Layer | None:
        """The layer that a type is; None: it is none. Those that the type system declares are noted."""
        if declared.name in self.kinds:
            return self.kinds[declared.name]
        made = self._made(declared)
        self.kinds[declared.name] = made
        if made is not None:
            self.found.layers[made.name] = made
        return made

    def _made(self, declared: Any) -> Layer | None:
        name = declared.name
        own_features = [each for each in declared.all_features if each.name not in _BUILT_IN]
        names = {_name(each) for each in own_features}
        if name.startswith(_MACHINERY) or (name.startswith("uima.") and name != ANY):
            return None
        if self.types.is_instance_of(name, ANY):
            if self.types.is_instance_of(name, _DOCUMENT):
                return None
            kind = SPAN
            if {GOVERNOR, DEPENDENT} <= names:
                kind = RELATION
            elif "next" in names and name.endswith("Link"):
                kind = CHAIN
        elif self.types.is_instance_of(name, _BASE) and not ("first" in names and name.endswith("Chain")):
            kind = DOCUMENT
        else:
            return None
        hidden = {RELATION: {GOVERNOR, DEPENDENT}, CHAIN: {"next"}}.get(kind, set())
        features = tuple(self._feature(each) for each in own_features if _name(each) not in hidden)
        base = next((each.rangeType.name for each in own_features if _name(each) == GOVERNOR), ANY)
        return Layer(name, kind, features, base if kind == RELATION else ANY)

    def _feature(self, declared: Any) -> Feature:
        name, holds = _name(declared), _HOLDS.get(declared.rangeType.name)
        if holds is not None:
            return Feature(name, holds)
        element = declared.elementType
        target = ANY
        if element is not None and (found := element.get_feature("target")) is not None:
            target = found.rangeType.name
        return Feature(name, SLOT, target, element.name if element is not None else "")

    # -- annotations

    def _take(self, each: Any) -> None:
        layer = self._layer(each.type)
        if layer is None or layer.name in (TOKEN, SENTENCE):
            return
        place = None if layer.kind == DOCUMENT else (each.begin, each.end)
        if place is not None and not self._fits(each, place):
            return
        values: list[tuple[str, str]] = []
        slots: list[Slot] = []
        for feature in layer.features:
            value = each.get(_python(feature.name))
            if value is None:
                continue
            if feature.holds == SLOT:
                slots += self._slots(feature.name, value)
                values += ((feature.name, _text(each)) for each in _elements(value) if isinstance(each, _PRIMITIVE))
            elif feature.holds == STRINGS:
                values += ((feature.name, _text(text or "")) for text in _elements(value))
            else:
                values.append((feature.name, _text(value)))
        ends = None
        if layer.kind == RELATION:
            ends = self._id(each.get(GOVERNOR)), self._id(each.get(DEPENDENT))
        self.found.annotations.append(
            Annotation(str(each.xmiID), layer.name, place, tuple(values), tuple(slots), ends)
        )  # fmt: skip

    def _fits(self, each: Any, place: Place) -> bool:
        start, end = place
        if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(self.found.text):
            if start not in self.inside and end not in self.inside:
                return True
            reason = "its place is in the middle of a character"
        else:
            reason = f"its place ({start} to {end}) is outside the text"
        said = {_name(feature): _text(value) for feature in each.type.all_features
                if isinstance(value := each.get(feature.name), (str, int, float))}  # fmt: skip
        raw = json.dumps({"type": each.type.name, **said}, ensure_ascii=False)
        self.found.unread.append(Unread(raw, reason, f"annotation {each.xmiID}"))
        return False

    def _slots(self, feature: str, value: Any) -> Iterator[Slot]:
        """Links with roles, or annotations themselves, one or several."""
        several = _elements(value) if _is_collection(value) else [value]
        for each in several:
            if isinstance(each, _PRIMITIVE):
                continue
            if _has(each, "target") and not _has(each, "begin"):
                role = each.get("role") if _has(each, "role") else None
                if each.get("target") is not None:
                    yield Slot(feature, as_it_was(role) if role else role, self._id(each.get("target")))
            elif each is not None:
                yield Slot(feature, None, self._id(each))

    def _id(self, target: Any) -> str:
        """The id of an annotation to which something leads. A token becomes an annotation by that alone."""
        if target is None:
            return ""
        id_ = str(target.xmiID)
        if target.type.name == TOKEN and id_ not in self.tokens:
            self.tokens.add(id_)
            self.found.annotations.append(Annotation(id_, TOKEN, (target.begin, target.end)))
        return id_

    # -- the rest

    def _sentences(self) -> Iterator[tuple[Place, list[Place]]]:
        tokens = sorted((each.begin, each.end) for each in self._all(TOKEN))
        at = 0
        for number, sentence in enumerate(self._all(SENTENCE)):
            if _has(sentence, "id") and sentence.get("id"):
                self.found.sentence_ids[number] = sentence.get("id")
            inside = []
            while at < len(tokens) and tokens[at][0] < sentence.end:
                if tokens[at][0] >= sentence.begin:
                    inside.append(tokens[at])
                at += 1
            yield (sentence.begin, sentence.end), inside

    def _all(self, name: str) -> list[Any]:
        """The tokens or sentences whose places fit; the others are kept as they came."""
        found = self.view.select(name) if self.types.contains_type(name) else ()
        return [each for each in found if self._fits(each, (each.begin, each.end))]

    def _chains(self, everything: Iterable[Any]) -> Iterator[Chain]:
        for head in everything:
            if not (head.type.name.endswith("Chain") and _has(head, "first")):
                continue
            link, elements = head.get("first"), []
            layer = link.type.name if link is not None else ""
            while link is not None and str(link.xmiID) not in elements:
                elements.append(str(link.xmiID))
                link = link.get("next") if _has(link, "next") else None
            if elements:
                yield Chain(layer, elements)

    def _fields(self, everything: Iterable[Any]) -> Iterator[tuple[str, str]]:
        for each in everything:
            if not self.types.is_instance_of(each.type.name, _DOCUMENT):
                continue
            language = each.get("language")
            if language and language != "x-unspecified":
                yield "language", language
            if each.type.name == METADATA:
                if each.get("documentTitle"):
                    yield "title", each.get("documentTitle")
                if (each.get("documentUri") or "").startswith(("http://", "https://")):
                    yield "url", each.get("documentUri")


def _has(each: Any, feature: str) -> bool:
    return hasattr(each, feature)


def _name(feature: Any) -> str:
    """The feature's name in the file; cassis puts a _ behind one that means something to Python."""
    name: str = feature.name
    return name[:-1] if name in ("self_", "type_") else name


def _python(name: str) -> str:
    return f"{name}_" if name in ("self", "type") else name


def _is_collection(value: Any) -> bool:
    return _has(value, "elements") or _has(value, "head") or value.type.name.startswith("uima.cas.Empty")


def _elements(value: Any) -> list[Any]:
    """What is in an array or a list."""
    if _has(value, "elements"):
        return list(value.elements or ())  # numbers, texts, or what is linked
    found = []
    seen: set[int] = set()
    while value is not None and _has(value, "head") and id(value) not in seen:
        seen.add(id(value))
        found.append(value.head)
        value = value.tail
    return found


def _text(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else as_it_was(str(value))
