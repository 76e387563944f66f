"""What the article view needs of an article, made ready on the database thread right after it was read."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model import Document, Record
from ui.outline import Filed
from ui.presenter import marks_of
from ui.text.document import DisplayMap
from ui.text.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Ready:
    """Whoever takes a part may change it: it is handed over, once. Nothing in it belongs to Qt."""

    shelf: Shelf
    source: DisplayMap


def make_ready(document: Document, filed: Filed) -> Ready:
    """File the marks of an article and map its text. May run on any thread."""
    records: list[Record] = [*document.claims, *document.mentions, *document.corrections]
    shelf = Shelf(mark for record in records for mark in marks_of(record, filed))
    shelf.lay_by()
    return Ready(shelf, DisplayMap(document.source.text, document.article.segments))
