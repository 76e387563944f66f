"""Lays one block out: its font, the gaps for replacements, its lines, and what is asked of them again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLayout

from ui.directions import directions, has_letters
from ui.text.gaps import Gap, find_gaps, formats
from ui.text.geometry import Lines, Run, Setting, is_unbroken, line_option
from ui.text.inks import Inks
from ui.text.marks import Hit
from ui.text.rooms import Room, find_rooms
from ui.text.scene import Scene
from ui.text.stretches import x_of
from ui.text.typography import LANE_SPACE, LANE_STEP, Style
from ui.text.words import word_colours


class Laid:
    """How a block is laid out, and where things stand in it, relative to its top left corner."""

    __slots__ = ("_blanks", "_boxes", "_rooms", "_runs", "gaps", "height", "rows", "setting")

    def __init__(self, setting: Setting, rooms: list[Room], rows: int, gap: float, blanks: int) -> None:
        self.setting = setting
        self.gaps = [gap for room in rooms for gap in room.gaps]
        self._rooms = rooms
        self.rows = rows
        """The number of its lines."""
        self.height = rows * setting.pitch + gap
        self._blanks = blanks
        self._runs: dict[tuple[int, int], list[Run]] = {}
        self._boxes: list[tuple[Gap, QRectF]] | None = None

    def runs(self, lines: Lines, start: int, end: int, length: int) -> list[Run]:
        """The stretches of ``[start, end)``; at the block's end, where collapsed line ends are, nothing is painted."""
        if (found := self._runs.get((start, end))) is None:
            found = self._runs[start, end] = lines.runs(max(start, 0), min(end, length - self._blanks))
        return found

    def gap_boxes(self, lines: Lines) -> list[tuple[Gap, QRectF]]:
        """The replacements, and where."""
        if self._boxes is None:
            self._boxes = [box for room in self._rooms for box in room.boxes(lines)]
        return self._boxes


def lay(scene: Scene, number: int, layout: QTextLayout, start: int, length: int, measure: float) -> Laid:
    """Break the block ``number``, which covers ``length`` units from ``start``, into lines of ``measure`` pixels.

    ``layout`` holds its text.
    """
    paragraph = scene.map.paragraphs[number]
    style = scene.typography.style(paragraph.kind)
    text = scene.map.block_text(number)
    both, right_to_left = directions(text)
    if scene.map.right_to_left and not has_letters(text):
        both = right_to_left = True
    hits = scene.index.query(start, start + length)
    gaps = find_gaps(scene, hits, start, length, style, measure)
    layout.setFont(style.font)
    layout.setTextOption(line_option(right_to_left=right_to_left, unbroken=is_unbroken(text)))
    rooms = find_rooms(scene, gaps, start, text, style, both=both, right_to_left=right_to_left)
    forms = formats({room.spaced: room.offset + room.width for room in rooms if room.spaced}, length, style)
    if scene.on_paper:
        forms += word_colours(scene, Inks(scene.theme), hits, start, length, secondary=style.secondary)
    layout.setFormats(forms)
    setting = Setting(style.line + _extra(scene, style, hits), style, {} if both else None)

    def beyond(first: int, end: int) -> float:
        """The room to the left of the last word of a line."""
        at_end = (room for room in rooms if room.left and first < room.at <= end)
        return sum(room.width for room in at_end if not scene.map.visible(start + room.at, start + end).strip())

    leading = 0 if right_to_left else len(text) - len(text.lstrip())
    indent = sum(room.width for room in rooms if room.at == 0)
    rows = _fill(layout, setting, measure, leading, indent, beyond, right_to_left=right_to_left)
    return Laid(setting, rooms, rows, 0.0 if paragraph.continues else style.gap, len(text) - len(text.rstrip()))


def is_stale(scene: Scene, laid: Laid, start: int, length: int, measure: float) -> bool:
    """Whether a block needs other gaps or taller lines now than it was laid out with."""
    style = laid.setting.style
    hits = scene.index.query(start, start + length)
    gaps = find_gaps(scene, hits, start, length, style, measure)
    return gaps != laid.gaps or style.line + _extra(scene, style, hits) != laid.setting.pitch


def _fill(
    layout: QTextLayout,
    setting: Setting,
    measure: float,
    leading: int,
    indent: float,
    beyond: Callable[[int, int], float],
    *,
    right_to_left: bool,
) -> int:
    """Break the text into lines; leading blanks hang into the margin. The number of lines comes back."""
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        inset = 0.0
        if count == 0:
            inset = indent
            if leading:
                line.setLineWidth(measure)
                inset -= x_of(line, min(leading, line.textLength()))
        line.setLineWidth(max(1.0, measure - inset))
        room = beyond(line.textStart(), line.textStart() + line.textLength())
        if room and line.naturalTextWidth() + room > measure - inset:  # its last word goes to the next line
            line.setLineWidth(max(1.0, measure - inset - room))
        x = measure - inset - line.width() if right_to_left else inset
        line.setPosition(QPointF(x, count * setting.pitch + setting.style.baseline - line.ascent()))
        count += 1
    layout.endLayout()
    return count


def _extra(scene: Scene, style: Style, hits: Iterable[Hit]) -> float:
    """What the lines of a block must be taller for the underlines of its claims."""
    lanes = max((placed.lane + 1 for _, _, placed in hits if placed.mark.kind == "claim"), default=0)
    deeper = lanes - style.lanes
    return scene.typography.px(LANE_STEP * deeper + LANE_SPACE) if deeper > 0 else 0.0
