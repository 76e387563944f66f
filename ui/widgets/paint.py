"""Small drawing and text helpers that the lists share."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from annotator.text.disguise import badged
from ui.directions import directions
from ui.fonts import ui_font
from ui.theme import Theme, blend, contrast

_EMBED, _POP = "\u202b", "\u202c"


def wrap(text: str, font: QFont, width: float, limit: int) -> list[str]:
    """``text`` broken into at most ``limit`` lines of ``width`` pixels; the last one ends in “…” when it is cut.

    Each line of a right-to-left text carries its direction, so that numbers and full stops stand where they belong.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le", "surrogatepass")
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < limit and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        end = start + line.textLength() if len(lines) < limit - 1 else len(units) // 2
        lines.append(units[start * 2 : end * 2].decode("utf-16-le", "surrogatepass").strip())
    layout.endLayout()
    if lines:
        lines[-1] = QFontMetricsF(font).elidedText(lines[-1], Qt.TextElideMode.ElideRight, width)
    return [f"{_EMBED}{line}{_POP}" for line in lines] if directions(text)[1] else lines


def one_line(text: str) -> str:
    """``text`` with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


def visible(text: str) -> str:
    """``text`` with the white space that a correction is about made visible."""
    shown = text.replace("\n", "⏎").replace("\t", "⇥").replace("\u00a0", "⍽")
    if not shown.strip(" ⏎⇥⍽"):
        return shown.replace(" ", "␣")
    body = shown.strip(" ")
    left, right = len(shown) - len(shown.lstrip(" ")), len(shown) - len(shown.rstrip(" "))
    return "␣" * left + body + "␣" * right


def tooltip(text: str) -> str:
    """A tool tip that shows ``text`` as it is, never as markup, and badges for what in it cannot be seen."""
    return f"<qt>{html.escape(badged(text))}</qt>" if text else ""


def initials(name: str) -> str:
    """Up to two letters for an avatar: of the first and last word, without an article before them."""
    words = [word for word in name.split() if word[0].isalnum()]
    if len(words) > 1 and words[0].casefold() in {"the", "a", "an"}:
        words = words[1:]
    if len(words) > 2:
        words = words[-2:] if words[-1][0].isupper() else words[:2]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def number_badge(painter: QPainter, rect: QRectF, number: int, hue: str, theme: Theme, *, selected: bool) -> None:
    """A claim's number on its speaker's colour: solid when the claim is selected."""
    ground = hue if selected else blend(hue, theme.chip, theme.field)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setFont(ui_font(11, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.on_line if selected else readable(hue, ground, theme)))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))


def avatar(painter: QPainter, rect: QRectF, name: str, hue: str, theme: Theme) -> None:
    """A round badge with the speaker's initials."""
    ground = blend(hue, theme.chip_selected, theme.panel)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawEllipse(rect)
    painter.setFont(ui_font(10, QFont.Weight.DemiBold))
    painter.setPen(QColor(readable(hue, ground, theme)))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))


def readable(colour: str, ground: str, theme: Theme) -> str:
    """``colour``, moved towards the text colour until it reads at 4.5:1 on ``ground``."""
    mixed, share = colour, 0.0
    while contrast(mixed, ground) < 4.5 and share < 1:
        share += 0.1
        mixed = blend(theme.text, share, colour)
    return mixed


def focus_ring(painter: QPainter, rect: QRectF, colour: str, radius: float = 4) -> None:
    """The visible keyboard focus of a row or cell."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def baseline(rect: QRectF, font: QFont) -> QPointF:
    """Where a line of text starts so that it stands in the middle of ``rect``."""
    metrics = QFontMetricsF(font)
    return QPointF(rect.left(), rect.center().y() + (metrics.ascent() - metrics.descent()) / 2)


def row_ground(painter: QPainter, state: QStyle.StateFlag, whole: QRectF, head: QRectF, theme: Theme) -> None:
    """What is under a row: that it is selected or pointed at, in ``head`` alone, and the line below ``whole``."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(head, QColor(theme.selected))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(head, QColor(theme.hover))
    painter.fillRect(QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1), QColor(theme.border))
    if state & QStyle.StateFlag.State_HasFocus:
        focus_ring(painter, head.adjusted(1, 1, -1, -2), theme.accent)
