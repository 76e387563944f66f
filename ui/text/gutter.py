"""The gutter left of the text: a numbered chip where a claim begins, and a bar along its extent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ui.text.crisp import Crisp
from ui.text.frame import Frame, Item
from ui.text.inks import Inks, pen
from ui.text.marks import Placed, Relation

_CHIPS = 34
"""From the text to the first chip."""
_NEAR, _BARS, _FAR = 10.0, 18.0, 31.0
"""From the text to where a bar may stand: the nearest, the first of a few, the furthest."""
_BAR_STEP = 5.0
_DIMMED = 0.4
_ARROW = 9.0
"""Room for the arrow of a parent or a child."""
_RANKS: dict[Relation | None, int] = {"parent": 1, "child": 1, "speaker": 2}


class Chip(NamedTuple):
    """A number in the gutter; one chip stands for several claims where there is no room for all."""

    rect: QRectF
    text: str
    claims: tuple[Placed, ...]
    relation: Relation | None = None
    """What its one claim is to the selected one: a parent's number has an arrow behind it, a child's before it."""

    @property
    def rest(self) -> bool:
        """Whether it stands for those that have no chip of their own."""
        return self.text.startswith("+")


class _Number(NamedTuple):
    placed: Placed
    text: str
    width: float


class Bar(NamedTuple):
    """The extent of a claim, as far as it shows."""

    placed: Placed
    x: float
    top: float
    bottom: float


def chips(frame: Frame) -> list[Chip]:
    """The chips of the frame's claims: the first beside the text, the others further left, in two rows if need be.

    A slim gutter has none. On paper a claim that began on an earlier page has its number again, behind an ellipsis.
    """
    if frame.scene.slim:
        return []
    rows: dict[float, list[_Number]] = {}
    seen: set[str] = set()
    px, width_of = frame.scene.typography.px, frame.scene.typography.number_width
    for item in frame.of("claim"):
        placed, begins = item.placed, frame.begins(item)
        if not item.runs or not (begins or (frame.scene.on_paper and placed.mark.id not in seen)):
            continue
        seen.add(placed.mark.id)
        number = frame.scene.legend.number(placed.mark.id)
        if number is not None:
            text = f"{number}" if begins else f"…{number}"
            wider = px(_ARROW) if _has_arrow(frame, placed) else 0.0
            width = max(px(19), width_of(text) + px(10)) + wider
            rows.setdefault(item.runs[0].middle, []).append(_Number(placed, text, width))
    return [chip for middle, row in rows.items() for chip in _line(frame, middle, row)]


def _has_arrow(frame: Frame, placed: Placed) -> bool:
    return frame.scene.relation(placed) in ("parent", "child")


def _line(frame: Frame, middle: float, numbers: list[_Number]) -> list[Chip]:
    """The chips of the claims that begin on one line of text."""
    px = frame.scene.typography.px
    room = frame.layout.left - px(_CHIPS + 2)
    if _width(numbers, px(3)) <= room:
        return _row(frame, middle - px(9), px(18), numbers)
    numbers = sorted(numbers, key=lambda number: _rank(frame, number.placed))  # what is chosen always shows
    above = _fitting(numbers, room, px(3))
    below = numbers[len(above) :]
    chips = _row(frame, middle - px(16.5), px(16), above)
    if _width(below, px(3)) <= room:
        return chips + _row(frame, middle + px(0.5), px(16), below)
    more = frame.scene.typography.number_width(f"+{len(below)}") + px(10)
    kept = _fitting(below, room - more - px(3), px(3), least=0)
    rest = below[len(kept) :]
    last = _Number(rest[0].placed, f"+{len(rest)}", more)
    chips += _row(frame, middle + px(0.5), px(16), [*kept, last])
    chips[-1] = chips[-1]._replace(claims=tuple(number.placed for number in rest), relation=None)
    return chips


def _rank(frame: Frame, placed: Placed) -> int:
    return 0 if frame.is_selected(placed) else _RANKS.get(frame.scene.relation(placed), 3)


def _width(numbers: list[_Number], space: float) -> float:
    return sum(number.width for number in numbers) + space * (len(numbers) - 1)


def _fitting(numbers: list[_Number], room: float, space: float, least: int = 1) -> list[_Number]:
    """As many of the numbers as fit into the room."""
    count = len(numbers)
    while count > least and _width(numbers[:count], space) > room:
        count -= 1
    return numbers[:count]


def _row(frame: Frame, top: float, height: float, numbers: list[_Number]) -> list[Chip]:
    right, found = frame.layout.left - frame.scene.typography.px(_CHIPS), []
    for placed, text, width in numbers:
        relation = frame.scene.relation(placed) if _has_arrow(frame, placed) else None
        found.append(Chip(QRectF(right - width, top, width, height), text, (placed,), relation))
        right -= width + frame.scene.typography.px(3)
    return found


def paint_gutter(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Paint bars and chips of the frame's claims."""
    recedes, crisp = frame.scene.recedes, Crisp(painter)
    px = frame.scene.typography.px
    for bar in sorted(bars(frame), key=lambda bar: frame.is_selected(bar.placed)):
        on, related = frame.is_selected(bar.placed), frame.scene.relation(bar.placed) is not None
        width = px(3 if on else min(2, 0.55 * _step(bar.placed)))
        colour = inks.line(frame.hue(bar.placed), 1.0 if on or related else _DIMMED if recedes else 0.65)
        crisp.column(QRectF(bar.x - width / 2, bar.top, width, bar.bottom - bar.top), colour)
    painter.setFont(frame.scene.typography.number_font)
    for chip in chips(frame):
        _paint_chip(painter, frame, inks, chip)


