"""Dimmed paragraphs: which ones, in every theme legible."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from view_samples import ARTICLE, claim, put, span

from ui.text.spotlight import veil
from ui.theme import DARK, LIGHT, blend, contrast


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_dimmed_text_keeps_its_contrast(theme):
    for text in (theme.text, theme.text2):
        opacity = veil(theme.page, text)
        assert opacity > 0.1
        assert contrast(blend(theme.page, opacity, text), theme.page) >= 3


def is_dim(view, offset: int) -> bool:
    """Whether the underline of a claim that begins here has lost its colour."""
    run = view.article_layout.caret(view.scene.map.position(offset))
    picture = view.viewport().grab().toImage()
    x, y = round(run.left) + 6, round(run.bottom) + 2 - view.verticalScrollBar().value()
    pure = QColor(LIGHT.lines[0])
    seen = min((picture.pixelColor(x, y + d) for d in (-1, 0, 1)), key=lambda c: abs(c.hslHue() - pure.hslHue()))
    return seen.lightness() > pure.lightness() + 40


def test_the_paragraphs_of_the_range_and_of_the_selected_mark_stay(shown):
    first, second = span("the talks would resume"), span("We also wait")
    put(shown, [claim("a", first), claim("b", second)])
    assert [is_dim(shown, start) for start, _ in (first, second)] == [False, False]
    shown.set_spotlight((0, 0))
    assert [is_dim(shown, start) for start, _ in (first, second)] == [True, True]
    shown.set_spotlight(second)
    assert [is_dim(shown, start) for start, _ in (first, second)] == [True, False]
    shown.select_mark("a")
    assert not is_dim(shown, first[0])
    shown.set_spotlight((first[0], second[1]))
    shown.select_mark(None)
    assert [is_dim(shown, start) for start, _ in (first, second)] == [False, False]
    shown.set_spotlight(None)
    assert not is_dim(shown, first[0])


def test_a_long_paragraph_is_lit_as_one(view):
    text = "Start. " + "The talks would resume on Monday. " * 400 + "\n\n" + ARTICLE
    view.show_article(text, [], [claim("a", (7, 30))])
    assert view.document().blockCount() > 5
    view.set_spotlight((13_000, 13_000))
    assert not is_dim(view, 7)
    view.set_spotlight((len(text) - 5,) * 2)
    assert is_dim(view, 7)
