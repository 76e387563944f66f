"""JSON Lines, schema version 2: one article a line, with its text, speakers and annotations. Version 1 is read, too.

The same content always gives the same bytes: keys in the schema's order, UTF-8 without escapes beyond JSON's own,
no spaces, a line feed after every line, articles in list order, annotations as the text runs, speakers by name.
Every line is checked against the published schema, and every place against the text, when written and when read.
The schema leaves the labels (form, cause …) open, since they are the project's; the reader knows the vocabularies.

Every place stands there twice: over the source text and over the corrected text. In an export of the corrected text
alone (``view``) the places of applied transcription corrections cover their replacements, so that the corrections can
still be seen but not be applied again; such a file is not imported, since it has lost the source text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.article_back import article_back
from annotator.formats.article_bytes import compared
from annotator.formats.article_check import parse_line
from annotator.formats.article_lines import Lines, article_line
from annotator.formats.base import Back, Draft, Format, Reading, Source, Writing
from annotator.formats.beside import GUIDELINE_SUFFIX, SCHEME_SUFFIX
from annotator.formats.bounds import MOST_LINE
from annotator.formats.writing import documents
from annotator.model import Document, Speaker


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article of ``source``, checked."""
    stream.writelines(line_of(document, speakers, writing.view) for document, speakers in documents(source, writing))


def line_of(document: Document, speakers: dict[str, Speaker], view: str = "source") -> bytes:
    """The line of one article, line feed included.

    Raises:
        ExportFailed: the line would not be right; the sentence names the article and the place.
    """
    return article_line(document, speakers, view) + b"\n"


def read(stream: BinaryIO, reading: Reading) -> Iterator[Draft]:
    """Every line's article, or none: one wrong line refuses the file. Lines without anything are skipped."""
    return _read(stream, reading)


def read_back(stream: BinaryIO, reading: Reading) -> Iterator[Draft]:
    """The same for what was just written: it may be over the corrected text."""
    return _read(stream, reading, back=True)


def compare_back(stream: BinaryIO, reading: Reading) -> Iterator[Back]:
    """The same for the loss report: hardly a line that this program wrote needs to be looked at as an import does."""
    lines = Lines(reading)
    for number, line in _whole_lines(stream, reading.name):
        back = article_back(line)
        if back is None:
            data, fits = _parsed(line, f"{reading.name}, line {number}")
            draft = lines.draft(data, number, back=True, fits=fits)
            back = draft.article.id, compared(draft.document, draft.speakers)
        yield back


def _read(stream: BinaryIO, reading: Reading, *, back: bool = False) -> Iterator[Draft]:
    lines, number = Lines(reading), None
    for number, (data, fits) in _lines(stream, reading.name):
        yield lines.draft(data, number, back=back, fits=fits)
    if number is None and not back:
        raise ImportFailed(f"{reading.name} holds no article.")
    lines.finish(lambda: ((number, data) for number, (data, _) in _lines(stream, reading.name)))


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, tuple[Any, bool]]]:
    """The number of every line that holds anything, its data, and whether these surely fit their schema."""
    for number, line in _whole_lines(stream, name):
        yield number, _parsed(line, f"{name}, line {number}")


def _whole_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """The number and the bytes of every line that holds anything."""
    stream.seek(0)
    for number, line in enumerate(iter(lambda: stream.readline(MOST_LINE + 1), b""), start=1):
        if len(line) > MOST_LINE:
            raise ImportFailed(f"{name}, line {number} is larger than {MOST_LINE >> 20} MB, too large for an article.")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 -- some editors put a byte order mark there
        if line.strip():
            yield number, line


def _parsed(line: bytes, place: str) -> tuple[Any, bool]:
    try:
        return parse_line(line)
    except ValueError as error:
        raise ImportFailed(f"{place} {error}.") from error


FORMAT = Format(
    "jsonl",
    "JSON Lines",
    (".jsonl", ".ndjson"),
    read=read,
    write=write,
    read_back=read_back,
    compare_back=compare_back,
    takes=(SCHEME_SUFFIX, GUIDELINE_SUFFIX),
)
