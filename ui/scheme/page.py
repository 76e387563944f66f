"""What the pages of the scheme's dialog have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.edits import Edit
from ui.store import Store

Counts = dict[tuple[str, str], int]
"""(vocabulary, value) → in how many records of the project it stands."""


class Page(QWidget):
    """Shows a part of the scheme and changes it, each time by one edit."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def refresh(self) -> None:
        """Show the scheme as it is now."""
        raise NotImplementedError

    def set_editable(self, editable: bool) -> None:
        """Whether anything can be changed."""
        raise NotImplementedError

    def flush(self) -> None:
        """Commit what is being typed."""

    def attempt(self, make: Callable[[], Edit]) -> bool:
        """Do it, and show what the scheme is then, also when it was refused."""
        done = self.store.attempt(make)
        if not done:
            self.refresh()
        return done
