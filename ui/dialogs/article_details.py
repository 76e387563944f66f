"""The dialog that edits the open article's fields and blocks; one edit, undoable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError, StaleEdit
from annotator.text.decode import encoding_name
from ui.dialogs.article_form import ArticleForm
from ui.store import Store
from ui.widgets.editors import set_opened_by
from ui.widgets.screen import resize_to_screen


class ArticleDetails(QDialog):
    """Refusals are shown under the form; what was typed stays."""

    def __init__(self, store: Store, parent: QWidget, worked: str = "") -> None:
        super().__init__(parent)
        self._store = store
        self._worked = worked
        self.setWindowTitle("Article details")
        set_opened_by(self, "article_details")
        self.form = ArticleForm(self)
        article = store.workspace.article
        if article is not None:
            self.form.show_article(article, store.workspace.text, editable=store.locked is None)
        self.notes = QLabel(self)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setWordWrap(True)
        self.notes.setProperty("tone", "secondary")
        self.notes.setText(self._origin())
        self.refusal = QLabel(self)
        self.refusal.setProperty("tone", "error")
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        self.refusal.setText(store.locked or "")
        self.refusal.setVisible(store.locked is not None)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Close if store.locked else kinds.Save | kinds.Cancel, self)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.form, self.notes, self.refusal, self.buttons):
            layout.addWidget(widget)
        resize_to_screen(self, 620, 640)

    def _origin(self) -> str:
        ws = self._store.workspace
        if ws.article is None or ws.source is None:
            return ""
        encoding = encoding_name(ws.source.encoding or "encoding not known")
        lines = [f"From {ws.source.file_name}, {encoding}."] if ws.source.file_name else []
        lines += [f"Worked on for {self._worked}."] if self._worked else []
        lines += [*ws.article.import_notes, f"SHA-256 of the text: {ws.source.text_sha256}"]
        return "\n".join(lines)

    def _save(self) -> None:
        edit = None
        try:
            edit = self.form.edit()
            self._store.edit(edit)
        except StaleEdit as error:  # somebody else changed it while the dialog was open
            self._store.ask_about(str(error), [edit] if edit is not None else [])
            self.accept()
        except AnnotatorError as error:
            self.refusal.setText(str(error))
            self.refusal.show()
        else:
            self.accept()


def show(store: Store, parent: QWidget, worked: str) -> None:
    """Open the dialog for the open article; it does not block the window. ``worked``: how long, in words, or ""."""
    dialog = ArticleDetails(store, parent, worked)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
