"""The rules of the records, each written once: for edits, for imports and for the verification of a project."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.model import (
    RECORD_TYPES,
    Article,
    Claim,
    Correction,
    Evidence,
    Hop,
    Mention,
    Record,
    Role,
    Segment,
    SourceText,
    Span,
    field_names,
)
from annotator.text.anchors import check_record, places, segment_problems
from annotator.text.storable import is_storable
from annotator.text.wording import shorten
from annotator.vocabulary import Vocabulary

_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_DATE = re.compile(_DAY, re.ASCII)
_DATE_AND_TIME = re.compile(_DAY + r"(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII)
_DATES: dict[tuple[type, str], re.Pattern[str]] = {
    (Article, "published"): _DATE_AND_TIME,
    (Role, "since"): _DATE,
    (Role, "until"): _DATE,
    (Evidence, "date"): _DATE,
    (Hop, "date"): _DATE,
}
_NOUNS: dict[type, str] = {
    **{record_type: kind.replace("_", " ") for kind, record_type in RECORD_TYPES.items()},
    Hop: "hop",
    Segment: "segment",
    Role: "role",
    Evidence: "piece of evidence",
}
_VOCABULARY_PREFIXES: dict[type, str] = {
    **{record_type: kind for kind, record_type in RECORD_TYPES.items()},
    Hop: "hop",
    Segment: "segment",
    Evidence: "evidence",
}


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """A value that breaks a rule: its place inside the record (``chain[1].referring``), and a sentence."""

    place: str
    message: str


# -- values -----------------------------------------------------------------------------------------------------


def check_fields(record: Record, values: Mapping[str, Any], fixed: Collection[str], vocabulary: Vocabulary) -> None:
    """Whether the fields named in ``values`` may be set to them. Links and overlaps are the caller's to check.

    Raises:
        InvalidEdit: a field is not there or among the ``fixed`` ones, a value is of the wrong type (None fits only
            where the model allows it), not in its vocabulary, no date, or holds characters that cannot be stored;
            segments are out of order.
    """
    record_type: type = type(record)
    noun, hints = _NOUNS[record_type], _hints(record_type)
    for name, value in values.items():
        if name not in hints or name in fixed:
            raise InvalidEdit(f"{_article(noun)} {noun} has no field “{shorten(name)}” to change.")
        if not _fits(value, hints[name]):
            said = "nothing" if value is None else f"“{shorten(str(value))}”"
            raise InvalidEdit(f"The {name.replace('_', ' ')} of {_article(noun).lower()} {noun} cannot be {said}.")
        check_storable(name, value)
        for problem in _field_problems(record_type, name, value, vocabulary):
            raise InvalidEdit(problem.message)
        if isinstance(record, Article) and name == "segments":
            for _, clause in segment_problems(places(value)):
                raise InvalidEdit(f"A segment {clause}.")


def value_problems(record: Record | Hop | Segment | Role | Evidence, vocabulary: Vocabulary) -> Iterator[ValueProblem]:
    """Every value that is not in its vocabulary, and every date that is none."""
    owner: type = type(record)
    for name in _names_to_check(owner, vocabulary.fields):
        yield from _field_problems(owner, name, getattr(record, name), vocabulary)


class ValueCheck:
    """:func:`value_problems` for thousands of records: values that were right once are not looked at again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sound: dict[type, set[Any]] = {}
        """By type, the values of those of its fields that are no lists of what is checked, too."""
        self._names: dict[type, tuple[Callable[[Any], Any], tuple[str, ...]]] = {}

    def problems(self, records: Sequence[Record]) -> Iterator[tuple[int, ValueProblem]]:
        """Every value of records of one type that is not in its vocabulary, and every date that is none."""
        if not self._are_sound(records):
            for index, record in enumerate(records):
                yield from ((index, problem) for problem in value_problems(record, self._vocabulary))

    def _are_sound(self, values: Sequence[Any]) -> bool:
        if not values:
            return True
        owner: type = type(values[0])
        plain, lists = self._names.get(owner) or self._learned(owner)
        sound = self._sound.setdefault(owner, set())
        if not sound.issuperset(map(plain, values)):
            for value in values:
                if any(True for _ in value_problems(value, self._vocabulary)):
                    return False
                if len(sound) < _MOST_SOUND:
                    sound.add(plain(value))
        return all(self._are_sound([item for value in values for item in getattr(value, name)]) for name in lists)

    def _learned(self, owner: type) -> tuple[Callable[[Any], Any], tuple[str, ...]]:
        names = _names_to_check(owner, self._vocabulary.fields)
        lists = tuple(name for name in names if _inside(owner).get(name) in _CHECKED_INSIDE)
        plain = [name for name in names if name not in lists]
        self._names[owner] = (attrgetter(*plain) if plain else lambda _value: None), lists
        return self._names[owner]


