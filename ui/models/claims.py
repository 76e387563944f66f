"""The claims of the open article as rows, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.edits import Edit
from annotator.model import Claim
from annotator.services.speakers import source_of
from annotator.workspace import Workspace
from ui.models.rows import KEY, Index, RowsModel
from ui.outline import Outline
from ui.widgets.paint import one_line

CARD = KEY + 1
"""The role that gives a row's :class:`ClaimCard`."""


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """What a claim's card shows. ``hue`` is an index into ``Theme.lines``; ``source`` None: no speaker."""

    number: int
    quote: str
    hue: int
    source: str | None
    form: str


def quote_of(claim: Claim) -> str:
    """The claim's words in one line, its parts joined by “ … ”."""
    return " … ".join(one_line(span.exact) for span in claim.spans)


def label_of(number: int, words: str) -> str:
    """How a claim is called in a list: ``12 · its words``, cut after 60 characters."""
    return f"{number} · {words if len(words) <= 60 else words[:59] + '…'}"


class ClaimsModel(RowsModel):
    """Row by row what the workspace holds; nothing is copied but the order."""

    columns = ("Claim",)

    def __init__(self, ws: Workspace, outline: Outline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ws = ws
        self._outline = outline
        self._hues = outline.hues
        self.reload()

    def reload(self) -> None:
        """Show the article that is open now."""
        self._hues = self._outline.hues
        self.reset_keys(self._outline.claims.ids())

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        kinds = {change.kind for change in edit.changes}
        if not kinds & {"claim", "mention", "speaker", "article"}:
            return
        claims = [change for change in edit.changes if change.kind == "claim"]
        moved = any(_spans(change.before) != _spans(change.after) for change in claims)
        if moved:
            self.set_keys(self._outline.claims.ids())
        everything = moved or self._hues is not self._outline.hues or bool(kinds & {"speaker", "article"})
        self._hues = self._outline.hues
        self.touch(None if everything else [change.id for change in claims])

    def card(self, key: str) -> ClaimCard:
        """What to show for the claim of that id."""
        claim = self._ws.claims[key]
        source = source_of(claim)
        return ClaimCard(
            number=self.row_of(key) + 1,
            quote=quote_of(claim),
            hue=self._outline.hue(source),
            source=self._ws.name_of(source),
            form=self._ws.vocabulary.label("claim.form", claim.form),
        )

    def quote(self, key: str) -> str:
        """The claim's words in one line; "" when it is not there."""
        claim = self._ws.claims.get(key)
        return quote_of(claim) if claim else ""

    def numbered(self) -> list[tuple[str, str, str]]:
        """Every claim as ``(id, "12 · its words", "")``."""
        return [(key, self.label(key), "") for key in self.keys]

    def label(self, key: str) -> str:
        """``12 · its words`` for a claim of the article; "" when it is not there."""
        row = self.row_of(key)
        if row < 0:
            return ""
        return label_of(row + 1, self.quote(key))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        if role == KEY:
            return key
        return self._cell(key, role) if key in self._ws.claims else None

    def _cell(self, key: str, role: int) -> Any:
        if role == CARD:
            return self.card(key)
        if role == Qt.ItemDataRole.DisplayRole:
            return quote_of(self._ws.claims[key])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            card = self.card(key)
            parts = (f"Claim {card.number}", card.source or "no speaker", card.form, card.quote)
            return ", ".join(part for part in parts if part)
        return None


def _spans(record: object) -> object:
    return [(s.start, s.end) for s in record.spans] if isinstance(record, Claim) else None
