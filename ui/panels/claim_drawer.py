"""The form that opens in a claim's card: every field of the claim, its parts and its attribution chain."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Claim
from annotator.services import annotate, speakers
from ui import icons
from ui.panels.chain_editor import ChainEditor
from ui.panels.field_editors import Sources
from ui.panels.fields import CLAIM_MAIN, CLAIM_MORE
from ui.panels.form import Binding, Form
from ui.panels.hop_editor import HopEditor
from ui.panels.record_drawer import Home, RecordDrawer
from ui.theme import Theme
from ui.widgets import bits, paint


class ClaimDrawer(RecordDrawer):
    """Speaker, chain, form and note at once; everything else under “More fields”."""

    add_part_requested = Signal(str)
    pick_requested = Signal(str, int, str)
    """The claim, the hop's index, and which of its words are to be picked in the article."""
    unfolded = Signal(str, bool)
    """``more_fields`` or ``hops``, and whether they are shown from now on."""

    def __init__(self, home: Home, sources: Sources) -> None:
        super().__init__(home)
        self.main = Form(CLAIM_MAIN, home.committer, sources, home.unfinished)
        self.extra = Form(CLAIM_MORE, home.committer, sources, home.unfinished)
        self.chain = ChainEditor(home, sources)
        self.chain.hide()
        self.parts: list[bits.RemovableLine] = []
        self.more_button = bits.button("More fields", self.toggle_more, link=True)
        self.chain_button = bits.button("Sources one by one", self.toggle_chain, link=True)
        self.more = self._more_part()
        self.add_part = bits.button("Add part", self._add_part)
        self.add_part.setToolTip("Add the words selected in the article to this claim")
        self.delete = bits.button("Delete", self._delete_annotation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.main)
        toggle = QHBoxLayout()
        toggle.setSpacing(16)
        toggle.addWidget(self.chain_button)
        toggle.addWidget(self.more_button)
        toggle.addStretch(1)
        column.addLayout(toggle)
        column.addWidget(self.chain)
        column.addWidget(self.more)
        column.addLayout(self._buttons_row())
        column.addStretch(1)
        for form in (self.main, self.extra):
            form.resized.connect(self.resized)
            form.built.connect(self._order_tabs)
        self.main.committed.connect(self._say_added)
        self.chain.resized.connect(self.resized)
        self.chain.hops_changed.connect(self._order_tabs)
        self.chain.pick_requested.connect(self._pick)
        self._order_tabs()

    def _more_part(self) -> QWidget:
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.extra)
        self._parts_title = bits.caption("Parts")
        self._parts_box = QVBoxLayout()
        self._parts_box.setSpacing(2)
        column.addWidget(self._parts_title)
        column.addLayout(self._parts_box)
        more.hide()
        return more

    # -- the record ---------------------------------------------------------------------------------------------

    @property
    def claim(self) -> Claim | None:
        """The claim that is shown."""
        return self._home.store.workspace.claims.get(self._key) if self._key else None

    def bind(self, key: str) -> None:
        binding = Binding(f"claim/{key}", self._read, self._write, lambda: self.claim is not None)
        self.main.bind(binding)
        if not self.more.isHidden():
            self.extra.bind(binding)

    def refresh(self) -> None:
        if self.claim is None:
            return
        self.main.refresh()
        if not self.more.isHidden():
            self.extra.refresh()
            self._show_parts()
        if not self.chain.isHidden():
            self.chain.show_claim(self.claim, editable=self._editable)

    def toggle_more(self) -> None:
        """Show or hide the fields that are needed less often; the choice stays for the next claims."""
        self.more.setVisible(self.more.isHidden())
        if self._key is not None:
            self.bind(self._key)
        self.more_button.setText("Fewer fields" if not self.more.isHidden() else "More fields")
        self._draw_arrow()
        self.refresh()
        self.resized.emit()
        self.unfolded.emit("more_fields", not self.more.isHidden())

    def toggle_chain(self) -> None:
        """Show or hide the hops of the chain; the choice stays for the next claims."""
        self.chain.setVisible(self.chain.isHidden())
        if self.chain.isHidden():
            self.chain.show_claim(None, editable=self._editable)
        self._draw_arrow()
        self.refresh()
        self.resized.emit()
        self.unfolded.emit("hops", not self.chain.isHidden())

    @property
    def hops(self) -> list[HopEditor]:
        """The editors of the chain's hops, outermost first."""
        return self.chain.hops

    def _pick(self, index: int, part: str) -> None:
        if self._key is not None and self.flush():
            self.pick_requested.emit(self._key, index, part)

    def _draw_arrow(self) -> None:
        for button, part in ((self.more_button, self.more), (self.chain_button, self.chain)):
            arrow = "chevron-right" if part.isHidden() else "chevron-down"
            button.setIcon(icons.icon(arrow, self._home.theme.text2))

    def _read(self, name: str) -> Any:
        claim, ws = self.claim, self._home.store.workspace
        if claim is None:
            return None
        if name == "chain_line":
            return speakers.chain_line(ws, claim)
        if name == "source":
            return (ws.name_of(claim.chain[-1].speaker_id) or "") if claim.chain else ""
        return getattr(claim, name)

    def _write(self, name: str, value: Any) -> Edit:
        ws, key = self._home.store.workspace, self._key or ""
        if name == "chain_line":
            return speakers.set_chain_line(ws, key, value)
        if name == "source":
            return speakers.set_source(ws, key, value)
        return annotate.change(ws, key, **{name: value})

    def _say_added(self, name: str) -> None:
        added = self._home.added
        if name in ("source", "chain_line") and added:
            self.main.say(name, f"Added {_and([f'“{a}”' for a in added])} to the speakers.")

    # -- parts and hops -----------------------------------------------------------------------------------------

    def _show_parts(self) -> None:
        claim = self.claim
        spans = claim.spans if claim is not None and len(claim.spans) > 1 else ()
        while len(self.parts) < len(spans):
            index = len(self.parts)
            line = bits.RemovableLine(partial(self._remove_part, index), "Remove this part")
            self._parts_box.addWidget(line)
            self.parts.append(line)
            self._order_tabs()
        self._parts_title.setVisible(bool(spans))
        for index, line in enumerate(self.parts):
            line.setVisible(index < len(spans))
            line.remove.setEnabled(self._editable)
            if index < len(spans):
                line.show_line(f"Part {index + 1}", f"“{paint.one_line(spans[index].exact)}”", self._home.theme)

    def _remove_part(self, index: int) -> None:
        claim = self.claim
        if claim is not None and index < len(claim.spans):
            span, ws = claim.spans[index], self._home.store.workspace
            self._home.committer.commit(lambda: annotate.remove_range(ws, claim.id, span.start, span.end))

    # -- actions ------------------------------------------------------------------------------------------------

    def _add_part(self) -> None:
        if self.flush() and self._key is not None:
            self.add_part_requested.emit(self._key)

    def _order_tabs(self) -> None:
        middle = (self.chain_button, self.more_button, *self.chain.stops(), self.extra, *self.parts)
        bits.tab_order([self.main, *middle, *self.changers(), self.done_button])

    # -- the interface of RecordDrawer --------------------------------------------------------------------------

    def forms(self) -> list[Form]:
        return [self.main, self.extra, *(hop.form for hop in self.hops)]

    def changers(self) -> tuple[QPushButton, ...]:
        return self.add_part, self.delete

    def set_theme(self, theme: Theme) -> None:
        self._draw_arrow()
        super().set_theme(theme)

    def first_field(self) -> QWidget:
        return self.main.editors["source"]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
