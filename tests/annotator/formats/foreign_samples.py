"""What the tests of formats that go by way of a standoff share: writing, reading back, and what is expected then."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from article_samples import Content, source

from annotator.formats.base import Draft, Format, Reading, Writing
from annotator.formats.drafts import drafts_back
from annotator.model import Document, SourceText, Span, Speaker
from annotator.rules import named_speakers
from annotator.services.exporting import ExportResult, export
from annotator.vocabulary import Vocabulary

Back = list[tuple[Document, list[Speaker]]]
"""Each article, its records by id, with the speakers that it names."""
ANY = Vocabulary(())


def reading_with(name: str, files: Mapping[str, bytes]) -> Reading:
    """How a file is read that has others beside it."""
    return Reading(name, "Zoe", "9", beside=files.get)


def in_order(document: Document) -> Document:
    """The same document, its records by id."""
    kinds = ("mentions", "claims", "corrections", "quarantined")
    return replace(document, **{kind: tuple(sorted(getattr(document, kind), key=lambda r: r.id)) for kind in kinds})


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """Records, or whole content, with every string changed; hashes follow the text."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return type(value)(changed(each, change) for each in value)
    if isinstance(value, Span):
        return Span(value.start, value.end, change(value.exact), change(value.prefix), change(value.suffix))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new = replace(value, **{item.name: changed(getattr(value, item.name), change) for item in fields(value)})
    return source(new.id, new.text) if isinstance(new, SourceText) else new


def as_written(content: Content) -> Back:
    """What reading back should give: the documents, with the speakers that they name."""
    people = {speaker.id: speaker for speaker in content.people}
    found = []
    for document in content.items:
        named = named_speakers((*document.mentions, *document.claims))
        found.append((in_order(document), [people[id_] for id_ in sorted(named) if id_ in people]))
    return found


def _back(drafts: list[Draft]) -> Back:
    found = []
    for draft in drafts:
        notes = draft.article.import_notes
        article = replace(draft.article, import_notes=tuple(note for note in notes if note == "Guessed."))
        people = [replace(s, created=_time(s.created), updated=_time(s.updated)) for s in draft.speakers]
        document = in_order(replace(draft.document, article=article))
        found.append((document, sorted(people, key=lambda speaker: speaker.id)))
    return found


def _time(value: str) -> str:
    """The samples' speakers have no times, so that the reader gives them those of the reading."""
    return value if value == "2026-11-23T12:00:00.000Z" else ""


class MemorySink:
    """Files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        assert name not in self.files
        stream = io.BytesIO()
        yield stream
        self.files[name] = stream.getvalue()


def folder_back(form: Format, content: Content) -> tuple[Back, dict[str, bytes]]:
    """What a format of several files gives back, and the files."""
    sink = MemorySink()
    assert form.write_files is not None
    form.write_files(content, sink, Writing())
    drafts = []
    for name, data in sorted(sink.files.items()):
        if name.endswith(form.extensions) and not name.endswith(tuple(form.takes)):
            reading = Reading(name, "Zoe", "9", ANY, beside=sink.files.get)
            drafts += drafts_back(form, io.BytesIO(data), reading)
    return _back(drafts), sink.files


def file_back(form: Format, content: Content) -> tuple[Back, bytes]:
    """What a format of one file gives back, and its bytes."""
    stream = io.BytesIO()
    assert form.write is not None
    form.write(content, stream, Writing())
    reading = Reading(f"f{form.extensions[0]}", "Zoe", "9", ANY)
    return _back(list(drafts_back(form, io.BytesIO(stream.getvalue()), reading))), stream.getvalue()


def exported(form: Format, content: Content, path: Path) -> ExportResult:
    """An export with its loss report."""
    return export(content, path, form)
