"""The line over an article that is done: it is frozen, and here it is reopened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from annotator.services import articles
from ui import icons
from ui.fonts import ui_font
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits

_SIGN = 16


class FrozenBar(QFrame):
    """Shown while the open article is done. ``give_focus`` lets the article take the keyboard."""

    def __init__(
        self, store: Store, theme: Theme, give_focus: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("frozen")
        self._store = store
        self._give_focus = give_focus
        self._action: QAction | None = None
        self.sign = QLabel(self)
        self.sentence = QLabel("Done, and frozen until it is reopened.", self)
        self.sentence.setFont(ui_font(13))
        self.reopen = bits.button("Reopen", self._reopen)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.reopen)
        store.article_opened.connect(self._show)
        store.changed.connect(lambda _: self._show())
        self.set_theme(theme)
        self._show()

    def offer(self, reopen: QAction) -> None:
        """From now on the button does what the action does, and is on when it is."""
        self._action = reopen
        reopen.changed.connect(self._show)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme's colour."""
        self.sign.setPixmap(icons.pixmap("check", theme.insert, _SIGN, self.devicePixelRatioF()))

    def _reopen(self) -> None:
        if self._action is not None:
            self._action.trigger()

    def _show(self) -> None:
        if self._action is not None:
            self.reopen.setEnabled(self._action.isEnabled())
            key = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self.reopen.setToolTip(f"Reopen the article ({key})" if key else "Reopen the article")
        frozen = articles.is_frozen(self._store.workspace.article)
        if not frozen and self.reopen.hasFocus():
            self._give_focus()
        self.setVisible(frozen)
