"""The open article's two texts as the views show them, each made once and kept as long as it is right."""

from __future__ import annotations

from annotator.edits import Edit
from annotator.model import Article, Segment
from annotator.services.corrections import piece_map
from annotator.workspace import Workspace
from ui.text.document import DisplayMap


class ShownTexts:
    """``take`` when another article is shown, ``follow`` after each edit that the workspace has applied."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._source: DisplayMap | None = None
        self._corrected: DisplayMap | None = None

    def take(self, source: DisplayMap | None) -> None:
        """Another article is shown, whose source text is ready; None: it is made when it is asked for."""
        self._source, self._corrected = source, None

    def follow(self, edit: Edit) -> None:
        """Drop what an edit made old. Annotations other than corrections change no text."""
        article = self._ws.article.id if self._ws.article else None
        mine = [change for change in edit.of("article") if change.id == article]
        if any(_segments(change.before) != _segments(change.after) for change in mine):
            self._source = self._corrected = None
        elif "correction" in edit.by_kind and article in edit.article_ids:
            self._corrected = None

    @property
    def source(self) -> DisplayMap:
        """The source text; an empty one when no article is open."""
        if self._source is None:
            self._source = DisplayMap(self._ws.text, self._segments())
        return self._source

    @property
    def corrected(self) -> DisplayMap:
        """The corrected text, cut where the source text is. Raises InvalidEdit when corrections overlap."""
        if self._corrected is None:
            pieces = piece_map(self._ws.text, self._ws.corrections.values())
            self._corrected = DisplayMap(self._ws.text, self._segments(), pieces, self.source)
        return self._corrected

    def _segments(self) -> tuple[Segment, ...]:
        return self._ws.article.segments if self._ws.article else ()


def _segments(record: object) -> object:
    return record.segments if isinstance(record, Article) else None
