"""GNQA's JSON to drafts. What contradicts itself is read as far as it goes, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Reading
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import is_offset, listed, load, raw
from annotator.formats.gnqa.common import (
    FORMS,
    MEDIUMS,
    NESTED,
    NESTING,
    NO_MEDIUM,
    NOTED,
    ORDER,
    TYPE,
    UNDECIDED,
    division,
    noted,
    with_words,
)
from annotator.formats.standoff import labels
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Place, Standoff, Unread
from annotator.text.normalise import normalise
from annotator.text.sentences import sentences
from annotator.text.tokens import Grid, Token, tokens
from annotator.text.wording import shorten


def sniff(head: bytes) -> bool:
    """Whether a file begins as these do: the keys stand in any order, and quotations may be long."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    keys = (b'"documentName"', b'"addressee"', b'"originalText"', b'"hasNested"', b'"tokenIds"')
    return start.startswith(b"{") and sum(key in head for key in keys) >= 2


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The articles of a file: one object, or one on each line."""
    data = whole(stream, reading.name)
    if not data.strip():
        raise ImportFailed(f"{reading.name} is empty.")
    try:
        found = [(reading.name, load(data, reading.name))]
    except ImportFailed:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith(b"}"):
            raise
        places = [f"{reading.name}, line {number}" for number in range(1, len(lines) + 1)]
        found = [(place, load(line, place)) for place, line in zip(places, lines, strict=True)]
    found_ones = [(place, standoff(value, place)) for place, value in found]
    for place, article in found_ones:
        if not article.text.strip():
            raise ImportFailed(f"{place} holds no text.")
    return [decode(article, reading, place) for place, article in found_ones]


def standoff(data: Any, place: str) -> Standoff:
    """One article in this program's own labels.

    Raises:
        ImportFailed: it has no text, or its quotations are no list.
    """
    text = data.get("originalText") if isinstance(data, dict) else None
    quotations = data.get("annotations", []) if isinstance(data, dict) else None
    if not isinstance(text, str) or not isinstance(quotations, list):
        raise ImportFailed(f"{place} has no “originalText” with “annotations”, as GNQA's JSON has.")
    return _Article(data, text, place).standoff(quotations)


@dataclass(slots=True)
class _Quotation:
    """A quotation of the file, with the ids of its words and the places of all its roles."""

    number: int
    data: dict[str, Any]
    words: frozenset[int]
    places: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"q{self.number}"

    @property
    def ends(self) -> tuple[int, int]:
        """Its first and last word: of quotations with the same ones no order shows in the text."""
        return min(self.words), max(self.words)


class _Article:
    def __init__(self, data: dict[str, Any], text: str, place: str) -> None:
        self._data, self._text, self._place = data, text, place
        self._notes: list[str] = []
        self._words = self._divided()
        self._grid = Grid(self._words)
        self._items: list[Item] = []
        self._links: list[Link] = []
        self._unread: list[Unread] = []

    def standoff(self, quotations: list[Any]) -> Standoff:
        """The article; quotations without words that are there are kept as they came."""
        found = [q for number, data in enumerate(quotations) if (q := self._quotation(number, data)) is not None]
        parents = _parents(found)
        twice = Counter(quotation.ends for quotation in found)
        for quotation in found:
            self._take(quotation, parents, [(ORDER, str(quotation.number))] if twice[quotation.ends] > 1 else [])
        addressees = dict.fromkeys(tuple(q.places["addressee"]) for q in found if q.places.get("addressee"))
        self._items += [Item(f"a{n}", labels.MENTION, places) for n, places in enumerate(addressees)]
        name = self._data.get("documentName")
        fields = (("title", name),) if isinstance(name, str) and name.strip() else ()
        notes = (*self._notes, *self._told_division())
        items, links, unread = tuple(self._items), tuple(self._links), tuple(self._unread)
        return Standoff(self._place, self._text, items, links, fields, unread, notes)

    # -- words --------------------------------------------------------------------------------------------------

    def _divided(self) -> list[Token]:
        """The file's words, by their ids; this program's own when the file has none."""
        found = self._data.get("tokens")
        if not isinstance(found, list) or not found:
            return tokens(self._text)
        words: list[Token] = []
        for word in found:
            start, end = (word.get("charBegin"), word.get("charEnd")) if isinstance(word, dict) else (None, None)
            before = words[-1][1] if words else 0
            if not (is_offset(start) and is_offset(end) and before <= start < end <= len(self._text)):
                self._notes.append(f"The places of the file's words do not fit from word {len(words)} on.")
                break
            if word.get("text", self._text[start:end]) != self._text[start:end]:
                self._notes.append(f"Word {len(words)} is not the “{str(word['text'])[:20]}” that the file quotes.")
            words.append((start, end))
        return words

    def _told_division(self) -> list[str]:
        """How the file divides the text, as far as it is not how this program would and can be kept."""
        if normalise(self._text)[0] != self._text:
            return []
        own = tokens(self._text)
        known = set(own)
        if with_words(own, [word for word in self._words if word not in known]) != self._words:
            return ["The file's words leave out some of the text; on export it is divided anew."]
        begins = [s.get("charBegin") for s in listed(self._data.get("sentences")) if isinstance(s, dict)]
        starts = {start for start, _ in self._words}
        kept = [begin for begin in begins if begin in starts]
        return division(self._text, self._words, kept or [start for start, _ in sentences(self._text)])

    # -- places -------------------------------------------------------------------------------------------------

    def _quotation(self, number: int, data: Any) -> _Quotation | None:
        """A quotation with its places. What cannot be understood is kept apart; None when that is all of it."""
        try:
            if not isinstance(data, dict):
                raise ValueError("it is no object")
            ids = self._ids(data, "quote", number)
            if not ids:
                raise ValueError("it has no words")
        except ValueError as error:
            self._unread.append(Unread(raw(data), str(error), f"quotation {number}"))
            return None
        found = _Quotation(number, data, frozenset(ids), {"quote": self._runs(ids, data["quote"])})
        for role in ("speaker", "cue", *NOTED):
            try:
                found.places[role] = self._runs(self._ids(data, role, number), data.get(role))
            except ValueError as error:
                self._unread.append(Unread(raw({role: data.get(role)}), str(error), f"quotation {number}"))
        return found

    def _ids(self, data: dict[str, Any], role: str, number: int) -> list[int]:
        """The ids of a role's words, in order; the file tells them three times, and what contradicts that is said.

        Raises:
            ValueError: the role is not told as it should be, or with words that are not there.
        """
        value = data.get(role) or {}
        if not isinstance(value, dict):
            raise ValueError(f"its {role} is no object")
        spans = _spans(value)
        by_span = [n for span in spans for n in _range(span.get("begin"), span.get("end"))]
        by_char = [n for span in spans for n in self._at_characters(span.get("charBegin"), span.get("charEnd"))]
        told = value.get("tokenIds")
        ids = [n for n in told if is_offset(n)] if isinstance(told, list) else by_span or by_char
        if any(n >= len(self._words) for n in ids):
            raise ValueError(f"its {role} has words that the text does not have")
        self._compare(value, f"of the {role} of quotation {number}", ids, (by_span, by_char))
        return sorted(set(ids))

    def _compare(self, value: dict[str, Any], what: str, ids: list[int], others: tuple[list[int], list[int]]) -> None:
        """Say what the file contradicts itself in."""
        if any(sorted(other) != sorted(ids) for other in others):
            self._notes.append(f"The “spans” {what} are other words than its “tokenIds”, which counted.")
        if ids != sorted(set(ids)):
            self._notes.append(f"The parts {what} were out of order; they were put in order.")
        words = "".join(self._text[slice(*self._words[n])] for n in ids)
        quoted = value.get("text")
        if isinstance(quoted, str) and "".join(quoted.split()) != "".join(words.split()):
            self._notes.append(f"The words {what} are not those that the file quotes: “{shorten(quoted)}”.")

    def _at_characters(self, start: Any, end: Any) -> Sequence[int]:
        return range(*self._grid.of(start, end)) if is_offset(start) and is_offset(end) else ()

    def _runs(self, ids: Sequence[int], value: Any) -> list[Place]:
        """Words that follow each other make one part, unless the file parts them."""
        spans = _spans(value or {})
        begins = {begin for span in spans if is_offset(begin := span.get("begin"))}
        begins |= {n for s in spans for n in self._at_characters(s.get("charBegin"), s.get("charEnd"))[:1]}
        runs: list[list[int]] = []
        for n in ids:
            if runs and n == runs[-1][-1] + 1 and n not in begins:
                runs[-1].append(n)
            else:
                runs.append([n])
        return [(self._words[run[0]][0], self._words[run[-1]][1]) for run in runs]

    # -- records ------------------------------------------------------------------------------------------------

    def _take(self, quotation: _Quotation, parents: dict[int, _Quotation], more: list[tuple[str, str]]) -> None:
        id_, data, places = quotation.id, quotation.data, quotation.places
        more += self._flags(quotation, parents)
        more += ((role, noted(self._text, places[role])) for role in NOTED if places.get(role))
        self._items.append(Item(id_, labels.CLAIM, tuple(places["quote"]), attributes=(*_form(data), *more)))
        if (around := parents.get(quotation.number)) is not None:
            self._links.append(Link(f"{id_}.in", labels.INSIDE, (("child", id_), ("parent", around.id))))
        ends = [("claim", id_)]
        for role, label, ours in (("speaker", labels.SOURCE, "source"), ("cue", labels.CUE, "cue")):
            if places.get(role):
                self._items.append(Item(f"{id_}.{ours}", label, tuple(places[role])))
                ends.append((ours, f"{id_}.{ours}"))
        medium = data.get("medium")
        told = (("medium", str(medium)),) if medium not in (None, "", NO_MEDIUM) else ()
        if told and medium not in MEDIUMS:
            self._notes.append(
                f"Quotation {quotation.number} has a medium that the corpus does not know: {told[0][1]}."
            )
        if len(ends) > 1 or told:
            self._links.append(Link(f"{id_}.hop", labels.HOP, tuple(ends), told))

    def _flags(self, quotation: _Quotation, parents: dict[int, _Quotation]) -> Iterator[tuple[str, str]]:
        """What the file says of nesting where its places say otherwise."""
        is_nested = quotation.number in parents
        has_nested = any(around is quotation for around in parents.values())
        for key, name, told in (("isNested", NESTED, is_nested), ("hasNested", NESTING, has_nested)):
            value = quotation.data.get(key, told)
            if isinstance(value, bool) and value != told:
                said = f"“{key}: {str(value).lower()}”"
                self._notes.append(f"Quotation {quotation.number} says {said}, which its place does not show.")
                yield name, str(value).lower()


def _parents(found: list[_Quotation]) -> dict[int, _Quotation]:
    """The smallest quotation around each that is said to be nested; of equal ones the earlier is around."""
    order = sorted(found, key=lambda quotation: (-len(quotation.words), quotation.number))
    parents = {}
    for index, quotation in enumerate(order):
        around = [other for other in order[:index] if quotation.words <= other.words]
        if quotation.data.get("isNested") is True and around:
            parents[quotation.number] = around[-1]
    return parents


def _spans(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [span for span in listed(value.get("spans")) if isinstance(span, dict)]


def _range(begin: Any, end: Any) -> Sequence[int]:
    return range(begin, end) if is_offset(begin) and is_offset(end) and end - begin < 1 << 20 else ()


def _form(quotation: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    told = quotation.get("type")
    forms = dict(FORMS)
    if isinstance(told, str) and told in forms:
        return (("form", forms[told]),)
    if told == UNDECIDED:
        return (("form", "free_indirect"), ("tag", UNDECIDED))
    return ((TYPE, str(told)),) if told is not None else ()
