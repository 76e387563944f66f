"""What a format is: a name, and a reader and a writer over binary streams. The registry lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from annotator.errors import ImportFailed
from annotator.formats.found import Asked, Run, Table, run_here
from annotator.formats.standoff.graph import Standoff
from annotator.model import Article, Claim, Correction, Document, Mention, Quarantined, Scheme, SourceText, Speaker
from annotator.vocabulary import DEFAULT, Vocabulary


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was read but not yet imported. Change anything with ``dataclasses.replace``.

    ``article.id`` and ``source.id`` are equal; ``speakers`` are those that the annotations name.
    """

    article: Article
    source: SourceText
    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    place: str = ""
    """Where it was read, for people: ``gold.jsonl, line 3`` or ``article.txt``."""
    quarantined: tuple[Quarantined, ...] = ()
    untold: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Kind of record → the fields of which the file says nothing, so that the reader made them up."""
    by_name: frozenset[str] = frozenset()
    """The ids of speakers of whom the file says no more than a name: the project's speaker of that name is meant."""
    table: Table | None = None
    """The table that it was a row of."""
    told: frozenset[str] = frozenset()
    """Those of the article's import notes that come from an earlier import, which has told them."""

    @property
    def new_notes(self) -> tuple[str, ...]:
        """The other import notes: what nobody has been told yet."""
        return tuple(note for note in self.article.import_notes if note not in self.told)

    @property
    def document(self) -> Document:
        return Document(
            self.article,
            self.source,
            self.mentions,
            self.claims,
            self.corrections,
            self.speakers,
            self.quarantined,
        )


def _as_it_is(standoff: Standoff) -> Standoff:
    return standoff


def _nothing_beside(_name: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who imports, and what the file is called.

    ``annotator`` and ``guideline`` go into annotations for which the format itself does not say it;
    labels must be of the project's ``vocabulary``.
    """

    name: str
    annotator: str
    guideline: str = "1"
    vocabulary: Vocabulary = DEFAULT
    beside: Callable[[str], bytes | None] = _nothing_beside
    """The bytes of another file of that name (``article.txt``) in the same folder or archive; None: there is none."""
    relabel: Callable[[Standoff], Standoff] = _as_it_is
    """From the labels of another tool to this program's."""
    encoding: str | None = None
    """The encoding that a person chose for the file; None: as it says, or as it is guessed."""
    repair: bool = False
    """Whether letters that were decoded wrongly before (``Ã¤`` for ``ä``) are to be put right; a note then says so."""
    columns: Mapping[str, str] | None = None
    """For tables, field of an article → header of its column, as a person chose; None: as the headers suggest."""
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a person chose for tables before: headers, joined by tabs → columns."""
    run: Run = run_here
    """Calls what takes articles out of bytes; an import hands one over that does it in a process with limits."""
    stopped: Callable[[], bool] | None = None
    """Whether a person has stopped the import; asked while one file takes long."""

    def check_wanted(self) -> None:
        """Raise ``ImportFailed`` when a person has stopped the import."""
        if self.stopped and self.stopped():
            raise ImportFailed(f"{self.name} was not read: it was stopped.")

    @property
    def asked(self) -> Asked:
        """The part of this that a function from bytes to text needs."""
        return Asked(self.name, self.encoding, self.columns, self.known)


CHANGE_LOG = "Change log of the project"
"""What is written before its end, where a format has room for words."""


@dataclass(slots=True)
class Writing:
    """How to write, and what was written so far (each writer counts as it goes)."""

    view: str = "source"
    """``source``: the frozen text. ``corrected``: the text as the transcription corrections make it."""
    articles: int = 0
    claims: int = 0
    speakers: int = 0
    mentions: int = 0
    corrections: int = 0
    losses: list[str] = field(default_factory=list)
    """One sentence for each thing that the view or the format leaves out and that reading back would not show."""
    relabel: Callable[[Standoff], Standoff] = _as_it_is
    """From this program's labels to those of another tool."""
    now: str = ""
    """The day of the export (``2026-11-29``), for formats that must state one; "" leaves it out."""
    scheme: Scheme | None = None
    """By what the articles are labelled, for formats that have a place for it."""
    head: str = ""
    """The end of the project's change log (``seq:hash``); "" when it is not known. Written by way of
    :meth:`change_log`."""
    head_is_inside: bool = False

    def change_log(self, words: str = "") -> str:
        """The end of the change log, after ``words``, for a format that has a place for it; "" leaves it out.

        Who does not ask has no place: the report of the export says so.
        """
        self.head_is_inside = True
        return f"{words}{self.head}" if self.head else ""


class Source(Protocol):
    """What a writer reads of a project (``annotator.ports.Project`` has it)."""

    def documents(self) -> Iterable[Document]: ...

    def speakers(self) -> list[Speaker]: ...


class Sink(Protocol):
    """Where a format of several files writes them: a folder or a zip archive, which appears whole or not at all."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A new file of that name (``articles/one.txt``; ``/`` parts folders). Raises ``ExportFailed``: it is taken."""


Reader = Callable[[BinaryIO, Reading], Iterable[Draft]]
"""Reads a whole file, an article at a time where it can. Raises ``ImportFailed``, also while it is read, with one
sentence that names the file, and the line if it has lines: then nothing of the file counts."""

StandoffReader = Callable[[BinaryIO, Reading], list[Standoff]]
"""Reads the annotations of another tool's file, as they are labelled there. Raises like a :data:`Reader`."""

Back = tuple[str, bytes | Document]
"""An article that was read for the loss report: its id, and what it is compared by (:mod:`.article_bytes`)."""

Writer = Callable[[Source, BinaryIO, Writing], None]
"""Writes a whole project. Raises ``ExportFailed`` with one sentence that names the article and the place."""

FilesWriter = Callable[[Source, Sink, Writing], None]
"""Writes a whole project as several files. Raises like a :data:`Writer`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format, with at most one way to read (``read``, ``read_standoff``) and one to write (``write``, …)."""

    name: str
    title: str
    extensions: tuple[str, ...]
    read: Reader | None = None
    """Reads whole articles, with or without annotations in this program's own terms."""
    read_standoff: StandoffReader | None = None
    """Reads annotations in terms of another tool, which a mapping turns into this program's."""
    write: Writer | None = None
    write_files: FilesWriter | None = None
    read_back: Reader | None = None
    """Reads for the loss report what was written, as far as it goes, where ``read`` and ``read_standoff`` do not."""
    compare_back: Callable[[BinaryIO, Reading], Iterable[Back]] | None = None
    """Does so, of a format of one file, without making drafts of it: where that costs much less."""
    offset_unit: str = "codepoint"
    """In what a file of this format counts places: codepoint, utf16, byte, token, or none."""
    extra: str | None = None
    """The optional extra of ``article-annotator`` that this format needs (``inception``), see :mod:`.extras`."""
    modules: tuple[str, ...] = ()
    """The modules of that extra; the format can be used when all are there."""
    sniff: Callable[[bytes], bool] | None = None
    """Whether the first 64 KiB of a file are of this format, for extensions that several formats share."""
    takes: tuple[str, ...] = ()
    """Ends of names (``.txt`` for ``a.ann``) of files beside one that belong to it and are no articles of their own;
    or, without a dot before it and in small letters, the whole name of a file for all in its folder."""
    copies: tuple[tuple[str, str], ...] = ()
    """(end of a name, whole name): files so named say once more what that file of their folder says."""

    @property
    def readable(self) -> bool:
        return self.read is not None or self.read_standoff is not None

    @property
    def writable(self) -> bool:
        return self.write is not None or self.write_files is not None
