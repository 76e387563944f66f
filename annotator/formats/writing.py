"""What all writers share: each article as it is to be written, over the text that was asked for, and counted."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.errors import ExportFailed, InvalidEdit
from annotator.formats.base import Source, Writing
from annotator.formats.corrected_view import corrected_view
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Standoff
from annotator.model import Document, Speaker
from annotator.rules import named_speakers
from annotator.text.corrected import replacements


def documents(source: Source, writing: Writing) -> Iterator[tuple[Document, dict[str, Speaker]]]:
    """Every article as it is to be written, with the speakers of the project by id.

    The project may be changed by a window while it is written: every article is of one moment, the speakers
    that it names included. Of a speaker that several articles name, the first reading counts, so that it is the same
    in all of them.

    Raises:
        ExportFailed: transcription corrections of an article overlap.
    """
    speakers = {speaker.id: speaker for speaker in source.speakers()}
    used: set[str] = set()
    for document in source.documents():
        for speaker in document.speakers:
            speakers.setdefault(speaker.id, speaker)
        view = viewed(document, writing)
        yield view, speakers
        used |= named_speakers((*document.mentions, *document.claims))
        writing.articles += 1
        writing.claims += len(view.claims)
        writing.mentions += len(view.mentions)
        writing.corrections += len(view.corrections)
        writing.speakers = len(used)


def standoffs(source: Source, writing: Writing) -> Iterator[tuple[Document, Standoff]]:
    """The same as standoffs, in the labels of the mapping that was asked for. Raises like :func:`documents`."""
    for document, speakers in documents(source, writing):
        yield document, writing.relabel(encode(document, speakers))


def tell_no_text(document: Document, writing: Writing) -> None:
    """Note among the losses that an article is left out, whose text is empty, by a format that is read by its text."""
    title = document.article.title[:60]
    writing.losses.append(f"The article “{title}” has no text, without which it cannot be written.")


def viewed(document: Document, writing: Writing) -> Document:
    """The article over the source or the corrected text; what has no place there is told among the losses."""
    try:
        if writing.view != "corrected":
            replacements(document.corrections)  # overlapping ones could not be imported again
            return document
        view, losses = corrected_view(document)
    except InvalidEdit as error:
        raise ExportFailed(f"The article “{document.article.title[:60]}” cannot be exported: {error}") from error
    writing.losses += losses
    return view
