"""A project as pairs: ``pairs.jsonl``, and for each article the three lines of ICDAR's post-OCR competitions.

The latter are called ``….aligned.txt``, so that an import of the folder takes no article twice.
"""

from __future__ import annotations

import shutil
import tempfile
from typing import IO

from annotator.formats.base import Sink, Source, Writing
from annotator.formats.foreign_json import dumps
from annotator.formats.ocr_pairs.common import GROUND_TRUTH, INPUT, OCR, PAD
from annotator.formats.sinks import file_name
from annotator.formats.standoff.encode import places
from annotator.formats.writing import documents
from annotator.model import Document
from annotator.text.corrected import PieceMap, replacements
from annotator.workspace import reading_order


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write every article. In the corrected text nothing is left to correct: both texts are the same there."""
    with tempfile.TemporaryFile() as rows:  # an archive takes one file at a time
        _write(source, sink, writing, rows)
        rows.seek(0)
        with sink.open("pairs.jsonl") as stream:
            shutil.copyfileobj(rows, stream)


def _write(source: Source, sink: Sink, writing: Writing, rows: IO[bytes]) -> None:
    for number, (document, _) in enumerate(documents(source, writing), start=1):
        pieces = PieceMap(
            document.source.text, () if writing.view == "corrected" else replacements(document.corrections)
        )
        rows.write(dumps(_row(document, pieces, corrected=writing.view == "corrected")))
        with sink.open(f"{file_name(document.article.title, number, 10_000)}.aligned.txt") as stream:
            stream.write(aligned(pieces).encode())


def _row(document: Document, pieces: PieceMap, *, corrected: bool) -> dict[str, object]:
    applied = [] if corrected else [correction for correction in document.corrections if correction.applied]
    return {
        "id": document.article.id,
        "title": document.article.title,
        "file_name": document.source.file_name,
        "source": pieces.source,
        "corrected": pieces.text,
        "corrections": [
            {
                "places": [list(place) for place in places(correction.spans)],
                "replacement": correction.replacement or "",
                "cause": correction.cause,
            }
            for correction in sorted(applied, key=reading_order)
        ],
    }


def aligned(pieces: PieceMap) -> str:
    """The three lines. A line end is a blank in them, since each is one line; the shorter side is padded."""
    ocr, truth = [], []
    for piece in pieces.pieces:
        left = pieces.source[piece.source_start : piece.source_end]
        right = pieces.text[piece.start : piece.end]
        width = max(len(left), len(right))
        ocr.append(left.ljust(width, PAD))
        truth.append(right.ljust(width, PAD))
    lines = ((INPUT, pieces.source), (OCR, "".join(ocr)), (GROUND_TRUTH, "".join(truth)))
    return "".join(f"{name} {text.replace(chr(10), ' ')}\n" for name, text in lines)
