"""M2 files to articles with transcription corrections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Reading
from annotator.formats.bounds import whole
from annotator.formats.m2.common import OTHER, REGULARISED, cause_of
from annotator.formats.standoff import labels
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Attributes, Item, Place, Standoff, Unread
from annotator.formats.standoff.quarantine import REASON
from annotator.text.decode import decode_page
from annotator.text.normalise import normalise
from annotator.text.wording import counted

_NOTHING = frozenset({"noop", "Noop", "UNK"})
_EMPTY = "-NONE-"


@dataclass(slots=True)
class _Sentence:
    words: list[str]
    edits: list[tuple[int, str]] = field(default_factory=list)
    """Line number and what stands behind ``A``."""


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The article of a file, over the text beside it when that has the same words."""
    decoded = decode_page(whole(stream, reading.name), reading.name, reading.encoding)
    sentences: list[_Sentence] = []
    unread = []
    for number, line in enumerate(decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1):
        if line == "S" or line.startswith("S "):
            sentences.append(_Sentence([word for word in line[2:].split(" ") if word]))
        elif line.startswith("A ") and sentences:
            sentences[-1].edits.append((number, line[2:]))
        elif line.strip():
            unread.append(Unread(line, "it begins with neither S nor A", f"line {number}"))
    if not sentences:
        raise ImportFailed(f"{reading.name} has no line that begins with “S ”, as every M2 file has.")
    return [decode(_Article(reading, sentences, unread, decoded.notes).standoff(), reading)]


class _Article:
    def __init__(
        self, reading: Reading, sentences: list[_Sentence], unread: list[Unread], notes: tuple[str, ...]
    ) -> None:
        self._reading, self._sentences, self._unread = reading, sentences, unread
        self._notes = [*notes]
        self._items: list[Item] = []
        self._reached = 0
        """Where the words of the last deletion end, with the blank that went with them."""
        self._vocabulary = reading.vocabulary
        self._file: Attributes = ()

    def standoff(self) -> Standoff:
        """The article with the edits of its first annotator as corrections."""
        text, places = self._beside() or self._joined()
        first = min((coder for s in self._sentences for _, line in s.edits if (coder := _coder(line)) >= 0), default=0)
        others: set[int] = set()
        for sentence, words in zip(self._sentences, places, strict=True):
            for number, line in sentence.edits:
                try:
                    self._take(line, words, first, others)
                except ValueError as error:
                    self._unread.append(Unread(f"A {line}", str(error), f"line {number}"))
        if others:
            self._notes.append(
                f"Edits of {counted(len(others), 'further annotator')} are in quarantine: one text is corrected once."
            )
        items, unread, notes = tuple(self._items), tuple(self._unread), tuple(self._notes)
        return Standoff(self._reading.name, text, items, fields=self._file, unread=unread, notes=notes)

    def _take(self, line: str, words: list[Place], first: int, others: set[int]) -> None:
        parts = line.split("|||")
        place, type_, replacement = (
            parts[0].split(),
            parts[1] if len(parts) > 1 else "",
            parts[2] if len(parts) > 2 else "",
        )
        if type_ in _NOTHING:
            return
        if len(parts) < 3 or len(place) != 2 or not all(each.isdecimal() for each in place):
            raise ValueError("it is no edit: two numbers, a type and a correction, parted by |||")
        begin, end = map(int, place)
        if not begin <= end <= len(words) or not words:
            raise ValueError(f"its sentence has only {counted(len(words), 'token')}")
        if "||" in replacement:
            self._notes.append(f"Of several corrections the first was taken: “{replacement[:40]}”.")
            replacement = replacement.partition("||")[0]
        coder = _coder(line)
        label = labels.REGULARISATION if type_.endswith(f":{REGULARISED}") else labels.TRANSCRIPTION
        if coder != first and label == labels.TRANSCRIPTION:
            others.add(coder)
            label = f"Edit of annotator {coder}"
        where, told = placed(words, begin, end, "" if replacement == _EMPTY else replacement)
        if not told and where[0] < self._reached <= words[begin][0]:
            where = self._reached, where[1]  # the blank between them goes with the deletion before
        if not told and coder == first:
            self._reached = where[1]
        given = (("replacement", told), *self._cause(type_)) if told else self._cause(type_)
        if label == f"Edit of annotator {coder}":
            given = (*given, (REASON, "it is a further annotator's, and a text is corrected once"))
        self._items.append(Item(f"e{len(self._items) + 1}", label, (where,), attributes=given))

    def _cause(self, type_: str) -> Attributes:
        known = self._vocabulary.values("correction.cause") if "correction.cause" in self._vocabulary else ()
        cause = cause_of(type_, known)
        if cause is not None:
            return (("cause", cause),)
        return () if type_.endswith((f":{OTHER}", f":{REGULARISED}")) else (("error_type", type_),)

    # -- text ---------------------------------------------------------------------------------------------------

    def _beside(self) -> tuple[str, list[list[Place]]] | None:
        """The text that stands beside the file and where the words are in it; None: none does that has these words."""
        name = self._reading.name.rsplit("/", maxsplit=1)[-1].rpartition(": ")[2]
        beside = f"{name.rpartition('.')[0]}.txt"
        data = self._reading.beside(beside)
        if data is None:
            return None
        decoded = decode_page(data, beside, self._reading.encoding) if data else None
        text = normalise(decoded.text)[0] if decoded else ""
        at = 0
        found = []
        for sentence in self._sentences:
            places = []
            for word in sentence.words:
                start = text.find(word, at)
                if start < 0 or text[at:start].strip():
                    self._notes.append(f"{beside} has other words than the file; its text was not taken.")
                    return None
                at = start + len(word)
                places.append((start, at))
            found.append(places)
        self._file = (("file_name", beside),)
        return text, found

    def _joined(self) -> tuple[str, list[list[Place]]]:
        """The text that the words make, a sentence a line."""
        lines, found, at = [], [], 0
        for sentence in self._sentences:
            places = []
            for word in sentence.words:
                places.append((at, at + len(word)))
                at += len(word) + 1
            lines.append(" ".join(sentence.words))
            at += not sentence.words
            found.append(places)
        self._notes.append("The text was put together from the tokens, a blank between each two, a sentence a line.")
        return "\n".join(lines), found


def placed(words: list[Place], begin: int, end: int, replacement: str) -> tuple[Place, str]:
    """The stretch of text that an edit of tokens changes, and into what, with the blanks that go with it."""
    if begin < end:
        start, stop = words[begin][0], words[end - 1][1]
        if replacement:
            return (start, stop), replacement
        if begin:
            return (words[begin - 1][1], stop), ""
        return (start, words[end][0] if end < len(words) else stop), ""
    if begin < len(words):
        return (words[begin][0], words[begin][0]), f"{replacement} "
    return (words[-1][1], words[-1][1]), f" {replacement}"


def _coder(line: str) -> int:
    last = line.rsplit("|||", maxsplit=1)[-1].strip()
    return int(last) if last.isdecimal() and len(last) < 9 else -1
