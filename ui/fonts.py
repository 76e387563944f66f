"""The two bundled families: Inter for the window, Source Serif 4 for reading (both under the SIL Open Font License)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

UI_FAMILIES = ("Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif")
READING_FAMILIES = ("Source Serif 4", "Source Serif Pro", "Noto Serif", "Georgia", "DejaVu Serif", "serif")
_FOLDER = Path(__file__).parent / "assets" / "fonts"


def load_fonts() -> None:
    """Register the bundled fonts with Qt. Call once, after the application object exists.

    A font that cannot be loaded is passed over: the families above name what stands in for it.
    """
    for path in sorted(_FOLDER.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def ui_font(px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The sans serif of the window at ``px`` pixels (rounded; at least 1)."""
    return _font(UI_FAMILIES, px, weight)


def reading_font(
    px: float, weight: QFont.Weight = QFont.Weight.Normal, *, italic: bool = False, family: str = READING_FAMILIES[0]
) -> QFont:
    """The article's font at ``px`` pixels (rounded; at least 1), unhinted so that lines keep their width.

    Where ``family`` is not installed, or lacks a character, the serifs stand in.
    """
    font = _font((family, *READING_FAMILIES), px, weight)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _font(families: tuple[str, ...], px: float, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(max(1, round(px)))
    font.setWeight(weight)
    return font
