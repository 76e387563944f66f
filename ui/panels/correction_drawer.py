"""The form that opens below a correction; a factual one has a claim, a verdict and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Correction, Evidence
from annotator.services import annotate, corrections
from ui.dialogs.links import ask_to_open, is_web
from ui.dialogs.messages import Messages
from ui.models.corrections import struck
from ui.panels.field_editors import Sources
from ui.panels.fields import CORRECTION, EVIDENCE, FACTUAL, REMARKS
from ui.panels.form import Binding, Form
from ui.panels.record_drawer import Home, RecordDrawer
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.editors import enter

_DROPPED = {
    "factual": "It changes no text: its new text and its reason were taken away.",
    "regularisation": "The text stays as it is; its reason was taken away.",
    "transcription": "Now it changes the text.",
}
"""What is said when a correction has become one of that kind."""


class EvidenceEditor(QWidget):
    """One piece of evidence: address, date, kind, note, and buttons that open the address and remove it all.

    The address is text like any other; it is opened only after a question that shows it whole.
    """

    def __init__(self, drawer: CorrectionDrawer, home: Home, sources: Sources, index: int) -> None:
        super().__init__()
        self._drawer = drawer
        self._index = index
        self.head = bits.RemovableLine(lambda: drawer.change_evidence(index, None), "Remove this evidence")
        self.form = Form(EVIDENCE, home.committer, sources, home.unfinished)
        self.open_address = bits.button("Open address…", self._ask_to_open, link=True)
        self.head.add_before_remove(self.open_address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.form)

    def show_evidence(self, key: str, theme: Theme) -> None:
        self.head.show_line("", f"Evidence {self._index + 1}", theme)
        self.open_address.setVisible(bool(self._evidence().url))
        self.form.bind(
            Binding(
                key=f"evidence/{key}/{self._index}",
                read=lambda name: getattr(self._evidence(), name),
                write=lambda name, value: self._drawer.evidence_edit(
                    self._index, replace(self._evidence(), **{name: value})
                ),
                alive=lambda: not self.isHidden(),
            )
        )

    def _ask_to_open(self) -> None:
        address = self._evidence().url or ""
        link, messages = QUrl(address), Messages(self.window())
        if is_web(link):
            ask_to_open(link, messages)
        else:
            messages.warn(f"This is no web address; one begins with https://.\n{address}")

    def _evidence(self) -> Evidence:
        record = self._drawer.correction
        return record.evidence[self._index] if record and self._index < len(record.evidence) else Evidence()


class CorrectionDrawer(RecordDrawer):
    """Every field of a correction; which ones are shown depends on its kind."""

    def __init__(self, home: Home, sources: Sources) -> None:
        super().__init__(home)
        self._sources = sources
        self.words = bits.ElidedLabel("secondary")
        self.meaning = bits.ElidedLabel("secondary")
        self.main = Form(CORRECTION, home.committer, sources, home.unfinished)
        self.factual = Form(FACTUAL, home.committer, sources, home.unfinished)
        self.remarks = Form(REMARKS, home.committer, sources, home.unfinished)
        self.evidence: list[EvidenceEditor] = []
        self._evidence_box = QVBoxLayout()
        self._evidence_box.setSpacing(8)
        self.add_evidence = bits.button("Add evidence", self._add_evidence)
        self.delete = bits.button("Delete", self._delete_annotation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.meaning)
        column.addWidget(self.main)
        column.addWidget(self.factual)
        column.addLayout(self._evidence_box)
        column.addWidget(self.remarks)
        column.addLayout(self._buttons_row())
        column.addStretch(1)
        for form in (self.main, self.factual, self.remarks):
            form.resized.connect(self.resized)
            form.built.connect(self._order_tabs)
        self.main.committed.connect(self._say_dropped)
        self._order_tabs()

    @property
    def correction(self) -> Correction | None:
        """The correction that is shown."""
        return self._home.store.workspace.corrections.get(self._key) if self._key else None

    def bind(self, key: str) -> None:
        binding = Binding(f"correction/{key}", self._read, self._write, lambda: self.correction is not None)
        self.main.bind(binding)
        self.factual.bind(binding)
        self.remarks.bind(binding)

    def refresh(self) -> None:
        record = self.correction
        if record is None:
            return
        factual = record.kind == "factual"
        self.words.show_text(f"In {len(record.spans)} places of the text: {struck(record)}")
        self.words.setVisible(len(record.spans) > 1)
        self.main.show_row("replacement", shown=not factual)
        self.main.show_row("cause", shown=record.kind == "transcription")
        term = self._home.store.workspace.vocabulary.get("correction.kind", record.kind)
        self.meaning.show_text(term.meaning if term else "")
        self.factual.setVisible(factual)
        self.add_evidence.setVisible(factual)
        self.main.refresh()
        self.factual.refresh()
        self.remarks.refresh()
        self._show_evidence(record.evidence if factual else ())
        self.resized.emit()

    def _show_evidence(self, evidence: tuple[Evidence, ...]) -> None:
        while len(self.evidence) < len(evidence):
            editor = EvidenceEditor(self, self._home, self._sources, len(self.evidence))
            editor.form.resized.connect(self.resized)
            self._evidence_box.addWidget(editor)
            self.evidence.append(editor)
            self._order_tabs()
        for index, editor in enumerate(self.evidence):
            editor.setVisible(index < len(evidence))
            if index < len(evidence):
                editor.show_evidence(self._key or "", self._home.theme)
                editor.form.set_editable(self._editable)
                editor.head.remove.setEnabled(self._editable)

    def _read(self, name: str) -> Any:
        return getattr(self.correction, name)

    def _write(self, name: str, value: Any) -> Edit:
        if name == "kind":
            return corrections.change_kind(self._home.store.workspace, self._key or "", value)
        return annotate.change(self._home.store.workspace, self._key or "", **{name: value})

    def _say_dropped(self, name: str) -> None:
        if name == "kind" and (record := self.correction) is not None:
            self.main.say("kind", _DROPPED[record.kind])

    # -- evidence -----------------------------------------------------------------------------------------------

    def evidence_edit(self, index: int, evidence: Evidence | None) -> Edit:
        """The edit that puts ``evidence`` in that place (None takes it away)."""
        record = self.correction
        rows = list(record.evidence) if record is not None else []
        rows[index : index + 1] = [] if evidence is None else [evidence]
        return self._write("evidence", tuple(rows))

    def change_evidence(self, index: int, evidence: Evidence | None) -> None:
        """Commit :meth:`evidence_edit`."""
        self._home.committer.commit(lambda: self.evidence_edit(index, evidence))

    def _add_evidence(self) -> None:
        record = self.correction
        if record is not None and self.flush():
            self.change_evidence(len(record.evidence), Evidence())
            self.evidence[len(record.evidence)].form.editors["url"].setFocus()

    def ask_evidence(self) -> None:
        """Go to the first thing that is not said of what shows the verdict; with no evidence at all, add some."""
        record = self.correction
        open_ = (
            self.evidence[index].form.editors[name]
            for index, evidence in enumerate(record.evidence if record is not None else ())
            for name in ("url", "date")
            if not getattr(evidence, name)
        )
        if (field := next(open_, None)) is not None:
            enter(field)
        else:
            self._add_evidence()

    def ask_claim(self) -> None:
        """Go to the field that says which claim a factual correction is about."""
        enter(self.factual.editors["claim_id"])

    def _order_tabs(self) -> None:
        forms = [self.main, self.factual, *self.evidence, self.remarks]
        bits.tab_order([*forms, *self.changers(), self.done_button])

    # -- the interface of RecordDrawer --------------------------------------------------------------------------

    def forms(self) -> list[Form]:
        return [self.main, self.factual, *(editor.form for editor in self.evidence), self.remarks]

    def changers(self) -> tuple[QPushButton, ...]:
        return self.delete, self.add_evidence

    def first_field(self) -> QWidget:
        return self.factual.editors["verdict"] if self.factual.isVisible() else self.main.editors["replacement"]
