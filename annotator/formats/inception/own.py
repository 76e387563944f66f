"""What this program says in features of its own, so that nothing of its records is lost on the way.

Such features are believed only as far as the file has not been changed since.
"""

from __future__ import annotations

import re

from annotator.formats.inception.layers import CUSTOM
from annotator.formats.standoff.graph import Attributes, Place

PLACES = "ownPlaces"
"""The exact place of an annotation where rows cannot tell it, or :data:`NOWHERE`."""
NOWHERE = "none"
EXACT = "ownExact"
"""The words that somebody quoted, of what stands in quarantine."""
ENDS = "ownEnds"
"""Ends of a link that lead to nothing in the file, in JSON."""
PARTS = "parts"
"""The slot feature that leads from the first part of a discontinuous annotation to the others."""
PART_ROLE = "part"
LINKED = "ends"
"""The slot feature of an annotation that is a link itself (``Hop``): it leads to all that is linked, by role."""
ARTICLE = f"{CUSTOM}Article"
"""The layer of the one annotation, on no words, with what is known of the article."""

INFO = "Info"
"""At the end of the name of a layer whose annotations stand on no words and are linked to nothing."""
ARTICLE = f"{CUSTOM}Article{INFO}"
"""The layer of the one annotation with what is known of the article."""
LISTS = frozenset({"tag", "alias", "role", "evidence", "import_note", EXACT})
"""Features that hold several values."""
_RESERVED = frozenset({"begin", "end", "sofa", "elements", "xmiID", "Governor", "Dependent", "first", "next"})
_CARRIERS = frozenset({PLACES, EXACT, ENDS, PARTS, LINKED})

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_UNFIT = re.compile(r"[^A-Za-z0-9_]|__|^[^A-Za-z]|_$|(?<=z)z(?=[0-9a-f]{2,6}z)")
_ESCAPED = re.compile(r"zz([0-9a-f]{2,6})z")
_NUMBERED = re.compile(r"__\d+$")
_KEPT = re.compile(r"(?:Info|Link|Chain)$")
"""How names end that mean something to this program, or to INCEpTION."""


def told(place: Place) -> str:
    """A place as text."""
    return f"{place[0]}-{place[1]}"


def place_of(value: str) -> Place | None:
    """The place that is told; None: none is."""
    match = _PLACE.fullmatch(value)
    return (int(match[1]), int(match[2])) if match else None


def to_identifier(name: str) -> str:
    """A name as a type or a feature can have it: letters, digits and single underscores, a letter first."""
    return _UNFIT.sub(lambda match: _escaped(match[0]), name) or "zz00z"


def _escaped(characters: str) -> str:
    return "".join(f"zz{ord(character):02x}z" for character in characters)


def from_identifier(identifier: str) -> str:
    """The name again."""
    if identifier == "zz00z":
        return ""
    return _ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), identifier)


def to_feature(name: str) -> str:
    """The name of the feature for an attribute."""
    if name in _RESERVED or name in _CARRIERS:
        return _escaped(name[0]) + name[1:]
    return to_identifier(name)


def base(name: str) -> str:
    """The feature without the number that a further value of the same attribute gives it."""
    return _NUMBERED.sub("", name)


def attributes(values: Attributes) -> Attributes:
    """Features as attributes again, without those that only say where and how something stands."""
    named = ((base(name), value) for name, value in values)
    return tuple((from_identifier(name), value) for name, value in named if name not in _CARRIERS)


def to_layer(label: str) -> str:
    """The name of the layer for a label: itself when it is the whole name of a type, else one of a custom layer."""
    parts = label.split(".")
    if len(parts) > 2 and not label.startswith(CUSTOM) and all(part and part == to_identifier(part) for part in parts):
        return label
    name = to_identifier(label)
    return CUSTOM + (name[:-1] + _escaped(name[-1]) if _KEPT.search(name) else name)
