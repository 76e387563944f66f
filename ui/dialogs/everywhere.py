"""Correct the same error in all articles of the project, after looking at every place: one step, one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import Edit
from annotator.errors import AnnotatorError
from annotator.model import Document
from annotator.ports import Project
from annotator.services import everywhere
from annotator.services.everywhere import Occurrence
from annotator.services.search import AROUND, Query
from annotator.text.wording import counted
from ui.dialogs.search_dialog import SearchDialog
from ui.store import Store
from ui.widgets.focus import order_as_laid_out
from ui.widgets.screen import resize_to_screen
from ui.widgets.snippet import SNIPPET

_AT_ONCE = 100
"""Places that the database thread hands over at a time; between two handfuls it does other work."""
_SECONDS = 0.05
"""So long it looks for a handful; then it hands over what it has."""
_MOST = 5000
_FOUND = Qt.ItemDataRole.UserRole


class Everywhere(SearchDialog):
    """Lists the places article by article; all are ticked but those in articles that are done.

    ``advise(sentence, tone)`` is told at the end what was done, and what was left out.
    """

    def __init__(
        self, store: Store, query: Query, replacement: str, advise: Callable[[str, str], None], parent: QWidget
    ) -> None:
        super().__init__(store, query, "Places to correct", parent)
        self.setWindowTitle("Correct everywhere")
        self._advise = advise
        self._busy = False
        """Whether it is still searching, or correcting."""
        self.replacement = QLineEdit(replacement, self)
        self.replacement.setPlaceholderText("Empty: leave out")
        self.start.setAutoDefault(False)
        self.tick = QPushButton("&Tick None", self)
        self.tick.setAutoDefault(False)
        self.summary.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton("&Correct", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._connect()
        self._count()
        if query.text:
            self.replacement.setFocus()
            self.search()

    def _lay_out(self) -> None:
        find, options = self._asking()
        options.addWidget(self.tick)
        form = QFormLayout()
        form.addRow("Find", find)
        form.addRow("Replace with", self.replacement)
        self.replacement.setAccessibleName("Replace with")
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addLayout(options)
        for widget in (self.list, self.summary, self.buttons):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        order_as_laid_out(self)
        resize_to_screen(self, 680, 560)

    def _connect(self) -> None:
        self.tick.clicked.connect(lambda _=False: self._tick_all())
        self.list.itemChanged.connect(lambda _: self._count())
        self.buttons.accepted.connect(self._correct)
        self.buttons.rejected.connect(self.reject)

    # -- finding ------------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Start over; results of an earlier search no longer arrive."""
        project = self._store.project
        self._run += 1
        self._busy = False
        self.list.clear()
        self._count()
        if project is None or not self.field.text():
            self.summary.setText("Type what is wrong, then press Enter.")
            return
        self._busy = True
        self.summary.setText("Searching…")
        places = _places(project.documents(), self.query)
        run = self._run
        self._store.when_saved(lambda: self._more(places, run))

    def _forget(self) -> None:
        self._busy = False
        super()._forget()
        self._count()

    def _more(self, places: Iterator[Occurrence | None], run: int) -> None:
        if run != self._run:
            return

        def show(found: tuple[list[Occurrence], bool]) -> None:
            if run != self._run:
                return
            self._add(found[0])
            if not found[1] and self.list.count() < _MOST:
                self._more(places, run)
            else:
                self._say(whole=found[1])

        def failed(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            if run == self._run:
                self._stop(str(error))

        self._store.tasks.submit(lambda: _handful(places), show, failed)

    def _add(self, found: Iterable[Occurrence]) -> None:
        self.list.blockSignals(True)
        for place in found:
            last = self.list.item(self.list.count() - 1)
            title = f"{place.title}  (done – frozen)" if place.frozen else place.title
            heading = "" if last and last.data(_FOUND).article_id == place.article_id else title
            item = QListWidgetItem(f"{title}\n{place.before}[{place.exact}]{place.after}")
            item.setData(_FOUND, place)
            item.setData(SNIPPET, (heading, _cut(place.before, "…", ""), place.exact, _cut(place.after, "", "…")))
            enabled = Qt.ItemFlag.NoItemFlags if place.frozen else Qt.ItemFlag.ItemIsEnabled
            item.setFlags(enabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if place.frozen else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._count()

    def _found(self) -> list[Occurrence]:
        return [self.list.item(row).data(_FOUND) for row in range(self.list.count())]

    def _stop(self, sentence: str) -> None:
        """What was going on is over; the sentence says how it went."""
        self._busy = False
        self.summary.setText(sentence)
        self._count()

    def _say(self, *, whole: bool) -> None:
        found = self._found()
        if not found:
            self._stop("Nothing found that is not corrected already.")
            return
        articles = counted(len({place.article_id for place in found}), "article")
        frozen = sum(place.frozen for place in found)
        more = "" if whole else " (the first ones; correct these, then look again)"
        done = f" {frozen:,} in articles that are done, which are frozen." if frozen else ""
        self._stop(f"{counted(len(found), 'place')} in {articles}{more}.{done}")

    # -- correcting ---------------------------------------------------------------------------------------------

    def chosen(self) -> list[Occurrence]:
        """The ticked places."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_FOUND) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _count(self) -> None:
        number = len(self.chosen())
        self.accept_button.setText(f"&Correct {counted(number, 'place')}")
        self.accept_button.setEnabled(number > 0 and not self._busy)
        self.tick.setText("&Tick None" if number else "&Tick All")
        self.tick.setEnabled(self.list.count() > 0)

    def _tick_all(self) -> None:
        state = Qt.CheckState.Unchecked if self.chosen() else Qt.CheckState.Checked
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            if (item := self.list.item(row)).flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setCheckState(state)
        self.list.blockSignals(False)
        self._count()

    def _correct(self) -> None:
        """The articles are read anew on the database thread, where the edit is made; it is applied here."""
        chosen, replacement, author = self.chosen(), self.replacement.text(), self._store.author
        self._run += 1
        run = self._run

        def job(project: Project) -> Edit:
            documents = _fresh(project, {place.article_id for place in chosen})
            return everywhere.correct(documents, chosen, replacement, author)

        def apply(edit: Edit) -> None:
            if run == self._run:
                self._apply(edit, len(chosen))

        def failed(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            if run == self._run:
                self._stop(str(error))

        self._busy = True
        self.accept_button.setEnabled(False)
        self.summary.setText("Correcting…")
        self._store.read(job, apply, failed)

    def _apply(self, edit: Edit, chosen: int) -> None:
        frozen = sum(place.frozen for place in self._found())

        def then(refusal: str | None) -> None:
            if refusal is None:
                self._end(edit, chosen, frozen)
            else:
                self._stop(refusal)

        self._store.large.attempt(len(edit.changes), lambda _: edit, then)

    def _end(self, edit: Edit, chosen: int, frozen: int) -> None:
        self.accept()
        made = len(edit.of("correction"))
        where = counted(len(edit.article_ids), "article")
        left = [f"{frozen:,} in articles that are done"] if frozen else []
        left += [f"{chosen - made:,} that read so or are corrected already"] if chosen > made else []
        rest = f" Left out: {' and '.join(left)}." if left else ""
        self._advise(f"Corrected {counted(made, 'place')} in {where}.{rest}", "good")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the field or the button that has the focus is for, and nothing else."""
        focus = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif focus is self.field:
            self.search()
        elif focus is self.replacement:
            self.accept_button.click()
        elif isinstance(focus, QPushButton):
            focus.click()


def _places(documents: Iterable[Document], query: Query) -> Iterator[Occurrence | None]:
    """Every place, and None after each article, so that who asks can stop where nothing is found for long."""
    for document in documents:
        yield from everywhere.occurrences((document,), query)
        yield None


def _cut(around: str, before: str, after: str) -> str:
    """The words before or after a place, with “…” where the text goes on."""
    return f"{before}{around}{after}" if len(around) == AROUND else around


def _handful(places: Iterator[Occurrence | None]) -> tuple[list[Occurrence], bool]:
    """Some more places, and whether those were the last. Runs on the database thread."""
    found: list[Occurrence] = []
    end = perf_counter() + _SECONDS
    for place in places:
        if place is not None:
            found.append(place)
        if len(found) >= _AT_ONCE or perf_counter() > end:
            return found, False
    return found, True


def _fresh(project: Project, ids: Iterable[str]) -> dict[str, Document]:
    """The articles as they are stored now; one that was deleted is left out."""
    found = {}
    for id_ in ids:
        try:
            found[id_] = project.document(id_)
        except KeyError:
            continue
    return found


def show(store: Store, query: Query, replacement: str, advise: Callable[[str, str], None], parent: QWidget) -> None:
    """Open the dialog; it does not block the window."""
    dialog = Everywhere(store, query, replacement, advise, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
