"""Find words in the open article, in the text on show, and annotate all of them at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from annotator.errors import InvalidEdit
from annotator.services.search import Query, each
from annotator.text.corrected import PieceMap
from ui import icons
from ui.article.sides import Sides
from ui.slices import Slices
from ui.theme import Theme

_WAIT_MS = 120
"""Typing is searched for when it pauses."""
_SOME = 5000
"""So many places are found at once; the window goes on before more are looked for."""


class FindBar(QFrame):
    """Hidden until asked for. Places are always source offsets; what is searched is the text on show."""

    closed = Signal()
    annotate_all_requested = Signal()
    counted = Signal(str)
    """What it says beside the field: ``3 of 12``, ``Nothing found``, or what is wrong with the pattern."""

    def __init__(self, sides: Sides, shown: Callable[[], tuple[str, PieceMap | None]], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("find")
        self._sides = sides
        self._shown = shown
        self._places: list[tuple[int, int]] = []
        self._current: int | None = None
        self._steps: Iterator[None] | None = None
        """What is still to be looked for."""
        self._rest: Slices | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in this article")
        self.field.setAccessibleName("Find in this article")
        self.field.setMinimumWidth(140)
        self.field.installEventFilter(self)
        self.case = self._toggle("Aa", "Upper and lower case count")
        self.words = self._toggle("W", "Whole words only")
        self.pattern = self._toggle(".*", "The text is a regular expression")
        self.count = QLabel(self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setAccessibleName("How many were found")
        self.previous = self._icon("Previous (Shift+Enter)", lambda: self.step(-1))
        self.next = self._icon("Next (Enter)", lambda: self.step(1))
        self.all = QPushButton("Annotate All…", self)
        self.all.clicked.connect(self.annotate_all_requested)
        self.leave = self._icon("Close (Escape)", self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(6)
        for widget in (self.field, self.case, self.words, self.pattern, self.count, self.previous, self.next, self.all):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.leave)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.search)
        self.field.textEdited.connect(lambda _: self._pause.start(_WAIT_MS))
        self.set_theme(theme)
        self.hide()

    def _toggle(self, text: str, meaning: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setToolTip(meaning)
        button.setAccessibleName(meaning)
        button.toggled.connect(lambda _: self.search())
        return button

    def _icon(self, name: str, pressed: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _=False: pressed())
        return button

    def set_theme(self, theme: Theme) -> None:
        for button, name in ((self.previous, "chevron-up"), (self.next, "chevron-down"), (self.leave, "x")):
            button.setIcon(icons.icon(name, theme.text, theme.text3))

    # -- for the window -----------------------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What is looked for."""
        flags = (self.case.isChecked(), self.words.isChecked(), self.pattern.isChecked())
        return Query(self.field.text(), *flags)

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed that is not yet searched for."""
        return self._pause.isActive()

    @property
    def places(self) -> list[tuple[int, int]]:
        """All that is found, as source offsets."""
        self._finish()
        return list(self._places)

    def open_bar(self, words: str) -> None:
        """Show the bar; ``words`` (the selected ones, or "") are looked for at once."""
        if words:
            self.field.setText(words)
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self.search()

    def show_query(self, query: Query) -> None:
        """Show the bar with a query made elsewhere and go to the first place."""
        for button, on in ((self.case, query.case), (self.words, query.words), (self.pattern, query.pattern)):
            button.setChecked(on)
        self._sides.view.set_caret(0)
        self.open_bar(query.text)
        self.step(1)

    def close_bar(self) -> None:
        """Hide the bar and the places found; the caret stays at the current one."""
        self._stop()
        self.hide()
        self._show([], None)
        self.closed.emit()

    def search(self, *, reveal: bool = True) -> None:
        """Look again: the query, the article or the text on show has changed; ``reveal``: scroll to the place.

        Until all is found of what is found very often, the window goes on, and shows what it showed.
        """
        self._pause.stop()
        self._stop()
        if self.isHidden():
            return
        found: list[tuple[int, int]] = []
        self._steps = self._look(found, reveal=reveal)
        next(self._steps, None)
        if self._steps is not None:
            self._rest = Slices(self._steps, self)

    def _look(self, found: list[tuple[int, int]], *, reveal: bool) -> Iterator[None]:
        """Find some more at each step; at the end show all."""
        text, pieces = self._shown()
        matches = each(text, self.query)
        try:
            while some := list(islice(matches, _SOME)):
                found += some if pieces is None else (p for f in some if (p := pieces.to_source(*f)) is not None)
                if len(some) == _SOME:
                    yield
        except InvalidEdit as error:
            self._steps = None
            self._show([], None)
            self._say(str(error), wrong=True)
            return
        self._steps = None
        caret = self._sides.view.selected_range()[0]
        current = bisect_left(found, caret, key=lambda place: place[0]) if found else None
        self._show(found, 0 if current == len(found) else current, reveal=reveal)

    def _finish(self) -> None:
        """Find the rest now."""
        if self._steps is not None:
            for _ in self._steps:
                pass
            self._stop()

    def _stop(self) -> None:
        """Look for no more."""
        self._steps = None
        if self._rest is not None:
            self._rest.stop()
            self._rest.deleteLater()
            self._rest = None

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) place and select it."""
        if self.is_waiting:
            self.search()
        self._finish()
        if self._places and self._current is not None:
            start, end = self._places[self._current]
            if self._sides.view.selected_range() == (start, end):
                self._show(self._places, (self._current + step) % len(self._places))
            self._sides.view.set_selected_range(*self._places[self._current])

    # -- helpers ------------------------------------------------------------------------------------------------

    def _show(self, places: list[tuple[int, int]], current: int | None, *, reveal: bool = True) -> None:
        self._places, self._current = places, current
        for view in self._sides.shown:
            view.set_find_matches(places, current, reveal=reveal and view is self._sides.view)
        for control in (self.previous, self.next, self.all):
            control.setEnabled(bool(places))
        if current is not None:
            self._say(f"{current + 1:,} of {len(places):,}")
        else:
            self._say("Nothing found" if self.field.text() and not self.isHidden() else "")

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.count.setText(text)
        self.count.setProperty("tone", "error" if wrong else "secondary")
        self.count.style().polish(self.count)
        self.counted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves from any of the buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Escape belong to the bar before any shortcut of the window sees them."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
