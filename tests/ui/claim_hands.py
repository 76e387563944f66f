"""What a person does with the claims of the article of six: clicks rows, reads chains."""

from __future__ import annotations

from PySide6.QtTest import QTest
from ui_hands import LEFT, PLAIN, Hands

from annotator.services import speakers


class ClaimHands(Hands):
    """Hands at a window whose article is ``SIX``; ``ids`` are those of its claims ``a`` to ``f``."""

    def __init__(self, qtbot, window, ids):
        super().__init__(qtbot, window)
        self.ids = ids

    @property
    def panel(self):
        return self.window.claims

    def cell(self, row, column=0):
        """A point in a row that can be seen."""
        self.panel.table.scrollTo(self.panel.model.index(row, column))
        return self.panel.table.visualRect(self.panel.model.index(row, column)).center()

    def click_row(self, row, column=0, modifier=PLAIN):
        QTest.mouseClick(self.panel.table.viewport(), LEFT, modifier, self.cell(row, column))

    def names(self, ids) -> str:
        """The short names of claims."""
        by_id = {id_: name for name, id_ in self.ids.items()}
        return "".join(by_id.get(id_, "?") for id_ in ids)

    def claim(self, name):
        return self.ws.claims[self.ids[name]]

    def chain(self, name) -> str:
        return speakers.chain_line(self.ws, self.claim(name))

    def select_claim(self, name) -> None:
        self.window.selection.select("claim", self.ids[name])
