"""Attributes of a standoff to the fields of a record. What no field takes goes into the record's note."""

from __future__ import annotations

import json
import re
import typing
from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, TypeVar

from annotator.formats.base import Reading
from annotator.formats.standoff.graph import Attributes
from annotator.formats.standoff.mapping import UNCOVERED
from annotator.model import Claim, Correction, Evidence, Mention, Role
from annotator.rules import value_problems
from annotator.text.storable import UNSTORABLE, storable

AnnotationT = TypeVar("AnnotationT", Claim, Mention, Correction)
ValueT = TypeVar("ValueT", Role, Evidence)


@dataclass(slots=True)
class Kept:
    """What stands in notes since no field takes it: how many values of which name."""

    counts: Counter[str] = field(default_factory=Counter)


def clean(value: str) -> str:
    """Text as it can be stored."""
    return UNSTORABLE.sub("\ufffd", value)


@cache
def _hints(owner: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(owner)


def given(owner: type, attributes: Attributes, without: Collection[str] = ()) -> dict[str, Any]:
    """The fields of ``owner`` that are single values and that the attributes name, each once, by its first value."""
    found: dict[str, Any] = {}
    for name, value in attributes:
        hint = _hints(owner).get(name)
        if name in without or name in found or typing.get_origin(hint) is tuple or hint is None:
            continue
        found[name] = value == "true" if hint is bool else int(value) if hint is int else clean(value)
    return found


def common(attributes: Attributes, reading: Reading, time: str) -> dict[str, Any]:
    """What every annotation carries, where the attributes do not say it: who imports, and when."""
    made = {"annotator": reading.annotator, "guideline": reading.guideline, "origin": "imported"}
    times = {"created": time, "updated": time}
    return {**made, **times} if not any(name == "uuid" for name, _ in attributes) else {**made, "origin": "manual"}


def json_values(owner: type[ValueT], texts: Iterable[str]) -> tuple[list[ValueT], list[str]]:
    """Values written as JSON objects (roles, evidence), and those that are none."""
    found: list[ValueT] = []
    wrong: list[str] = []
    for text in texts:
        try:
            value = owner(**storable(json.loads(text)))
        except (ValueError, TypeError, RecursionError):
            wrong.append(text)
            continue
        allowed = {name: typing.get_args(hint) or (hint,) for name, hint in typing.get_type_hints(owner).items()}
        sound = all(type(getattr(value, name)) in options for name, options in allowed.items())
        (found if sound else wrong).append(value if sound else text)  # type: ignore[arg-type]
    return found, wrong


def leftover(attributes: Attributes, taken: Collection[str]) -> list[tuple[str, str]]:
    """The attributes that no field takes: unknown names, and second values of a name that has but one."""
    seen: set[str] = set()
    left = []
    for name, value in attributes:
        if name not in taken or (name in seen and name not in _REPEATED):
            left.append((theirs(name), value))
        seen.add(name)
    return left


def theirs(name: str) -> str:
    """The name of an attribute as its own tool has it: what no rule covers is marked while it is among ours."""
    return name.removeprefix(UNCOVERED)


_INSIDE = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
"""A place in a value inside a record: ``evidence[0].date``."""
_REPEATED = frozenset({"tag", "evidence", "alias", "role"})


def sound(record: AnnotationT, left: Iterable[tuple[str, str]], reading: Reading, kept: Kept) -> AnnotationT:
    """The record without values that the project cannot have; they and ``left`` stand in its note."""
    lines = list(left)
    fixes: dict[str, Any] = {}
    for problem in value_problems(record, reading.vocabulary):
        inside = _INSIDE.fullmatch(problem.place)
        if inside:
            name, number = inside[1], int(inside[2])
            values = list(fixes.get(name, getattr(record, name)))
            lines.append((problem.place, str(getattr(values[number], inside[3]))))
            values[number] = replace(values[number], **{inside[3]: _default(type(values[number]), inside[3])})
            fixes[name] = tuple(values)
            continue
        if not hasattr(record, problem.place) or problem.place in fixes:
            continue
        lines.append((problem.place, str(getattr(record, problem.place))))
        fixes[problem.place] = _default(type(record), problem.place)
    if not lines:
        return record
    kept.counts.update(name for name, _ in lines)
    lines.sort(key=lambda line: line[0])  # the same in whatever order a format has them
    told = clean("\n".join(f"{name} = {value}" for name, value in lines))
    note = f"{record.note}\n{told}" if record.note else told
    return replace(record, **{**fixes, "note": note})


def _default(owner: type, name: str) -> Any:
    return next(item.default for item in fields(owner) if item.name == name)
