"""Fonts on paper: unhinted, and spelt letter by letter, so that a PDF can be searched and copied from."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont

from ui.fonts import READING_FAMILIES, ui_font
from ui.text.typography import Reading, Typography

_JOINED = ("liga", "clig", "calt", "dlig")
_WRITTEN_JOINED = re.compile("[\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00011fff]")
"""Letters of scripts that need what the others can do without."""


def paper_font(px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The sans serif for paper, which has no pixels to fit."""
    font = ui_font(px, weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def paper_typography(text: str, zoom: float = 1.0, family: str = READING_FAMILIES[0]) -> Typography:
    """The styles for an article with this text."""
    typography = Typography(zoom, Reading(family=family))
    for kind in ("headline", "byline", "url", "body"):
        style = typography.style(kind)
        for font in (style.font, style.insert_font):
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            _spell(font, text)
    return typography


def spelt(font: QFont, text: str) -> QFont:
    """``font`` for setting ``text``: no two letters become one picture, which a reader of the PDF could not name."""
    found = QFont(font)
    _spell(found, text)
    return found


def _spell(font: QFont, text: str) -> None:
    if not _WRITTEN_JOINED.search(text):
        for feature in _JOINED:
            font.setFeature(QFont.Tag(feature), 0)
