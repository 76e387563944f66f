"""What is announced, and in which words. What has the focus, screen readers say by themselves: that is left out."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from annotator.edits import Change, Edit
from annotator.model import Annotation
from annotator.text.wording import counted
from ui.announcer import Announcer
from ui.article.banner import Banner
from ui.article.pane import ArticlePane
from ui.article.prompt import Prompt
from ui.handlers.picking import Picking
from ui.selection import Selection
from ui.store import Store
from ui.text.marks import Placed
from ui.widgets.paint import one_line

_REST_MS = 150
"""The caret has to rest this long before the labels it came into are said: nothing while a key is held down."""
_WORDS = 80
_FEW = 200
"""Of more changes at once the title of the edit is told."""
_MODES = {"source": "Source text", "corrected": "Corrected text", "both": "Source and corrected text, side by side"}


class Telling(QObject):
    """Follows store, selection and article, and tells the announcer."""

    def __init__(self, announcer: Announcer, store: Store, selection: Selection, pane: ArticlePane) -> None:
        super().__init__(announcer)
        self._announcer = announcer
        self._store = store
        self._selection = selection
        self._pane = pane
        self._inside: dict[str, str] = {}
        self._touched: frozenset[str] = frozenset()
        self._open = False
        self._failed = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._tell_labels)
        store.changed.connect(self._changed)
        store.replayed.connect(lambda action, title: self._tell("change", f"{action.capitalize()}ne: {title}"))
        store.refused.connect(lambda sentence: self._tell("refusal", sentence, urgent=True))
        store.failed.connect(self._not_saved)
        store.cut_off.connect(self._not_saved)
        store.saved.connect(self._saved)
        store.article_opened.connect(self._opened)
        selection.changed.connect(self._selected)
        pane.mode_changed.connect(self._mode_changed)
        pane.find_bar.counted.connect(lambda count: self._tell("find", count))
        pane.caret_moved.connect(lambda _: self._rest.start())

    def follow(self, banner: Banner, prompt: Prompt, picking: Picking) -> None:
        """Tell what the banner, the prompt and the pick mode say, too."""
        picking.told.connect(lambda sentence: self._tell("banner", sentence, urgent=True))
        banner.told.connect(lambda sentence: self._tell("banner", sentence, urgent=True))
        prompt.refused.connect(lambda sentence: self._tell("refusal", sentence, urgent=True))

    def tell_place(self) -> None:
        """Say what the caret stands in, for who asks."""
        said = [self._pane.view.spoken.label(placed) for placed in self._marks()]
        self._tell("place", _capital(", ".join(filter(None, said))) or "No label here")

    def _tell(self, topic: str, sentence: str, *, urgent: bool = False) -> None:
        self._announcer.tell(topic, sentence, urgent=urgent)

    # -- edits --------------------------------------------------------------------------------------------------

    def _changed(self, edit: Edit) -> None:
        few = edit.changes if len(edit.changes) <= _FEW else ()
        made = [c for c in few if c.before is None and isinstance(c.after, Annotation)]
        moved = [c for c in few if c.moved and None not in (c.before, c.after)]
        if len(made) == 1:
            self._tell("change", f"{_capital(self._name(made[0]))}, made")
        elif len(moved) == 1 and not made:
            self._tell("change", f"{_capital(self._name(moved[0]))}: {_words(moved[0])}")
        else:
            self._tell("change", edit.title)
        self._touched = edit.ids
        self._inside = self._labels()

    def _name(self, change: Change) -> str:
        return self._pane.label(change.id) or change.kind

    def _not_saved(self, _sentence: str) -> None:
        self._failed = True  # the banner says why

    def _saved(self) -> None:
        if self._failed:
            self._failed = False
            self._tell("saved", "Saved")

    # -- where one is -------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        ws = self._store.workspace
        self._inside = self._labels()
        self._rest.stop()
        self._tell("selection", "")
        was_open, self._open = self._open, ws.article is not None
        if ws.article is None:
            self._tell("article", "No article is open" if was_open else "")
            return
        counts = (("claim", ws.claims), ("mention", ws.mentions), ("correction", ws.corrections))
        parts = [counted(len(table), noun) for noun, table in counts]
        self._tell("article", f"{one_line(ws.article.title)}: {', '.join(parts)}")

    def _mode_changed(self) -> None:
        self._inside = self._labels()
        self._rest.stop()
        self._tell("mode", _MODES[self._pane.mode])

    def _selected(self) -> None:
        """A row one has gone to is read by the screen reader, and a record just made is told as made."""
        if isinstance(QApplication.focusWidget(), QAbstractItemView):
            return
        id_ = self._selection.id
        if id_ is None:
            if not self._announcer.is_waiting("change", "article"):
                self._tell("selection", "Nothing selected")
        elif not (self._announcer.is_waiting("change") and id_ in self._touched):
            name = self._store.workspace.shown_name(id_) or self._pane.label(id_)
            self._tell("selection", f"{_capital(name)}, selected" if name else "")

    def _tell_labels(self) -> None:
        """The labels that the caret came into and left since it rested last."""
        before, now = self._inside, self._labels()
        self._inside = now
        if not self._pane.view.hasFocus():
            return
        entered = [label for id_, label in now.items() if id_ not in before and id_ != self._selection.id]
        left = [label for id_, label in before.items() if id_ not in now]
        parts = ["in " + " and ".join(entered)] if entered else []
        parts += ["out of " + " and ".join(left)] if left else []
        self._tell("label", _capital(", ".join(parts)))

    def _labels(self) -> dict[str, str]:
        """What the caret stands in: label by mark id; without hard line wraps, which are in every line."""
        spoken = self._pane.view.spoken
        return {p.mark.id: label for p in self._marks() if not p.mark.quiet and (label := spoken.label(p))}

    def _marks(self) -> list[Placed]:
        view = self._pane.view
        return view.spoken.marks_at(view.scene.map.position(view.caret()))


def _words(change: Change) -> str:
    """The words that an annotation has now."""
    spans = change.after.spans if isinstance(change.after, Annotation) else ()
    words = " … ".join(one_line(span.exact) for span in spans)
    return f"“{words}”" if len(words) <= _WORDS else f"“{words[: _WORDS // 2]} … {words[-_WORDS // 2 :]}”"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
