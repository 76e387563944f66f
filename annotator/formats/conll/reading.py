"""CoNLL files to standoffs: the text put together from its words, the tags as labelled stretches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import whole
from annotator.formats.conll.columns import (
    TAG,
    Page,
    Sentence,
    brackets,
    by_starts,
    header_of,
    pages,
    unescaped,
    word_column,
)
from annotator.formats.conll.coreference import ORDER, Coreference, entity
from annotator.formats.conll.layers import ATTRIBUTE, LABELS, THEIRS, layer_of, value_of
from annotator.formats.conll.numbered import NOTHING, is_numbered, named_in, parsed
from annotator.formats.standoff.chunks import Chunk, chunks
from annotator.formats.standoff.graph import Attributes, Item, Place, Standoff, Unread
from annotator.formats.standoff.same_id import links_by_id
from annotator.text.decode import decode_page
from annotator.text.wording import counted

_CHUNKS = frozenset(("NP", "VP", "PP", "ADJP", "ADVP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP", "NX", "VX"))
"""Labels of syntax, as in CoNLL-2000 and 2003."""
_ENOUGH = 12
"""Rows that show what a file without tags is."""
_WORD, _NAMED = 3, 10
"""The columns of words and of names in CoNLL-2012. The last is of coreference; those between are of predicates, as many
as the sentence has. Where there is no room for these, names stand right before coreference."""
_ENTRY = re.compile(r"Q[1-9]\d*(?:\|Q[1-9]\d*)*")
_NO_ENTRY = frozenset(("NIL", "null"))
_PLAIN = frozenset(("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC", "START", "END"))


def sniff(head: bytes) -> bool:
    """Whether a file begins with rows whose last fields, or one of them, are tags."""
    lines = [line for line in head.decode("utf-8", "replace").split("\n")[:-1] if line.strip()]
    if any(line.startswith(("-DOCSTART-", "#begin document", "# global.columns", "# newdoc")) for line in lines[:3]):
        return True
    if lines and header_of(lines[0]):
        return True
    rows = [fields for line in lines if len(fields := line.split("\t" if "\t" in line else None)) > 1]
    rows = [fields for fields in rows if not fields[0].startswith("#")]
    if len(rows) < 2:
        return False
    whole_rows = [fields for fields in rows if len(fields) == _usual(rows)]  # one may lack some
    tagged = sum(any(TAG.match(field.strip()) for field in fields[1:]) for fields in whole_rows)
    are_most = len(whole_rows) * 3 >= len(rows) * 2
    return (are_most and tagged * 10 >= len(whole_rows) * 9) or _has_plain_labels(head, rows)


def _has_plain_labels(head: bytes, rows: Sequence[Sequence[str]]) -> bool:
    """Whether they are words with a label each, without tags, in sentences that are parted by empty lines."""
    words = [fields[0] for fields in rows]
    labels = {fields[-1] for fields in rows}
    return (
        len(rows) >= _ENOUGH
        and b"\n\n" in head.replace(b"\r", b"").strip()
        and len(set(map(len, rows))) == 1
        and not any(" " in cell for cell in (*words, *labels))
        and "O" in labels
        and len(labels) * 4 <= len(rows)
    )


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """Every article of a file.

    Raises:
        ImportFailed: it has no rows, or is no text.
    """
    decoded = decode_page(whole(stream, reading.name), reading.name, reading.encoding)
    found, names = pages(decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if not found or not (names or any(page.sentences for page in found)):
        raise ImportFailed(f"{reading.name} holds no words in lines.")
    columns = _columns(found, names)
    for page in found:
        page.sentences = by_starts(page.sentences, names)
    standoffs = []
    for number, page in enumerate(found, start=1):
        place = f"{reading.name}, {page.name or f'document {number}'}" if len(found) > 1 else reading.name
        standoffs.append(_Article(page, place, columns, (*decoded.notes, *columns.notes)).standoff())
    return standoffs


@dataclass(frozen=True, slots=True)
class _Columns:
    word: int
    width: int
    labels: tuple[tuple[int, str], ...]
    """Columns of tags, each with its name ("": it has none)."""
    own: bool = False
    misc: int | None = None
    notes: tuple[str, ...] = ()
    numbered: tuple[tuple[int, str], ...] = ()
    """Columns whose cells name annotations by number, each with its name."""
    linked: tuple[tuple[int, str], ...] = ()
    """Columns that say which entry of Wikidata a name is (``Q30``), each with its name."""
    names: tuple[str, ...] = ()

    def linked_with(self, column: int) -> list[tuple[int, str]]:
        """Those that are about the names in a column: where some end as it is called (``-LIT``), these alone."""
        end = self.names[column].rpartition("-")[2] if self.names else ""
        return [each for each in self.linked if each[1].rpartition("-")[2] == end] or list(self.linked)


def _columns(found: Sequence[Page], names: Sequence[str]) -> _Columns:
    """Which column holds what, by the names that the file tells or by what stands there."""
    rows = [fields for page in found for sentence in page.sentences for _, fields in sentence.rows]
    width = _usual(rows) if rows else len(names)
    if any(page.brackets for page in found):
        left = ("The columns of syntax, of predicates and of speakers were left out.",)
        return _Columns(_WORD, width, ((min(_NAMED, max(map(len, rows), default=0) - 2), ""),), notes=left)
    if "FORM" in names:
        own = {"FORM", "START", "END", "MISC"} <= set(names)
        told = [(n, name) for n, name in enumerate(names) if name not in _PLAIN and (own or _is_tags(rows, n))]
        return _Columns(
            names.index("FORM"), len(names), tuple(told), own, names.index("MISC") if "MISC" in names else None
        )
    if word_column(names) is not None:
        return _headed(rows, names)
    sample = [fields for fields in rows if len(fields) == width]
    numbered = width > 1 and all(fields[0].partition("-")[0].partition(".")[0].isdecimal() for fields in sample)
    word = 1 if numbered else 0
    tagged = [n for n in range(word + 1, width) if _is_tags(sample, n)]
    tagged = tagged or [n for n in (width - 1,) if n > word and _is_plain_labels(sample, n)]
    notes = []
    for n in list(tagged):
        if len(tagged) > 1 and {fields[n].partition("-")[2] for fields in sample} - {""} <= _CHUNKS:
            tagged.remove(n)
            notes.append(f"Column {n + 1} holds the chunks of syntax; it was left out.")
    if not tagged and not any("Entity=(" in fields[-1] for fields in sample):
        notes.append("No column holds tags such as “B-PER” and “O”; nothing is labelled.")
    misc = width - 1 if any(_is_misc(fields[-1]) for fields in sample) else None
    return _Columns(word, width, tuple((n, "") for n in tagged), misc=misc, notes=tuple(notes))


def _is_misc(field: str) -> bool:
    return any(sign in field for sign in ("SpaceAfter=", "SpacesAfter=", "Entity=("))


def _usual(rows: Sequence[Sequence[str]]) -> int:
    """How many fields most rows have; of as many, the most."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width))


