"""What is done with whole claims: split, merge, duplicate, nest; and how the claims are listed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from annotator.edits import Edit
from annotator.errors import AnnotatorError, InvalidEdit
from annotator.services import claims
from annotator.services.together import in_turn, together
from annotator.workspace import Workspace
from ui.actions import Actions
from ui.article.pane import ArticlePane
from ui.article.prompt import Prompt
from ui.panels.claims import CARDS, TABLE, ClaimsPanel
from ui.selection import Selection
from ui.settings import Settings
from ui.store import Store


class ClaimCommands(QObject):
    """Acts on the claims chosen in the panel, or on the selected one. Refusals go to the store's ``refused``."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        pane: ArticlePane,
        panel: ClaimsPanel,
        prompt: Prompt,
        below_words: Callable[[], QPoint],
    ) -> None:
        super().__init__(pane)
        self._store = store
        self._selection = selection
        self._pane = pane
        self._panel = panel
        self._prompt = prompt
        self._below_words = below_words
        panel.merge_requested.connect(self.merge)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands for claims of the menus Annotate and View."""
        return {
            "split_claim": self.split,
            "merge_claims": self.merge,
            "duplicate_claim": self.duplicate,
            "put_inside": self.ask_parent,
            "put_inside_around": self.put_inside_around,
            "take_out": self.take_out,
            "claims_table": lambda: self._panel.set_mode(TABLE if self._panel.mode == CARDS else CARDS),
            "filter_claims": self._panel.show_filter,
        }

    def start(self, actions: Actions, settings: Settings) -> None:
        """Show the claims as they were shown last, and remember from now on how they are."""

        def follow(mode: str) -> None:
            settings.set("claims", mode)
            actions.check("claims_table", on=mode == TABLE)

        self._panel.set_mode(settings.get("claims"))
        follow(self._panel.mode)
        self._panel.mode_changed.connect(follow)
        drawer = self._panel.editor
        for key, unfold in (("more_fields", drawer.toggle_more), ("hops", drawer.toggle_chain)):
            if settings.get(key):
                unfold()
        drawer.unfolded.connect(settings.set)

    # -- whole claims -------------------------------------------------------------------------------------------

    def split(self) -> None:
        """Divide the selected claim at the caret; the second half is selected."""
        ws = self._store.workspace
        made = self._attempt(lambda: claims.split(ws, self._one(), self._pane.view.caret(), self._store.author))
        self._select_new(made)

    def merge(self) -> None:
        """Make one claim of those chosen in the panel."""
        ws, chosen = self._store.workspace, self._panel.chosen()

        def make() -> Edit:
            if len(chosen) < 2:
                raise InvalidEdit("Choose the claims to merge in the Claims panel first: Ctrl+click, or Shift+Down.")
            return claims.merge(ws, chosen)

        made = self._attempt(make)
        if made is not None:
            self._selection.select("claim", made.changes[0].id)

    def duplicate(self) -> None:
        """A second claim on the same words, which is selected then."""
        ws = self._store.workspace
        self._select_new(self._attempt(lambda: claims.duplicate(ws, self._one(), self._store.author)))

    # -- nesting ------------------------------------------------------------------------------------------------

    def ask_parent(self) -> None:
        """Ask for the number of the claim that the chosen ones stand inside."""
        try:
            ids = self._some()
        except InvalidEdit as error:
            self._store.refused.emit(str(error))
            return
        ws, order = self._store.workspace, self._store.outline.claims

        def accept(answer: str) -> str | None:
            if not answer.strip().isdecimal() or not 1 <= int(answer) <= len(order):
                return f"There are claims 1 to {len(order):,}."
            parent = order.at(int(answer) - 1)
            try:
                self._store.edit(claims.change_many(ws, ids, parent_id=parent))
            except AnnotatorError as error:
                return str(error)
            return None

        if (locked := self._store.locked) is not None:
            self._store.refused.emit(locked)
            return
        around = claims.enclosing(ws, ids[0])
        proposal = str(order.index(around.id) + 1) if around is not None else ""
        self._prompt.ask("Inside which claim? Its number:", proposal, self._below_words(), accept)

    def put_inside_around(self) -> None:
        """Put each chosen claim inside the smallest claim that holds its words."""

        def one(ws: Workspace, id_: str) -> Edit:
            around = claims.enclosing(ws, id_)
            if around is None:
                raise InvalidEdit("No claim holds all the words of this one.")
            return claims.change_many(ws, [id_], parent_id=around.id)

        self._attempt(lambda: together(self._store.workspace, "Put claims inside", in_turn(self._some(), one)))

    def take_out(self) -> None:
        """Take the chosen claims out of the claims they stand inside."""

        def make() -> Edit:
            ids = self._some()
            edit = claims.change_many(self._store.workspace, ids, parent_id=None)
            if not edit:
                raise InvalidEdit("This claim stands inside no other one.")
            return edit

        self._attempt(make)

    # -- helpers ------------------------------------------------------------------------------------------------

    def _one(self) -> str:
        """The selected claim."""
        id_ = self._selection.id
        if id_ is None or id_ not in self._store.workspace.claims:
            raise InvalidEdit("Select a claim first: click it, or press N.")
        return id_

    def _some(self) -> list[str]:
        """The claims chosen in the panel; of fewer than two the selected one."""
        chosen = self._panel.chosen()
        return chosen if len(chosen) > 1 else [self._one()]

    def _attempt(self, make: Callable[[], Edit]) -> Edit | None:
        """The edit that was applied; None when it was refused."""
        made: list[Edit] = []

        def build() -> Edit:
            made.append(make())
            return made[0]

        return made[0] if self._store.attempt(build) and made[0] else None

    def _select_new(self, edit: Edit | None) -> None:
        new = next((c.id for c in edit.changes if c.before is None), None) if edit is not None else None
        if new is not None:
            self._selection.select("claim", new, reveal=False)
