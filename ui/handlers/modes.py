"""Which text the article shows: the commands that choose it, their checks in the menu, and remembering the choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ui.actions import Actions
from ui.article.pane import MODES, ArticlePane
from ui.settings import Settings


class Modes(QObject):
    """Keeps the pane's mode, the menu and the settings in step."""

    def __init__(self, pane: ArticlePane, settings: Settings) -> None:
        super().__init__(pane)
        self._pane = pane
        self._settings = settings

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the View menu that choose a text, and the one that goes to it."""
        return {
            "next_view": self._pane.next_mode,
            **{f"view_{mode}": partial(self._pane.set_mode, mode) for mode in MODES},
            "focus_article": self._pane.sides.enter,
        }

    def start(self, actions: Actions) -> None:
        """Show what was on show last; from now on follow the pane."""

        def follow() -> None:
            self._settings.set("view", self._pane.mode)
            for mode in MODES:
                actions.check(f"view_{mode}", on=self._pane.mode == mode)

        self._pane.set_mode(self._settings.get("view"))
        follow()
        self._pane.mode_changed.connect(follow)
