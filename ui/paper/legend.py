"""The pages after the article: what its marks mean, who speaks, and every claim and correction in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath

from ui.paper import entries
from ui.paper.column import Column, Ink, Part
from ui.paper.entries import Entry, SpeakerEntry
from ui.paper.manuscript import Manuscript
from ui.paper.samples import samples
from ui.paper.story import Story
from ui.paper.type import paper_font
from ui.text.inks import Inks, pen

PageOf = Callable[[int], int]
"""The number of the page on which a source offset stands, from 1."""
_SAMPLE = 330.0
_CHIPS = 54.0
_PLACE = 54.0
_DEMI = QFont.Weight.DemiBold


class Legend:
    """Fills one column, step by step."""

    def __init__(self, manuscript: Manuscript, width: float, inks: Inks, page_of: PageOf) -> None:
        self.column = Column(width)
        self._manuscript = manuscript
        self._inks = inks
        self._page_of = page_of
        self._title = Ink(paper_font(21, _DEMI), inks.text, 32)
        self._heading = Ink(paper_font(16, _DEMI), inks.text, 26)
        self._bold = Ink(paper_font(14, _DEMI), inks.text, 22)
        self._plain = Ink(paper_font(14), inks.text, 21)
        self._small = Ink(paper_font(13), inks.text2, 19)
        reading = QFont(manuscript.scenes[0].typography.body.font)
        reading.setPixelSize(16)
        self._reading = Ink(reading, inks.text, 24)
        self._number = paper_font(11, _DEMI)

    def steps(self) -> Iterator[None]:
        """Set everything, an entry a step."""
        ws, outline = self._manuscript.ws, self._manuscript.outline
        self.column.words("Legend", self._title, leads=True)
        self.column.space(8)
        yield from self._samples()
        listed = entries.speakers(ws, outline)
        if listed:
            self._section(f"Speakers ({len(listed):,})")
        for speaker in listed:
            self._speaker(speaker)
            yield
        yield from self._list("Claims", len(ws.claims), entries.claims(ws, outline))
        of_text = sum(correction.kind != "factual" for correction in ws.corrections.values())
        yield from self._list("Corrections of the text", of_text, entries.corrections(ws))
        yield from self._list("Corrections about facts", len(ws.corrections) - of_text, entries.facts(ws, outline))

    def _section(self, title: str) -> None:
        self.column.space(22)
        self.column.draw(self._rule)
        self.column.words(title, self._heading, leads=True)
        self.column.space(6)

    def _rule(self, painter: QPainter, y: float) -> None:
        painter.setPen(pen(self._inks.text3, 0.6))
        painter.drawLine(QPointF(0, y - 6), QPointF(self.column.width, y - 6))

    def _list(self, title: str, count: int, listed: Iterable[Entry]) -> Iterator[None]:
        if not count:
            return
        self._section(f"{title} ({count:,})")
        for entry in listed:
            self._entry(entry)
            yield

    # ---- samples

    def _samples(self) -> Iterator[None]:
        for sample in samples(self._manuscript.view, _SAMPLE):
            yield from sample.story.steps()
            first = len(self.column.lines)
            self.column.draw(partial(_paint_sample, sample.story))
            self.column.words(sample.meaning, self._plain, x=_SAMPLE + 8)
            self.column.keep_together(first)
            self.column.space(10)

    # ---- entries

    def _speaker(self, speaker: SpeakerEntry) -> None:
        colour = self._inks.line(speaker.hue)

        def swatch(painter: QPainter, y: float) -> None:
            painter.fillRect(QRectF(12, y + 4, 26, 11), self._inks.chip(speaker.hue, 0.3))
            painter.fillRect(QRectF(12, y + 15, 26, 2.4), colour)

        self.column.draw(swatch)
        text = f"{speaker.name}   {speaker.facts}"
        facts = Part(len(speaker.name), len(text), self._plain.font, self._inks.text2)
        self.column.words(text, self._bold, x=_CHIPS, parts=[facts])
        self.column.space(3)

    def _entry(self, entry: Entry) -> None:
        first = len(self.column.lines)
        self.column.draw(lambda painter, y: self._beside(painter, y, entry))
        self.column.words(entry.head, self._bold, x=_CHIPS, right=_PLACE, leads=True)
        if entry.replacement is not None:
            self._change(entry.words, entry.replacement)
        elif entry.words:
            self.column.words(entry.words, self._reading, x=_CHIPS, right=_PLACE)
        for detail in entry.details:
            self.column.words(detail, self._small, x=_CHIPS, right=_PLACE)
        self.column.keep_together(first)
        self.column.space(10)

    def _beside(self, painter: QPainter, y: float, entry: Entry) -> None:
        """The number of the claim on the left, the page on the right."""
        if entry.number is not None:
            text = f"{entry.number}"
            width = max(20.0, QFontMetricsF(self._number).horizontalAdvance(text) + 10)
            chip = QRectF(_CHIPS - 14 - width, y + 1, width, 18)
            path = QPainterPath()
            path.addRoundedRect(chip, 5, 5)
            painter.fillPath(path, self._inks.chip(entry.hue, self._inks.theme.chip))
            painter.setPen(self._inks.line(entry.hue))
            painter.setFont(self._number)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        if entry.offset is not None:
            painter.setPen(self._inks.text2)
            painter.setFont(self._small.font)
            place = QRectF(self.column.width - _PLACE, y, _PLACE, 20)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, f"page {self._page_of(entry.offset):,}")

    def _change(self, words: str, replacement: str) -> None:
        """``struck → replacement``, in the colours and weights of the article."""
        words, replacement = entries.isolated(words), entries.isolated(replacement)
        text = f"{words or '(nothing)'}{entries.ARROW}{replacement or '(left out)'}"
        font = self._reading.font
        parts = [Part(0, len(words), font, self._inks.delete, struck=True)] if words else []
        if replacement:
            bold = QFont(font)
            bold.setWeight(_DEMI)
            parts.append(Part(len(text) - len(replacement), len(text), bold, self._inks.insert))
        self.column.words(text, self._reading, x=_CHIPS, right=_PLACE, parts=parts)


def _paint_sample(story: Story, painter: QPainter, y: float) -> None:
    painter.save()
    painter.translate(0, y - story.lines[0].top)
    story.paint(painter, 0, len(story.lines))
    painter.restore()
