"""Placing what is in quarantine on the words that a person selected: as what it is, or as what they choose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from annotator.checks.base import Fix, Problem
from annotator.edits import Edit
from annotator.errors import AnnotatorError, InvalidEdit
from annotator.model import Annotation, Quarantined, kind_of
from annotator.services import quarantine
from annotator.services.annotate import Ranges
from annotator.services.quarantine import KINDS, OF_CLAIM, REPLACING
from annotator.text import anchors
from annotator.text.wording import shorten
from ui.handlers.labelling import Labelling
from ui.models.claim_names import quote_of
from ui.selection import Selection
from ui.store import Store

_MOST = 8
"""Claims that are offered for a source or a cue."""
_WORDS = 48


class Placing(QObject):
    """``ask`` is the step of a problem. A choice that is left to a person is a menu; nothing is done without it."""

    def __init__(self, store: Store, selection: Selection, labelling: Labelling) -> None:
        super().__init__(labelling)
        self._store = store
        self._selection = selection
        self._labelling = labelling
        self._claim: str | None = None
        """The claim that was selected last: most likely the one whose source or cue is being placed."""
        selection.changed.connect(self._follow)

    def _follow(self) -> None:
        if self._selection.kind == "claim":
            self._claim = self._selection.id

    def ask(self, problem: Problem, fix: Fix) -> None:
        """Place what the problem is about on the words of the fix, else on those that are selected."""
        held = self._store.workspace.quarantined.get(problem.id or "")
        if held is None:
            return
        try:
            ranges = fix.ranges or self._selected()
        except InvalidEdit as error:
            self._store.refused.emit(str(error))
            return
        if (locked := self._store.locked) is not None:
            self._store.refused.emit(locked)
            return
        kind = quarantine.kind_of_thing(held)
        if kind is not None and kind not in OF_CLAIM:
            self._place(held, ranges, kind)
        else:
            self._offer(held, ranges, kind)

    def _selected(self) -> Ranges:
        words = self._labelling.selected(trim=False)
        if words is None:
            raise InvalidEdit("Select the words in the article that it stands for first, then place it on them.")
        return [words]

    def _offer(self, held: Quarantined, ranges: Ranges, known: str | None) -> None:
        """A menu of what it may be; a source or a cue is one of a claim near its words."""
        claims = self._claims_near(ranges)
        kinds = [kind for kind in KINDS if known in (None, kind) and (claims or kind not in OF_CLAIM)]
        if not kinds:
            self._store.refused.emit(f"It is the {str(known).lower()} of a claim; mark that claim first.")
            return
        menu = QMenu(self._labelling.view)
        menu.setAccessibleName(f"What is “{shorten(held.exact or held.label, _WORDS)}”?")
        for number, kind in enumerate(kinds, start=1):
            title = f"&{number}   {KINDS[kind]}"
            if kind not in OF_CLAIM:
                place = partial(self._place, held, ranges, kind)
                menu.addAction(title).triggered.connect(lambda _=False, place=place: place())
                continue
            inner = menu if known is not None else menu.addMenu(f"{title} of")
            self._list(inner, claims, f"{KINDS[kind]} of " if known is not None else "", (held, ranges, kind))
        menu.aboutToHide.connect(menu.deleteLater)
        view = self._labelling.view
        view.scrolling.finish()
        menu.popup(view.viewport().mapToGlobal(view.cursorRect().bottomLeft()))

    def _list(self, menu: QMenu, claims: list[str], of: str, what: tuple[Quarantined, Ranges, str]) -> None:
        ws, outline = self._store.workspace, self._store.outline
        for number, id_ in enumerate(claims, start=1):
            words = shorten(quote_of(ws.claims[id_]), _WORDS).replace("&", "&&")
            entry = menu.addAction(f"&{number}   {of}claim {outline.number(id_)}: {words}")
            entry.triggered.connect(lambda _=False, id_=id_: self._place(*what, id_))

    def _claims_near(self, ranges: Ranges) -> list[str]:
        """Claims, the last selected one first, then those that stand nearest to the words."""
        ws, at = self._store.workspace, ranges[0][0]
        far = 1 << 62
        near = sorted(
            ws.claims.values(),
            key=lambda c: (
                c.id != self._claim,
                min((max(s.start - at, at - s.end, 0) for s in c.spans), default=far),
                c.id,
            ),
        )
        return [claim.id for claim in near[:_MOST]]

    def _place(self, held: Quarantined, ranges: Ranges, kind: str, claim_id: str | None = None) -> None:
        store = self._store
        if kind not in REPLACING:
            ranges = [anchors.trim(store.workspace.text, *place) for place in ranges]
        placing = quarantine.Placing(ranges, store.author, kind, claim_id)
        if kind in REPLACING and quarantine.replacement_of(held) is None:
            self._ask_replacement(held, placing)
        else:
            self._do(lambda: quarantine.place(store.workspace, held.id, placing))

    def _do(self, make: Callable[[], Edit]) -> None:
        made: list[Edit] = []

        def build() -> Edit:
            made.append(make())
            return made[0]

        if self._store.attempt(build):
            self._select(made[0])

    def _ask_replacement(self, held: Quarantined, placing: quarantine.Placing) -> None:
        store = self._store
        words = store.workspace.text[slice(*placing.ranges[0])]

        def accept(answer: str) -> str | None:
            told = quarantine.Placing(placing.ranges, placing.author, placing.as_kind, replacement=answer)
            try:
                edit = quarantine.place(store.workspace, held.id, told)
                store.edit(edit)
            except AnnotatorError as error:
                return str(error)
            self._select(edit)
            return None

        self._labelling.prompt.ask(
            f"What should “{shorten(words)}” read?", words, self._labelling.below_words(), accept
        )

    def _select(self, edit: Edit) -> None:
        """Show what was made."""
        made = [change.after for change in edit.changes if isinstance(change.after, Annotation)]
        for record in made[:1]:
            self._selection.select(kind_of(record), record.id, reveal=False)