def _paint_chip(painter: QPainter, frame: Frame, inks: Inks, chip: Chip) -> None:
    px, hue, path = frame.scene.typography.px, frame.hue(chip.claims[0]), QPainterPath()
    path.addRoundedRect(chip.rect, px(5), px(5))
    if chip.rest:
        painter.fillPath(path, inks.neutral_ground)
        painter.setPen(inks.text2)
    elif frame.is_selected(chip.claims[0]):
        painter.fillPath(path, inks.line(hue))
        painter.setPen(inks.on_line)
    else:
        painter.fillPath(path, inks.chip(hue, frame.scene.theme.chip))
        painter.setPen(pen(inks.line(hue), px(1)))
        if frame.scene.relation(chip.claims[0]) is not None:
            painter.drawPath(path)
    words = chip.rect
    if chip.relation == "parent":
        words = chip.rect.adjusted(0, 0, -px(_ARROW), 0)
        _paint_arrow(painter, inks, hue, chip.rect.right() - px(_ARROW), chip.rect.center().y(), px(1))
    elif chip.relation == "child":
        words = chip.rect.adjusted(px(_ARROW), 0, 0, 0)
        _paint_arrow(painter, inks, hue, chip.rect.left() + px(5), chip.rect.center().y(), px(1))
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, chip.text)


def _paint_arrow(painter: QPainter, inks: Inks, hue: int, x: float, y: float, px: float) -> None:
    """▸ behind the number of a claim with others inside, before the number of one inside."""
    path = QPainterPath(QPointF(x, y - 3 * px))
    path.lineTo(x + 5 * px, y)
    path.lineTo(x, y + 3 * px)
    path.closeSubpath()
    painter.fillPath(path, inks.line(hue))


def _step(placed: Placed) -> float:
    """The distance of the bars where a claim stands."""
    return min(_BAR_STEP, (_FAR - _NEAR) / max(1, placed.depth - 1))


def bar_x(frame: Frame, placed: Placed) -> float:
    """Where the bar of a claim stands: one column for each lane, closer together where there are many."""
    step = _step(placed)
    first = max(_NEAR, min(_BARS, _FAR - step * (placed.depth - 1)))
    return frame.layout.left - frame.scene.typography.px(first + step * placed.lane)


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
