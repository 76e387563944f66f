"""Room for replacements: letter spacing behind struck text opens a gap, and the replacement is painted into it.

The document's text stays untouched, so offsets hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from ui.text.marks import Hit, Mark
from ui.text.scene import Scene
from ui.text.typography import Style

_MARGIN = 5
_TICK = 6
"""Room behind a hard wrap's blank, for its tick."""
_WIDEST = 0.6
"""A longer replacement is shortened to this part of the measure; the tooltip shows it whole."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Room of ``width`` that ends ``after`` pixels before the caret position ``at`` (units from the block's start).

    ``text`` is painted into it; it is empty for the tick of a hard wrap.
    """

    at: int
    width: float
    after: float
    text: str
    mark_id: str
    backwards: bool = False
    """The text here runs right to left: the room belongs to the character that follows."""


def shown_replacement(mark: Mark) -> str:
    """The replacement as it is painted: line ends and a lone blank made visible."""
    text = (mark.replacement or "").replace("\n", "⏎")
    return text if text.strip() else text.replace(" ", "␣")


def find_gaps(scene: Scene, hits: Sequence[Hit], start: int, length: int, style: Style, measure: float) -> list[Gap]:
    """The gaps of the block that covers ``length`` units from ``start``."""
    if scene.map.corrected:
        return []
    metrics = QFontMetricsF(style.insert_font)
    margin = scene.typography.px(_MARGIN)
    found: dict[int, list[tuple[str, float, str]]] = {}
    for low, high, placed in hits:
        mark = placed.mark
        if mark.kind != "correction" or not (mark.replacement or mark.quiet) or not start <= high <= start + length:
            continue
        if mark.quiet:
            found.setdefault(high - start, []).append(("", scene.typography.px(_TICK), mark.id))
        else:
            text = metrics.elidedText(shown_replacement(mark), Qt.TextElideMode.ElideRight, measure * _WIDEST)
            width = metrics.horizontalAdvance(text) + 2 * margin
            found.setdefault(_visible_end(scene, low, high) - start, []).append((text, width, mark.id))
    gaps: list[Gap] = []
    for at, boxes in sorted(found.items()):
        after, backwards = 0.0, at > 0 and _runs_backwards(scene, start + at)
        for text, width, mark_id in reversed(boxes):
            gaps.append(Gap(at, width, after, text, mark_id, backwards))
            after += width
    return gaps


def _runs_backwards(scene: Scene, end: int) -> bool:
    last = scene.map.visible(scene.map.cluster_before(end), end)[:1]
    return bool(last) and unicodedata.bidirectional(last) in ("R", "AL")


def _visible_end(scene: Scene, low: int, high: int) -> int:
    """The end without trailing blanks, which may hang at the end of a line."""
    text = scene.map.visible(low, high)
    visible = text.rstrip()
    return high - (len(text) - len(visible)) if visible else high


def formats(scene: Scene, gaps: Sequence[Gap], start: int, length: int, style: Style) -> list[QTextLayout.FormatRange]:
    """Character formats for a block: its font everywhere, and letter spacing where a gap opens."""
    ranges: list[QTextLayout.FormatRange] = []
    position = 0
    room: dict[tuple[int, int], float] = {}
    for gap in gaps:
        if gap.backwards:
            cluster = gap.at, min(length, scene.map.cluster_after(start + gap.at) - start)
        else:
            cluster = max(0, scene.map.cluster_before(start + gap.at) - start), gap.at
        room[cluster] = room.get(cluster, 0.0) + gap.width
    for (low, high), spacing in sorted(room.items()):
        if not position <= low < high:
            continue
        if low > position:
            ranges.append(format_range(position, low, style.font))
        ranges.append(format_range(low, high, style.font, spacing=spacing))
        position = high
    if position < length:
        ranges.append(format_range(position, length, style.font))
    return ranges


def format_range(start: int, end: int, font: QFont, *, spacing: float = 0.0) -> QTextLayout.FormatRange:
    """A range set in ``font``, with this much room behind each of its characters."""
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = end - start
    form = QTextCharFormat()
    form.setFont(font)
    if spacing:
        form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        form.setFontLetterSpacing(spacing)
    found.format = form
    return found
