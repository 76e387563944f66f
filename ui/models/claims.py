"""The claims of the open article as rows: in reading order, or sorted, narrowed and grouped as the user wants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.edits import Edit
from annotator.services.speakers import source_of
from annotator.workspace import Workspace
from ui.models.claim_names import ClaimNames, quote_of
from ui.models.claim_shape import (
    FIELDS,
    NUMBER,
    SPEAKER,
    TAGS,
    UNSURE,
    VOCABULARIES,
    WORDS,
    Arranger,
    Shape,
)
from ui.models.rows import KEY, EditedRows, Index
from ui.outline import Outline
from ui.widgets.paint import tooltip

CARD = KEY + 1
"""The role that gives a row's :class:`ClaimCard`."""
GROUP = KEY + 2
"""The role that gives the heading over a row that begins a group, "" for any other."""
IMPLICIT = "Implicit source"


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """What a claim's card shows. ``hue`` is an index into ``Theme.lines``; ``source`` None: no speaker."""

    number: int
    quote: str
    hue: int
    source: str | None
    form: str
    implicit: bool = False
    """No speaker, and that is what was found: nothing in the text names one."""
    unsure: bool = False


class ClaimsModel(EditedRows):
    """Row by row what the workspace holds; nothing is copied but the order."""

    columns = ("No.", "Claim", "Speaker", "Form", "Type", "Checkable", "Stance", "Unsure", "Certainty", "Tags")

    def __init__(
        self,
        ws: Workspace,
        outline: Outline,
        change: Callable[[str, str, Any], bool] = lambda *_: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(change, parent)
        self._ws = ws
        self._outline = outline
        self._hues = outline.hues
        self.names = ClaimNames(ws, outline)
        self.arranger = Arranger(ws, outline)
        self.shape = Shape()
        self.troubled: Collection[str] = ()
        """The claims with problems, for a shape that asks for them."""
        self.groups: dict[str, str] = {}
        """The claims that begin a group, and its heading."""
        self.reload()

    def reload(self) -> None:
        """Show the article that is open now."""
        self._hues = self._outline.hues
        self.arranger.forget()
        self.reset_keys(self._listed())

    def arrange(self, shape: Shape, troubled: Collection[str] = ()) -> None:
        """Sort, narrow and group otherwise."""
        self.shape, self.troubled = shape, troubled
        self.set_keys(self._listed())
        self.touch()

    def _listed(self) -> Sequence[str]:
        keys, self.groups = self.arranger.arrange(self.shape, self.troubled)
        return keys

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        kinds = edit.by_kind.keys()
        if not kinds & {"claim", "mention", "speaker", "article"}:
            return
        moved = "claim" in edit.moved_kinds
        if moved or (not self.shape.plain and kinds & {"claim", "speaker"}):
            self.set_keys(self._listed())
        everything = moved or self._hues is not self._outline.hues or bool(kinds & {"speaker", "article"})
        self._hues = self._outline.hues
        self.touch(None if everything else edit.ids)

    def card(self, key: str) -> ClaimCard:
        """What to show for the claim of that id."""
        claim = self._ws.claims[key]
        source = source_of(claim)
        name = self._ws.shown_name(source)
        return ClaimCard(
            number=self._outline.number(key) or 0,
            quote=quote_of(claim),
            hue=self._outline.hue(source),
            source=name,
            form=self._ws.vocabulary.label("claim.form", claim.form),
            implicit=name is None and bool(claim.chain) and claim.chain[-1].referring == "implicit",
            unsure=claim.unsure,
        )

    def quote(self, key: str) -> str:
        """The claim's words in one line; "" when it is not there."""
        claim = self._ws.claims.get(key)
        return quote_of(claim) if claim else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        if role == KEY:
            return key
        if role == GROUP:
            return self.groups.get(key, "")
        return self._cell(key, index.column(), role) if key in self._ws.claims else None

    def _cell(self, key: str, column: int, role: int) -> Any:
        if role == CARD:
            return self.card(key)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(key, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._stored(key, column)
        if role == Qt.ItemDataRole.ToolTipRole and column not in (NUMBER, UNSURE):
            return tooltip(self.shown(key, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(key, column)
        return None

    def shown(self, key: str, column: int) -> str:
        """The words of a cell; of the first column, which is the card, the claim's words."""
        claim = self._ws.claims[key]
        if column in (NUMBER, WORDS):
            return quote_of(claim)
        if column == SPEAKER:
            card = self.card(key)
            return card.source or (IMPLICIT if card.implicit else "")
        if column in VOCABULARIES:
            return self._ws.vocabulary.label(VOCABULARIES[column], getattr(claim, FIELDS[column]))
        if column == UNSURE:
            return "Unsure" if claim.unsure else ""
        return ", ".join(claim.tags)

    def _stored(self, key: str, column: int) -> Any:
        if column in (SPEAKER, TAGS):
            source = self._ws.name_of(source_of(self._ws.claims[key])) or ""
            return source if column == SPEAKER else self.shown(key, TAGS)
        return getattr(self._ws.claims[key], FIELDS[column]) if column in FIELDS else None

    def _spoken(self, key: str, column: int) -> str:
        if column != NUMBER:
            return self.shown(key, column) or ("Sure" if column == UNSURE else "Not set")
        card = self.card(key)
        who = card.source or ("implicit source" if card.implicit else "no speaker")
        parts = (f"Claim {card.number}", who, card.form, "unsure" if card.unsure else "", card.quote)
        return ", ".join(part for part in parts if part)

    def field_of(self, _key: str, column: int) -> str | None:
        return FIELDS.get(column)
