"""One hop of the attribution chain in a claim's drawer: who it is, its words, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Hop
from annotator.services import chains
from annotator.services.chains import CUE, MENTION
from annotator.text.disguise import badged
from ui import icons
from ui.fonts import ui_font
from ui.panels.field_editors import Sources
from ui.panels.fields import HOP
from ui.panels.form import LABEL_WIDTH, Binding, Form
from ui.panels.record_drawer import Home
from ui.widgets import bits, paint

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ChainHome(Protocol):
    """What a hop needs of its chain."""

    home: Home
    sources: Sources
    claim_id: str

    def change(self, make: Callable[[], Edit]) -> None:
        """Commit an edit of the chain; a refusal is told below it."""

    def name_of(self, speaker_id: str | None) -> str:
        """A speaker's name, "" for nobody."""


class Grip(QWidget):
    """Six dots that a hop is dragged by."""

    dragged = Signal(QPointF)
    """Where the pointer is, on the screen."""
    dropped = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__()
        self.colour = "#808080"
        self.setFixedSize(12, 24)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to another place in the chain, or press Alt+Up or Alt+Down in a field")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        for x in (2.0, 7.0):
            for y in (6.0, 11.0, 16.0):
                painter.drawEllipse(QRectF(x, y, 2.4, 2.4))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isEnabled() and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isEnabled() and event.button() == Qt.MouseButton.LeftButton:
            self.dropped.emit(event.globalPosition())


class WordsRow(QWidget):
    """A button that has the article asked for words, and the words there are, each removable."""

    grown = Signal()
    """There are more lines than ever before: Tab has to go through them."""

    def __init__(self, title: str, pick: Callable[[], None], drop: Callable[[int], None]) -> None:
        super().__init__()
        self._title = title
        self._drop = drop
        self.lines: list[bits.RemovableLine] = []
        self.pick: QPushButton = bits.button(title, pick)
        self.pick.setCheckable(True)
        self.pick.setFixedSize(LABEL_WIDTH + 2, 28)
        self.pick.setFont(ui_font(12))
        self.pick.setProperty("narrow", "true")
        self.empty = bits.ElidedLabel("secondary")
        self.empty.setFixedHeight(28)
        self._box = QVBoxLayout()
        self._box.setSpacing(2)
        self._box.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._box, 1)

    def show_words(self, words: list[str], empty: str, home: Home, *, editable: bool) -> None:
        while len(self.lines) < len(words):
            number = len(self.lines)
            line = bits.RemovableLine(partial(self._drop, number), f"Remove this {self._title.lower()}")
            self._box.addWidget(line)
            self.lines.append(line)
            self.grown.emit()
        self.empty.show_text(empty)
        self.empty.setVisible(not words)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(words))
            line.remove.setEnabled(editable)
            if number < len(words):
                line.show_line("", f"“{paint.one_line(words[number])}”", home.theme)
        self.pick.setEnabled(editable)

    @property
    def shown(self) -> list[bits.RemovableLine]:
        """The lines that are shown."""
        return [line for line in self.lines if not line.isHidden()]


