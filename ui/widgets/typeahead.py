"""A line that proposes known names while one types, for one name or for a chain ``A > B > C``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QStringListModel, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from annotator.services.speakers import key
from ui import icons
from ui.theme import Theme
from ui.widgets.editors import LineEditor

Name = tuple[str, Sequence[str]]
"""A name and its other spellings."""
_LIMIT = 60
_LAST = re.compile(r"^(.*[>→]\s*)?(.*)$", re.DOTALL)


def matches(names: Iterable[Name], typed: str) -> list[str]:
    """Names that fit what was typed, best first: those that start with it, then a word, then anywhere."""
    wanted = key(typed)
    ranked: list[tuple[int, str, str]] = []
    for name, others in names:
        rank = min((_rank(key(spelling), wanted) for spelling in (name, *others)), default=9)
        if rank < 9:
            ranked.append((rank, key(name), name))
    ranked.sort()
    return [name for _, _, name in ranked[:_LIMIT]]


def _rank(spelling: str, wanted: str) -> int:
    if spelling.startswith(wanted):
        return 0
    if f" {wanted}" in spelling:
        return 1
    return 2 if wanted in spelling else 9


class TypeAhead(LineEditor):
    """Down and Up choose, Enter takes the choice or else what was typed, Escape closes the list.

    Nothing is chosen until a key or the mouse chooses it. A name that is not known is offered as “Add …”.
    """

    def __init__(self, names: Callable[[], Iterable[Name]], *, chain: bool = False) -> None:
        super().__init__()
        self._names = names
        self._chain = chain
        self._list: QListView | None = None
        self._model = QStringListModel(self)
        self._choices: list[str] = []
        self._typed = ""
        self._open = QAction(self)
        self._open.setToolTip("Show all speakers")
        self._open.triggered.connect(self._toggle)
        self.addAction(self._open, LineEditor.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._suggest)

    def set_theme(self, theme: Theme) -> None:
        self._open.setIcon(icons.icon("chevron-down", theme.text2, theme.border))

    def set_editable(self, editable: bool) -> None:
        super().set_editable(editable)
        self._open.setEnabled(editable)

    @property
    def suggestions(self) -> list[str]:
        """What the open list shows; empty when it is closed."""
        return self._model.stringList() if self._list is not None and self._list.isVisible() else []

    # -- the list -----------------------------------------------------------------------------------------------

    def _suggest(self, text: str) -> None:
        self._typed = text
        last = self._last(text)
        names = list(self._names())
        self._choices = matches(names, last) if last else []
        if len(self._choices) == 1 and self._choices[0] == last:
            self._choices = []
        labels = list(self._choices)
        if last and last != "?" and not any(key(last) in (key(n), *map(key, others)) for n, others in names):
            labels.append(f"Add “{last}” as a new speaker")
            self._choices.append(last)
        self._show(labels)

    def _toggle(self) -> None:
        if self._list is not None and self._list.isVisible():
            self._hide()
            return
        self.setFocus()
        self._typed = self.text()
        self._choices = matches(self._names(), "")
        self._show(list(self._choices))

    def _show(self, labels: list[str]) -> None:
        if not labels or not self.hasFocus():
            self._hide()
            return
        popup = self._popup()
        self._model.setStringList(labels)
        popup.setCurrentIndex(QModelIndex())
        window = self.window()
        height = min(8, len(labels)) * 26 + 12
        place = self.mapTo(window, QPoint(0, self.height() + 2))
        if place.y() + height > window.height() and self.mapTo(window, QPoint(0, 0)).y() > height:
            place = self.mapTo(window, QPoint(0, -height - 2))
        popup.setGeometry(place.x(), place.y(), self.width(), height)
        popup.show()
        popup.raise_()

    def _popup(self) -> QListView:
        if self._list is None or self._list.parentWidget() is not self.window():
            popup = QListView(self.window())
            popup.setObjectName("suggestions")
            popup.setAccessibleName("Suggestions")
            popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            popup.setFrameShape(QFrame.Shape.NoFrame)
            popup.setUniformItemSizes(True)
            popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setTextElideMode(Qt.TextElideMode.ElideRight)
            popup.setModel(self._model)
            popup.clicked.connect(self._clicked)
            self.destroyed.connect(popup.deleteLater)
            self.window().installEventFilter(self)
            self._list = popup
        return self._list

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row())
        self.committed.emit()

    def _take(self, row: int) -> None:
        self._fill_in(self._choices[row])
        self._hide()

    def _fill_in(self, name: str) -> None:
        before = _LAST.match(self._typed)
        head = (before.group(1) or "") if before and self._chain else ""
        self.setText(head + name)
        self.setModified(True)

    def _last(self, text: str) -> str:
        found = _LAST.match(text)
        return " ".join((found.group(2) if found and self._chain else text).split())

    def _move(self, step: int) -> None:
        popup = self._popup()
        count = len(self._choices)
        row = popup.currentIndex().row() if popup.currentIndex().isValid() else (-1 if step > 0 else count)
        row += step
        if 0 <= row < count:
            popup.setCurrentIndex(self._model.index(row, 0))
            self._fill_in(self._choices[row])
        else:
            popup.setCurrentIndex(QModelIndex())
            self.setText(self._typed)
            self.setModified(True)

    # -- keys ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opened = self._list is not None and self._list.isVisible()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and not self.isReadOnly():
            if opened:
                self._move(step)
            elif step > 0:
                self._toggle()
            event.accept()
        elif opened and event.key() == Qt.Key.Key_Escape:
            self._hide()
            if self.text() != self._typed:
                self.setText(self._typed)
                self.setModified(True)
            event.accept()
        else:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._hide()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hide()
        super().focusOutEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        self._hide()
        super().moveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate) and isinstance(watched, QWidget):
            self._hide()
        return super().eventFilter(watched, event)
