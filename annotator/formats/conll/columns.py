"""The lines of a CoNLL file: articles, sentences, rows; and what its tags mean, whatever the scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.standoff.chunks import Chunk

TAG = re.compile(r"(?:O|[BIESLUM]-\S.*)\Z")
_COMMENT = re.compile(r"#\s*(?:hipe2022:)?([\w.]+(?: id)?)\s*=\s?(.*)\Z")
_BEGIN = re.compile(r"#begin document \(?(.*?)\)?(?:; part (\d+))?\s*\Z")
_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_UNESCAPED = {value[1]: key for key, value in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|.)")
_BLANK = re.compile(r"[\s\\|]")


_WORDS = frozenset(("form", "tok", "token", "tokens", "word", "words"))
_OF_WORDS = frozenset(
    ("lemma", "pos", "upos", "xpos", "pos_tag", "tag", "tags", "ner", "ner_tag", "label", "chunk", "misc")
)
_ABOUT = {"title": "title", "newspaper": "outlet", "date": "published", "language": "language"}
"""Comments that say something of an article → the field of it."""
_WORDY = 16
"""Words of a line that is a sentence behind a number sign, not a row."""
_NEW = frozenset(("newdoc id", "newdoc", "document_id"))
_STARTS = frozenset(("sentstart", "sent_start", "sentence_start", "is_sent_start"))
_YES = frozenset(("yes", "true", "1", "y"))


@dataclass(slots=True)
class Sentence:
    """Rows of fields with their line numbers, and the comments above them."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """One article of a file."""

    name: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    brackets: bool = False
    """Whether it is of CoNLL-2012's kind, with spans in brackets."""


def pages(text: str) -> tuple[list[Page], list[str]]:
    """The articles of a file, and the names of its columns when it tells them."""
    lines = text.split("\n")
    names = header_of(lines[0])
    found = _Pages()
    for number, line in enumerate(lines[1:] if names else lines, start=2 if names else 1):
        is_own = {"START", "END"} <= set(names)  # of this program, where -DOCSTART- is a word like any other
        starts = None if is_own else _new_page(line)
        if not line.strip() or starts is not None:
            found.end_sentence()
            found.begin(starts)
        elif (comment := _comment(line, found.width)) is not None:
            if comment[0] == "global.columns":
                names = comment[1].split()
            else:
                found.say(*comment)
        else:
            found.take(number, line.split("\t") if "\t" in line else line.split())
    found.end_sentence()
    return [page for page in found.pages if page.sentences or page.name or page.comments], names


class _Pages:
    """The articles that were begun, and the sentence that is being read."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self.sentence = Sentence()
        self.width = 0
        """How many fields the last row has; 0: there is none yet."""
        self._next: dict[str, str] = {}
        """What was said of an article that is to begin before the next row; else it was said of a sentence."""

    def take(self, number: int, fields: list[str]) -> None:
        self.width = len(fields)
        self.sentence.rows.append((number, fields))
        self._next = {}

    def end_sentence(self) -> None:
        if self.sentence.rows:
            self.pages[-1].sentences.append(self.sentence)
            self.sentence = Sentence()

    def begin(self, page: Page | None) -> None:
        if page is None:
            return
        if not self.pages[-1].sentences and not self.pages[-1].name:
            page.comments = self.pages.pop().comments
        page.comments |= self._next
        self._next = {}
        self.pages.append(page)

    def say(self, key: str, value: str) -> None:
        """Take a comment: it begins an article, tells of one, or of the sentence that follows."""
        is_new = not self.pages[-1].sentences and not self.sentence.rows
        if key in _NEW:
            self.end_sentence()
            if is_new and not self.pages[-1].name:
                self.pages[-1].name = value
            else:
                self.pages.append(Page(value, comments=self._next))
                self._next = {}
        elif key in _ABOUT:  # it stands above or below the line with which its article begins
            (self.pages[-1].comments if is_new else self._next)[_ABOUT[key]] = value
        elif key == "space_before":
            self.pages[-1].comments[key] = value
        else:
            self.sentence.comments[key] = value


def header_of(line: str) -> list[str]:
    """The names of the columns, when a first line tells them: one is of the words, one of what words have; else []."""
    if line.startswith("#"):  # “# global.columns = FORM … MISC” is a comment of its own kind
        return []
    fields = [field.strip() for field in (line.split("\t") if "\t" in line else line.split())]
    told = {field.casefold() for field in fields}
    return fields if told & _WORDS and told & (_OF_WORDS | _STARTS) and len(told) == len(fields) else []


def word_column(names: Sequence[str]) -> int | None:
    """Which of the named columns has the words."""
    return next((n for n, name in enumerate(names) if name.casefold() in _WORDS), None)


def by_starts(sentences: Iterable[Sentence], names: Sequence[str]) -> list[Sentence]:
    """The sentences, parted also where a column of that name says that one begins."""
    column = next((n for n, name in enumerate(names) if name.casefold() in _STARTS), None)
    if column is None:
        return list(sentences)
    found: list[Sentence] = []
    for sentence in sentences:
        for at, row in enumerate(sentence.rows):
            if not at or (len(row[1]) > column and row[1][column].strip().casefold() in _YES):
                found.append(Sentence(comments=sentence.comments if not at else {}))
            found[-1].rows.append(row)
    return found


def _new_page(line: str) -> Page | None:
    if line.startswith("-DOCSTART-"):
        return Page()
    match = _BEGIN.match(line)
    if match is not None:
        return Page(f"{match[1]}, part {int(match[2])}" if match[2] and int(match[2]) else match[1], brackets=True)
    return Page() if line.startswith("#end document") else None


def _comment(line: str, width: int) -> tuple[str, str] | None:
    """The key and value of a comment (both may be empty); None: the line is a row, whose word may be ``#``.

    ``width`` is how many fields the row before has, 0 before the first.
    """
    if not line.startswith("#"):
        return None
    match = _COMMENT.match(line)
    if match is not None:
        return match[1], match[2]
    fields = line.split("\t") if "\t" in line else line.split()
    is_row = len(fields) > 1 and TAG.match(fields[-1]) and len(fields) == (width or len(fields))
    return None if is_row and (width or len(fields) < _WORDY) else ("", "")


def brackets(values: Iterable[str]) -> Iterator[Chunk]:
    """The chunks of a column of CoNLL-2012: ``(PERSON*``, ``*``, ``*)``."""
    stack: list[Chunk] = []
    for index, value in enumerate(values):
        for match in re.finditer(r"\(([^()*]+)|\)", value):
            if match[1] is not None:
                stack.append(Chunk(match[1], index, index))
            elif stack:
                chunk = stack.pop()
                chunk.last = index
                yield chunk


def escaped(text: str) -> str:
    r"""Blanks, bars and backslashes as UDPipe writes them in one field; other white space as ``\uXXXX``."""
    return _BLANK.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)


def unescaped(text: str) -> str:
    """The text of :func:`escaped`."""
    return _ESCAPED.sub(lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else _UNESCAPED.get(m[1], m[0]), text)
