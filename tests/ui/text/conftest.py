"""An article view on the screen."""

from __future__ import annotations

import pytest
from view_samples import ARTICLE, Hand, Looks, segments_of

from ui.fonts import load_fonts
from ui.text.view import ArticleView


@pytest.fixture(scope="session")
def fonts(qapp):
    load_fonts()


@pytest.fixture
def looks():
    """How the marks look."""
    return Looks()


@pytest.fixture
def view(qtbot, fonts, looks):
    """An empty view of 850 × 700 pixels, on the screen and with the keyboard focus."""
    found = ArticleView(looks)
    qtbot.addWidget(found)
    found.resize(850, 700)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    found.setFocus()
    return found


@pytest.fixture
def shown(view):
    """The view with the article in it."""
    view.show_article(ARTICLE, segments_of(ARTICLE), [])
    return view


@pytest.fixture
def hand(shown):
    return Hand(shown)
