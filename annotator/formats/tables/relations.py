"""The data of articles as tables that are joined by ids, and back; see :mod:`.csv_files` and :mod:`.sheets`.

The tables follow from the schema of JSON Lines: each list of objects in it is a table of its own, each single value
and each list of words a column. Places stand all in one table. Columns that a person reads but that follow from other
tables (the words of a claim, the name of a speaker) are written and not read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.article_lines import Lines
from annotator.formats.base import Draft, Reading
from annotator.formats.shape import Keys, Several, Shape, Value, article_shape
from annotator.formats.tables.cells import from_cell

_TEXT, _NUMBER, _MAYBE_NUMBER, _MAYBE_TEXT = (
    Value("string", optional=False),
    Value("integer", optional=False),
    Value("integer", optional=True),
    Value("string", optional=True),
)
_JOINS: dict[str, dict[str, Shape]] = {
    "articles": {},
    "segments": {"article_id": _TEXT, "number": _NUMBER},
    "speakers": {},
    "roles": {"speaker_id": _TEXT, "number": _NUMBER},
    "mentions": {"article_id": _TEXT},
    "claims": {"article_id": _TEXT},
    "hops": {"article_id": _TEXT, "claim_id": _TEXT, "number": _NUMBER},
    "corrections": {"article_id": _TEXT},
    "evidence": {"article_id": _TEXT, "correction_id": _TEXT, "number": _NUMBER},
    "spans": {
        "article_id": _TEXT, "record": _TEXT, "record_id": _TEXT, "hop": _MAYBE_NUMBER, "role": _TEXT,
        "number": _NUMBER,
    },
    "quarantined": {"article_id": _TEXT},
}  # fmt: skip
"""Table → the columns that join it to others. ``number`` counts from 1 among the rows of one owner."""
_TOLD: dict[str, dict[str, Shape]] = {
    "mentions": {"speaker": _MAYBE_TEXT, "start": _MAYBE_NUMBER, "end": _MAYBE_NUMBER, "exact": _TEXT},
    "claims": {"source": _MAYBE_TEXT, "start": _MAYBE_NUMBER, "end": _MAYBE_NUMBER, "exact": _TEXT},
    "hops": {"speaker": _MAYBE_TEXT, "cue": _TEXT},
    "corrections": {"start": _MAYBE_NUMBER, "end": _MAYBE_NUMBER, "exact": _TEXT},
}
"""Table → the columns that follow from others."""
_ROLES = {"spans": "content", "mention_spans": "source", "cue_spans": "cue"}
"""Key of places in the data → what is in the column ``role`` of the table of places."""
_NAMES = {"chain": "hops", **dict.fromkeys(_ROLES, "spans")}
_APART = " … "


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, and which of them need not be read back."""

    name: str
    columns: Mapping[str, Shape]
    told: frozenset[str]


Row = dict[str, Any]


@cache
def tables() -> tuple[Table, ...]:
    """All tables, the articles first."""
    return tuple(_table(name, shape) for name, shape in _shapes().items())


@cache
def _shapes() -> dict[str, Keys]:
    found: dict[str, Keys] = {"articles": article_shape()}
    _collect(article_shape(), found)
    return {name: found[name] for name in _JOINS}


def _table(name: str, shape: Keys) -> Table:
    told = _TOLD.get(name, {})
    own = {key: each for key, each in shape.keys.items() if not _is_table(each)}
    return Table(name, {**_JOINS[name], **own, **told}, frozenset(told))


def _collect(shape: Keys, found: dict[str, Keys]) -> None:
    for key, each in shape.keys.items():
        if isinstance(each, Several) and isinstance(each.item, Keys):
            found[_NAMES.get(key, key)] = each.item
            _collect(each.item, found)


def _is_table(shape: Shape) -> bool:
    return isinstance(shape, Several) and isinstance(shape.item, Keys)


def rows(data: Mapping[str, Any], told: set[str]) -> Iterator[tuple[str, Row]]:
    """The rows of one article, each with the name of its table.

    ``told`` are the ids of speakers that have had their rows; those of this article are added.
    """
    names = {speaker["id"]: speaker["name"] for speaker in data["speakers"]}
    fresh = [speaker for speaker in data["speakers"] if speaker["id"] not in told]
    told.update(names)
    yield from _rows("articles", article_shape(), {**data, "speakers": fresh}, {}, names)


def _rows(
    name: str, shape: Keys, item: Mapping[str, Any], joins: Row, names: Mapping[str, str]
) -> Iterator[tuple[str, Row]]:
    own = {key: item[key] for key, each in shape.keys.items() if not _is_table(each)}
    yield name, {**{key: joins.get(key) for key in _JOINS[name]}, **own, **_told(name, item, names)}
    for key, each in shape.keys.items():
        if isinstance(each, Several) and isinstance(each.item, Keys):
            below = _below(name, key, item, joins)
            for number, inner in enumerate(item[key], start=1):
                yield from _rows(_NAMES.get(key, key), each.item, inner, {**below, "number": number}, names)


