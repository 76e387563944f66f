"""What an export does not carry: the records that were written beside those that are read back, field by field.

Nothing is assumed of the format: an article is found again by its id or its text, a record by its id or its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.article_bytes import article_of, compared
from annotator.formats.base import Back
from annotator.formats.loss_facts import Facts, RecordFacts, translated
from annotator.formats.spool import Spool
from annotator.model import Document, Speaker
from annotator.rules import named_speakers
from annotator.text.disguise import badged
from annotator.text.wording import counted, shorten

_NOUNS = {"source_text": "article", "quarantined": "thing in quarantine"}
_PLURALS = {
    "thing in quarantine": "things in quarantine",
    "speaker that no article names": "speakers that no article names",
}
_WORDS = {
    "spans": "place",
    "speaker_id": "speaker",
    "addressee_id": "addressee",
    "parent_id": "claim around it",
    "claim_id": "claim it is about",
    "check_worthy": "checkability",
    "unsure": "mark “unsure”",
    "text": "sentence of its own",
    "mention_spans": "place of the source",
    "cue_spans": "place of the cue",
    "referring": "way of naming the source",
    "replacement": "new text",
    "aliases": "other names",
    "published": "date",
    "url": "web address",
    "file_name": "original file's name",
    "bytes_sha256": "original file's hash",
    "encoding": "original file's encoding",
    "wikidata": "Wikidata id",
    "guideline": "guideline version",
    "created": "time of making",
    "updated": "time of the last change",
}
_TIMES = (_WORDS["created"], _WORDS["updated"])
"""Told of all records in one sentence: one after the other would hide what else is missing."""
_QUARANTINE_WORDS = {"exact": "quoted words", "data": "content as it was read", "place": "place in the original file"}
_EXAMPLES = 3


@dataclass(slots=True)
class Loss:
    """One sort of thing that is not as it was: of what, how often, with a few of the places."""

    counts: dict[str, int]
    """What, and of how many."""
    what: tuple[str, ...]
    """Fields, in words; () when the whole record is missing."""
    changed: bool = False
    """It is there, but says something else; of whole records: reading brings more of them than there were."""
    examples: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verb = ("Changed" if self.what else "Added") if self.changed else "Not carried"
        fields = f"the {_listed(self.what)} of " if self.what else ""
        records = _listed([_counted(count, noun) for noun, count in self.counts.items()])
        more = " …" if sum(self.counts.values()) > len(self.examples) else ""
        examples = f" ({'; '.join(self.examples)}{more})" if self.examples else ""
        return f"{verb}: {fields}{records}{examples}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _counted(count: int, noun: str) -> str:
    plural = _PLURALS.get(noun)
    return f"{count:,} {plural}" if plural and count != 1 else counted(count, noun)


class Comparison:
    """Add every article as it is written, then compare with what is read back.

    The articles wait as bytes in a temporary file until they are read back; in memory is of each no more than where.
    What is read and packs into the same bytes is the same, and no further looked at.
    """

    def __init__(self) -> None:
        self._spool: Spool[bytes | Document] = Spool()
        self._written: dict[str, int] = {}
        self._named: set[str] = set()
        self._counts: dict[tuple[str, str, bool], int] = Counter()
        self._examples: dict[tuple[str, str, bool], list[str]] = defaultdict(list)

    def add(self, document: Document, speakers: Mapping[str, Speaker]) -> None:
        """An article that is written, over the text that is written."""
        named = named_speakers((*document.mentions, *document.claims))
        people = [speaker for id_ in named if (speaker := speakers.get(id_)) is not None]
        self._named |= named
        self._written[document.article.id] = self._spool.put(compared(document, people))

    def losses(self, back: Iterable[Back], speakers: Iterable[Speaker] = ()) -> list[Loss]:
        """What of the added articles is missing or different in what is read ``back``; ``speakers`` are all there are.

        An article that is read under its own id is compared at once; the others wait until all are read.
        """
        found = _Found(self._spool)
        for id_, read in back:
            number = self._written.pop(id_, None)
            if number is None:
                found.add(read)
            else:
                self._compare(self._spool.get(number), read)
        for number in self._written.values():
            written = self._spool.get(number)
            other = found.take(article_of(written))
            if other is None:
                self._count("article", "", article_of(written).article.title)
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
            self._examples[key].append(badged(shorten(example, 40)))

    def _grouped(self) -> list[Loss]:
        """Fields of equally many records of a kind are told in one sentence; missing records first, times last."""
        groups: dict[tuple[str, int, bool, bool], list[str]] = defaultdict(list)
        times: dict[bool, Loss] = {}
        for (noun, what, changed), count in self._counts.items():
            if what in _TIMES:
                loss = times.setdefault(changed, Loss({}, (), changed))
                loss.counts[noun] = max(loss.counts.get(noun, 0), count)
                loss.what += () if what in loss.what else (what,)
            else:
                groups[noun, count, changed, not what].append(what)
        losses = []
        for (noun, count, changed, whole), names in groups.items():
            examples = self._examples[noun, "" if whole else names[0], changed] if whole or changed else []
            losses.append(Loss({noun: count}, () if whole else tuple(names), changed, examples))
        return [*sorted(losses, key=lambda loss: bool(loss.what)), *times.values()]

    def _compare(self, one: bytes | Document, other: bytes | Document) -> None:
        if one == other:
            return
        written, read = Facts(article_of(one)), Facts(article_of(other))
        ids = written.matched(read)
        back = {theirs: own for own, theirs in ids.items()}
        for id_, facts in written.records.items():
            noun = _noun(facts.kind)
            same = ids.get(id_)
            if same is None:
                self._count(noun, "", facts.words)
                continue
            values = read.records[same].values
            for name, value in facts.values.items():
                self._judge(facts, name, value, translated(values.get(name), back))
        for id_, facts in read.records.items():
            if id_ not in back:
                self._count(_noun(facts.kind), "", facts.words, changed=True)

    def _judge(self, facts: RecordFacts, name: str, value: Any, other: Any) -> None:
        if name == "import_notes":  # reading may add some
            if not value <= (other or frozenset()):
                self._count("article", "import notes")
            return
        if name != "chain":
            if value != other:
                self._count(_noun(facts.kind), _word(name, facts.kind), facts.words, changed=_is_there(other))
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


def _word(name: str, kind: str = "") -> str:
    own = _QUARANTINE_WORDS if kind == "quarantined" else _WORDS
    return own.get(name) or _WORDS.get(name) or name.replace("_", " ")


def _is_there(value: Any) -> bool:
    return value not in (None, "", (), False, _NOTHING)


_NOTHING = hash(())


class _Found:
    """What was read under another id, each to be taken once: by text and title, else by text, by title."""

    def __init__(self, spool: Spool[bytes | Document]) -> None:
        self._spool = spool
        self._keys: tuple[dict[Hashable, list[int]], ...] = tuple(defaultdict(list) for _ in range(3))
        self._taken: set[int] = set()

    def add(self, read: bytes | Document) -> None:
        number = self._spool.put(read)
        for keys, key in zip(self._keys, _article_keys(article_of(read)), strict=True):
            keys[key].append(number)

    def take(self, written: Document) -> bytes | Document | None:
        """What was read of that article; None: it is missing."""
        for keys, key in zip(self._keys, _article_keys(written), strict=True):
            for number in keys[key]:
                if number not in self._taken:
                    self._taken.add(number)
                    return self._spool.get(number)
        return None


def _article_keys(document: Document) -> tuple[Hashable, ...]:
    text, title = document.source.text_sha256, document.article.title
    return (text, title), text, title
