"""Room for replacements: letter spacing behind struck text opens a gap, and the replacement is painted into it.

The document's text stays untouched, so offsets hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Room of ``width`` for a replacement of the words that end ``at`` (units from the block's start).

    It ends ``after`` pixels before the room of all gaps there does. ``text`` is painted into it; it is empty for the
    tick of a hard wrap.
    """

    at: int
    width: float
    after: float
    text: str
    mark_id: str
    first: int
    """Where the words begin that it replaces, or the block."""


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
    found: dict[int, list[tuple[str, float, str, int]]] = {}
    for low, high, placed in hits:
        mark = placed.mark
        if mark.kind != "correction" or not (mark.replacement or mark.quiet) or not start <= high <= start + length:
            continue
        if mark.quiet:
            found.setdefault(high - start, []).append(("", scene.typography.px(_TICK), mark.id, high - start))
        else:
            text = metrics.elidedText(shown_replacement(mark), Qt.TextElideMode.ElideRight, measure * _WIDEST)
            width = metrics.horizontalAdvance(text) + 2 * margin
            at = _visible_end(scene, low, high) - start
            found.setdefault(at, []).append((text, width, mark.id, max(0, low - start)))
    gaps: list[Gap] = []
    for at, boxes in sorted(found.items()):
        after = 0.0
        for text, width, mark_id, first in reversed(boxes):
            gaps.append(Gap(at, width, after, text, mark_id, first))
            after += width
    return gaps


def _visible_end(scene: Scene, low: int, high: int) -> int:
    """The end without trailing blanks, which may hang at the end of a line."""
    text = scene.map.visible(low, high)
    visible = text.rstrip()
    return high - (len(text) - len(visible)) if visible else high


def formats(room: Mapping[tuple[int, int], float], length: int, style: Style) -> list[QTextLayout.FormatRange]:
    """Character formats for a block: its font everywhere, and ``room`` to the right of characters by letter spacing."""
    ranges: list[QTextLayout.FormatRange] = []
    position = 0
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
