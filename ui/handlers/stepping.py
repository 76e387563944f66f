"""Going from annotation to annotation by keys."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint

from annotator.errors import InvalidEdit
from annotator.model import Claim, Mention
from annotator.services.speakers import source_of
from annotator.workspace import reading_order
from ui.article.pane import ArticlePane
from ui.article.prompt import Prompt
from ui.handlers.chosen import Chosen
from ui.outline import Key
from ui.selection import Selection
from ui.store import Store

_KINDS = ("claim", "mention", "correction")
_FAR = 1 << 62
"""Beyond any offset: in reading order what reaches farther comes first."""


class Stepping:
    """Steps go round: after the last comes the first. What cannot be done raises InvalidEdit; of a command its sentence
    goes to the store's ``refused``.

    The caret goes along, so that the next key acts where one looks; but words that are selected stay selected, for
    one may be on the way to the claim they belong to.
    """

    def __init__(
        self,
        store: Store,
        selection: Selection,
        pane: ArticlePane,
        prompt: Prompt,
        below_words: Callable[[], QPoint],
    ) -> None:
        self._store = store
        self._selection = selection
        self._pane = pane
        self._chosen = Chosen(store, selection)
        self._prompt = prompt
        self._below_words = below_words

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands that go to another annotation."""
        found: dict[str, Callable[[], None]] = {
            "first": partial(self.to_end, 0),
            "last": partial(self.to_end, -1),
            "parent": self.to_parent,
            "child": self.to_child,
            "jump": self.ask_number,
        }
        for word, step in (("next", 1), ("previous", -1)):
            found |= {f"{word}_{kind}": partial(self.step, kind, step) for kind in _KINDS}
            found[f"{word}_annotation"] = partial(self.step_any, step)
            found[f"{word}_cue"] = partial(self.step_cue, step)
            found[f"{word}_of_speaker"] = partial(self.step_speaker, step)
            found[f"{word}_part"] = partial(self.step_part, step)
        return {command_id: partial(self._attempt, go) for command_id, go in found.items()}

    def _attempt(self, go: Callable[[], None]) -> None:
        try:
            go()
        except InvalidEdit as error:
            self._store.refused.emit(str(error))

    # -- in reading order ---------------------------------------------------------------------------------------

    def step(self, kind: str, step: int) -> None:
        """Select the next (1) or previous (-1) annotation of a kind, from the selected one or the caret."""
        order = self._store.outline.order(kind)
        if not len(order):
            raise InvalidEdit(f"This article has no {kind}s.")
        target = order.index(self._selection.id or "") + step if self._selection.kind == kind else None
        if target is None:
            target = order.after(self._here()[0]) + (0 if step > 0 else -1)
        self._go(kind, order.at(target % len(order)))

    def step_any(self, step: int) -> None:
        """Select the next or previous annotation of whatever kind."""
        orders = {kind: order for kind in _KINDS if len(order := self._store.outline.order(kind))}
        if not orders:
            raise InvalidEdit("This article has no annotations.")
        here, found = self._here(), []
        for kind, order in orders.items():
            index = order.before(here) if step < 0 else order.beyond(here)
            wrapped = not 0 <= index < len(order)
            found.append((wrapped, order.key(index % len(order)), kind))
        near = min(wrapped for wrapped, _, _ in found)
        choose = min if step > 0 else max
        _, key, kind = choose(place for place in found if place[0] == near)
        self._go(kind, key[2])

    def to_end(self, index: int) -> None:
        """Select the first (0) or last (-1) annotation of the selected kind, or claim."""
        kind = self._selection.kind if self._selection.kind in _KINDS else "claim"
        order = self._store.outline.order(kind)
        if not len(order):
            raise InvalidEdit(f"This article has no {kind}s.")
        self._go(kind, order.at(index))

    def _here(self) -> Key:
        """Where one is: at the selected annotation, or at the caret before all that starts there."""
        chosen = self._store.workspace.annotation(self._selection.id or "")
        return reading_order(chosen) if chosen is not None and chosen.spans else (self._pane.view.caret(), -_FAR, "")

    def ask_number(self) -> None:
        """Ask for a claim's number and select it."""
        claims = self._store.outline.claims

        def go(answer: str) -> str | None:
            if not answer.strip().isdecimal() or not 1 <= int(answer) <= len(claims):
                return f"There are claims 1 to {len(claims):,}." if len(claims) else "This article has no claims."
            self._go("claim", claims.at(int(answer) - 1))
            return None

        self._prompt.ask("Number of the claim:", "", self._below_words(), go)

    # -- along what belongs together ----------------------------------------------------------------------------

    def step_cue(self, step: int) -> None:
        """Put the caret to the next or previous cue and select its claim; a cue of several claims counts for each."""
        ws, claims = self._store.workspace, self._store.outline.claims
        cues = sorted(
            (span.start, claims.index(claim.id))
            for claim in ws.claims.values()
            for hop in claim.chain
            for span in hop.cue_spans
        )
        if not cues:
            raise InvalidEdit("This article has no cues.")
        here = (self._pane.view.caret(), claims.index(self._selection.id or ""))
        if here not in cues:
            here = (here[0], -1)
        place = bisect_right(cues, here) if step > 0 else bisect_left(cues, here) - 1
        start, number = cues[place % len(cues)]
        self._go("claim", claims.at(number), start)

    def step_speaker(self, step: int) -> None:
        """Select the next or previous mention of the selected speaker, of the mention's, or of who makes the claim."""
        chosen = self._store.workspace.annotation(self._selection.id or "")
        speaker = self._selection.id if self._selection.kind == "speaker" else None
        if isinstance(chosen, Mention):
            speaker = chosen.speaker_id
        elif isinstance(chosen, Claim):
            speaker = source_of(chosen)
        if speaker is None and not isinstance(chosen, Mention):
            raise InvalidEdit("Select a speaker, a mention or a claim first.")
        mentions = self._store.outline.mentions_of(speaker)
        if not len(mentions):
            raise InvalidEdit("This speaker is not mentioned in this article.")
        here = self._here()
        self._go("mention", mentions.at((mentions.beyond(here) if step > 0 else mentions.before(here)) % len(mentions)))

    def step_part(self, step: int) -> None:
        """Put the caret to the next or previous part of the selected annotation."""
        chosen = self._chosen.annotation()
        if not chosen.spans:
            raise InvalidEdit("The selected annotation has no place in the text.")
        starts, caret = [span.start for span in chosen.spans], self._pane.view.caret()
        place = bisect_right(starts, caret) if step > 0 else bisect_left(starts, caret) - 1
        self._pane.view.set_caret(starts[place % len(starts)])

    def to_parent(self) -> None:
        """Select the claim that the selected claim is inside of."""
        claim = self._chosen.claim()
        if claim.parent_id is None:
            raise InvalidEdit("This claim is inside no other claim.")
        self._go("claim", claim.parent_id)

    def to_child(self) -> None:
        """Select the first claim inside the selected claim."""
        children = self._store.outline.children(self._chosen.claim().id)
        if not children:
            raise InvalidEdit("This claim has no other claim inside.")
        self._go("claim", children[0])

    # -- helpers ------------------------------------------------------------------------------------------------

    def _go(self, kind: str, id_: str, place: int | None = None) -> None:
        """Select an annotation and show it; the caret goes to ``place``, or to where it starts."""
        self._selection.select(kind, id_)
        record, view = self._store.workspace.annotation(id_), self._pane.view
        if place is None and record is not None and record.spans:
            place = record.spans[0].start
        start, end = view.selected_range()
        if place is not None and start == end:
            view.set_caret(place)