def _below(name: str, key: str, item: Mapping[str, Any], joins: Row) -> Row:
    """The joins of what belongs to one row of a table."""
    if name == "articles":
        return {"article_id": item["id"]}
    if name == "hops":
        return {**joins, "hop": joins["number"], "role": _ROLES[key]}
    record = name.removesuffix("s")
    below = {**joins, f"{record}_id": item["id"], "record": record, "record_id": item["id"]}
    return {**below, "role": _ROLES[key]} if key in _ROLES else below


def _told(name: str, item: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    if name == "hops":
        return {"speaker": names.get(item["speaker_id"]), "cue": _words(item["cue_spans"])}
    if name not in _TOLD:
        return {}
    spans = item["spans"]
    found: Row = {
        "start": min((span["start"] for span in spans), default=None),
        "end": max((span["end"] for span in spans), default=None),
        "exact": _words(spans),
    }
    if name == "mentions":
        found["speaker"] = names.get(item["speaker_id"])
    if name == "claims":
        inner = next((hop["speaker_id"] for hop in reversed(item["chain"]) if hop["speaker_id"]), "")
        found["source"] = names.get(inner)
    return found


def _words(spans: Iterable[Mapping[str, Any]]) -> str:
    return _APART.join(span["exact"] for span in spans)


def articles(read: Mapping[str, Iterable[Row]]) -> Iterator[dict[str, Any]]:
    """The data of the articles in tables with all their rows. What joins nothing is left out."""
    below: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    speakers: list[Row] = []
    for name, each in read.items():
        for row in each:
            if name == "speakers":
                speakers.append(row)
            else:
                below[name, *(row[key] for key in _JOINS[name] if key != "number")].append(row)
    shape = article_shape()
    people = {row["id"]: _item("speakers", _shapes()["speakers"], row, {}, below) for row in speakers}
    for row in below["articles",]:
        data = _item("articles", shape, row, {}, below)
        yield {**data, "speakers": _named(data, people)}


def _item(name: str, shape: Keys, row: Row, joins: Row, below: Mapping[tuple[Any, ...], list[Row]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, each in shape.keys.items():
        if not (isinstance(each, Several) and isinstance(each.item, Keys)):
            found[key] = row[key]
        elif key == "speakers":
            found[key] = []
        else:
            table = _NAMES.get(key, key)
            mine = {**joins, **{join: row[join] for join in _JOINS[name]}}
            under = _below(name, key, row, mine)
            inner = below.get((table, *(under.get(join) for join in _JOINS[table] if join != "number")), [])
            if "number" in _JOINS[table]:
                inner = sorted(inner, key=lambda each: int(each["number"]))
            found[key] = [_item(table, each.item, one, under, below) for one in inner]
    return found


def _named(data: Mapping[str, Any], people: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The speakers that an article names, as JSON Lines has them."""
    ids = {mention["speaker_id"] for mention in data["mentions"]}
    for claim in data["claims"]:
        for hop in claim["chain"]:
            ids |= {hop["speaker_id"], hop["addressee_id"]}
    named = [people[id_] for id_ in ids if id_ in people]
    return sorted(named, key=lambda speaker: (speaker["name"], speaker["id"]))


def drafts(read: Mapping[str, Iterable[Row]], reading: Reading, *, back: bool) -> list[Draft]:
    """The articles in tables. Arguments and errors as for :meth:`.Lines.draft`."""
    found = list(enumerate(articles(read), start=1))
    lines = Lines(reading, "article")
    made = [lines.draft(data, number, back=back) for number, data in found]
    lines.finish(lambda: found)
    return made


def checked(table: Table, found: Iterator[tuple[str, list[str]]], name: str) -> Iterator[Row]:
    """The rows of a table as values; ``found`` begins with the header and numbers the rows for people.

    Raises:
        ImportFailed: it has other columns, or a cell that cannot be.
    """
    if next(found, ("1", []))[1] != list(table.columns):
        raise ImportFailed(f"{name} has other columns than an export of this program.")
    for number, cells in found:
        if len(cells) != len(table.columns):
            raise ImportFailed(f"{name}, row {number}: it has {len(cells):,} cells, not {len(table.columns)}.")
        yield dict(_values(table, cells, f"{name}, row {number}"))


def _values(table: Table, cells: list[str], place: str) -> Iterator[tuple[str, Any]]:
    for (key, shape), cell in zip(table.columns.items(), cells, strict=True):
        if key not in table.told:
            try:
                yield key, from_cell(cell, shape)
            except ValueError as error:
                raise ImportFailed(f"{place}: the column “{key}” {error}.") from None
