"""The articles of a project on their way into another tool's format: counted, over the asked text, under its labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotator.errors import ExportFailed, InvalidEdit
from annotator.formats.base import Source, Writing
from annotator.formats.corrected_view import corrected_view
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.model import Document
from annotator.text.wording import counted


def outgoing(source: Source, writing: Writing) -> Iterator[Standoff]:
    """Every article's standoff, in the labels of ``writing.mapping``; ``writing`` counts what is handed out.

    Raises:
        ExportFailed: the corrected text was asked for, and corrections overlap.
    """
    speakers = {speaker.id: speaker for speaker in source.speakers()}
    named: set[str] = set()
    left_out: Counter[str] = Counter()
    for document in source.documents():
        known = {**speakers, **{speaker.id: speaker for speaker in document.speakers}}
        standoff = encode(_viewed(document, writing), known)
        named.update(item.id for item in standoff.items if item.id in known)
        writing.articles += 1
        writing.claims += len(document.claims)
        writing.mentions += len(document.mentions)
        writing.corrections += len(document.corrections)
        writing.speakers = len(named)
        mapped = to_theirs(standoff, writing.mapping)
        left_out.update(mapped.left_out)
        yield mapped.standoff
    writing.losses += [
        f"The mapping has no word for “{label}”: {counted(count, 'time')} left out."
        for label, count in left_out.items()
    ]


def _viewed(document: Document, writing: Writing) -> Document:
    if writing.view != "corrected":
        return document
    try:
        view, losses = corrected_view(document)
    except InvalidEdit as error:
        raise ExportFailed(f"The article “{document.article.title[:60]}” cannot be exported: {error}") from error
    writing.losses += losses
    return view
