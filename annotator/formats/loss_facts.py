"""One article as the loss report compares it: its records as hashes of their fields, found again by id or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from annotator.model import Annotation, Correction, Document, Hop, Record, field_names, kind_of

_REFERENCES = frozenset({"speaker_id", "addressee_id", "parent_id", "claim_id"})


def translated(value: Any, ids: Mapping[str, str]) -> Any:
    """A value of what was read, its references in the ids of what was written."""
    if isinstance(value, _Reference):
        return _Reference(ids.get(value.id, value.id))
    if isinstance(value, tuple):
        return tuple({key: translated(part, ids) for key, part in hop.items()} for hop in value)
    return value


@dataclass(frozen=True, slots=True)
class _Reference:
    id: str


@dataclass(slots=True)
class RecordFacts:
    """A record as hashes of its fields, references apart."""

    kind: str
    words: str
    sign: Hashable
    """Where it stands or what it is called: what finds it again when the format carries no ids."""
    values: dict[str, Any]


class Facts:
    """One article as it is compared."""

    def __init__(self, document: Document) -> None:
        self.id, self.title = document.article.id, document.article.title
        self.text_sha256 = document.source.text_sha256
        records: tuple[Record, ...] = (
            document.article,
            *document.speakers,
            *document.claims,
            *document.mentions,
            *document.corrections,
            *document.quarantined,
        )
        self.records: dict[str, RecordFacts] = {record.id: _facts(record) for record in records}
        origin = {f.name: _hashed(getattr(document.source, f.name)) for f in fields(document.source) if f.name != "id"}
        self.records[self.id].values |= {"source_text": origin.pop("text"), **origin}
        del self.records[self.id].values["text_sha256"]

    def matched(self, read: Facts) -> dict[str, str]:
        """Own id → the id of the same record in ``read``, by id or else by sign; each is taken once."""
        ids = {id_: id_ for id_, facts in self.records.items() if read.kind(id_) == facts.kind}
        free: dict[Hashable, list[str]] = defaultdict(list)
        for id_, facts in read.records.items():
            if id_ not in ids:
                free[facts.kind, facts.sign].append(id_)
        for id_, facts in self.records.items():
            found = free[facts.kind, facts.sign] if id_ not in ids else []
            if found:
                likest = max(found, key=lambda other: _alike(facts, read.records[other]) if len(found) > 1 else 0)
                found.remove(likest)
                ids[id_] = likest
        return ids

    def kind(self, id_: str) -> str | None:
        """Of what kind the record of that id is; None: there is none."""
        return self.records[id_].kind if id_ in self.records else None


def _alike(one: RecordFacts, other: RecordFacts) -> int:
    """How many values two records have in common, those inside a chain one by one."""
    pairs = list(zip(_flat(one.values), _flat(other.values), strict=False))
    return sum(1 for mine, theirs in pairs if mine == theirs)


def _flat(values: Mapping[str, Any]) -> list[Any]:
    return [
        part
        for name, value in values.items()
        for part in ([p for hop in value for p in hop.values()] if name == "chain" else [value])
    ]


def _facts(record: Record) -> RecordFacts:
    values: dict[str, Any] = {}
    for name in field_names(type(record)):
        value = getattr(record, name)
        if name in ("id", "article_id", "position"):  # the order of the articles is that of the file
            continue
        if name in _REFERENCES:
            values[name] = _Reference(value) if value is not None else None
        elif name == "chain":
            values[name] = tuple(_hop(hop) for hop in value)
        elif name == "import_notes":
            values[name] = frozenset(value)
        else:
            values[name] = _hashed(value)
    return RecordFacts(kind_of(record), _called(record), _sign(record), values)


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        name: (_Reference(value) if value is not None else None) if name in _REFERENCES else _hashed(value)
        for name in field_names(Hop)
        for value in (getattr(hop, name),)
    }


def _hashed(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else hash(value)


def _called(record: Record) -> str:
    if isinstance(record, Annotation):
        return " … ".join(span.exact for span in record.spans)
    return str(getattr(record, "name", "") or getattr(record, "title", "") or getattr(record, "label", ""))


def _sign(record: Record) -> Hashable:
    if isinstance(record, Correction):
        return record.kind, tuple((span.start, span.end) for span in record.spans), record.claim_id is None
    if isinstance(record, Annotation):
        return tuple((span.start, span.end) for span in record.spans)
    return None if kind_of(record) == "article" else _called(record)
