"""A line that proposes known names while one types, for one name or for a chain ``A > B > C``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QStringListModel, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from annotator.services.lookup import ALIKE, EXACT, WORD, Match, NameIndex
from annotator.text.disguise import badged
from ui import icons
from ui.theme import Theme
from ui.widgets.editors import LineEditor

_ALIKE = "Looks like"
"""Stands above the names that only look like what was typed."""
_LAST = re.compile(r"^(.*[>→]\s*)?(.*)$", re.DOTALL)
_LAST_WORD = re.compile(r"^(.*[,;]\s*)?(.*)$", re.DOTALL)


class _Proposals(QStringListModel):
    """The lines of the list; the one that only says that other names look alike cannot be chosen."""

    quiet = -1

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if index.row() == self.quiet else super().flags(index)


class TypeAhead(LineEditor):
    """Proposes while one types; the best match is highlighted when what was typed starts one of its words.

    Names that are merely spelt alike stand below the others and are never highlighted by themselves.
    Enter, Tab or leaving takes the highlighted name, or what was typed when none is. Down and Up highlight another,
    the last being “Add …” for a name that is not known. Escape closes the list and keeps what was typed; Escape again
    leaves, as from any other field. In a chain Enter only completes the name, and the next Enter commits.
    With ``many`` it is a list ``a, b, c`` of words instead, of which each may be new.
    """

    edges = 46

    def __init__(
        self, names: Callable[[], NameIndex], *, chain: bool = False, many: bool = False, adds: bool = True
    ) -> None:
        """``adds``: a name that is not known can be added."""
        super().__init__()
        self._names = names
        self._adds = adds and not many
        self._last_name = _LAST_WORD if many else _LAST
        self.chain = chain or many
        """Whether several names may stand in the line."""
        if chain:
            self.elide = Qt.TextElideMode.ElideMiddle  # who speaks stands at the end
        self._list: QListView | None = None
        self._model = _Proposals(self)
        self._choices: list[str | None] = []
        """What each line of the list stands for; None where it stands for nothing."""
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
        last, index = self._last(text), self._names()
        asked = bool(last) and last != "?"
        found = _worth(index.find(last), last) if asked else []
        close = [match.name for match in found if match.rank != ALIKE]
        alike = [match.name for match in found if match.rank == ALIKE]
        lines: list[tuple[str, str | None]] = [(name, name) for name in close]
        if alike:
            lines += [(_ALIKE, None), *((name, name) for name in alike)]
        if asked and self._adds and not index.knows(last):
            lines.append((f"Add “{last}” as a new speaker", last))
        self._show(lines, len(close) if alike else -1)
        if close and found[0].rank <= WORD and self._is_open():
            self._popup().setCurrentIndex(self._model.index(0, 0))

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _toggle(self) -> None:
        if self._is_open():
            self._hide()
            return
        self.setFocus()
        self._typed = self.text()
        self._show([(name, name) for name in self._names().first()])

    def _show(self, lines: Sequence[tuple[str, str | None]], quiet: int = -1) -> None:
        """List these: what is shown, and what it stands for. The line at ``quiet`` cannot be chosen."""
        self._choices = [choice for _, choice in lines]
        if not lines or not self.hasFocus():
            self._hide()
            return
        popup = self._popup()
        self._model.quiet = quiet
        self._model.setStringList([badged(label) for label, _ in lines])
        popup.setCurrentIndex(QModelIndex())
        window = self.window()
        height = min(8, len(lines)) * 26 + 12
        place = self.mapTo(window, QPoint(0, self.height() + 2))
        if place.y() + height > window.height() and self.mapTo(window, QPoint(0, 0)).y() > height:
            place = self.mapTo(window, QPoint(0, -height - 2))
        width = min(max(self.width(), popup.sizeHintForColumn(0) + 24), window.width())
        popup.setGeometry(min(place.x(), window.width() - width), place.y(), width, height)
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
            self._model.setParent(popup)  # which may outlive the line by a moment
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
        name = self._choices[index.row()]
        if name is None:
            return
        self._fill_in(name)
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
        if 0 <= row < count and self._choices[row] is None:
            row += step
        name = self._choices[row] if 0 <= row < count else None
        if name is not None:
            popup.setCurrentIndex(self._model.index(row, 0))
            self._fill_in(name)
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


def _worth(found: list[Match], typed: str) -> list[Match]:
    """The matches worth showing: a known name needs none that look alike, and a name typed in full no list at all."""
    if any(match.rank == EXACT for match in found):
        found = [match for match in found if match.rank != ALIKE]
    return [] if len(found) == 1 and found[0].name == typed else found
