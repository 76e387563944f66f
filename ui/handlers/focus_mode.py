"""Focus mode: the article alone, and of it the paragraph that is worked on. It ends with the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.announcer import Announcer
from ui.article.pane import ArticlePane
from ui.selection import Selection
from ui.widgets.splitter import Splitter


class FocusMode(QObject):
    """Hides the columns beside the article and the row of tools over it, and brings them back as they were.

    ``flush`` commits what is being typed into a field that is about to be hidden.
    """

    changed = Signal(bool)

    def __init__(self, columns: Splitter, pane: ArticlePane, selection: Selection, flush: Callable[[], None]) -> None:
        super().__init__(columns)
        self._columns = columns
        self._pane = pane
        self._selection = selection
        self._flush = flush
        self._sizes: list[int] | None = None
        pane.caret_moved.connect(lambda _: self._point())
        pane.selection_changed.connect(self._point)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the View menu, and the one of Escape."""
        return {"focus_mode": self.toggle, "deselect": self._deselect}

    def start(self, actions: Actions, announcer: Announcer) -> None:
        """From now on the menu shows whether the mode is on, and a screen reader is told."""

        def follow(on: bool) -> None:
            actions.check("focus_mode", on=on)
            announcer.tell("focus mode", "Focus mode. Escape leaves it." if on else "All columns are shown.")

        actions.check("focus_mode", on=False)
        self.changed.connect(follow)

    @property
    def on(self) -> bool:
        """Whether the article is alone."""
        return self._sizes is not None

    def sizes(self) -> list[int]:
        """The widths of the columns, while they are hidden those they come back with."""
        return self._columns.sizes() if self._sizes is None else self._sizes

    def toggle(self) -> None:
        """Into focus mode, or out of it."""
        if self.on:
            self.leave()
            return
        self._flush()
        self._sizes = self._columns.sizes()
        self._show(on=True)
        self._pane.focus_article()

    def leave(self) -> None:
        """Bring everything back."""
        if self._sizes is None:
            return
        (left, _, right), self._sizes = self._sizes, None
        self._show(on=False)
        middle = self._columns.width() - left - right - 2 * self._columns.handleWidth()
        self._columns.setSizes([left, middle, right])

    def _deselect(self) -> None:
        """One thing at a time: first the annotation is let go, then the mode is left."""
        if self._selection.id is None:
            self.leave()
        self._selection.clear()

    def left_for(self, command: Callable[[], None]) -> Callable[[], None]:
        """A command that goes to what focus mode hides: it leaves the mode first."""

        def run() -> None:
            self.leave()
            command()

        return run

    def _show(self, *, on: bool) -> None:
        for widget in (*self._beside(), self._pane.tools):
            widget.setVisible(not on)
        self._point()
        self.changed.emit(on)

    def _beside(self) -> list[QWidget]:
        parts = [self._columns.widget(index) for index in range(self._columns.count())]
        return [part for part in parts if part is not None and part is not self._pane]

    def _point(self) -> None:
        """Light the paragraphs of the caret and of the selected words, in both views."""
        for view in self._pane.views:
            view.set_spotlight(self._pane.view.selected_range() if self.on else None)
