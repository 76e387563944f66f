"""doccano JSON Lines: sequence labelling (``label`` or ``labels``) and relations (``entities``, ``relations``).

doccano's editor counts places as its browser does, in UTF-16 units, and its server stores them so. A file quotes no
words; where a text has characters beyond U+FFFF, code points are taken instead if more places then begin and end at
the edges of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Format, Reading, Source, Writing
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import as_pairs, dumps, is_offset, listed, pairs, raw, rows, scalar
from annotator.formats.standoff.article_data import article_fields, said_beside
from annotator.formats.standoff.binary import PART, Relation, links, parted, relations, with_attributes, with_parts
from annotator.formats.standoff.chunks import chunks
from annotator.formats.standoff.graph import Attributes, Item, Standoff, Unread
from annotator.formats.standoff.loose import BESIDE, loose, tightened
from annotator.formats.writing import standoffs
from annotator.text.offsets import Utf16Map

_ARTICLE, _ATTRIBUTES = "article", "attributes"
"""What doccano keeps for us beside a text: the article's fields, and what is said of entities."""
_SPANS = ("entities", "labels", "label", "annotations")
_TAGS = ("ner_tags", "tags", "ner", "labels")
_SIGN = re.compile(
    rb'"(label|labels|entities)"\s*:\s*\[\s*\]'
    rb'|"(label|labels|entities|annotations)"\s*:\s*\[\s*(\[\s*\d+\s*,\s*\d+\s*,|\{[^{}]*"start_offset")'
)
_WORDS = re.compile(rb'"tokens"\s*:\s*\[\s*"')
_TAGGED = re.compile(rb'"(ner_tags|tags|ner|labels)"\s*:\s*\[\s*"')


def is_doccano(head: bytes) -> bool:
    """Whether a file that begins so holds labelled stretches as doccano exports them, or words with a tag each."""
    line = head.partition(b"\n")[0]
    return _SIGN.search(line) is not None or (_WORDS.search(line) is not None and _TAGGED.search(line) is not None)


# -- writing ----------------------------------------------------------------------------------------------------


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """A line for each article: entities and relations, and what doccano keeps beside the text."""
    lines = (dumps(_line(standoff, number)) for number, (_, standoff) in enumerate(standoffs(source, writing), start=1))
    stream.writelines(lines)


def _line(standoff: Standoff, number: int) -> dict[str, Any]:
    unit = Utf16Map(standoff.text)
    fit = [item for item in standoff.items if item.places and all(start < end for start, end in item.places)]
    joined = parted(standoff.links, {item.id for item in fit})
    entities: list[dict[str, Any]] = []
    told: list[list[Any]] = []
    found: list[Relation] = []
    ids: dict[str, int] = {}
    for item in fit:
        for index, (start, end) in enumerate(item.places):
            place = {"start_offset": unit.to_utf16(start), "end_offset": unit.to_utf16(end)}
            id_ = f"{item.id}#{index}" if index else item.id
            ids[id_] = len(entities) + 1
            if index:
                found.append(Relation(PART, item.id, id_))
            said = () if index else (*item.attributes, *joined.more.get(item.id, ()))
            told.append([*place.values(), item.label, id_, as_pairs(said)])
            entities.append({"id": len(entities) + 1, "label": item.label, **place})
    found += (each for link in joined.links for each in relations(link))
    lines = (
        {"id": index, "from_id": ids[each.first], "to_id": ids[each.second], "type": each.label}
        for index, each in enumerate(found, start=1)
    )
    beside = loose((item for item in standoff.items if item.id not in ids), joined.rest)
    data = {_ARTICLE: as_pairs(standoff.fields), _ATTRIBUTES: told, BESIDE: beside}
    return {"id": number, "entities": entities, "relations": list(lines), "text": standoff.text, **data}


# -- reading ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entity:
    id: str
    label: str
    start: int
    end: int


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """A standoff for each line."""
    found = [_read(row, place) for row, place in _entries(whole(stream, reading.name), reading.name)]
    if not found:
        raise ImportFailed(f"{reading.name} holds no text.")
    return found


def _entries(data: bytes, name: str) -> Iterator[tuple[Any, str]]:
    """The entries of a file, also those beside a list of ``classes``, as annotators for spaCy's training write them."""
    for row, place in rows(data, name):
        inside = row.get("annotations") if isinstance(row, dict) and "classes" in row else None
        if isinstance(inside, list):
            yield from ((each, f"{name}, entry {n}") for n, each in enumerate(inside, start=1) if each is not None)
        else:
            yield row, place


def _read(row: Any, place: str) -> Standoff:
    same = _as_row(row)
    found = _standoff(same, place)
    if same is row or isinstance(row, list):
        return found
    return replace(found, notes=(*found.notes, "The text was put together from the words, a blank between each two."))


def _as_row(row: Any) -> Any:
    """What spaCy is trained with (``[text, {"entities": …}]``), or words with a tag each, as doccano would say it."""
    match row:
        case {"tokens": list(words)} if key := _tags(row):
            entities = list(_of_tags(words, row[key]))
            rest = {name: value for name, value in row.items() if name not in {"tokens", key}}
            return {**rest, "text": " ".join(words), "entities": entities}
        case [str(text), {"entities": list(entities)}]:
            return {"text": text, "entities": entities}
    return row


def _tags(row: Mapping[str, Any]) -> str:
    """The key of a tag for each word; empty: there is none, or the row has a text that is not put together."""
    if "text" in row or not all(isinstance(word, str) for word in row["tokens"]):
        return ""
    fits = (key for key in _TAGS if isinstance(row.get(key), list) and len(row[key]) == len(row["tokens"]))
    return next((key for key in fits if all(isinstance(tag, str) for tag in row[key])), "")


