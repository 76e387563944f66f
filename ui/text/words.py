"""The colours that words are set in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QBrush, QTextCharFormat, QTextLayout

from ui.text.inks import Inks
from ui.text.marks import Hit
from ui.text.scene import Scene


def word_colours(
    scene: Scene, inks: Inks, hits: Iterable[Hit], start: int, length: int, *, secondary: bool
) -> list[QTextLayout.FormatRange]:
    """Struck words in their colour; secondary text inside a claim as dark as the rest, since its ground is tinted.

    For the block that covers ``length`` units from ``start``, in units from there.
    """
    lit: list[QTextLayout.FormatRange] = []
    struck: list[QTextLayout.FormatRange] = []
    plain, deleted = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(QBrush(inks.text))
    deleted.setForeground(QBrush(inks.delete))
    for low, high, placed in hits:
        mark = placed.mark
        if secondary and mark.kind in ("claim", "mention"):
            lit += part_of(start, length, low, high, plain)
        elif mark.kind == "correction" and mark.replacement is not None and not mark.quiet and not scene.map.corrected:
            struck += part_of(start, length, low, high, deleted)
    return lit + struck


def part_of(start: int, length: int, low: int, high: int, form: QTextCharFormat) -> list[QTextLayout.FormatRange]:
    """The part of ``[low, high)`` inside a block, in the block's units; nothing when they do not meet."""
    first, last = max(0, low - start), min(length, high - start)
    if first >= last:
        return []
    found = QTextLayout.FormatRange()
    found.start = first
    found.length = last - first
    found.format = form
    return [found]
