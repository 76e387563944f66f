"""One quiet sentence in the middle of a list that has no rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel

_SIDE = 24


class EmptyNote(QLabel):
    """Lies over a list; whoever fills the list shows and hides it. It takes no clicks."""

    def __init__(self, over: QAbstractItemView, sentence: str = "") -> None:
        self._area = over.viewport()
        super().__init__(sentence, self._area)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self.setProperty("tone", "secondary")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._area.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the list whatever its size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._area.rect())
        return super().eventFilter(watched, event)