def _of_tags(words: Sequence[str], tags: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The entities of words with a tag each, over the words with a blank between each two."""
    starts = [0]
    for word in words:
        starts.append(starts[-1] + Utf16Map(word).utf16_length + 1)
    for chunk in chunks(tags):
        end = starts[chunk.last + 1] - 1
        yield {"start_offset": starts[chunk.first], "end_offset": end, "label": chunk.label}


def _standoff(row: Any, place: str) -> Standoff:
    key = next((key for key in ("text", "data") if isinstance(row, dict) and isinstance(row.get(key), str)), None)
    if key is None:
        raise ImportFailed(f"{place} is no line of doccano: it has no text.")
    text, unread = row[key], list[Unread]()
    entities = list(_entities(row, place, unread))
    is_own = isinstance(row.get(_ARTICLE), list)
    convert, notes = _unit(text, entities, is_own=is_own)
    said = _said(row, unread)
    items = [_item(entity, convert, said) for entity in entities]
    names = {str(entity.id): item.id for entity, item in zip(entities, items, strict=True)}
    found = tuple(_relations(row, names, unread))
    whole, rest = with_parts(items, found) if is_own else (items, found)
    whole, joined = with_attributes(whole, links(rest))
    loose_items, loose_links = tightened(row.get(BESIDE), unread)
    fields = _fields(row, key, place)
    comments = [scalar(each) for each in listed(row.get("Comments"))]
    notes += [f"doccano has a comment: {comment}" for comment in comments]
    notes += () if is_own else said_beside(row, {"id", key, _spans(row), "relations", "Comments"})
    return Standoff(place, text, (*whole, *loose_items), (*joined, *loose_links), fields, tuple(unread), tuple(notes))


def _fields(row: Mapping[str, Any], key: str, place: str) -> Attributes:
    if not isinstance(row.get(_ARTICLE), list):
        return article_fields(row, key)
    try:
        return pairs(row[_ARTICLE])
    except ValueError as error:
        raise ImportFailed(f"{place}: what is said of the article is damaged: {error}.") from error


def _spans(row: Mapping[str, Any]) -> str:
    """The key of the labelled stretches."""
    return next((key for key in _SPANS if row.get(key)), "")


def _entities(row: Mapping[str, Any], place: str, unread: list[Unread]) -> Iterator[_Entity]:
    every = row.get(_spans(row), ())
    if isinstance(every, str) or (every and all(isinstance(each, str) for each in every)):
        raise ImportFailed(f"{place} labels a text as a whole, not words in it; there is nothing here for that.")
    for number, each in enumerate(listed(every), start=1):
        if isinstance(each, dict):
            start, end, label = each.get("start_offset"), each.get("end_offset"), each.get("label")
            id_ = scalar(each.get("id", f"entity {number}"))
        else:
            start, end, label = each if isinstance(each, list) and len(each) == 3 else (None, None, None)
            id_ = f"entity {number}"
        if is_offset(start) and is_offset(end) and start <= end and label is not None:
            yield _Entity(id_, scalar(label), start, end)
        else:
            unread.append(Unread(raw(each), "it is no start, end and label", f"entity {number}"))


def _unit(text: str, entities: Sequence[_Entity], *, is_own: bool) -> tuple[Callable[[int], int], list[str]]:
    """How the file's places become code points, and what is said of that."""
    unit = Utf16Map(text)
    if unit.utf16_length == unit.length:
        return _as_it_is, []
    places = [each for entity in entities for each in (entity.start, entity.end)]
    if not is_own and _at_edges(text, places) > _at_edges(text, map(unit.to_code_point, places)):
        return _as_it_is, ["The places were taken for code points, since more of them then fit the edges of words."]
    return unit.to_code_point, []


def _as_it_is(offset: int) -> int:
    return offset


def _at_edges(text: str, places: Iterable[int]) -> int:
    """How many places are at an edge of a word."""
    padded = f" {text} "
    return sum(place <= len(text) and padded[place].isalnum() != padded[place + 1].isalnum() for place in places)


def _said(row: Mapping[str, Any], unread: list[Unread]) -> dict[tuple[int, int, str], list[tuple[str, Attributes]]]:
    """What this program wrote of entities, by what finds them again when doccano has given them other ids."""
    found: dict[tuple[int, int, str], list[tuple[str, Attributes]]] = defaultdict(list)
    for each in listed(row.get(_ATTRIBUTES)):
        try:
            start, end, label, id_, said = each
            found[start, end, label].append((str(id_), pairs(said)))
        except (ValueError, TypeError):
            unread.append(Unread(raw(each), "it is damaged", _ATTRIBUTES))
    return found


def _item(
    entity: _Entity, convert: Callable[[int], int], said: Mapping[tuple[int, int, str], list[tuple[str, Attributes]]]
) -> Item:
    known = said.get((entity.start, entity.end, entity.label))
    id_, attributes = known.pop(0) if known else (entity.id, ())
    return Item(id_, entity.label, ((convert(entity.start), convert(entity.end)),), attributes=attributes)


def _relations(row: Mapping[str, Any], names: Mapping[str, str], unread: list[Unread]) -> Iterator[Relation]:
    for number, each in enumerate(listed(row.get("relations")), start=1):
        ends = (each.get("from_id"), each.get("to_id")) if isinstance(each, dict) else (None, None)
        first, second = (names.get(scalar(end)) for end in ends)
        if first is None or second is None:
            unread.append(Unread(raw(each), "it does not join two entities", f"relation {number}"))
        else:
            yield Relation(scalar(each.get("type", "relation")), first, second)


FORMAT = Format(
    name="doccano",
    title="doccano (JSON Lines)",
    extensions=(".jsonl", ".json"),
    read_standoff=read,
    write=write,
    offset_unit="utf16",
    sniff=is_doccano,
)
