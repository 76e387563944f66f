"""What is being typed and not accepted yet is on the disk half a second later, and offered back after a crash.

It never reaches the change log. It goes when it was accepted and saved, or given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from annotator.errors import AnnotatorError
from annotator.files import reason_of
from annotator.ports import Project
from annotator.text.wording import counted
from ui.article.banner import Banner
from ui.dialogs.handing_over import HandingOver
from ui.kept_file import KeptFile, KeptFiles, gather
from ui.panels.table_panel import CELL, TablePanel
from ui.selection import Selection
from ui.store import Store
from ui.tasks import Tasks
from ui.typed_fields import DIALOG, Field, TypedFields
from ui.unfinished_file import Unfinished, decode, encode
from ui.widgets.editors import is_passing

_SOON_MS = 150
"""So long after a key what was typed is written; the disk may take as long again, and more, within half a second."""
_QUOTED = 60
_OWNERS = {"evidence": "correction", "hop": "claim"}
"""The records to which forms of their parts belong."""


class UnfinishedTexts(QObject):
    """Keeps what is typed in the forms and cells of ``panels``, in dialogs, and in the field that ``asked`` names."""

    kept = Signal(int)
    """So many texts are on the disk now."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        panels: Sequence[TablePanel],
        asked: Callable[[], QWidget | None],
        run: Callable[[str], None],
        banner: Banner,
        kept: KeptFiles,
        parent: QWidget,
    ) -> None:
        """``banner`` offers to bring back what was kept, in the window's files (``kept``). ``run`` does a command."""
        super().__init__(parent)
        self._store, self._selection, self._panels = store, selection, panels
        self._fields = TypedFields(parent, panels, asked, run)
        self._banner, self._kept, self._window = banner, kept, parent
        self._tasks = Tasks("unfinished texts", self)
        self._file: KeptFile | None = None
        self._found: tuple[Unfinished, ...] = ()
        """Left by a crash, and nobody has said yet what is to become of it."""
        self._written: tuple[Unfinished, ...] = ()
        self._field: Field | None = None
        self._around: QWidget | None = None
        """The window of the field: while it is held, what stands for the field stays alive, too."""
        self._typing: QMetaObject.Connection | None = None
        self._another = self._given_up = self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON_MS)
        self._timer.timeout.connect(self.keep)
        for signal in (store.changed, store.saved, store.article_opened):
            signal.connect(self._soon)
        store.leaving.connect(self.keep)
        store.project_opened.connect(self._opened)
        store.article_opened.connect(self._forget_another_projects)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)

    def close(self) -> None:
        """Write what is still unfinished, and end the thread. Nobody can type any more."""
        self.keep()
        self._tasks.close()

    def give_up(self) -> None:
        """The window closes: what is not accepted now was agreed to be lost."""
        self._given_up = True

    # -- keeping ------------------------------------------------------------------------------------------------

    def _focused(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._typing is not None:
            QObject.disconnect(self._typing)  # nothing happens when the field is being destroyed
            self._typing = None
        self._around = now.window() if now is not None else None
        self._field = now if isinstance(now, QLineEdit | QPlainTextEdit) and not is_passing(now) else None
        if self._field is not None:
            self._typing = self._field.textChanged.connect(self._soon)
        self._soon()

    def _soon(self, *_: object) -> None:
        if self._file is not None and not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Have what is being typed written now, when it is not what was written last."""
        if self._file is None:
            return
        texts = (*self._found, *(() if self._given_up else self._typed()))
        if self._store.unsaved:  # what was just accepted is not on the disk yet
            here = {(each.key, each.label) for each in texts}
            texts = (*texts, *(each for each in self._written if (each.key, each.label) not in here))
        if texts == self._written:
            return
        self._written, file = texts, self._file
        self._tasks.submit(lambda: file.write(encode(texts)), lambda _: self.kept.emit(len(texts)), self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        """It takes nothing away from the project, so nobody is stopped by it, but told once."""
        if not isinstance(error, OSError):
            raise error
        self._written = ()
        if not self._told:
            self._told = True
            reason = reason_of(error)
            self._store.refused.emit(f"What is being typed cannot be kept for after a crash: {reason}.")

    def _typed(self) -> Iterator[Unfinished]:
        article = self._store.workspace.article
        article_id = article.id if article is not None else ""
        for number, panel in enumerate(self._panels):
            for key, text in panel.unfinished_text().items():
                yield Unfinished(key, number, key.rpartition("/")[2].replace("_", " "), article_id, text)
            if (cell := panel.cell_typed()) is not None:
                key, label, text = cell
                yield Unfinished(key, number, label, article_id, text)
        for key, label, text in self._fields.changed():
            yield Unfinished(key, -1, label, article_id, text)

    # -- another project ----------------------------------------------------------------------------------------

    def _opened(self) -> None:
        project = self._store.project
        self._another = True
        self._found = self._written = ()
        if project is None or project.read_only:
            self._file = None
            return
        self._kept.claim(project.location, shared=project.shared)
        file = self._file = self._kept.file("unfinished")
        others = self._kept.abandoned("unfinished")

        def found(kept: tuple[tuple[Unfinished, ...], Path | None]) -> None:
            texts, aside = kept
            if self._file != file:
                return
            if aside is not None:
                self._banner.tell(f"What was being typed last time was kept by another version: it is in {aside}.")
            if texts:
                self._found = self._written = texts
                self._ask()

        self._tasks.submit(lambda: gather(file, others, decode, encode), found)

    def _forget_another_projects(self) -> None:
        """What was refused in the project before is kept with it, and is nothing of this one."""
        if self._another:
            self._another = False
            for panel in self._panels:
                panel.unfinished.clear()

    # -- after a crash ------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        words = " ".join(self._found[0].text.split())
        quoted = f"“{words[:_QUOTED]}{'…' if len(words) > _QUOTED else ''}”"
        what = f"{counted(len(self._found), 'field')} were" if len(self._found) > 1 else f"“{self._found[0].label}” was"
        self._banner.offer(f"What was being typed in {what} kept: {quoted}", self.restore, self.discard)

    def discard(self) -> None:
        """Give up what was found."""
        self._found = ()
        self.keep()

    def restore(self) -> None:
        """Put what was found back into its fields; what has none any more is handed over to be copied."""
        found = self._found

        def there(project: Project) -> set[str]:
            forms = (each.key for each in found if each.panel >= 0 and not each.key.startswith(CELL))
            return {key for key in forms if project.get(*record_of(key)) is not None}

        def unreadable(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            self._store.refuse(error)

        self._store.read(there, lambda keys: self._put_back(found, keys), unreadable)

    def _put_back(self, found: tuple[Unfinished, ...], there: set[str]) -> None:
        """First the forms, then what takes the focus from them, a dialog last: some accept a field that it leaves."""
        self._found, self._another = (), False
        found = tuple(each for each in found if each.panel < len(self._panels))
        forms = [each for each in found if each.key in there]
        dialogs = [each for each in found if each.key.startswith(DIALOG)]
        others = [each for each in found if each not in forms and each not in dialogs]
        for each in forms:
            self._panels[each.panel].unfinished[each.key] = each.text

        def back() -> None:
            if forms:
                self._show(forms[-1])
            for some in (others, dialogs):
                left = [each for each in some if not self._type_again(each)]
                if left:
                    self._hand_over(left)
            self._soon()

        article, workspace = next((each.article_id for each in found if each.key), ""), self._store.workspace
        if article and (workspace.article is None or workspace.article.id != article):
            self._store.open_article(article, back, back)
        else:
            back()

    def _type_again(self, each: Unfinished) -> bool:
        """Whether a cell or a dialog holds it again."""
        if each.key.startswith(CELL) and each.panel >= 0:
            return self._panels[each.panel].type_again(each.key, each.text)
        return each.key.startswith(DIALOG) and self._fields.type_again(each.key, each.text)

    def _hand_over(self, texts: Sequence[Unfinished]) -> None:
        words = "\n\n".join(f"{each.label}:\n{each.text}" if each.label else each.text for each in texts)
        sentence = "This was typed where it cannot be put back by itself: copy it to where it belongs."
        dialog = HandingOver(sentence, words, self._window)
        self._found += (left := tuple(texts))  # until it is closed: the program may die again

        def closed() -> None:
            self._found = tuple(each for each in self._found if each not in left)
            self.keep()

        dialog.finished.connect(closed)
        dialog.show()

    def _show(self, each: Unfinished) -> None:
        kind, id_ = record_of(each.key)
        self._selection.clear()  # a drawer that shows the record already is to look for its text anew
        self._selection.select(kind, id_)
        panel = self._panels[each.panel]
        panel.focus_editor()
        field = panel.drawer.field_typed(each.key)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)  # the caret after the last word: one types on
        self._soon()


def record_of(key: str) -> tuple[str, str]:
    """Kind and id of the record to which the form of that key belongs."""
    kind, id_ = f"{key}//".split("/")[:2]
    return _OWNERS.get(kind, kind), id_
