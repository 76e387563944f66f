"""The row over the claims in which one says which of them are listed, in what order, and under which headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from ui.fonts import ui_font
from ui.models.claim_shape import FORM, SPEAKER, TYPE, UNSURE, WORDS, Shape
from ui.store import Store
from ui.widgets import bits
from ui.widgets.editors import LineEditor

_PAUSE_MS = 120
_SORTS = ((0, "No."), (WORDS, "Words"), (SPEAKER, "Speaker"), (FORM, "Form"), (TYPE, "Type"), (UNSURE, "Unsure First"))
_MOST = 40
"""Speakers in the menu."""


class ClaimFilter(QWidget):
    """``shaped`` carries the new :class:`Shape`; ``left`` is Escape or Down in the line."""

    shaped = Signal(object)
    left = Signal(bool)
    """True: to the list (Down); False: to the article (Escape)."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.shape = Shape()
        self.line = LineEditor()
        self.line.setFont(ui_font(13))
        self.line.setPlaceholderText("Filter claims")
        self.line.setAccessibleName("Filter claims")
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.button: QPushButton = bits.button("Show", self.open_menu)
        self.button.setAccessibleName("Which claims are listed, and how")
        self.clear: QPushButton = bits.button("Clear", self.reset, link=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.narrow)
        self.line.textChanged.connect(lambda _: self._pause.start())
        self.line.returnPressed.connect(self.narrow)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        row.addWidget(self.clear)
        self._show()

    def narrow(self) -> None:
        """List what fits the typed words now."""
        self._pause.stop()
        self.set_shape(replace(self.shape, text=self.line.text()))

    def set_shape(self, shape: Shape) -> None:
        """Take another shape and tell of it, if it is another one."""
        if shape != self.shape:
            self.shape = shape
            self._show()
            self.shaped.emit(shape)

    def sort(self, column: int, *, descending: bool) -> None:
        """Sort by a column of the table."""
        self.set_shape(replace(self.shape, column=column, descending=descending))

    def reset(self) -> None:
        """All claims, in reading order."""
        self.line.clear()
        self.set_shape(Shape())
        self.narrow()

    def _show(self) -> None:
        asked = self.shape.criteria + self.shape.grouped
        self.button.setText(f"Show · {asked}" if asked else "Show")
        self.clear.setVisible(not self.shape.plain)

    # -- the menu -----------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Everything but the words: below the button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The entries as they are now, each ticked when it is chosen."""
        menu, shape = QMenu(self), self.shape
        for name, words in (("unsure", "Unsure"), ("no_speaker", "No Speaker"), ("problems", "With Problems")):
            self._entry(menu, words, on=getattr(shape, name), make=self._setter(name, not getattr(shape, name)))
        vocabulary = self._store.workspace.vocabulary
        menu.addSeparator()
        self._choices(menu, "Speaker", "speaker", self._speakers())
        for name, title in (("form", "Form"), ("type", "Type")):
            terms = [(value, label) for value, label, _ in vocabulary.choices(f"claim.{name}")]
            self._choices(menu, title, name, terms)
        menu.addSeparator()
        self._entry(menu, "Group by Speaker", on=shape.grouped, make=self._setter("grouped", not shape.grouped))
        sorts = menu.addMenu("Sort by")
        for column, words in _SORTS:
            self._entry(sorts, words, on=shape.column == column, make=self._setter("column", column))
        sorts.addSeparator()
        backwards = self._setter("descending", not shape.descending)
        self._entry(sorts, "Last First", on=shape.descending, make=backwards)
        return menu

    def _speakers(self) -> list[tuple[str, str]]:
        """Who makes claims in this article, in the order of the alphabet."""
        ws, outline = self._store.workspace, self._store.outline
        ids = [id_ for id_ in outline.hues if id_ in ws.speakers and outline.claims_of(str(id_))]
        named = sorted(((str(id_), ws.speakers[str(id_)].name) for id_ in ids), key=lambda pair: pair[1].casefold())
        return named[:_MOST]

    def _choices(self, menu: QMenu, title: str, name: str, values: list[tuple[str, str]]) -> None:
        inner, chosen = menu.addMenu(title), getattr(self.shape, name)
        self._entry(inner, "Any", on=chosen is None, make=self._setter(name, None))
        for value, words in values:
            self._entry(inner, words, on=chosen == value, make=self._setter(name, value))
        inner.setEnabled(bool(values))

    def _setter(self, name: str, value: Any) -> Callable[[], None]:
        return lambda: self.set_shape(replace(self.shape, **{name: value}))

    def _entry(self, menu: QMenu, words: str, *, on: bool, make: Callable[[], None]) -> None:
        entry = menu.addAction(words.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(on)
        entry.triggered.connect(lambda _=False: make())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to the list, Escape to the article."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.narrow()
            self.left.emit(event.key() == Qt.Key.Key_Down)
            return True
        return super().eventFilter(watched, event)
