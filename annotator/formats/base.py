"""What a format is: a name, and a reader and a writer over binary streams. The registry lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from annotator.model import Article, Claim, Correction, Document, Mention, SourceText, Speaker
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

    @property
    def document(self) -> Document:
        return Document(self.article, self.source, self.mentions, self.claims, self.corrections, self.speakers)


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
    """One sentence for each thing in the project that the format cannot carry."""


class Source(Protocol):
    """What a writer reads of a project (``annotator.ports.Project`` has it)."""

    def documents(self) -> Iterable[Document]: ...

    def speakers(self) -> list[Speaker]: ...


Reader = Callable[[BinaryIO, Reading], list[Draft]]
"""Reads a whole file. Raises ``ImportFailed`` with one sentence that names the file, and the line if it has lines."""

Writer = Callable[[Source, BinaryIO, Writing], None]
"""Writes a whole project. Raises ``ExportFailed`` with one sentence that names the article and the place."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format."""

    name: str
    title: str
    extensions: tuple[str, ...]
    read: Reader | None = None
    write: Writer | None = None
