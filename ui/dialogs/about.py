"""What this program is, and which project is open."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator import __version__
from ui.store import Store


def show(parent: QWidget, store: Store) -> None:
    """Open the box; it does not block the window."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About Article Annotator")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setText(f"Article Annotator {__version__}")
    project = store.project.location if store.project else "none"
    box.setInformativeText(
        "Label claims, speakers and corrections in news articles, and export a gold-standard dataset.\n\n"
        f"Project: {project}\n"
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}. Licence: MIT.\n"
        "Fonts: Inter, Source Serif (SIL Open Font License). Icons: Lucide (ISC)."
    )
    box.open()
