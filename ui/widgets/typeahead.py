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
_Keyed = tuple[str, tuple[str, ...]]
"""A name and the keys of its spellings, its own first."""
_LIMIT = 60
_EXACT, _START, _WORD, _INSIDE, _NONE = range(5)
"""How well a name fits what was typed."""
_LAST = re.compile(r"^(.*[>→]\s*)?(.*)$", re.DOTALL)
_LAST_WORD = re.compile(r"^(.*[,;]\s*)?(.*)$", re.DOTALL)


def matches(names: Iterable[Name], typed: str) -> list[str]:
    """Names that fit what was typed, best first: the very name, those that start with it, a word of them, anywhere."""
    return [name for _, name in _ranked(_keyed(names), typed)]


def _keyed(names: Iterable[Name]) -> list[_Keyed]:
    return [(name, tuple(key(spelling) for spelling in (name, *others))) for name, others in names]


def _ranked(names: Iterable[_Keyed], typed: str) -> list[tuple[int, str]]:
    wanted = key(typed)
    found: list[tuple[int, str, str]] = []
    for name, keys in names:
        rank = _EXACT if keys[0] == wanted else min(_rank(spelling, wanted) for spelling in keys)
        if rank <= _INSIDE:
            found.append((rank, keys[0], name))
    found.sort()
    return [(rank, name) for rank, _, name in found[:_LIMIT]]


def _rank(spelling: str, wanted: str) -> int:
    if spelling.startswith(wanted):
        return _START
    if f" {wanted}" in spelling:
        return _WORD
    return _INSIDE if wanted in spelling else _NONE


class TypeAhead(LineEditor):
    """Proposes while one types; the best match is highlighted when what was typed starts one of its words.

    Enter, Tab or leaving takes the highlighted name, or what was typed when none is. Down and Up highlight another,
    the last being “Add …” for a name that is not known. Escape closes the list and keeps what was typed; Escape again
    leaves, as from any other field. In a chain Enter only completes the name, and the next Enter commits.
    With ``many`` it is a list ``a, b, c`` of words instead, of which each may be new.
    """

    edges = 46

    def __init__(self, names: Callable[[], Iterable[Name]], *, chain: bool = False, many: bool = False) -> None:
        super().__init__()
        self._names = names
        self._listed: list[Name] = []
        self._keys: list[_Keyed] = []
        self._many = many
        self._last_name = _LAST_WORD if many else _LAST
        self.chain = chain or many
        """Whether several names may stand in the line."""
        if chain:
            self.elide = Qt.TextElideMode.ElideMiddle  # who speaks stands at the end
        self._list: QListView | None = None
        self._model = QStringListModel(self)
        self._choices: list[str] = []
        self._typed = ""
        self._open = QAction("Show all that are known" if many else "Show all speakers", self)
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
        return self._model.stringList() if self._is_open() else []

    @property
    def highlighted(self) -> str | None:
        """The proposal that Enter would take; None when Enter takes what was typed."""
        if self._list is None or not self._list.isVisible() or not self._list.currentIndex().isValid():
            return None
        return self._choices[self._list.currentIndex().row()]

    def value(self) -> str:
        """The text as Enter would leave it: nobody is committed by half a name while the list offers the whole."""
        name = self.highlighted
        return self.text() if name is None else self._with(name)

    def set_value(self, value: str) -> None:
        if value != self.text():
            self._hide()
        super().set_value(value)

    # -- the list -----------------------------------------------------------------------------------------------

    def _suggest(self, text: str) -> None:
        self._typed = text
        last = self._last(text)
        known = self._known()
        ranked = _ranked(known, last) if last and last != "?" else []
        if len(ranked) == 1 and ranked[0][1] == last:
            ranked = []
        self._choices = [name for _, name in ranked]
        labels, wanted = list(self._choices), key(last)
        if not self._many and last and last != "?" and not any(wanted in keys for _, keys in known):
            labels.append(f"Add “{last}” as a new speaker")
            self._choices.append(last)
        self._show(labels)
        if ranked and ranked[0][0] <= _WORD and self._is_open():
            self._popup().setCurrentIndex(self._model.index(0, 0))

    def _known(self) -> list[_Keyed]:
        """The names with their keys, which are made anew only when the names are others."""
        listed = list(self._names())
        if listed != self._listed:
            self._listed, self._keys = listed, _keyed(listed)
        return self._keys

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _toggle(self) -> None:
        if self._is_open():
            self._hide()
            return
        self.setFocus()
        self._typed = self.text()
        self._choices = [name for _, name in _ranked(self._known(), "")]
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
        self._fill_in(self._choices[index.row()])
        self._hide()
        if not self.chain:
            self.committed.emit()

    def _take_highlighted(self) -> bool:
        """Complete with the highlighted name, if there is one, and close the list; whether that says anything new."""
        name = self.highlighted
        before = self._typed
        if name is not None:
            self._fill_in(name)
        self._hide()
        return name is not None and self.text() != before

    def _with(self, name: str) -> str:
        before = self._last_name.match(self._typed)
        return ((before.group(1) or "") if before and self.chain else "") + name

    def _fill_in(self, name: str) -> None:
        self.setText(self._with(name))
        self.setModified(True)

    def _last(self, text: str) -> str:
        found = self._last_name.match(text)
        return " ".join((found.group(2) if found and self.chain else text).split())

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
        opened = self._is_open()
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
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_highlighted() and self.chain:
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._take_highlighted()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._hide()
        else:
            self._take_highlighted()
        super().focusOutEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        self._hide()
        super().moveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate) and isinstance(watched, QWidget):
            self._hide()
        return super().eventFilter(watched, event)