@cache
def _names_to_check(owner: type, vocabularies: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that have one of these vocabularies, are dates, or hold values of which a field does."""
    inside = _inside(owner)
    return tuple(
        name
        for name in field_names(owner)
        if any(field in vocabularies for field in _vocabularies(owner, name))
        or (owner, name) in _DATES
        or inside.get(name) in _CHECKED_INSIDE
    )


@cache
def _inside(owner: type) -> dict[str, type]:
    """Each field that is a tuple, and the type of what is in it."""
    return {name: typing.get_args(hint)[0] for name, hint in _hints(owner).items() if typing.get_origin(hint) is tuple}


def is_date(value: str, *, with_time: bool = False) -> bool:
    """Whether it is written as a date (``2018-04-20``, ``2018-04``, ``2018``), and that day exists."""
    if not (_DATE_AND_TIME if with_time else _DATE).fullmatch(value):
        return False
    try:
        date.fromisoformat((value.split("T", maxsplit=1)[0] + "-01-01")[:10])
    except ValueError:
        return False
    return True


def ends_early(since: str, until: str) -> bool:
    """Whether a time ends before it begins, both dates known to the day, the month or the year."""
    known = min(len(since), len(until))
    return until[:known] < since[:known]


def _field_problems(owner: type, name: str, value: Any, vocabulary: Vocabulary) -> Iterator[ValueProblem]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            if type(item) in _CHECKED_INSIDE:
                for inner in value_problems(item, vocabulary):
                    yield ValueProblem(f"{name}[{index}].{inner.place}", inner.message)
        return
    if not isinstance(value, str):
        return
    terms = _vocabulary_of(owner, name, vocabulary)
    if terms is not None and vocabulary.get(terms, value) is None:
        yield ValueProblem(name, f"“{shorten(value)}” is not one of: {', '.join(vocabulary.values(terms))}.")
    pattern = _DATES.get((owner, name))
    if pattern is not None and not is_date(value, with_time=pattern is _DATE_AND_TIME):
        yield ValueProblem(name, f"“{shorten(value)}” is not a date; write it as 2018-04-20, 2018-04 or 2018.")


_CHECKED_INSIDE = (Hop, Segment, Role, Evidence)
_MOST_SOUND = 10_000


def _vocabulary_of(owner: type, name: str, vocabulary: Vocabulary) -> str | None:
    """The name of the vocabulary of a field, None when it has none. Some are shared by all annotations."""
    return next((field for field in _vocabularies(owner, name) if field in vocabulary), None)


@cache
def _vocabularies(owner: type, name: str) -> tuple[str, str]:
    return f"{_VOCABULARY_PREFIXES.get(owner, '')}.{name}", name


@cache
def _hints(owner: type) -> dict[str, Any]:
    return typing.get_type_hints(owner)


def _fits(value: Any, hint: Any) -> bool:
    """Whether ``value`` is of the type that the model states, down to the fields of values inside it."""
    if isinstance(hint, types.UnionType):
        return any(_fits(value, option) for option in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return isinstance(value, tuple) and all(_fits(item, inner) for item in value)
    if is_dataclass(hint) or hint is Span:
        return type(value) is hint and all(
            _fits(getattr(value, name), inner)
            for name, inner in _hints(hint).items()  # type: ignore[arg-type]
        )
    return type(value) is hint  # so that True is no number


def _article(noun: str) -> str:
    return "An" if noun[0] in "aeiou" else "A"


# -- what can be stored -----------------------------------------------------------------------------------------


def check_edit(edit: Edit, texts: Mapping[str, str]) -> None:
    """Whether every record that ``edit`` writes can be stored.

    Args:
        edit: what is about to be applied; source texts that it brings count as known.
        texts: article id → source text, as far as it is at hand; places in other articles are not checked.

    Raises:
        InvalidEdit: a string holds a character that no database carries.
        InvalidSpan: a place does not fit its text.
    """
    written = [change.after for change in edit.changes if change.after is not None]
    brought = {record.id: record.text for record in written if isinstance(record, SourceText)}
    check_storable("title", edit.title)
    for record, article_id in ((change.after, change.article_id) for change in edit.changes):
        if record is None:
            continue
        check_storable("", record)
        text = None if article_id is None else brought.get(article_id, texts.get(article_id))
        if text is not None:
            check_record(text, record)


def check_storable(name: str, value: Any) -> None:
    """Raise :class:`InvalidEdit` when a string in ``value`` (of the field ``name``) cannot be stored."""
    if isinstance(value, str):
        if not is_storable(value):
            raise InvalidEdit(f"The field “{name.replace('_', ' ')}” holds a character that cannot be stored.")
    elif isinstance(value, tuple):
        for item in value:
            check_storable(name, item)
    elif isinstance(value, Span):  # most of what there is
        if not is_storable(value.exact + value.prefix + value.suffix):
            check_storable(name, (value.exact, value.prefix, value.suffix))
    elif is_dataclass(value) and not isinstance(value, type):
        for inner in field_names(type(value)):
            check_storable(name or inner, getattr(value, inner))


# -- links ------------------------------------------------------------------------------------------------------


def links_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Every link of an annotation to another record: (what has it, the other's kind, the other's id)."""
    if isinstance(record, Mention) and record.speaker_id is not None:
        yield "it", "speaker", record.speaker_id
    if isinstance(record, Claim):
        if record.parent_id is not None:
            yield "it", "claim", record.parent_id
        for number, hop in enumerate(record.chain, start=1):
            if hop.speaker_id is not None:
                yield f"hop {number} of its chain", "speaker", hop.speaker_id
            if hop.addressee_id is not None:
                yield f"the addressee in hop {number} of its chain", "speaker", hop.addressee_id
    if isinstance(record, Correction) and record.claim_id is not None:
        yield "it", "claim", record.claim_id


def named_speakers(records: Iterable[Record]) -> set[str]:
    """The ids of the speakers that mentions and chains (sources and addressees) among ``records`` name."""
    found: set[Any] = set()  # asked of every record that is exported, so not by way of links_of
    for record in records:
        kind = type(record)
        if kind is Mention:
            found.add(record.speaker_id)  # type: ignore[union-attr]
        elif kind is Claim:
            for hop in record.chain:  # type: ignore[union-attr]
                found.add(hop.speaker_id)
                found.add(hop.addressee_id)
    found.discard(None)
    return found


def find_cycle(parents: Mapping[str, str | None]) -> str | None:
    """A key of ``parents`` from which following the parents comes back to itself, or None."""
    sound: set[str] = set()
    for first in parents:
        path: list[str] = []
        seen: set[str] = set()
        at: str | None = first
        while at is not None and at in parents and at not in sound:
            if at in seen:
                return at
            seen.add(at)
            path.append(at)
            at = parents[at]
        sound.update(path)
    return None
