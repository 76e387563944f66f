"""The gutter left of the text: a numbered chip where a claim begins, and a bar along its extent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath

from ui.text.frame import Frame, Item
from ui.text.inks import Inks
from ui.text.marks import Placed

_CHIPS = 34
"""From the text to the first chip."""
_BARS = 18
_BAR_STEP = 5.0
_BAR_ROOM = 13.0
_DIMMED = 0.4


class Chip(NamedTuple):
    """A number in the gutter; one chip stands for several claims where there is no room for all."""

    rect: QRectF
    text: str
    claims: tuple[Placed, ...]


class Bar(NamedTuple):
    """The extent of a claim, as far as it shows."""

    placed: Placed
    x: float
    top: float
    bottom: float


def chips(frame: Frame) -> list[Chip]:
    """The chips of the frame's claims, the first beside the text and the others further left."""
    rows: dict[float, list[tuple[Placed, int]]] = {}
    for item in frame.of("claim"):
        if item.start == item.placed.start and item.runs:
            number = frame.scene.legend.number(item.placed.mark.id)
            if number is not None:
                rows.setdefault(item.runs[0].middle, []).append((item.placed, number))
    return [chip for middle, row in rows.items() for chip in _row(frame, middle, row)]


def _row(frame: Frame, middle: float, numbered: list[tuple[Placed, int]]) -> list[Chip]:
    px = frame.scene.typography.px
    metrics = QFontMetricsF(frame.scene.typography.number_font)
    claims = [placed for placed, _ in numbered]
    texts = [str(number) for _, number in numbered]
    widths = [max(px(19), metrics.horizontalAdvance(text) + px(10)) for text in texts]
    right = frame.layout.left - px(_CHIPS)
    room = right - px(2)
    if sum(widths) + px(3) * (len(widths) - 1) > room:
        more = metrics.horizontalAdvance(f"+{len(claims)}") + px(10)
        kept = max(1, int((room - more) // (max(widths) + px(3))))
        selected = next((i for i, placed in enumerate(claims) if frame.is_selected(placed)), 0)
        if selected >= kept:  # the selected claim is always shown
            claims.insert(0, claims.pop(selected))
            texts.insert(0, texts.pop(selected))
            widths.insert(0, widths.pop(selected))
        if kept < len(claims):
            texts[kept:] = [f"+{len(claims) - kept}"]
            widths[kept:] = [more]
    found = []
    for index, (text, width) in enumerate(zip(texts, widths, strict=True)):
        last = index == len(texts) - 1
        rect = QRectF(right - width, middle - px(9), width, px(18))
        found.append(Chip(rect, text, tuple(claims[index:]) if last else (claims[index],)))
        right -= width + px(3)
    return found


def paint_gutter(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Paint bars and chips of the frame's claims."""
    dim = frame.scene.selected is not None
    px = frame.scene.typography.px
    for bar in bars(frame):
        on = frame.is_selected(bar.placed)
        width = px(3 if on else 2)
        colour = inks.line(frame.scene.hue(bar.placed), 1.0 if on else _DIMMED if dim else 0.65)
        painter.fillRect(QRectF(bar.x - width / 2, bar.top, width, bar.bottom - bar.top), colour)
    painter.setFont(frame.scene.typography.number_font)
    for chip in chips(frame):
        path = QPainterPath()
        path.addRoundedRect(chip.rect, px(5), px(5))
        hue = frame.scene.hue(chip.claims[0])
        if len(chip.claims) > 1:
            painter.fillPath(path, inks.neutral_ground)
            painter.setPen(inks.text2)
        elif frame.is_selected(chip.claims[0]):
            painter.fillPath(path, inks.line(hue))
            painter.setPen(inks.on_line)
        else:
            painter.fillPath(path, inks.chip(hue, frame.scene.theme.chip))
            painter.setPen(inks.line(hue))
        painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.text)


def bar_x(frame: Frame, placed: Placed) -> float:
    """Where the bar of a claim stands: one column for each lane, closer together where there are many."""
    step = min(_BAR_STEP, _BAR_ROOM / max(1, placed.depth - 1))
    return frame.layout.left - frame.scene.typography.px(_BARS + step * placed.lane)


def bars(frame: Frame) -> list[Bar]:
    """The bars of the frame's claims; two in one column that meet on a line share it half and half."""
    found: dict[str, Bar] = {}
    for item in frame.of("claim"):
        if item.runs:
            known = found.get(item.placed.mark.id)
            found[item.placed.mark.id] = _longer(known, item) if known else _bar(frame, item)
    columns: dict[float, Bar] = {}
    for bar in sorted(found.values(), key=lambda bar: bar.placed.start):
        above, inset = columns.get(bar.x), frame.scene.typography.px(2.5)
        if above is not None and above.bottom > bar.top:
            middle = (above.bottom + bar.top) / 2
            found[above.placed.mark.id] = above._replace(bottom=middle - inset)
            bar = bar._replace(top=middle + inset)  # noqa: PLW2901
            found[bar.placed.mark.id] = bar
        columns[bar.x] = bar
    return list(found.values())


def _bar(frame: Frame, item: Item) -> Bar:
    return Bar(item.placed, bar_x(frame, item.placed), item.runs[0].top, item.runs[-1].bottom)


def _longer(bar: Bar, item: Item) -> Bar:
    return bar._replace(bottom=max(bar.bottom, item.runs[-1].bottom))


def chip_at(found: Iterable[Chip], x: float, y: float) -> Chip | None:
    """The chip at this point."""
    return next((chip for chip in found if chip.rect.contains(x, y)), None)