class HopEditor(QWidget):
    """``pick_requested(part)``: the next words chosen in the article are this hop's mention or cue."""

    pick_requested = Signal(str)
    move_requested = Signal(int)
    """To the place before (-1) or after (1)."""

    def __init__(self, chain: ChainHome, index: int) -> None:
        super().__init__()
        self._chain = chain
        self.index = index
        self._hop = Hop()
        self.grip = Grip()
        self.head = bits.RemovableLine(self._remove, "Remove this source")
        self.up = self._arrow(-1, "Move this source up (Alt+Up)")
        self.down = self._arrow(1, "Move this source down (Alt+Down)")
        self.mention = self._words("Mention", MENTION)
        self.cue = self._words("Cue", CUE)
        self.form = Form(HOP, chain.home.committer, chain.sources, chain.home.unfinished)
        self._lay_out()
        for part in self.findChildren(QWidget):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.installEventFilter(self)

    def _arrow(self, step: int, name: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFixedSize(24, 24)
        button.clicked.connect(lambda _=False: self.move_requested.emit(step))
        return button

    def _words(self, title: str, part: str) -> WordsRow:
        row = WordsRow(title, lambda: self.pick_requested.emit(part), lambda number: self._drop(part, number))
        row.pick.setToolTip(
            f"Click a mention, or select words, in the article: they become this source’s {title.lower()}"
        )
        return row

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        for part in (self.grip, self.head, self.up, self.down, self.head.remove):
            head.addWidget(part, 1 if part is self.head else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.form)
        self.form.put_after("speaker", (self.mention, self.cue))

    def stops(self) -> list[QWidget]:
        """What the keyboard can go to, from top to bottom."""
        speaker, *others = self.form.editors.values()
        words = (self.mention.pick, *self.mention.lines, self.cue.pick, *self.cue.lines)
        return [self.up, self.down, self.head.remove, speaker, *words, *others]

    # -- the record ---------------------------------------------------------------------------------------------

    def show_hop(self, hop: Hop, count: int, *, editable: bool) -> None:
        """Show the hop as it is now; there are ``count`` in the chain."""
        self._hop = hop
        chain, home = self._chain, self._chain.home
        name = badged(chain.name_of(hop.speaker_id)) or (
            "Implicit source" if hop.referring == "implicit" else "Not known"
        )
        self.head.show_line(f"Source {self.index + 1} of {count}", name, home.theme)
        for step, button in ((-1, self.up), (1, self.down)):
            button.setIcon(
                icons.icon("chevron-up" if step < 0 else "chevron-down", home.theme.text2, home.theme.border)
            )
            button.setEnabled(editable and 0 <= self.index + step < count)
        self.grip.colour = home.theme.text3
        self.grip.setEnabled(editable)
        missing = "No words name it" if hop.referring == "implicit" else "Not marked"
        self.mention.show_words(
            [" … ".join(span.exact for span in hop.mention_spans)] if hop.mention_spans else [],
            missing,
            home,
            editable=editable,
        )
        self.cue.show_words([span.exact for span in hop.cue_spans], "Not marked", home, editable=editable)
        number = self.index + 1
        self.mention.pick.setAccessibleName(f"Choose the mention of source {number} in the article")
        self.cue.pick.setAccessibleName(f"Choose the cue of source {number} in the article")
        self.form.bind(
            Binding(f"hop/{chain.claim_id}/{self.index}", self._read, self._write, lambda: not self.isHidden())
        )
        self.form.set_editable(editable)
        self.head.remove.setEnabled(editable)

    def show_picking(self, part: str | None) -> None:
        """Hold down the button of what is picked in the article now."""
        self.mention.pick.setChecked(part == MENTION)
        self.cue.pick.setChecked(part == CUE)

    def _read(self, name: str) -> Any:
        if name == "speaker":
            return self._chain.name_of(self._hop.speaker_id)
        if name == "addressee":
            return self._chain.name_of(self._hop.addressee_id)
        return getattr(self._hop, name)

    def _write(self, name: str, value: Any) -> Edit:
        ws, claim_id = self._chain.home.store.workspace, self._chain.claim_id
        if name == "speaker":
            return chains.set_speaker(ws, claim_id, self.index, value)
        if name == "addressee":
            return chains.set_addressee(ws, claim_id, self.index, value)
        return chains.change(ws, claim_id, self.index, **{name: value})

    def _remove(self) -> None:
        ws = self._chain.home.store.workspace
        self._chain.change(lambda: chains.remove(ws, self._chain.claim_id, self.index))

    def _drop(self, part: str, number: int) -> None:
        ws = self._chain.home.store.workspace
        which = number if part == CUE else None
        self._chain.change(lambda: chains.drop_words(ws, self._chain.claim_id, self.index, part, which))

    # -- keys ---------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with Up or Down moves the hop, from whichever of its fields."""
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                if event.type() == QEvent.Type.KeyPress:
                    self.move_requested.emit(step)
                event.accept()
                return True
        return super().eventFilter(watched, event)
