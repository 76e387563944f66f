"""The colours of the window, light and dark. Plain data: nothing here needs Qt.

A colour is ``#rrggbb``; a tint is an opacity (0 … 1) over whatever lies below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Theme:
    """One palette. ``lines`` are the speaker colours; text keeps 4.5:1 on the grounds it meets, control edges 3:1."""

    name: str
    page: str
    panel: str
    window: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    """Text on the accent colour."""
    insert: str
    delete: str
    border: str
    """Hairlines between areas; carries no meaning."""
    outline: str
    """The edge of a control, at least 3:1 against page and panel."""
    field: str
    hover: str
    selected: str
    """The ground of a selected row."""
    lines: tuple[str, ...]
    on_line: str
    """Text on a speaker colour (the chip of a selected claim)."""
    tint: float
    tint_selected: float
    chip: float
    """Fill of a speaker mention, of a number in the gutter and of an avatar."""
    chip_selected: float
    insert_tint: float
    """Ground of an inserted replacement."""
    delete_tint: float
    """Ground of struck text."""
    selection: float
    """Opacity, over the page, of the accent colour behind text selected with mouse or keyboard."""
    find: str
    find_current: str
    find_line: str

    def speaker_line(self, index: int) -> str:
        """The line colour of the speaker with this index; the colours repeat after the last."""
        return self.lines[index % len(self.lines)]


LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    panel="#FAFBFC",
    window="#F3F4F7",
    text="#1B2130",
    text2="#5B6577",
    text3="#616B7C",
    accent="#2F5BD7",
    on_accent="#FFFFFF",
    insert="#0B7A43",
    delete="#A8181F",
    border="#E1E5EB",
    outline="#828B9B",
    field="#FFFFFF",
    hover="#EEF1F6",
    selected="#E6ECFC",
    lines=("#BA3E0B", "#1D4ED8", "#0A756A", "#7E22CE", "#475569", "#A8125F"),
    on_line="#FFFFFF",
    tint=0.085,
    tint_selected=0.20,
    chip=0.10,
    chip_selected=0.22,
    insert_tint=0.13,
    delete_tint=0.07,
    selection=0.26,
    find="#FFF1A8",
    find_current="#FFCF3F",
    find_line="#8A5A00",
)

DARK = Theme(
    name="dark",
    page="#171A21",
    panel="#13161C",
    window="#101318",
    text="#DDE2EC",
    text2="#A3ACBD",
    text3="#8B95A8",
    accent="#7AA2FF",
    on_accent="#0E1320",
    insert="#5BD89B",
    delete="#FFB4AD",
    border="#262B35",
    outline="#6B7587",
    field="#1C2029",
    hover="#1E232D",
    selected="#1F2A47",
    lines=("#FDA767", "#7CB3FF", "#45D6C3", "#CB9BFF", "#A9B6C9", "#F78DC4"),
    on_line="#10141C",
    tint=0.11,
    tint_selected=0.26,
    chip=0.14,
    chip_selected=0.30,
    insert_tint=0.18,
    delete_tint=0.10,
    selection=0.38,
    find="#574B12",
    find_current="#735C00",
    find_line="#F2C94C",
)


def rgb(colour: str) -> tuple[int, int, int]:
    """``"#1D4ED8"`` as ``(29, 78, 216)``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def blend(colour: str, opacity: float, ground: str) -> str:
    """What one sees where ``colour`` lies over ``ground`` at this opacity."""
    mixed = (round(c * opacity + g * (1 - opacity)) for c, g in zip(rgb(colour), rgb(ground), strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [c / 255 for c in rgb(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def with_contrast(theme: Theme) -> Theme:
    """The theme for who asked the system for more contrast: plain grounds, and text, edges and lines at 7:1."""
    dark = _luminance(theme.page) < 0.5
    ground, ink = ("#000000", "#FFFFFF") if dark else ("#FFFFFF", "#000000")

    def strong(colour: str) -> str:
        steps = (blend(ink, step / 20, colour) for step in range(21))
        return next(found for found in steps if contrast(found, ground) >= 7)

    return replace(
        theme,
        page=ground,
        panel=ground,
        window=ground,
        field=ground,
        hover=blend(ink, 0.1, ground),
        selected=blend(ink, 0.18, ground),
        text=ink,
        text2=ink,
        text3=ink,
        border=ink,
        outline=ink,
        accent=strong(theme.accent),
        on_accent=ground,
        insert=strong(theme.insert),
        delete=strong(theme.delete),
        lines=tuple(strong(line) for line in theme.lines),
        on_line=ground,
    )


LIGHT_CONTRAST, DARK_CONTRAST = with_contrast(LIGHT), with_contrast(DARK)
