"""The attribution chain in a claim's drawer: its hops in order, built by typing or by clicking in the article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Claim, Hop
from annotator.services import chains
from ui.fonts import ui_font
from ui.panels.field_editors import Sources
from ui.panels.hop_editor import HopEditor
from ui.panels.record_drawer import Home
from ui.widgets import bits
from ui.widgets.edge_scroll import EdgeScroll


class ChainEditor(QWidget):
    """Shows the chain of one claim. ``pick_requested(index, part)``: words in the article are to become a hop's."""

    pick_requested = Signal(int, str)
    resized = Signal()
    hops_changed = Signal()
    """There are more editors than ever before: Tab has to go through them."""

    def __init__(self, home: Home, sources: Sources) -> None:
        super().__init__()
        self.home = home
        self.sources = sources
        self.claim_id = ""
        self._editable = True
        self.hops: list[HopEditor] = []
        self.empty = bits.caption("No chain yet")
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setFont(ui_font(12))
        self.message.setWordWrap(True)
        self.message.setProperty("tone", "error")
        self.message.hide()
        self.add: QPushButton = bits.button("Add Source", lambda: self._add(Hop()))
        self.add.setToolTip("A further source, nearer to who speaks")
        self.implicit: QPushButton = bits.button("Implicit Source", lambda: self._add(Hop(referring="implicit")))
        self.implicit.setToolTip("Record that no words in the text name who speaks")
        self.mark = QFrame(self)
        self.mark.setObjectName("drop")
        self.mark.setFixedHeight(2)
        self.mark.hide()
        self.edge_scroll = EdgeScroll(self)
        self.edge_scroll.scrolled.connect(self._show_mark)
        self._dragged: tuple[HopEditor, QPointF] | None = None
        """The hop that is dragged, and where the pointer is, on the screen."""
        self._box = QVBoxLayout()
        self._box.setSpacing(16)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add)
        buttons.addWidget(self.implicit)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(self._box)
        column.addWidget(self.message)
        column.addLayout(buttons)

    # -- the record ---------------------------------------------------------------------------------------------

    def show_claim(self, claim: Claim | None, *, editable: bool) -> None:
        """Show the chain as it is now."""
        shown = claim.id if claim is not None else ""
        if shown != self.claim_id:
            for hop in self.hops:
                hop.form.bind(None)  # what is typed there is still for the claim before
            self.tell(None)
        self.claim_id = shown
        chain = claim.chain if claim is not None else ()
        while len(self.hops) < len(chain):
            self._make()
        self._editable = editable
        self.empty.setVisible(not chain)
        for button in (self.add, self.implicit):
            button.setEnabled(editable)
        self.implicit.setVisible(not any(hop.referring == "implicit" for hop in chain[-1:]))
        hidden = self.home.store.workspace.scheme.hidden
        for index, hop in enumerate(self.hops):
            hop.setVisible(index < len(chain))
            if index < len(chain):
                hop.form.follow_scheme(hidden)
                hop.show_hop(chain[index], len(chain), editable=editable)
            else:
                hop.form.bind(None)

    def _make(self) -> None:
        hop = HopEditor(self, len(self.hops))
        hop.form.resized.connect(self.resized)
        hop.form.set_theme(self.home.theme)
        hop.pick_requested.connect(lambda part, hop=hop: self.pick_requested.emit(hop.index, part))
        hop.move_requested.connect(lambda step, hop=hop: self.move_hop(hop.index, hop.index + step))
        hop.grip.dragged.connect(lambda at, hop=hop: self._drag(hop, at))
        hop.grip.dropped.connect(lambda at, hop=hop: self._drop(hop, at))
        for row in (hop.mention, hop.cue):
            row.grown.connect(self.hops_changed)
        self._box.addWidget(hop)
        self.hops.append(hop)
        self.hops_changed.emit()

    def stops(self) -> list[QWidget]:
        """What the keyboard can go to, from top to bottom."""
        return [*(stop for hop in self.hops for stop in hop.stops()), self.add, self.implicit]

    def show_picking(self, index: int | None, part: str | None) -> None:
        """Hold down the button of the words that are picked in the article now; None: none are."""
        for hop in self.hops:
            hop.show_picking(part if hop.index == index else None)

    def name_of(self, speaker_id: str | None) -> str:
        """A speaker's name, "" for nobody."""
        return self.home.store.workspace.name_of(speaker_id) or ""

    # -- acting -------------------------------------------------------------------------------------------------

    def change(self, make: Callable[[], Edit]) -> None:
        """Commit an edit of the chain; a refusal is told below it."""
        self.tell(self.home.committer.commit(make))

    def tell(self, sentence: str | None) -> None:
        """Show one sentence below the chain; None takes it away."""
        self.message.setText(sentence or "")
        self.message.setVisible(bool(sentence))
        self.resized.emit()

    def _add(self, hop: Hop) -> None:
        ws = self.home.store.workspace
        self.change(lambda: chains.add(ws, self.claim_id, hop))
        shown = self._shown()
        if shown and hop.referring is None:
            shown[-1].form.editors["speaker"].setFocus(Qt.FocusReason.TabFocusReason)

    def move_hop(self, index: int, to: int) -> None:
        """Move a hop to another place; the keyboard stays in the same field of it."""
        shown, ws = self._shown(), self.home.store.workspace
        if not self._editable or index == to or not 0 <= to < len(shown):
            return
        field = QApplication.focusWidget()
        place = next((n for n, part in enumerate(_fields(shown[index])) if part is field), None)
        if not all(hop.form.flush() for hop in shown):
            return
        self.change(lambda: chains.move(ws, self.claim_id, index, to))
        if place is not None:
            _fields(self.hops[to])[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> list[HopEditor]:
        return [hop for hop in self.hops if not hop.isHidden()]

    # -- dragging -----------------------------------------------------------------------------------------------

    def _gap(self, at: QPointF) -> int:
        """Before which hop the pointer is, counted from 0."""
        y = self.mapFromGlobal(at).y()
        return sum(hop.geometry().center().y() < y for hop in self._shown())

    def _drag(self, hop: HopEditor, at: QPointF) -> None:
        self._dragged = hop, at
        self.edge_scroll.follow(at)
        self._show_mark()

    def _show_mark(self) -> None:
        """A line where the dragged hop would come to stand."""
        if self._dragged is None:
            return
        hop, at = self._dragged
        shown, gap = self._shown(), self._gap(at)
        self.mark.setVisible(gap not in (hop.index, hop.index + 1))
        y = shown[gap].geometry().top() - 8 if gap < len(shown) else shown[-1].geometry().bottom() + 6
        self.mark.setGeometry(0, max(0, y), self.width(), 2)
        self.mark.raise_()

    def _drop(self, hop: HopEditor, at: QPointF) -> None:
        self._dragged = None
        self.edge_scroll.stop()
        gap = self._gap(at)
        if not self.mark.isHidden():
            self.mark.hide()
            self.move_hop(hop.index, gap - 1 if gap > hop.index else gap)


def _fields(hop: HopEditor) -> list[QWidget]:
    """What of a hop can have the keyboard, in order, the same for every hop."""
    fixed = (hop.up, hop.down, hop.head.remove, hop.mention.pick, hop.cue.pick)
    return [*fixed, *hop.form.editors.values()]
