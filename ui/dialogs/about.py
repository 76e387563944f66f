"""What this program is, which project is open, and where its change log ends."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from annotator import __version__
from annotator.edits import LogHead
from ui.store import Store


def show(parent: QWidget, store: Store) -> None:
    """Open the box; it does not block the window. The head of the change log follows, once everything is saved."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About Article Annotator")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    box.setText(f"Article Annotator {__version__}")

    def tell(log: str) -> None:
        if isValid(box):
            box.setInformativeText(_told(store.project.location if store.project else "none", log))

    tell("…")
    store.read(lambda project: project.head(), lambda head: tell(_head(head)), lambda error: tell(str(error)))
    box.open()


def _head(head: LogHead) -> str:
    """In two lines, since the hash alone is as wide as the box should be."""
    return f"{head.seq}:\n{head.hash}"


def _told(project: str, log: str) -> str:
    return (
        "Label claims, speakers and corrections in news articles, and export a gold-standard dataset.\n\n"
        f"Project: {project}\n"
        f"Change log: {log}\n"
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}. Licence: MIT.\n"
        "Fonts: Inter, Source Serif (SIL Open Font License). Icons: Lucide (ISC)."
    )
