"""The guideline as its Markdown, with what people will see of it beside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from annotator.services import guideline, scheme
from ui.dialogs.links import ask_before_opening
from ui.fonts import ui_font
from ui.scheme.page import Page
from ui.store import Store
from ui.widgets import bits
from ui.widgets.markdown import MarkdownPage

_PREVIEW_MS = 200
_HELP = "Markdown. A heading that is a field's name (## claim.form) begins what is shown at that field."


class GuidelinePage(Page):
    """What was typed becomes one step when the editor is left, or by the button."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.editor = QPlainTextEdit(self)
        self.editor.setAccessibleName("Guideline in Markdown")
        self.editor.setTabChangesFocus(True)
        self.editor.setFont(ui_font(13))
        self.editor.installEventFilter(self)
        self.preview = MarkdownPage("Preview of the guideline", self)
        ask_before_opening(self.preview, self)
        self.save = bits.button("Keep This Text", self.flush)
        self.save.setEnabled(False)
        self._shown = ""
        self._editable = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_MS)
        self._timer.timeout.connect(self._preview)
        help_ = QLabel(_HELP, self)
        help_.setTextFormat(Qt.TextFormat.PlainText)
        help_.setProperty("tone", "secondary")
        help_.setWordWrap(True)
        sides, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        sides.addWidget(self.editor, 1)
        sides.addWidget(self.preview, 1)
        below.addWidget(help_, 1)
        below.addWidget(self.save)
        column.addLayout(sides, 1)
        column.addLayout(below)
        self.editor.textChanged.connect(self._typed)
        self.refresh()

    def text(self) -> str:
        """What is typed, to the character: Qt's plain text would lose no-break spaces."""
        return self.editor.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def refresh(self) -> None:
        """Show the guideline; what is typed and not kept yet stays."""
        stored = self.store.workspace.scheme.guideline
        if self.editor.document().isModified() or stored == self._shown:
            return
        self._shown = stored
        at = self.editor.verticalScrollBar().value()
        self.editor.setPlainText(stored)
        self.editor.verticalScrollBar().setValue(at)
        self._preview()

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self.editor.setReadOnly(not editable)
        self._typed()

    def flush(self) -> None:
        document = self.editor.document()
        if not document.isModified() or not self._editable:
            return
        typed = self.text()
        document.setModified(False)
        self._shown = typed
        if not self.store.attempt(lambda: scheme.change(self.store.workspace, guideline=typed)):
            document.setModified(True)
        self._typed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self.save.setEnabled(self._editable and self.editor.document().isModified())
        self._timer.start()

    def _preview(self) -> None:
        self.preview.show_markdown(guideline.titled(self.text()))
