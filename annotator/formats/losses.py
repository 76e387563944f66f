"""What an export does not carry: the records that were written beside those that are read back, field by field.

Nothing is assumed of the format: an article is found again by its id or its text, a record by its id or its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from annotator.formats.base import Draft
from annotator.formats.spool import Spool
from annotator.model import (
    Annotation,
    Claim,
    Correction,
    Document,
    Hop,
    Mention,
    Record,
    Speaker,
    field_names,
    kind_of,
)
from annotator.rules import named_speakers
from annotator.text.wording import counted, shorten

_NOUNS = {"source_text": "article", "quarantined": "quarantined thing"}
_WORDS = {
    "spans": "place",
    "speaker_id": "speaker",
    "addressee_id": "addressee",
    "parent_id": "claim around it",
    "claim_id": "claim it is about",
    "check_worthy": "checkability",
    "text": "sentence of its own",
    "mention_spans": "place of the source",
    "cue_spans": "place of the cue",
    "file_name": "original file's name",
    "bytes_sha256": "original file's hash",
    "encoding": "original file's encoding",
    "wikidata": "Wikidata id",
    "guideline": "guideline version",
}
_EXAMPLES = 3


@dataclass(slots=True)
class Loss:
    """One sort of thing that is not as it was: of what, how often, with a few of the places."""

    noun: str
    what: tuple[str, ...]
    """Fields, in words; () when the whole record is missing."""
    count: int
    changed: bool = False
    """It is there, but says something else; of whole records: reading brings more of them than there were."""
    examples: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verb = ("Changed" if self.what else "Added") if self.changed else "Not carried"
        of = f"{_listed(self.what)} of " if self.what else ""
        examples = f" ({'; '.join(self.examples)}{' …' if self.count > len(self.examples) else ''})"
        return f"{verb}: {of}{counted(self.count, self.noun)}{examples if self.examples else ''}."


def _listed(words: Sequence[str]) -> str:
    return f"the {words[0]}" if len(words) == 1 else f"the {', '.join(words[:-1])} and {words[-1]}"


class Comparison:
    """Add every article as it is written, then compare with what is read back.

    Hashes of values wait in a temporary file until their article is read back; in memory is of each no more than where.
    """

    def __init__(self) -> None:
        self._spool: Spool[_Facts] = Spool()
        self._written: dict[str, int] = {}
        self._named: set[str] = set()
        self._speakers: dict[str, Speaker] = {}
        self._counts: dict[tuple[str, str, bool], int] = Counter()
        self._examples: dict[tuple[str, str, bool], list[str]] = defaultdict(list)

    def add(self, document: Document, speakers: Mapping[str, Speaker]) -> None:
        """An article that is written, over the text that is written."""
        named = named_speakers((*document.mentions, *document.claims))
        people = [speaker for id_ in sorted(named) if (speaker := speakers.get(id_)) is not None]
        self._named |= named
        self._written[document.article.id] = self._spool.put(_Facts(replace(document, speakers=tuple(people))))

    def losses(self, drafts: Iterable[Draft], speakers: Iterable[Speaker] = ()) -> list[Loss]:
        """What of the added articles is missing or different in ``drafts``; ``speakers`` are all of the project.

        An article that is read under its own id is compared at once; the others wait until all are read.
        """
        found = _Found(self._spool)
        for draft in drafts:
            read = _Facts(draft.document)
            number = self._written.pop(read.id, None)
            if number is None:
                found.add(read)
            else:
                self._compare(self._spool.get(number), read)
        for number in self._written.values():
            written = self._spool.get(number)
            other = found.take(written)
            if other is None:
                self._count("article", "", written.title)
            else:
                self._compare(written, other)
        unused = sorted(speaker.name for speaker in speakers if speaker.id not in self._named)
        for name in unused:
            self._count("speaker that no article names", "", name)
        return self._grouped()

    def _count(self, noun: str, what: str, example: str = "", *, changed: bool = False) -> None:
        key = (noun, what, changed)
        self._counts[key] += 1
        if any(map(str.isalnum, example)) and len(self._examples[key]) < _EXAMPLES:
            self._examples[key].append(shorten(example, 40))

    def _grouped(self) -> list[Loss]:
        """Fields of equally many records of a kind are told in one sentence; missing records first."""
        groups: dict[tuple[str, int, bool, bool], list[str]] = defaultdict(list)
        for (noun, what, changed), count in self._counts.items():
            groups[noun, count, changed, not what].append(what)
        losses = []
        for (noun, count, changed, whole), names in groups.items():
            examples = self._examples[noun, "" if whole else names[0], changed] if whole or changed else []
            losses.append(Loss(noun, () if whole else tuple(names), count, changed, examples))
        return sorted(losses, key=lambda loss: bool(loss.what))

    def _compare(self, written: _Facts, read: _Facts) -> None:
        ids = written.matched(read)
        back = {theirs: own for own, theirs in ids.items()}
        for id_, facts in written.records.items():
            noun = _noun(facts.kind)
            other = ids.get(id_)
            if other is None:
                self._count(noun, "", facts.words)
                continue
            values = read.records[other].values
            for name, value in facts.values.items():
                self._judge(facts, name, value, _translated(values.get(name), back))
        for id_, facts in read.records.items():
            if id_ not in back:
                self._count(_noun(facts.kind), "", facts.words, changed=True)

    def _judge(self, facts: _RecordFacts, name: str, value: Any, other: Any) -> None:
        if name == "import_notes":  # reading may add some
            if not value <= (other or frozenset()):
                self._count("article", "import notes")
            return
        if name != "chain":
            if value != other:
                self._count(_noun(facts.kind), _word(name), facts.words, changed=_is_there(other))
            return
        theirs = other or ()
        for index, hop in enumerate(value):
            if index >= len(theirs):
                self._count("hop", "", facts.words)
                continue
            for key, part in hop.items():
                if part != theirs[index][key]:
                    self._count("hop", _word(key), facts.words, changed=_is_there(theirs[index][key]))


def _noun(kind: str) -> str:
    return _NOUNS.get(kind, kind)


def _word(name: str) -> str:
    return _WORDS.get(name, name.replace("_", " "))


def _is_there(value: Any) -> bool:
    return value not in (None, "", (), False, _NOTHING)


_NOTHING = hash(())
_REFERENCES = frozenset({"speaker_id", "addressee_id", "parent_id", "claim_id"})
_LINKS = {Mention: ("speaker_id",), Claim: ("parent_id",), Correction: ("claim_id",)}


def _translated(value: Any, ids: Mapping[str, str]) -> Any:
    """A value of what was read, its references in the ids of what was written."""
    if isinstance(value, _Reference):
        return _Reference(ids.get(value.id, value.id))
    if isinstance(value, tuple):
        return tuple({key: _translated(part, ids) for key, part in hop.items()} for hop in value)
    return value


@dataclass(frozen=True, slots=True)
class _Reference:
    id: str


@dataclass(slots=True)
class _RecordFacts:
    """A record as hashes of its fields, references apart."""

    kind: str
    words: str
    sign: Hashable
    """Where it stands or what it is called: what finds it again when the format carries no ids."""
    values: dict[str, Any]


class _Facts:
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
        self.records: dict[str, _RecordFacts] = {record.id: _facts(record) for record in records}
        origin = {f.name: _hashed(getattr(document.source, f.name)) for f in fields(document.source) if f.name != "id"}
        self.records[self.id].values |= {"source_text": origin.pop("text"), **origin}
        del self.records[self.id].values["text_sha256"]

    def matched(self, read: _Facts) -> dict[str, str]:
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


def _alike(one: _RecordFacts, other: _RecordFacts) -> int:
    """How many values two records have in common, those inside a chain one by one."""
    pairs = list(zip(_flat(one.values), _flat(other.values), strict=False))
    return sum(1 for mine, theirs in pairs if mine == theirs)


def _flat(values: Mapping[str, Any]) -> list[Any]:
    return [
        part
        for name, value in values.items()
        for part in ([p for hop in value for p in hop.values()] if name == "chain" else [value])
    ]


def _facts(record: Record) -> _RecordFacts:
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
    return _RecordFacts(kind_of(record), _called(record), _sign(record), values)


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


class _Found:
    """What was read under another id, each to be taken once: by text and title, else by text, by title."""

    def __init__(self, spool: Spool[_Facts]) -> None:
        self._spool = spool
        self._keys: tuple[dict[Hashable, list[int]], ...] = tuple(defaultdict(list) for _ in range(3))
        self._taken: set[int] = set()

    def add(self, read: _Facts) -> None:
        number = self._spool.put(read)
        for keys, key in zip(self._keys, _article_keys(read), strict=True):
            keys[key].append(number)

    def take(self, written: _Facts) -> _Facts | None:
        """What was read of that article; None: it is missing."""
        for keys, key in zip(self._keys, _article_keys(written), strict=True):
            for number in keys[key]:
                if number not in self._taken:
                    self._taken.add(number)
                    return self._spool.get(number)
        return None


def _article_keys(facts: _Facts) -> tuple[Hashable, ...]:
    return (facts.text_sha256, facts.title), facts.text_sha256, facts.title