def _fitted(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], tuple[str, ...]]:
    """The names of the columns that the rows have, where all have fewer or more than the first line names."""
    if not rows or any(len(row) == len(names) for row in rows):
        return names, ()
    width = _usual(rows)
    counts = all(row[0].strip('"').isdecimal() for row in rows) and width == len(names) + 1  # as R writes tables
    fitted = ["", *names] if counts else [*names, *([""] * width)][:width]
    told = f"The first line names {counted(len(names), 'column')}, most others have {width}"
    return fitted, (f"{told}: the names were taken for the {'last' if counts else 'first'} of these.",)


def _headed(every: Sequence[Sequence[str]], names: Sequence[str]) -> _Columns:
    """The columns of a file whose first line names them; rows that lack some of them show nothing."""
    names, notes = _fitted(names, every)
    word = word_column(names) or 0
    rows = [row for row in every if len(row) == len(names)]
    numbered = tuple((n, name) for n, name in enumerate(names) if n != word and is_numbered([row[n] for row in rows]))
    linked = tuple((n, name) for n, name in enumerate(names) if n != word and _is_links(row[n] for row in rows))
    known = {word, *(n for n, _ in (*numbered, *linked))}
    tagged = tuple((n, "") for n in range(len(names)) if n not in known and _is_tags(rows, n))
    if not tagged and not numbered and len(names) - 1 != word and _is_plain_labels(rows, len(names) - 1):
        tagged = ((len(names) - 1, ""),)
    misc = names.index("MISC") if "MISC" in names else None
    taken: set[int | None] = {word, misc, *(n for n, _ in (*numbered, *linked, *tagged))}
    left = [name for n, name in enumerate(names) if n not in taken]
    if left:
        notes += (f"Left out {counted(len(left), 'column')}: {', '.join(f'“{name}”' for name in left)}.",)
    return _Columns(
        word, len(names), tagged, misc=misc, notes=notes, numbered=numbered, linked=linked, names=tuple(names)
    )


