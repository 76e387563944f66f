"""brat's files to a standoff. Every line that cannot be understood is kept with its number and the reason."""

from __future__ import annotations

import re
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import whole
from annotator.formats.brat.common import OWN_NOTE, joined, meant, without_numbers
from annotator.formats.brat.lines import Line, NotUnderstood, understood
from annotator.formats.brat.own import Made, applied
from annotator.formats.standoff.graph import Item, Link, Standoff, Unread
from annotator.text.decode import decode_page
from annotator.text.wording import counted

_MOST_TOLD = 20
_CRLF = re.compile("\r\n?")
_ENDS = re.compile("\r\n|\r|\n")


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """The article of an ``.ann`` file (or of ``.a1`` with ``.a2``), whose text is the ``.txt`` file beside it.

    Raises:
        ImportFailed: there is no such text, or one of the files is no text.
    """
    stem, raw = _text_beside(reading)
    text = decode_page(raw, f"{stem}.txt", reading.encoding)
    parts = [whole(stream, reading.name)]
    if reading.name.casefold().endswith(".a1"):
        parts += [part for end in (".a2", ".rel") if (part := reading.beside(stem + end)) is not None]
    annotations = "\n".join(decode_page(part, reading.name).text.rstrip("\n") if part else "" for part in parts)
    found = standoff(reading.name, text.text, annotations.removeprefix("\ufeff"), text.notes)
    known = {name for name, _ in found.fields}
    file = (("file_name", f"{stem}.txt"), ("encoding", text.encoding)) if "id" not in known else ()
    fields = (*found.fields, *file)  # this program's own articles say themselves what file they came from
    return [Standoff(found.name, found.text, found.items, found.links, fields, found.unread, found.notes)]


def _text_beside(reading: Reading) -> tuple[str, bytes]:
    """The name without its extension, and the bytes of the text of that name."""
    name = reading.name.rsplit("/", maxsplit=1)[-1]
    for own in dict.fromkeys((name, name.partition(": ")[2] or name)):  # at the top of an archive: news.zip: a.ann
        stem = own.rpartition(".")[0]
        raw = reading.beside(f"{stem}.txt")
        if raw is not None:
            return stem, raw
    raise ImportFailed(f"{reading.name} has no {stem}.txt beside it, which would hold the text that it annotates.")


def standoff(name: str, text: str, annotations: str, notes: tuple[str, ...] = ()) -> Standoff:
    """The article whose text and annotation files hold ``text`` and ``annotations``."""
    file = _File(text)
    lines = _ENDS.split(annotations)
    at = 0
    while at < len(lines):
        at = file.take(lines, at)
    file.tie()
    fields, items, links = file.finished()
    told = (*notes, *file.notes())
    unread = tuple(Unread(raw, why, f"line {number}") for number, raw, why in sorted(file.unread))
    return Standoff(name, text, items, links, fields, unread, told)


