"""What dialogs about speakers have in common: the uses that change, what is refused, the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QWidget

from annotator.errors import AnnotatorError
from annotator.services import articles
from ui.dialogs.uses_list import UsesList
from ui.large_edits import Make
from ui.models.uses import UsesModel
from ui.store import Store


def plain_label(tone: str = "") -> QLabel:
    """A label for data: plain text, in as many lines as it takes."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if tone:
        label.setProperty("tone", tone)
    return label


def title_of(store: Store) -> Callable[[str], str]:
    """The title of an article by its id, as it is called now, and whether it is done."""

    def title(article_id: str) -> str:
        article = store.article(article_id)
        if article is None:
            return "An article that is no longer there"
        return f"{article.title}  (done – frozen)" if articles.is_frozen(article) else article.title

    return title


class SpeakerDialog(QDialog):
    """``summary`` says what would change, ``list`` shows where; ``accept_button`` does it as one step."""

    def __init__(self, store: Store, title: str, verb: str, parent: QWidget, *, tickable: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._store = store
        self.summary = plain_label()
        self.uses = UsesModel(title_of(store), tickable=tickable, parent=self)
        self.list = UsesList(self.uses, "Mentions and claims", self)
        self.refusal = plain_label("error")
        self.refusal.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = QPushButton(verb, self)
        self.accept_button.setProperty("primary", "true")
        self.accept_button.setEnabled(False)
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.rejected.connect(self.reject)

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be done; "" takes that away."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def report(self, error: Exception) -> None:
        """Say why the project could not be asked. An error that nobody foresaw is raised."""
        if not isinstance(error, AnnotatorError):
            raise error
        self.refuse(str(error))

    def attempt(self, size: int, make: Make, then: Callable[[], None]) -> None:
        """Apply an edit of about ``size`` changes, close and go on; a refusal is shown and the dialog stays."""
        self.accept_button.setEnabled(False)

        def done(refusal: str | None) -> None:
            if refusal is not None:
                self.refuse(refusal)
                self.accept_button.setEnabled(True)
                return
            self.accept()
            QTimer.singleShot(0, self._store, then)  # what comes then has all who follow the edit behind it

        self._store.large.attempt(size, make, done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; in a field it only takes what was typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QPushButton):
            event.accept()
        else:
            super().keyPressEvent(event)
