"""What would be imported, before anything is: each file with its fields, blocks, notes and text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError, InvalidEdit
from annotator.formats.base import Draft
from annotator.services.importing import Choice, Drafts, ReadResult, Same, summed_up
from annotator.services.importing.drafts import Head
from annotator.services.importing.entry import Entry
from annotator.text.decode import encoding_name
from annotator.text.disguise import badged
from annotator.text.wording import counted
from ui.dialogs.article_form import ArticleForm
from ui.dialogs.import_again import Again, ReadAgain
from ui.dialogs.import_reading import ReadingPage
from ui.widgets.focus import order_as_laid_out
from ui.widgets.paint import tooltip
from ui.widgets.screen import resize_to_screen
from ui.widgets.wrapped_list import WrappedList

_SHOWN = 20_000
_LINES = 6
_STOPPED = ("The reading was stopped; what was read until then is shown.",)


class ImportPreview(QDialog):
    """Lists the drafts; unticked ones are left out. Fields, encoding and columns can be changed before the import.

    What is in the project already (``same``) is not ticked, so that it takes a person to import its text again; the
    very article, which has its id, cannot be, unless the file has labels for it and the project none.
    """

    labels_wanted = Signal(str)
    """The name of the format whose labels a person wants to look through."""

    def __init__(
        self,
        read: ReadResult,
        same: Mapping[str, Same],
        import_drafts: Callable[[Drafts], None],
        read_again: ReadAgain,
        read_all: Callable[[Choice], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self.drafts = read.drafts[:]
        self._read = read
        self._same = dict(same)
        self._again = Again(read, read_again)
        self._read_all = read_all
        self._import = import_drafts
        self._shown = -1
        self._typed: dict[str, dict[str, str]] = {}
        """By article, what was typed for it before another one was shown."""
        self.label_buttons: dict[str, QPushButton] = {}
        self.all = self._all_box()
        self.list = self._list_view()
        self.form = ArticleForm(self)
        self.text = self._text_view()
        self.reading = ReadingPage(self)
        self.notes = self._label("secondary")
        self.problems = self._label("error")
        self._show_problems()
        self.there = self._label("secondary")
        self.refusal = self._label("error", hidden=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton("&Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        order_as_laid_out(self)
        self._fill()
        self._connect()
        self._offer_labels()
        self._show_first()

    def _show_first(self) -> None:
        if self.drafts:
            self.list.setCurrentRow(0)
        self.list.setFocus()
        self._count()

    def _all_box(self) -> QCheckBox:
        box = QCheckBox("A&ll articles", self)
        box.setTristate(True)
        box.setVisible(len(self.drafts) > 1)
        return box

    def _list_view(self) -> QListWidget:
        view = WrappedList("Articles to import", 2, self)
        view.setMinimumWidth(170)
        view.setLayoutMode(QListWidget.LayoutMode.Batched)  # thousands of rows must not hold up the window
        return view

    def _text_view(self) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setReadOnly(True)
        view.setAccessibleName("Text as it will be kept")
        return view

    def _show_problems(self) -> None:
        read = self._read
        self.problems.setText(_first_lines([*read.problems, *read.told(), *_STOPPED[: read.stopped]]))
        self.problems.setVisible(bool(self.problems.text()))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(lambda _: self._count())
        self.all.clicked.connect(self._tick_all)
        self.reading.chosen.connect(self._read_again)
        self.reading.wanted_for_all.connect(self._read_all_so)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    def _offer_labels(self) -> None:
        """A button for each format whose files have labels that are not this program's."""
        asking = [(name, proposal.title) for name, proposal in self._read.proposals.items() if proposal.asks]
        for name, title in asking:
            text = "&Labels…" if len(asking) == 1 else f"Labels in {title}…"
            button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ResetRole)
            button.setToolTip("What the labels in the files mean here")
            button.clicked.connect(lambda _=False, name=name: self.labels_wanted.emit(name))
            self.label_buttons[name] = button

    def take(self, found: Mapping[Entry, list[Draft]]) -> None:
        """Drafts that were read anew, by their entry, take the places of those before.

        Ticks, and what was typed, stay. What was to say of the files is said anew.
        """
        self._show_problems()
        if not self._keep():
            self.form.show_article(self.drafts[self._shown].article, self.drafts[self._shown].source.text)
        states = {head.id: self.list.item(row).checkState() for row, head in enumerate(self.drafts.heads)}
        before: dict[Entry, dict[str, int]] = {}
        for row, head in enumerate(self.drafts.heads):
            entry = self._again.entry(head)
            if entry is not None and entry in found:
                before.setdefault(entry, {})[head.place] = row
        drafts, done = self.drafts[:0], set[Entry]()
        for row, head in enumerate(self.drafts.heads):
            entry = self._again.entry(head)
            if entry is None or entry not in before:
                drafts.take(self.drafts, row)
            elif entry not in done:
                done.add(entry)
                drafts.extend(self._adopted(entry, before[entry], found[entry], states))
        self._relist(drafts, states)

    def _adopted(
        self, entry: Entry, rows: Mapping[str, int], found: Sequence[Draft], states: dict[str, Qt.CheckState]
    ) -> Iterator[Draft]:
        """What was read anew of an entry, with what was typed for, and known of, the draft of the same place before."""
        for draft in self._again.adopt(entry, {place: self.drafts[row] for place, row in rows.items()}, found):
            if (row := rows.get(draft.place)) is not None:
                former = self.drafts.heads[row].id
                states[draft.article.id] = states[former]
                if former in self._same:
                    self._same[draft.article.id] = self._same[former]
            yield draft

    def _relist(self, drafts: Drafts, states: Mapping[str, Qt.CheckState]) -> None:
        """Other drafts in the list, ticked as ``states`` says of their ids; rows that can stay do."""
        row, self._shown = max(0, self._shown), -1
        self.list.blockSignals(True)
        if [new.place for new in drafts.heads] == [old.place for old in self.drafts.heads]:
            for at, (old, new) in enumerate(zip(self.drafts.heads, drafts.heads, strict=True)):
                if old.title != new.title:
                    self.list.item(at).setText(self._line(new.id, new.title))
        else:
            self.list.clear()
            for head in drafts.heads:
                self.list.addItem(self._item(head, states.get(head.id)))
        self.drafts = drafts
        self.list.setCurrentRow(min(row, len(self.drafts) - 1))
        self.list.blockSignals(False)
        if self.drafts:
            self._show(self.list.currentRow())
        self._count()

    def _label(self, tone: str, *, hidden: bool = False) -> QLabel:
        label = QLabel(self)
        if hidden:
            label.hide()
        label.setProperty("tone", tone)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.form, "Recognised")
        self.tabs.addTab(self.text, "Text")
        self.tabs.addTab(self.reading, "Reading")
        right = QVBoxLayout()
        right.addWidget(self.tabs, 1)
        right.addWidget(self.notes)
        left = QVBoxLayout()
        left.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.list, 1)
        left.addWidget(self.there)
        columns = QHBoxLayout()
        columns.addLayout(left, 2)
        columns.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(self.problems)
        layout.addWidget(self.refusal)
        layout.addWidget(self.buttons)
        resize_to_screen(self, 900, 640)

    def _fill(self) -> None:
        for head in self.drafts.heads:
            self.list.addItem(self._item(head))

    def _item(self, head: Head, state: Qt.CheckState | None = None) -> QListWidgetItem:
        same = self._same.get(head.id)
        item = QListWidgetItem(self._line(head.id, head.title))
        item.setToolTip(tooltip(f"{head.place}\n{same}" if same else head.place))
        if same is not None and same.itself and not same.labelled:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        there = same is not None and same.exactly and not same.labelled
        item.setCheckState(state or (Qt.CheckState.Unchecked if there else Qt.CheckState.Checked))
        return item

    def _line(self, id_: str, title: str) -> str:
        """A row of the list: the title, and beneath it what else there is like it."""
        same = self._same.get(id_)
        return f"{badged(title)}\n{same.brief}" if same is not None else badged(title)

    def _show(self, row: int) -> None:
        if not self._keep():
            return
        self._shown = row
        draft = self.drafts[row]
        self.form.show_article(draft.article, draft.source.text)
        shown = draft.source.text[:_SHOWN]
        self.text.setPlainText(shown + ("\n…" if len(draft.source.text) > _SHOWN else ""))
        self.notes.setText(self._told(draft))
        choice, first = self._again.of(draft)
        self.reading.show_draft(draft, choice, first, can_change=self._again.can_change(draft))

    def _told(self, draft: Draft) -> str:
        """Where it comes from, and what there is to know of it, the most important first."""
        encoding = draft.source.encoding
        place = f"{draft.place}: {encoding_name(encoding)}." if encoding else f"{draft.place}."
        same = self._same.get(draft.article.id)
        doubtful = draft.article.id in self._read.doubtful and not self._again.of(draft)[0].repair
        doubt = ("Some letters look wrongly decoded; see Reading.",) if doubtful else ()
        return " ".join(
            (
                place,
                *((str(same),) if same else ()),
                *doubt,
                *draft.new_notes,
            )
        )

    def _read_again(self, choice: Choice) -> None:
        """Read the shown file in another way; its drafts take the places of those before."""
        if not self._keep():
            self._show(self._shown)
            return
        self.reading.setEnabled(False)

        def done(rows: range, drafts: list[Draft]) -> None:
            self.reading.setEnabled(True)
            self._replace(rows, drafts)

        def failed(error: Exception) -> None:
            self.reading.setEnabled(True)
            if not isinstance(error, AnnotatorError):
                raise error
            shown, self._shown = self._shown, -1
            self._show(shown)
            self.refusal.setText(str(error))
            self.refusal.show()

        self._again.read(self.drafts, self._shown, choice, done, failed)

    def _replace(self, rows: range, drafts: list[Draft]) -> None:
        states = [self.list.item(row).checkState() for row in rows]
        row = min(self._shown, rows.start + len(drafts) - 1)
        self._shown = -1
        self.list.blockSignals(True)
        for _ in rows:
            self.list.takeItem(rows.start)
        same_number = len(states) == len(drafts)
        self.drafts[rows.start : rows.stop] = drafts
        for index, head in enumerate(self.drafts.heads[rows.start : rows.start + len(drafts)]):
            self.list.insertItem(rows.start + index, self._item(head, states[index] if same_number else None))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._show(row)
        self._count()

    def _read_all_so(self, choice: Choice) -> None:
        self.reject()
        self._read_all(choice)

    def _keep(self) -> bool:
        """Take over what was typed for the draft on show; False, with the sentence, when it is refused."""
        if self._shown < 0:
            return True
        draft = self.drafts[self._shown]
        try:
            article = self.form.article()
            if article != draft.article:
                self._typed[article.id] = {**self._typed.get(article.id, {}), **self.form.typed()}
                self.drafts[self._shown] = replace(draft, article=article)
        except InvalidEdit as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            self.list.blockSignals(True)
            self.list.setCurrentRow(self._shown)
            self.list.blockSignals(False)
            return False
        self.refusal.hide()
        self.list.item(self._shown).setText(self._line(article.id, article.title))
        return True

    def held(self) -> Iterator[tuple[str, str]]:
        """Implements :class:`ui.typed_fields.Holding`: what was typed for the articles."""
        for head in self.drafts.heads:
            if typed := self._typed.get(head.id):
                yield head.place, "\n".join(f"{name}: {text}" for name, text in typed.items())

    def chosen(self) -> Drafts:
        """The ticked drafts, as edited."""
        return self.drafts.part(self._ticked())

    def _ticked(self) -> list[int]:
        checked = Qt.CheckState.Checked
        return [row for row in range(len(self.drafts)) if self.list.item(row).checkState() == checked]

    def _tickable(self) -> list[QListWidgetItem]:
        rows = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in rows if item.flags() & Qt.ItemFlag.ItemIsUserCheckable]

    def _tick_all(self) -> None:
        """Tick every article that can be; where all are, none."""
        items, checked = self._tickable(), Qt.CheckState.Checked
        new = Qt.CheckState.Unchecked if all(item.checkState() == checked for item in items) else checked
        self.list.blockSignals(True)  # else every row counts them all
        for item in items:
            item.setCheckState(new)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._count()

    def _count(self) -> None:
        number = len(self._ticked())
        whole = Qt.CheckState.Checked if number == len(self._tickable()) else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(whole if number else Qt.CheckState.Unchecked)
        self.accept_button.setText(f"&Import {counted(number, 'article')}")
        self.accept_button.setEnabled(number > 0)
        self.there.setText(summed_up(same for head in self.drafts.heads if (same := self._same.get(head.id))))
        self.there.setVisible(bool(self.there.text()))

    def _accept(self) -> None:
        if self._keep():
            self._import(self.chosen())
            self.accept()


def _first_lines(lines: Sequence[str]) -> str:
    more = [f"… and {len(lines) - _LINES:,} more, which the report after the import names."]
    return "\n".join([*lines[:_LINES], *(more if len(lines) > _LINES else [])])
