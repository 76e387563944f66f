"""The type system of an XMI file: the one beside it, and what that lacks as far as the file itself tells it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from annotator.errors import AnnotatorError, ImportFailed
from annotator.formats.base import Reading
from annotator.formats.extras import need
from annotator.formats.inception.layers import ANY, METADATA
from annotator.formats.inception.looking import Seen, look

NAME = "TypeSystem.xml"
"""What INCEpTION calls the file beside an XMI file, and this program too."""
EXTRA = "inception"
_REFERENCES = frozenset({"Governor", "Dependent", "target", "first", "next"})
_TOP, _BASE = "uima.cas.TOP", "uima.cas.AnnotationBase"
_ATTRIBUTES = frozenset({"sofa", "begin", "end"})
_SUPERTYPES = {METADATA: "uima.tcas.DocumentAnnotation"}
_NOTE = (
    "No TypeSystem.xml was beside the file; the layers and features were told from the annotations, "
    "and one that none has is not known."
)


def beside(reading: Reading) -> bytes | None:
    """The type system beside a file, under one of the names that are usual."""
    stem = PurePosixPath(reading.name.replace("\\", "/")).stem
    names = (NAME, "typesystem.xml", f"{stem}-typesystem.xml", f"{stem}.TypeSystem.xml", f"{stem}.typesystem.xml")
    return next((data for name in names if (data := reading.beside(name)) is not None), None)


def load(description: bytes, name: str) -> Any:
    """The type system (of cassis), the same one for the same description. Raises ``ImportFailed``, ``ExtraMissing``."""
    look(description, name)
    try:
        return loaded(description)
    except AnnotatorError:
        raise
    except Exception as error:  # another package's: whatever it says, it cannot be read
        raise ImportFailed(f"{name} is no UIMA type system that can be read: {why(error)}.") from error


@lru_cache(maxsize=4)
def loaded(description: bytes) -> Any:
    """The type system of a description that is known to be sound; making one takes longer than reading an article."""
    return need("cassis", EXTRA, "Reading a UIMA type system").load_typesystem(io.BytesIO(description))


def for_xmi(cassis: Any, reading: Reading, seen: Seen) -> tuple[Any, tuple[str, ...]]:
    """The type system with everything that an XMI file needs, and notes. Raises ``ImportFailed``."""
    description = beside(reading)
    notes = () if description is not None else (_NOTE,)
    if description is not None:
        types = load(description, NAME)
        if not any(True for _ in _missing(types, seen)):
            return types, notes
        types = cassis.load_typesystem(io.BytesIO(description))  # one of its own, since it is changed
    else:
        types = cassis.TypeSystem()
    missing = list(_missing(types, seen))
    for type_name, _ in missing:
        if not types.contains_type(type_name):
            types.create_type(type_name, _supertype(type_name, seen.types[type_name]))
    for type_name, features in missing:
        for feature in features - {each.name for each in types.get_type(type_name).all_features}:
            _add(types, types.get_type(type_name), feature, seen)
    return types, notes


def _missing(types: Any, seen: Seen) -> Iterator[tuple[str, set[str]]]:
    """Types and features that the file has and the type system lacks."""
    for type_name, features in seen.types.items():
        if not types.contains_type(type_name):
            yield type_name, features - _ATTRIBUTES
            continue
        declared = types.get_type(type_name)
        known = {feature.name.removesuffix("_") for feature in declared.all_features}
        if not types.is_array(declared) and (lacking := features - known - _ATTRIBUTES):
            yield type_name, lacking


def _supertype(type_name: str, features: set[str]) -> str:
    if type_name in _SUPERTYPES:
        return _SUPERTYPES[type_name]
    return ANY if "begin" in features else _BASE if "sofa" in features else _TOP


def _add(types: Any, declared: Any, feature: str, seen: Seen) -> None:
    key = declared.name, feature
    if key in seen.lists:
        types.create_feature(declared, name=feature, rangeType="uima.cas.StringArray")
    elif feature in _REFERENCES:
        types.create_feature(declared, name=feature, rangeType=_TOP)
    elif seen.leads_to_links(*key):
        link = seen.ids[next(iter(sorted(seen.numbers[key] or ())))]
        types.create_feature(declared, name=feature, rangeType="uima.cas.FSArray", elementType=link)
    else:
        types.create_feature(declared, name=feature, rangeType="uima.cas.String")


def why(error: Exception) -> str:
    """A clause about what is wrong with a file, told from what another package raised while it read it."""
    kinds = {
        "TypeNotFoundError": "it names a type that nothing declares",
        "KeyError": "something in it refers to what is not there",
        "ValueError": "a value in it is of another kind than its type says",
        "XMLSyntaxError": "it is damaged, or of a version that is not known here",
        "RecursionError": "it is nested too deeply",
    }
    return kinds.get(type(error).__name__, "it is damaged")
