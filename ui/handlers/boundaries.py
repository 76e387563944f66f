"""Moving the boundaries of the selected annotation, by keys and by its handles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotator.edits import Edit
from annotator.model import Annotation, Span
from annotator.services import annotate, boundaries
from annotator.text.steps import Unit
from ui.article.pane import ArticlePane
from ui.handlers.chosen import Chosen
from ui.selection import Selection
from ui.store import Store

_KEYS: tuple[tuple[str, Unit], ...] = (("", "word"), ("_character", "character"), ("_sentence", "sentence"))


class Boundaries:
    """The part at the caret is what moves, else the first one (its start) or the last one (its end).

    The caret goes along with the boundary, so that the next key goes on with the same part.
    """

    def __init__(self, store: Store, selection: Selection, pane: ArticlePane) -> None:
        self._store = store
        self._selection = selection
        self._chosen = Chosen(store, selection)
        self._pane = pane
        self._moved: tuple[str, int, int] | None = None
        """The annotation and the part that was moved last, and where the caret was put."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands that move a boundary."""
        return {
            f"{side}_{way}{suffix}": partial(self.move, side, unit, direction)
            for suffix, unit in _KEYS
            for side in ("start", "end")
            for way, direction in (("left", -1), ("right", 1))
        }

    def move(self, side: str, unit: Unit, direction: int) -> None:
        """Move the start or end of a part of the selected annotation one unit later (1) or earlier (-1)."""
        ws, view = self._store.workspace, self._pane.view
        part = 0

        def make() -> Edit:
            nonlocal part
            record = self._chosen.annotation()
            part = self._part(record, side)
            return boundaries.step(ws, record.id, part, side, unit, direction)

        if self._store.attempt(make) and (record := ws.annotation(self._selection.id or "")) is not None:
            span = record.spans[min(part, len(record.spans) - 1)]
            view.set_caret(span.start if side == "start" else span.end)
            self._moved = record.id, part, view.caret()

    def drag(self, mark_id: str, part: int, side: str, offset: int) -> None:
        """A handle was dragged to ``offset``."""
        self._store.attempt(lambda: annotate.move_boundary(self._store.workspace, mark_id, part, side, offset))

    def _part(self, record: Annotation, side: str) -> int:
        caret, last = self._pane.view.caret(), len(record.spans) - 1
        if (
            self._moved is not None
            and (record.id, caret) == (self._moved[0], self._moved[2])
            and self._moved[1] <= last
        ):
            return self._moved[1]
        here = [part for part, span in enumerate(record.spans) if span.start <= caret <= span.end]
        return next(
            (p for p in here if _edge(record.spans[p], side) == caret), (here or [0 if side == "start" else last])[0]
        )


def _edge(span: Span, side: str) -> int:
    return span.start if side == "start" else span.end
