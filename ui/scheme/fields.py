"""Which panels and fields the work does without."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout

from annotator.services import guideline, scheme
from ui.scheme.page import Page
from ui.store import Store
from ui.widgets import bits


class FieldsPage(Page):
    """A box for each panel and field that can be hidden; ticked: it is shown."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(bits.caption("Panels on show"))
        for name in scheme.HIDEABLE:
            if name == "claim.text":
                column.addSpacing(12)
                column.addWidget(bits.caption("Fields on show"))
            box = QCheckBox(guideline.title(name), self)
            box.clicked.connect(lambda shown, name=name: self._tick(name, shown))
            self.boxes[name] = box
            column.addWidget(box)
        column.addSpacing(12)
        note = QLabel("What is hidden keeps its values; they are exported all the same.")
        note.setProperty("tone", "secondary")
        column.addWidget(note)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        hidden = self.store.workspace.scheme.hidden
        for name, box in self.boxes.items():
            box.setChecked(name not in hidden)

    def set_editable(self, editable: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(editable)

    def _tick(self, name: str, shown: bool) -> None:
        hidden = self.store.workspace.scheme.hidden
        rest = tuple(h for h in hidden if h != name) if shown else (*hidden, name)
        self.attempt(lambda: scheme.change(self.store.workspace, hidden=rest))
