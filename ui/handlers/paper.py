"""The commands that put the open article on paper. What they need is loaded when one is used: a start does without."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.paper.printing import Printing


class PaperCommands:
    """For one window; see ``ui.paper.printing``."""

    def __init__(
        self, store: Store, settings: Settings, reader: Tasks, flush: Callable[[], None], parent: QWidget
    ) -> None:
        self._parts = store, settings, reader, flush, parent

    @cached_property
    def printing(self) -> Printing:
        """What does the work."""
        from ui.paper import printing  # noqa: PLC0415

        return printing.Printing(*self._parts)

    def handlers(self, view: Callable[[], str]) -> dict[str, Callable[[], None]]:
        """The commands; ``view`` says which text is on show."""
        return {"print": lambda: self.printing.ask_print(view()), "save_pdf": lambda: self.printing.ask_pdf(view())}