class _File:
    """Takes a file line by line, then ties the lines to what they are about."""

    def __init__(self, text: str) -> None:
        self.unread: list[tuple[int, str, str]] = []
        self._text = text
        self._lines: dict[str, Line] = {}
        self._about: list[Line] = []
        self._broken: list[int] = []
        self._attributes: dict[str, list[tuple[str, str]]] = {}
        self._own: list[Line] = []
        self._again: list[Line] = []
        """Lines with an id that one before has, as where files were put together."""
        self._renamed = 0

    def take(self, lines: list[str], at: int) -> int:
        """The line at ``at``, with those that its words run over; the index of the next."""
        raw = lines[at]
        if not raw.strip():
            return at + 1
        try:
            line = understood(raw, at + 1)
        except NotUnderstood as why:
            self.unread.append((at + 1, raw, str(why)))
            return at + 1
        after = at + 1
        if line.kind == "T":
            after = self._run_on(line, lines, after)
        if line.kind in "TER*":
            if line.id in self._lines:
                self._again.append(line)
            else:
                self._lines[line.id] = line
        else:
            self._about.append(line)
        return after

    def _words(self, line: Line) -> list[str]:
        return [_CRLF.sub("\n", self._text[start:end]) for start, end in line.places]

    def _run_on(self, line: Line, lines: list[str], after: int) -> int:
        """Join the further lines of words in which the text has line ends, if they are the text's very words."""
        words = joined(self._words(line))
        if line.words == words or "\n" not in words or not words.startswith(line.words):
            return after
        candidate, end = line.words, after
        while end < len(lines) and len(candidate) < len(words) and words.startswith(candidate):
            candidate += "\n" + lines[end]
            end += 1
        if candidate != words:
            return after
        line.words = words
        self._broken.append(line.number)
        return end

    def _reject(self, line: Line, why: str) -> None:
        self.unread.append((line.number, line.raw, why))

    # -- tying

    def tie(self) -> None:
        """Leave out links and remarks about what is not there."""
        self._take_again()
        while True:
            lost = [(line, id_) for line in self._lines.values() for _, id_ in line.ends if id_ not in self._lines]
            if not lost:
                break
            for line, id_ in lost:
                if self._lines.pop(line.id, None) is not None:
                    self._reject(line, f"it is about {id_}, which is not there")
        for line in self._about:
            if line.target not in self._lines:
                self._reject(line, f"it is about {line.target}, which is not there")
            elif line.label == OWN_NOTE and line.kind == "#":
                self._own.append(line)
            else:
                self._attributes.setdefault(line.target, []).extend(line.attributes)

    def _take_again(self) -> None:
        """Take what has the id of another under one of its own, if nothing can mean the one or the other by it."""
        every = (*self._lines.values(), *self._again)
        meant_ = {id_ for line in every for _, id_ in line.ends} | {line.target for line in self._about}
        for line in self._again:
            if line.id in meant_:
                self._reject(line, f"there is a {line.id} before it")
            else:
                self._renamed += 1
                line.id = f"{line.id} of line {line.number}"
                self._lines[line.id] = line

    def finished(self) -> Made:
        """The article's fields, items and links."""
        items = {line.id: self._item(line) for line in self._lines.values() if line.kind == "T"}
        links = {line.id: self._link(line) for line in self._lines.values() if line.kind != "T"}
        made: Made = ((), tuple(items.values()), tuple(links.values()))
        if self._own:
            made, wrong = applied(self._text, items, links, [(line.target, line.words) for line in self._own])
            for number in wrong:
                self._reject(self._own[number], "its JSON is not what this program writes")
        return made

    def _link(self, line: Line) -> Link:
        roles = without_numbers([role for role, _ in line.ends])
        if line.kind == "R":
            roles = meant(line.label, roles)
        ends = tuple(zip(roles, (id_ for _, id_ in line.ends), strict=True))
        return Link(line.id, line.label, ends, tuple(self._attributes.get(line.id, ())))

    def _item(self, line: Line) -> Item:
        found = self._words(line)
        exact: tuple[str, ...] | None = (line.words,) if line.words else None
        if line.words in {joined(found), "".join(found)}:  # brat before 1.3 set no blank between parts
            exact = tuple(self._text[start:end] for start, end in line.places)
        return Item(line.id, line.label, line.places, exact, tuple(self._attributes.get(line.id, ())))

    def notes(self) -> list[str]:
        """What was tolerated, in sentences that name the lines."""
        found = []
        if self._broken:
            listed = ", ".join(map(str, self._broken[:_MOST_TOLD])) + (" …" if len(self._broken) > _MOST_TOLD else "")
            told = f"The words of {counted(len(self._broken), 'annotation')} run over line ends in the file"
            found.append(f"{told} (line {listed}).")
        if self._renamed:
            told = f"{counted(self._renamed, 'line')} had the id of another before it, which nothing refers to"
            found.append(f"{told}; both were taken.")
        return found
