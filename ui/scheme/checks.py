"""Which checks a project wants, and which of them keep an article from being done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.known_checks import CHECKS, level_of
from annotator.services import scheme
from ui.fonts import ui_font
from ui.scheme.page import Page
from ui.store import Store
from ui.widgets.segmented import SegmentedButton

_LEVELS = (("off", "Off"), ("warning", "Warning"), ("blocking", "Blocking"))


class ChecksPage(Page):
    """A row for each check: what it is called, what it finds, and its level."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.levels: dict[str, SegmentedButton] = {}
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(10)
        for row, check in enumerate(CHECKS):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(_label(check.title, ""))
            words.addWidget(_label(check.meaning, "secondary"))
            level = SegmentedButton(_LEVELS, f"Level of the check “{check.title}”")
            level.chosen.connect(partial(self._choose, check.id))
            self.levels[check.id] = level
            grid.addLayout(words, row, 0)
            grid.addWidget(level, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowStretch(len(CHECKS), 1)
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the row that has the focus
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.addWidget(_label("A blocking problem keeps an article from being done.", "secondary"))
        column.addWidget(scroll, 1)
        self.refresh()

    def refresh(self) -> None:
        current = self.store.workspace.scheme
        for check in CHECKS:
            self.levels[check.id].button(level_of(current, check)).setChecked(True)

    def set_editable(self, editable: bool) -> None:
        for level in self.levels.values():
            level.setEnabled(editable)

    def _choose(self, check_id: str, level: str) -> None:
        self.attempt(lambda: scheme.set_check(self.store.workspace, check_id, level))


def _label(text: str, tone: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if tone:
        label.setFont(ui_font(12))
        label.setProperty("tone", tone)
    return label
