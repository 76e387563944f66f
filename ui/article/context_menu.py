"""The article's context menu: which of the marks under the pointer is meant, then what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import Actions
from ui.article.pane import ArticlePane
from ui.presenter import record_id
from ui.selection import Selection
from ui.store import Store

_WIDEST = 360
"""Pixels of an entry that names a mark."""
_FEW = 4
"""More marks than these go into a menu of their own."""


class ContextMenu:
    """Pops up over the article. With nothing selected there, the smallest mark becomes selected."""

    def __init__(
        self, actions: Actions, pane: ArticlePane, store: Store, selection: Selection, parent: QWidget
    ) -> None:
        self._actions = actions
        self._pane = pane
        self._store = store
        self._selection = selection
        self._parent = parent

    def open(self, at: QPoint, mark_ids: tuple[str, ...]) -> None:
        """Show the menu at a point of the screen; ``mark_ids`` lie there, the smallest first."""
        marks = {record_id(mark_id): mark_id for mark_id in reversed(mark_ids)}  # a cue stands for its claim
        records = list(reversed(marks))
        if records and self._selection.id not in records:
            self._pane.select_mark(records[0])
        menu = self._actions.context_menu(self._parent)
        if len(records) > 1:
            self._list(menu, records)
        self._add_deletion(menu)
        menu.popup(at)

    def _add_deletion(self, menu: QMenu) -> None:
        """What cannot be taken for anything else stands last, and says what it deletes."""
        delete = self._actions["delete"]
        name = self._name()
        if not name:
            return
        menu.addSeparator()
        words = QFontMetrics(menu.font()).elidedText(f"Delete {name}", Qt.TextElideMode.ElideRight, _WIDEST)
        keys = delete.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        entry = menu.addAction(words.replace("&", "&&") + (f"\t{keys}" if keys else ""))
        entry.setEnabled(delete.isEnabled())
        entry.triggered.connect(lambda _=False: delete.trigger())

    def _name(self) -> str:
        """The selected annotation, in few words; empty when none is selected."""
        ws, id_ = self._store.workspace, self._selection.id or ""
        if id_ in ws.claims:
            return f"Claim {self._store.outline.number(id_)}"
        if (mention := ws.mentions.get(id_)) is not None:
            name = ws.shown_name(mention.speaker_id)
            return f"Mention of {name}" if name else "Mention"
        return "Correction" if id_ in ws.corrections else ""

    def _list(self, menu: QMenu, records: list[str]) -> None:
        """An entry for each mark, before all others; the selected one is ticked."""
        first = menu.actions()[0] if menu.actions() else None
        place = menu if len(records) <= _FEW else QMenu(f"Select One of {len(records)} Marks Here", menu)
        entries = []
        metrics = QFontMetrics(menu.font())
        for record in records:
            words = metrics.elidedText(f"Select {self._pane.label(record)}", Qt.TextElideMode.ElideRight, _WIDEST)
            entry = place.addAction(words.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(record == self._selection.id)
            entry.triggered.connect(lambda _=False, record=record: self._pane.select_mark(record))
            entries.append(entry)
        if first is None:
            return
        if place is menu:
            for entry in entries:
                menu.removeAction(entry)
                menu.insertAction(first, entry)
        else:
            menu.insertMenu(first, place)
        menu.insertSeparator(first)
