"""The selected record, for commands that need one."""

from __future__ import annotations

from annotator.errors import InvalidEdit
from annotator.model import Claim
from annotator.services.annotate import MarkedRecord
from ui.selection import Selection
from ui.store import Store


class Chosen:
    """What of the store's workspace is selected; a sentence for who acts with nothing fitting selected."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._store = store
        self._selection = selection

    def annotation(self) -> MarkedRecord:
        """The selected annotation. Raises InvalidEdit when none is."""
        record = self._store.workspace.annotation(self._selection.id or "")
        if record is None:
            raise InvalidEdit("Select an annotation first: click it, or press N.")
        return record

    def claim(self) -> Claim:
        """The selected claim. Raises InvalidEdit when none is."""
        claim = self._store.workspace.claims.get(self._selection.id or "")
        if claim is None:
            raise InvalidEdit("Select a claim first: click it, or press N.")
        return claim
