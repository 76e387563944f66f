"""By what rules the project is labelled: labels, checks, fields and guideline, each of which can be changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QMenu, QTabWidget, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.services import scheme
from ui.dialogs.messages import Messages
from ui.scheme.checks import ChecksPage
from ui.scheme.exchange import SchemeExchange
from ui.scheme.fields import FieldsPage
from ui.scheme.labels import LabelsPage
from ui.scheme.page import Counts, Page
from ui.scheme.writing import GuidelinePage
from ui.settings import Settings
from ui.store import Store
from ui.when import local
from ui.widgets import bits
from ui.widgets.editors import set_opened_by
from ui.widgets.screen import resize_to_screen


class SchemeDialog(QDialog):
    """Stays open beside the window and follows every change, undo and redo."""

    def __init__(self, store: Store, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Scheme of the project")
        set_opened_by(self, "scheme")
        self._store = store
        self._counting = False
        self.messages = Messages(self)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the scheme")
        self.version = QLabel(self)
        self.version.setTextFormat(Qt.TextFormat.PlainText)
        self.version.setProperty("tone", "secondary")
        self.labels, self.checks = LabelsPage(store), ChecksPage(store)
        self.fields, self.guideline = FieldsPage(store), GuidelinePage(store)
        self.tabs = QTabWidget(self)
        for page, title in zip(self.pages(), ("Labels", "Checks", "Fields", "Guideline"), strict=True):
            self.tabs.addTab(page, title)
        self.exchange = SchemeExchange(store, settings, self.flush, self)
        self.menu_button = bits.button("&Take or Save a Scheme…", self._open_menu)
        self.leave = bits.button("&Close", self.close, primary=True)
        self.menu = QMenu(self)
        self.exchange.fill(self.menu)
        self._lay_out()
        self._connect()
        self.labels.list.setFocus()
        resize_to_screen(self, 880, 620)
        self.refresh()

    def pages(self) -> tuple[Page, ...]:
        """The pages in the order of their tabs."""
        return self.labels, self.checks, self.fields, self.guideline

    def _lay_out(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.name, 1)
        head.addWidget(self.version)
        head.addWidget(self.menu_button)
        column.addLayout(head)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        store = self._store
        store.changed.connect(self._follow)
        store.saved.connect(self._count)
        store.project_opened.connect(self.refresh)
        store.project_opened.connect(self._count)
        store.refused.connect(self._refused)
        self.name.editingFinished.connect(self._rename)
        self.tabs.currentChanged.connect(lambda _: self.guideline.flush())
        for keys, act in ((QKeySequence.StandardKey.Undo, store.undo), (QKeySequence.StandardKey.Redo, store.redo)):
            for key in QKeySequence.keyBindings(keys):
                QShortcut(key, self, act)

    def refresh(self) -> None:
        """Show the scheme as it is now."""
        current, editable = self._store.workspace.scheme, not self._store.read_only
        self.name.setText(current.name)
        self.name.setReadOnly(not editable)
        changed = f", changed {local(current.updated)}" if current.updated else ""
        self.version.setText(f"version {current.version}{changed}")
        for page in self.pages():
            page.set_editable(editable)
            page.refresh()
        self.exchange.set_editable(editable)

    def flush(self) -> None:
        """Commit what is being typed."""
        self._rename()
        for page in self.pages():
            page.flush()

    def _follow(self, edit: Edit) -> None:
        if "scheme" in edit.by_kind:
            self.refresh()

    def _rename(self) -> None:
        typed, ws = self.name.text(), self._store.workspace
        if typed != ws.scheme.name and not self._store.attempt(lambda: scheme.change(ws, name=typed)):
            self.name.setText(ws.scheme.name)

    def _count(self) -> None:
        """Ask the project how often each value stands; one question at a time."""
        if self._counting or not self.isVisible():
            return
        self._counting = True

        def show(counts: Counts) -> None:
            self._counting = False
            self.labels.show_counts(counts)

        def failed(error: Exception) -> None:
            self._counting = False
            self.messages.report(error)

        self._store.read(lambda project: project.count_values(), show, failed)

    def _refused(self, sentence: str) -> None:
        if self.isActiveWindow():
            self.messages.warn(sentence)

    def _open_menu(self) -> None:
        self.menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field must not press a button, least of all one of a message that it has just brought up."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Escape and the like."""
        self.flush()
        super().done(result)


class SchemeCommand(QObject):
    """Opens the dialog for one window (``parent``), once."""

    def __init__(self, store: Store, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._parent = parent
        self._dialog: SchemeDialog | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the menu."""
        return {"scheme": self.show}

    def show(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = SchemeDialog(self._store, self._settings, self._parent)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
