"""What would be imported, before anything is: each file with its fields, blocks, notes and text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import InvalidEdit
from annotator.formats.base import Draft
from annotator.text.wording import counted
from ui.dialogs.article_form import ArticleForm
from ui.widgets.paint import tooltip
from ui.widgets.screen import resize_to_screen

_SHOWN = 20_000


class ImportPreview(QDialog):
    """Lists the drafts; unticked ones are left out. Fields can be edited before the import."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        problems: Sequence[str],
        import_drafts: Callable[[list[Draft]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self.drafts = list(drafts)
        self._import = import_drafts
        self._shown = -1
        self.list = QListWidget(self)
        self.list.setAccessibleName("Articles to import")
        self.list.setWordWrap(True)
        self.form = ArticleForm(self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text as it will be kept")
        self.notes = self._label("secondary")
        self.problems = self._label("error")
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self.refusal = self._label("error")
        self.refusal.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._fill()
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(lambda _: self._count())
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        if self.drafts:
            self.list.setCurrentRow(0)
        self._count()

    def _label(self, tone: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("tone", tone)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        tabs = QTabWidget(self)
        tabs.addTab(self.form, "Recognised")
        tabs.addTab(self.text, "Text")
        right = QVBoxLayout()
        right.addWidget(tabs, 1)
        right.addWidget(self.notes)
        columns = QHBoxLayout()
        columns.addWidget(self.list, 2)
        columns.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(self.problems)
        layout.addWidget(self.refusal)
        layout.addWidget(self.buttons)
        resize_to_screen(self, 900, 640)

    def _fill(self) -> None:
        for draft in self.drafts:
            item = QListWidgetItem(draft.article.title)
            item.setToolTip(tooltip(draft.place))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)

    def _show(self, row: int) -> None:
        if not self._keep():
            return
        self._shown = row
        draft = self.drafts[row]
        self.form.show_article(draft.article, draft.source.text)
        shown = draft.source.text[:_SHOWN]
        self.text.setPlainText(shown + ("\n…" if len(draft.source.text) > _SHOWN else ""))
        encoding = f"{draft.place}: {draft.source.encoding}. " if draft.source.encoding else f"{draft.place}. "
        self.notes.setText(encoding + " ".join(draft.article.import_notes))

    def _keep(self) -> bool:
        """Take over what was typed for the draft on show; False, with the sentence, when it is refused."""
        if self._shown < 0:
            return True
        draft = self.drafts[self._shown]
        try:
            article = self.form.article()
        except InvalidEdit as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            self.list.blockSignals(True)
            self.list.setCurrentRow(self._shown)
            self.list.blockSignals(False)
            return False
        self.refusal.hide()
        self.drafts[self._shown] = replace(draft, article=article)
        self.list.item(self._shown).setText(article.title)
        return True

    def chosen(self) -> list[Draft]:
        """The ticked drafts, as edited."""
        checked = Qt.CheckState.Checked
        return [draft for row, draft in enumerate(self.drafts) if self.list.item(row).checkState() == checked]

    def _count(self) -> None:
        number = len(self.chosen())
        self.accept_button.setText(f"Import {counted(number, 'article')}")
        self.accept_button.setEnabled(number > 0)

    def _accept(self) -> None:
        if self._keep():
            self._import(self.chosen())
            self.accept()
