"""The form that opens in a claim's card: every field of the claim, its parts and its attribution chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Claim, Hop
from annotator.services import annotate, speakers
from ui import icons
from ui.panels.fields import CLAIM_MAIN, CLAIM_MORE, HOP
from ui.panels.form import Binding, Form, Sources
from ui.panels.record_drawer import Home, RecordDrawer
from ui.theme import Theme
from ui.widgets import bits, paint


class HopEditor(QWidget):
    """One hop of the chain: its cue and mention, each removable, how the source is named, and the medium."""

    def __init__(self, home: Home, sources: Sources, index: int, change: Callable[[int, Hop | None], Edit]) -> None:
        super().__init__()
        self._home = home
        self._index = index
        self._change = change
        self._hop = Hop()
        self.head = bits.RemovableLine(lambda: self._set(None), "Remove this source")
        self.cue = bits.RemovableLine(lambda: self._set(replace(self._hop, cue_spans=())), "Remove the cue")
        self.mention = bits.RemovableLine(lambda: self._set(replace(self._hop, mention_spans=())), "Remove the mention")
        self.form = Form(HOP, home.committer, sources, home.drafts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.head, self.cue, self.mention, self.form):
            column.addWidget(part)

    def show_hop(self, claim_id: str, hop: Hop, name: str, count: int) -> None:
        self._hop = hop
        theme = self._home.theme
        self.head.show_line(f"Source {self._index + 1} of {count}", name, theme)
        self.cue.show_line("Cue", _quoted(hop.cue_spans) or "not marked", theme)
        self.mention.show_line("Named as", _quoted(hop.mention_spans) or "not marked", theme)
        self.cue.remove.setVisible(bool(hop.cue_spans))
        self.mention.remove.setVisible(bool(hop.mention_spans))
        self.form.bind(
            Binding(
                key=f"hop/{claim_id}/{self._index}",
                read=lambda field: getattr(self._hop, field),
                write=lambda field, value: self._change(self._index, replace(self._hop, **{field: value})),
                alive=lambda: not self.isHidden(),
            )
        )

    def set_editable(self, editable: bool) -> None:
        self.form.set_editable(editable)
        for line in (self.head, self.cue, self.mention):
            line.remove.setEnabled(editable)

    def _set(self, hop: Hop | None) -> None:
        self._home.committer.commit(lambda: self._change(self._index, hop))


class ClaimDrawer(RecordDrawer):
    """Speaker, chain, form and note at once; everything else under “More fields”."""

    add_part_requested = Signal(str)

    def __init__(self, home: Home, sources: Sources) -> None:
        super().__init__(home)
        self._sources = sources
        self.main = Form(CLAIM_MAIN, home.committer, sources, home.drafts)
        self.extra = Form(CLAIM_MORE, home.committer, sources, home.drafts)
        self.hops: list[HopEditor] = []
        self.parts: list[bits.RemovableLine] = []
        self.more_button = bits.button("More fields", self.toggle_more, link=True)
        self.more = self._more_part()
        self.add_part = bits.button("Add part", self._add_part)
        self.add_part.setToolTip("Add the words selected in the article to this claim")
        self.delete = bits.button("Delete", self._delete_annotation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.main)
        toggle = QHBoxLayout()
        toggle.addWidget(self.more_button)
        toggle.addStretch(1)
        column.addLayout(toggle)
        column.addWidget(self.more)
        column.addLayout(self._buttons_row())
        column.addStretch(1)
        for form in (self.main, self.extra):
            form.resized.connect(self.resized)
        self.main.committed.connect(self._say_added)
        self._order_tabs()

    def _more_part(self) -> QWidget:
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.extra)
        self._parts_title = bits.caption("Parts")
        self._parts_box, self._hops_box = QVBoxLayout(), QVBoxLayout()
        self._parts_box.setSpacing(2)
        self._hops_box.setSpacing(12)
        self._hops_title = bits.caption("Attribution chain, outermost first")
        column.addWidget(self._parts_title)
        column.addLayout(self._parts_box)
        column.addWidget(self._hops_title)
        column.addLayout(self._hops_box)
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
        self.extra.bind(binding)

    def refresh(self) -> None:
        if self.claim is None:
            return
        self.main.refresh()
        if not self.more.isHidden():
            self.extra.refresh()
            self._show_parts()
            self._show_hops()

    def toggle_more(self) -> None:
        """Show or hide the fields that are needed less often; the choice stays for the next claims."""
        self.more.setVisible(self.more.isHidden())
        self.more_button.setText("Fewer fields" if not self.more.isHidden() else "More fields")
        self._draw_arrow()
        self.refresh()
        self.resized.emit()

    def _draw_arrow(self) -> None:
        arrow = "chevron-right" if self.more.isHidden() else "chevron-down"
        self.more_button.setIcon(icons.icon(arrow, self._home.theme.text2))

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

    def _show_hops(self) -> None:
        claim = self.claim
        chain = claim.chain if claim is not None else ()
        while len(self.hops) < len(chain):
            editor = HopEditor(self._home, self._sources, len(self.hops), self._change_hop)
            editor.form.resized.connect(self.resized)
            self._hops_box.addWidget(editor)
            self.hops.append(editor)
            self._order_tabs()
        self._hops_title.setVisible(bool(chain))
        ws = self._home.store.workspace
        for index, editor in enumerate(self.hops):
            editor.setVisible(index < len(chain))
            if claim is not None and index < len(chain):
                speaker = ws.speakers.get(chain[index].speaker_id or "")
                editor.show_hop(claim.id, chain[index], speaker.name if speaker else "Speaker not known", len(chain))
                editor.set_editable(self._editable)

    def _change_hop(self, index: int, hop: Hop | None) -> Edit:
        claim = self.claim
        chain = list(claim.chain) if claim is not None else []
        chain[index : index + 1] = [] if hop is None else [hop]
        return annotate.change(self._home.store.workspace, self._key or "", chain=tuple(chain))

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
        middle = (self.more_button, self.extra, *self.parts, *self.hops)
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


def _quoted(spans: tuple[Any, ...]) -> str:
    return " … ".join(f"“{paint.one_line(span.exact)}”" for span in spans)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