def _is_tags(rows: Sequence[Sequence[str]], n: int) -> bool:
    values = Counter(fields[n] for fields in rows if len(fields) > n)
    fit = sum(count for value, count in values.items() if TAG.match(value))
    return fit * 100 >= values.total() * 95 and any(TAG.match(value) for value in values if value != "O")


def _is_links(cells: Iterable[str]) -> bool:
    """Whether cells say which entry of Wikidata words are, or that they are none."""
    told = {*cells} - NOTHING - _NO_ENTRY
    return bool(told) and all(_ENTRY.fullmatch(cell) for cell in told)


def _is_plain_labels(rows: Sequence[Sequence[str]], n: int) -> bool:
    values = Counter(fields[n] for fields in rows if len(fields) > n)
    return 1 < len(values) <= 50 and values["O"] * 2 > values.total()


class _Article:
    def __init__(self, page: Page, place: str, columns: _Columns, notes: tuple[str, ...]) -> None:
        self._page, self._place, self._columns = page, place, columns
        self._notes = [*notes]
        self._parts: list[str] = []
        self._length = 0
        self._items: list[Item] = []
        self._unread: list[Unread] = []
        self._joined = 0
        self._coreference = Coreference()
        self._open: dict[int, int] = {}
        """By column which item goes to the end of the sentence before."""
        self._cells: list[tuple[Place, list[str]]] = []
        """Each word with its fields, where columns name annotations by number: these go on over sentences."""

    def standoff(self) -> Standoff:
        """The article over the text that its words make."""
        self._put(unescaped(self._page.comments.get("space_before", "")))
        for number, sentence in enumerate(self._page.sentences):
            if number and not self._columns.own:
                self._put("\n")
            self._take(sentence)
        if self._joined:
            told = counted(self._joined, "sentence")
            self._notes.append(f"The text of {told} was put together from the words, a blank between each two.")
        for column, name in self._columns.numbered:
            self._items += self._numbered(column, name)
        mentions, chains = self._coreference.finished()
        links = (*(links_by_id(self._items) if self._columns.numbered else ()), *chains)
        self._items += mentions
        self._notes += self._coreference.notes()
        if self._unread:
            first = self._unread[0]
            told = f"In quarantine {counted(len(self._unread), 'row')}, such as {first.place}: {first.reason}."
            self._notes.append(told)
        said = self._page.comments.items()
        fields = tuple((name, unescaped(value)) for name, value in said if name != "space_before" and value)
        items, unread = tuple(self._items), tuple(self._unread)
        return Standoff(self._place, "".join(self._parts), items, links, fields, unread, tuple(self._notes))

    def _numbered(self, column: int, name: str) -> Iterator[Item]:
        cells = [fields[column] if len(fields) == self._columns.width else "" for _, fields in self._cells]
        for cell, (place, _) in zip(cells, self._cells, strict=True):
            if cell not in NOTHING and parsed(cell) is None:
                told = f"“{cell[:30]}” in the column “{name}” names no annotation by number"
                self._unread.append(Unread(cell, told, f"the word at {place[0]}"))
        for each in named_in(cells):
            places = tuple((self._cells[first][0][0], self._cells[last][0][1]) for first, last in each.runs())
            id_ = f"{name} {each.numbers.replace(' ', '_')}" + (f" {each.name}" if each.name != name else "")
            yield Item(id_, name, places, attributes=each.attributes(name))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _take(self, sentence: Sentence) -> None:
        rows = []
        width = _usual([fields for _, fields in sentence.rows]) if self._page.brackets else self._columns.width
        for number, fields in sentence.rows:
            if len(fields) <= self._columns.word or not fields[self._columns.word].strip(" "):
                self._unread.append(Unread("\t".join(fields), "it has no word", f"line {number}"))
                continue
            if len(fields) != width:
                self._unread.append(Unread("\t".join(fields), _misfit(fields, width), f"line {number}"))
            rows.append((number, fields))
        places = self._words(sentence, rows)
        if self._columns.numbered:
            self._cells += [(place, fields) for place, (_, fields) in zip(places, rows, strict=True)]
        self._corefer(sentence, rows, width, places)
        for column, name in self._columns.labels:
            tags = [fields[column] if len(fields) == width > column else "O" for _, fields in rows]
            found = brackets(tags) if self._page.brackets else self._chunks(tags, rows)
            before = self._open.pop(column, None)
            for chunk in found:
                place = (places[chunk.first][0], places[chunk.last][1])
                label, attributes = self._meaning(name, chunk.label)
                attributes += self._entries(rows[chunk.first][1], column)
                made = Item(f"T{len(self._items) + 1}", label, (place,), attributes=attributes)
                if self._columns.own and not chunk.first and tags[0] == f"I-{chunk.label}" and before is not None:
                    old = self._items[before]  # of this program's own, which writes on over the end of a sentence
                    self._items[before] = replace(old, places=((old.places[0][0], place[1]),))
                    at = before
                else:
                    at = len(self._items)
                    self._items.append(made)
                if chunk.last == len(rows) - 1:
                    self._open[column] = at

    def _corefer(
        self, sentence: Sentence, rows: list[tuple[int, list[str]]], width: int, places: list[tuple[int, int]]
    ) -> None:
        """Take what the last column says of coreference."""
        if self._page.brackets:
            self._coreference.take([fields[-1] if len(fields) == width else "" for _, fields in rows], places)
        elif self._columns.misc is not None and not self._columns.own:
            if ORDER in sentence.comments:
                self._coreference.names = sentence.comments[ORDER].split("-")
            self._coreference.take([entity(fields[-1]) for _, fields in rows], places)

    def _chunks(self, tags: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Chunk]:
        """The chunks of a column; what is no tag among tags is kept apart."""
        if any(TAG.match(tag) and tag != "O" for tag in tags):
            for index, tag in enumerate(tags):
                if tag and tag != "_" and not TAG.match(tag):
                    place = f"line {rows[index][0]}"
                    self._unread.append(Unread("\t".join(rows[index][1]), f"“{tag[:30]}” is no tag", place))
                    tags[index] = "O"
        return chunks(tags)

    def _meaning(self, column: str, label: str) -> tuple[str, Attributes]:
        """The label of a chunk, and what it says beside it, in columns of this program's own."""
        if not self._columns.own:
            return label, ()
        layer = layer_of(column)
        if layer == THEIRS:
            return unescaped(label), ()
        value = value_of(layer, label)
        return LABELS.get(layer, label), (((ATTRIBUTE[layer], value),) if value is not None else ())

    def _entries(self, fields: list[str], column: int) -> Attributes:
        """Which entries of Wikidata the words of a row are that begins a name of a column."""
        found = ((name, fields[n]) for n, name in self._columns.linked_with(column))
        return tuple((name, cell) for name, cell in found if cell not in NOTHING | _NO_ENTRY)

    # -- text ---------------------------------------------------------------------------------------------------

    def _words(self, sentence: Sentence, rows: list[tuple[int, list[str]]]) -> list[tuple[int, int]]:
        """Where the words of a sentence stand in the text, which they are added to."""
        words = [fields[self._columns.word] for _, fields in rows]
        told = sentence.comments.get("text")
        if told is not None and not self._columns.own and (places := _found(told, words)) is not None:
            places = [(start + self._length, end + self._length) for start, end in places]
            self._put(told)
            return places
        places = []
        is_told = self._columns.misc is not None
        self._joined += not is_told
        for index, (word, (_, fields)) in enumerate(zip(words, rows, strict=True)):
            places.append((self._length, self._length + len(word)))
            self._put(word)
            last = index == len(words) - 1
            gap = (
                _gap(fields[self._columns.misc])
                if self._columns.misc is not None and len(fields) > self._columns.misc
                else " "
            )
            self._put(gap if self._columns.own or not last else "")
        return places


def _misfit(fields: Sequence[str], width: int) -> str:
    """What is wrong with a row that has not as many fields as the others."""
    lacks = width - len(fields)
    told = f"it lacks {lacks} of {width} columns" if lacks > 0 else f"it has {len(fields)} columns, not {width}"
    return f"{told}; only its word was taken"


def _gap(misc: str) -> str:
    told = misc.split("|")
    if "EndOfLine" in told:
        return "\n"
    for part in told:
        if part in {"SpaceAfter=No", "NoSpaceAfter"}:
            return ""
        if part.startswith("SpacesAfter="):
            return unescaped(part.removeprefix("SpacesAfter="))
    return " "


def _found(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the words stand in a sentence with nothing but blanks between them; None: they do not."""
    places = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        places.append((start, start + len(word)))
        at = start + len(word)
    return places if not text[at:].strip() else None
