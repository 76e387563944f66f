"""Text can be read on every ground it is painted on, in both themes."""

from __future__ import annotations

from itertools import product

import pytest

from ui.text.painter import TINTED
from ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme, blend, contrast

themes = pytest.mark.parametrize(
    "theme", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark", "light contrast", "dark contrast"]
)


def single_tints(theme: Theme) -> list[str]:
    return [theme.page] + [blend(c, a, theme.page) for c in theme.lines for a in (theme.tint, theme.tint_selected)]


def stacked_tints(theme: Theme) -> set[str]:
    """All grounds of claims on each other, in any colours and order: at most ``TINTED``, one selected or none."""
    found = {theme.page}
    for count in range(1, TINTED + 1):
        for colours in product(theme.lines, repeat=count):
            for chosen in range(count + 1):  # the last: none
                ground = theme.page
                for index, colour in enumerate(colours):
                    ground = blend(colour, theme.tint_selected if index == chosen else theme.tint, ground)
                found.add(ground)
    return found


@themes
def test_text_on_every_stack_of_tints(theme):
    assert min(contrast(theme.text, ground) for ground in stacked_tints(theme)) >= 4.5
    for ground in single_tints(theme):
        assert contrast(theme.text, ground) >= 4.5


@themes
def test_corrections_have_grounds_of_their_own(theme):
    """Opaque, so that it does not matter what tints lie below."""
    inserted = blend(theme.insert, theme.insert_tint, theme.page)
    assert contrast(theme.delete, blend(theme.delete, theme.delete_tint, theme.page)) >= 4.5
    assert contrast(theme.insert, inserted) >= 4.5
    assert contrast(theme.text, inserted) >= 4.5
    assert contrast(theme.insert, blend(theme.insert, theme.insert_tint, theme.field)) >= 4.5  # in the hover card
    assert contrast(theme.delete, theme.field) >= 4.5


@themes
def test_chips_numbers_and_replacements(theme):
    for colour in theme.lines:
        assert contrast(colour, blend(colour, theme.chip, theme.page)) >= 4.5
        assert contrast(theme.on_line, colour) >= 4.5
        assert contrast(theme.text, blend(colour, theme.chip_selected, theme.page)) >= 4.5
        assert contrast(colour, theme.page) >= 3
    assert contrast(theme.text2, blend(theme.text3, theme.chip, theme.page)) >= 4.5  # "+3" in the gutter


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
