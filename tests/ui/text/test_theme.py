"""Text can be read on every ground it is painted on, in both themes."""

from __future__ import annotations

import pytest

from ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme, blend, contrast

themes = pytest.mark.parametrize(
    "theme", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark", "light contrast", "dark contrast"]
)


def single_tints(theme: Theme) -> list[str]:
    return [theme.page] + [blend(c, a, theme.page) for c in theme.lines for a in (theme.tint, theme.tint_selected)]


def stacked_tints(theme: Theme) -> list[str]:
    """Two more claims on a selected one: deeper ones have no tint."""
    found = [blend(c, theme.tint_selected, theme.page) for c in theme.lines]
    for _ in range(2):
        found = [blend(c, theme.tint, ground) for c in theme.lines for ground in found]
    return found


@themes
def test_text_and_struck_text_on_every_tint(theme):
    for ground in single_tints(theme):
        assert contrast(theme.text, ground) >= 4.5
        assert contrast(theme.delete, ground) >= 4.5
    for ground in stacked_tints(theme):
        assert contrast(theme.text, ground) >= 4.5


@themes
def test_chips_numbers_and_replacements(theme):
    for colour in theme.lines:
        assert contrast(colour, blend(colour, theme.chip, theme.page)) >= 4.5
        assert contrast(theme.on_line, colour) >= 4.5
        assert contrast(theme.text, blend(colour, theme.chip_selected, theme.page)) >= 4.5
        assert contrast(colour, theme.page) >= 3
    assert contrast(theme.insert, blend(theme.insert, theme.insert_tint, theme.page)) >= 4.5


@themes
def test_search_matches_and_selections(theme):
    for ground in (theme.find, theme.find_current, blend(theme.accent, theme.selection, theme.page)):
        assert contrast(theme.text, ground) >= 4.5


@themes
def test_the_windows_own_colours(theme):
    for ground in (theme.page, theme.panel, theme.window, theme.field, theme.hover, theme.selected):
        for colour in (theme.text, theme.text2, theme.text3):
            assert contrast(colour, ground) >= 4.5
    for ground in (theme.page, theme.panel, theme.window, theme.field):
        assert contrast(theme.outline, ground) >= 3
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@themes
def test_controls_badges_messages_and_focus(theme):
    """The grounds that the style sheet mixes itself, and the edge that says which control has the focus."""
    badge = blend(theme.text2, 0.12, theme.panel)
    assert contrast(theme.text2, badge) >= 4.5
    assert contrast(theme.text, badge) >= 4.5
    assert contrast(theme.on_accent, blend(theme.text, 0.12, theme.accent)) >= 4.5
    for ground in (theme.page, theme.panel, theme.window, theme.field, theme.hover, theme.selected, badge):
        assert contrast(theme.accent, ground) >= 3  # focus rings, on whatever the control stands
        assert contrast(theme.text, ground) >= 3  # the ring of what is in the accent's colour itself
    for tone in (theme.delete, theme.insert, theme.accent):
        for ground in (theme.page, theme.panel, theme.field, theme.selected):
            assert contrast(tone, ground) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
def test_who_asks_for_contrast_gets_it(theme):
    for colour in (theme.text, theme.text2, theme.text3, theme.outline, theme.accent, theme.insert, theme.delete):
        assert contrast(colour, theme.page) >= 7
    for line in theme.lines:
        assert contrast(line, theme.page) >= 7
    assert theme.page == theme.panel == theme.field


def test_known_ratios():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert blend("#FF0000", 0.5, "#0000FF") == "#800080"
    assert LIGHT.speaker_line(7) == LIGHT.lines[1]
