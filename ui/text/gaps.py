"""Room for replacements: letter spacing behind struck text opens a gap, and the replacement is painted into it.

The document's text stays untouched, so offsets hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from ui.text.marks import Hit, Mark
from ui.text.scene import Scene
from ui.text.typography import Style

_MARGIN = 5
_WIDEST = 0.6
"""A longer replacement is shortened to this part of the measure; the tooltip shows it whole."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Room of ``width`` that ends ``after`` pixels before the caret position ``at`` (units from the block's start)."""

    at: int
    width: float
    after: float
    text: str
    mark_id: str


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
        if mark.kind == "correction" and mark.replacement and not mark.quiet and start <= high <= start + length:
            text = metrics.elidedText(shown_replacement(mark), Qt.TextElideMode.ElideRight, measure * _WIDEST)
            width = metrics.horizontalAdvance(text) + 2 * margin
            found.setdefault(_visible_end(scene, low, high) - start, []).append((text, width, mark.id))
    gaps: list[Gap] = []
    for at, boxes in sorted(found.items()):
        after = 0.0
        for text, width, mark_id in reversed(boxes):
            gaps.append(Gap(at, width, after, text, mark_id))
            after += width
    return gaps


def _visible_end(scene: Scene, low: int, high: int) -> int:
    """The end without trailing blanks, which may hang at the end of a line."""
    text = scene.map.visible(low, high)
    visible = text.rstrip()
    return high - (len(text) - len(visible)) if visible else high


def formats(scene: Scene, gaps: Sequence[Gap], start: int, length: int, style: Style) -> list[QTextLayout.FormatRange]:
    """Character formats for a block: its font everywhere, and letter spacing where a gap opens."""
    ranges: list[QTextLayout.FormatRange] = []
    position = 0
    for at in sorted({gap.at for gap in gaps if gap.at > 0}):
        cluster = max(position, scene.map.cluster_before(start + at) - start)
        if cluster > position:
            ranges.append(format_range(position, cluster, style.font))
        ranges.append(format_range(cluster, at, style.font, spacing=sum(g.width for g in gaps if g.at == at)))
        position = at
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
