"""A labelling scheme as a JSON file: to take it from one project to another, and beside an exported dataset.

The shape is ``schemas/scheme-v1.schema.json``.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from annotator.formats import small_file
from annotator.known_checks import CHECKS
from annotator.model import CheckSetting, Scheme, Term
from annotator.services.scheme import HIDEABLE
from annotator.text.wording import shorten
from annotator.vocabulary import DEFAULT_TERMS, FIXED

_REFUSAL = "is no scheme that can be used"


def write(scheme: Scheme, change_log: str = "") -> bytes:
    """The file's bytes. ``change_log``: where that of the project ended, of whose dataset this stands beside."""
    data = {
        "schema_version": 1,
        "name": scheme.name,
        "version": scheme.version,
        "terms": [_term(term) for term in scheme.terms],
        "checks": {setting.check: setting.level for setting in scheme.checks},
        "hidden": list(scheme.hidden),
        "guideline": scheme.guideline,
        **({"change_log": change_log} if change_log else {}),
    }
    return small_file.bytes_of(data)


def _term(term: Term) -> dict[str, Any]:
    retired = {"retired": True} if term.retired else {}
    return {
        "vocabulary": term.vocabulary,
        "value": term.value,
        "label": term.label,
        "meaning": term.meaning,
        **retired,
    }


def read(path: Path) -> Scheme:
    """The scheme in a file.

    Raises:
        ImportFailed: it cannot be read or is no scheme that a project can have; the sentence says why.
    """
    return small_file.read(path, _read, _REFUSAL)


def read_bytes(data: bytes, name: str) -> Scheme:
    """The scheme in the bytes of a file of that name. Raises like :func:`read`."""
    return small_file.made(data, name, _read, _REFUSAL)


def _read(data: bytes) -> Scheme:
    found = small_file.data_of(data, "scheme-v1")
    terms = tuple(
        Term(t["vocabulary"], t["value"], " ".join(t["label"].split()), t.get("meaning", ""), t.get("retired", False))
        for t in found["terms"]
    )
    _check_terms(terms)
    _check_names("check", found["checks"], {check.id for check in CHECKS})
    _check_names("field to hide", found["hidden"], set(HIDEABLE))
    return Scheme(
        name=" ".join(found["name"].split()),
        version=found["version"],
        terms=terms,
        guideline=found["guideline"],
        checks=tuple(CheckSetting(check, level) for check, level in found["checks"].items()),
        hidden=tuple(dict.fromkeys(found["hidden"])),
    )


def _check_terms(terms: tuple[Term, ...]) -> None:
    known = dict.fromkeys(term.vocabulary for term in DEFAULT_TERMS)
    for term in terms:
        if term.vocabulary in FIXED:
            raise ValueError(f"the values of {term.vocabulary} are the same in every project")
        if term.vocabulary not in known:
            raise ValueError(f"there is no vocabulary “{shorten(term.vocabulary)}”")
        if not term.label:
            raise ValueError(f"{term.vocabulary} has a value without a label")
    (key, count), *_ = Counter((term.vocabulary, term.value) for term in terms).most_common(1) or [(("", ""), 0)]
    if count > 1:
        raise ValueError(f"{key[0]} has the value “{key[1]}” twice")
    offered = {term.vocabulary for term in terms if not term.retired}
    for vocabulary in known:
        if vocabulary not in offered:
            raise ValueError(f"it offers no value for {vocabulary}")


def _check_names(noun: str, names: Any, known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"there is no {noun} “{shorten(name)}”")
