"""Taking another scheme, a ready-made one or one from a file, after saying what would change; saving one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from annotator.errors import AnnotatorError
from annotator.formats.beside import SCHEME_SUFFIX
from annotator.model import Scheme
from annotator.schemes import BY_KEY, PURPOSES
from annotator.services import scheme, scheme_changes, scheme_file
from annotator.services.targets import write_file
from ui.dialogs.messages import Messages
from ui.scheme.page import Counts
from ui.settings import Settings
from ui.store import Store

_FILES = f"Schemes (*{SCHEME_SUFFIX});;JSON (*.json);;All files (*)"


class SchemeExchange(QObject):
    """For one dialog (``parent``). ``flush`` commits what is being typed."""

    def __init__(self, store: Store, settings: Settings, flush: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)
        self._writers: list[QAction] = []

    def fill(self, menu: QMenu) -> None:
        """Put what can be done into a menu."""
        for key, ready in BY_KEY.items():
            action = menu.addAction(f"Use “{ready.name}”…")
            action.setToolTip(PURPOSES[key])
            action.triggered.connect(partial(self._offer, ready))
            self._writers.append(action)
        menu.addSeparator()
        action = menu.addAction("Read a Scheme from a File…")
        action.triggered.connect(lambda _=False: self.ask_read())
        self._writers.append(action)
        menu.addAction("Save This Scheme to a File…").triggered.connect(lambda _=False: self.ask_write())

    def set_editable(self, editable: bool) -> None:
        """Whether another scheme can be taken."""
        for action in self._writers:
            action.setEnabled(editable)

    def ask_read(self) -> None:
        """Ask for a file, read it, and offer its scheme."""
        folder = str(self._settings.folder)
        name, _ = QFileDialog.getOpenFileName(self._parent, "Read a scheme", folder, _FILES)
        if not name:
            return
        try:
            found = scheme_file.read(Path(name))
        except AnnotatorError as error:
            self._messages.warn(str(error))
        else:
            self._offer(found)

    def ask_write(self) -> None:
        """Ask for a file name and write the scheme there."""
        self._flush()
        project = self._store.project
        proposal = self._settings.folder / f"{project.name if project else 'my'}{SCHEME_SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save the scheme", str(proposal), _FILES)
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name + SCHEME_SUFFIX)
        try:
            write_file(path, scheme_file.write(self._store.workspace.scheme))
        except AnnotatorError as error:
            self._messages.warn(str(error))
        else:
            self._messages.tell(f"The scheme is in {path}.")

    def _offer(self, new: Scheme, _checked: bool = False) -> None:
        """Say what would change, and do it when the person wants it."""
        self._flush()

        def ask(counts: Counts) -> None:
            sentences = scheme_changes.tell(self._store.workspace.scheme, new, counts)
            if not sentences:
                self._messages.tell(f"The project is labelled by “{new.name}” already; nothing would change.")
                return
            question = "\n\n".join([f"Use the scheme “{new.name}”?", *sentences, "Undo brings the present one back."])
            self._messages.ask(question, "Use It", take)

        def take() -> None:
            self._store.attempt(lambda: scheme.choose(self._store.workspace, new))

        self._store.read(lambda project: project.count_values(), ask, self._messages.report)
