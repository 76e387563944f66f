"""One text with annotations in the terms of INCEpTION: layers with features, links with roles, relations, chains."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.formats.standoff.graph import Attributes, Place, Unread, first

SPAN, RELATION, CHAIN, DOCUMENT = "span", "relation", "chain", "document"
"""The kinds of layers; an annotation of a document layer stands on no words."""
STRING, STRINGS, BOOLEAN, INTEGER, FLOAT, SLOT = "string", "strings", "boolean", "integer", "float", "slot"
"""What a feature holds; a slot holds links to other annotations."""

ANY = "uima.tcas.Annotation"
"""The type of every annotation, as the target of a slot that takes any."""
CUSTOM = "webanno.custom."
"""Before the name of each layer that somebody made in INCEpTION."""
_CORE = "de.tudarmstadt.ukp.dkpro.core.api."
TOKEN, SENTENCE = f"{_CORE}segmentation.type.Token", f"{_CORE}segmentation.type.Sentence"
METADATA = f"{_CORE}metadata.type.DocumentMetaData"
POS, DEPENDENCY = f"{_CORE}lexmorph.type.pos.POS", f"{_CORE}syntax.type.dependency.Dependency"
GRAMMAR = (
    *(f"{_CORE}{name}." for name in ("segmentation", "lexmorph", "syntax", "transform", "metadata")),
    *(f"org.dkpro.core.api.{name}." for name in ("xml", "pdf")),
)
"""Before the names of layers that tell of grammar and of the text's make-up."""
GOVERNOR, DEPENDENT = "Governor", "Dependent"
"""From where to where a relation leads."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a layer."""

    name: str
    holds: str = STRING
    target: str = ANY
    """Of a slot: the layer to which it links."""
    link: str = ""
    """Of a slot: the name of the type of its links."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer."""

    name: str
    """The whole name of the type, ``webanno.custom.Claim``; of a chain that of its elements (``…Link``)."""
    kind: str = SPAN
    features: tuple[Feature, ...] = ()
    base: str = ANY
    """Of a relation: the layer between whose annotations it leads."""

    def feature(self, name: str) -> Feature | None:
        """The feature of that name."""
        return next((each for each in self.features if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Slot:
    """One link of a slot feature."""

    feature: str
    role: str | None
    target: str
    """The id of the annotation."""


@dataclass(slots=True)
class Annotation:
    """One annotation of a layer."""

    id: str
    layer: str
    place: Place | None
    """In code points; None: it stands on no words (a relation's place is that of its end)."""
    values: Attributes = ()
    """Features that hold values, in the order of the layer; several values of one are several pairs."""
    slots: tuple[Slot, ...] = ()
    ends: tuple[str, str] | None = None
    """Of a relation: the ids of governor and dependent."""

    def get(self, name: str) -> str | None:
        """The first value of a feature."""
        return first(self.values, name)


@dataclass(slots=True)
class Chain:
    """A chain: the ids of its elements in order."""

    layer: str
    """That of the elements."""
    elements: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Layered:
    """A text with everything that is annotated in it."""

    name: str
    text: str = field(repr=False)
    layers: dict[str, Layer] = field(default_factory=dict)
    """By name, in the order in which they were declared, with what no annotation uses."""
    annotations: list[Annotation] = field(default_factory=list)
    """In text order, those that begin together with the longer one first."""
    chains: list[Chain] = field(default_factory=list)
    sentences: list[tuple[Place, list[Place]]] = field(default_factory=list)
    """Each sentence with its tokens."""
    sentence_ids: dict[int, str] = field(default_factory=dict)
    """The ids of those sentences (by number, from 0) that have one."""
    fields: Attributes = ()
    """What is known of the article."""
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def by_id(self) -> dict[str, Annotation]:
        """The annotations by id."""
        return {each.id: each for each in self.annotations}


def in_text_order(annotation: Annotation) -> tuple[int, int]:
    """Sorts annotations as UIMA's index does: those that begin together with the longer one first."""
    start, end = annotation.place or (0, 0)
    return start, -end
