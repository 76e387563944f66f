"""Panels over a real store: a claim with a chain, one without, a mention, two corrections."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from annotator.model import Claim, Correction, Mention
from annotator.services import annotate, corrections, speakers
from ui import style
from ui.selection import Selection
from ui.theme import LIGHT


@pytest.fixture
def store(open_store):
    """The first article, labelled. Offsets: “I would go” 17–27, “We hear 😀 this” 53–67."""
    store = open_store()
    ws, author = store.workspace, store.author
    text = ws.text
    go, hear = text.index("I would go"), text.index("We hear")
    store.edit(annotate.mark_claim(ws, [(go, go + 10), (hear, hear + 7)], author))
    first = next(iter(ws.claims))
    store.edit(speakers.set_chain_line(ws, first, "RIA Novosti > Sergei Lavrov"))
    store.edit(annotate.mark_claim(ws, [(0, 13)], author))
    name = text.index("Sergei Lavrov")
    store.edit(annotate.mark_mention(ws, [(name, name + 13)], author))
    store.edit(corrections.mark(ws, [(hear, hear + 2)], "I", author))
    store.edit(corrections.mark(ws, [(14, 15), (15, 16)], " ", author))
    return store


@pytest.fixture
def ids(store):
    """``claim``: with chain and two parts; ``plain``: without; ``mention``; ``word`` and ``wraps``: corrections."""
    ws = store.workspace
    claims = {bool(c.chain): c.id for c in ws.claims.values()}
    fixes = {len(c.spans): c.id for c in ws.corrections.values()}
    return {
        "claim": claims[True],
        "plain": claims[False],
        "mention": next(iter(ws.mentions)),
        "word": fixes[1],
        "wraps": fixes[2],
    }


@pytest.fixture
def edits(store):
    """Every edit applied from here on."""
    seen = []
    store.changed.connect(seen.append)
    return seen


@pytest.fixture
def selection():
    return Selection()


@pytest.fixture
def show(qtbot, store, selection):
    """Shows a panel in an active window, beside a widget that can take the focus (the article)."""
    app = QApplication.instance()
    style.apply(app, LIGHT)

    def make(panel_type, width: int = 400):
        panel = panel_type(store, selection, LIGHT)
        window = QWidget()
        row = QHBoxLayout(window)
        row.addWidget(panel)
        panel.outside = QWidget()
        panel.outside.setFocusPolicy(panel.outside.focusPolicy().StrongFocus)
        row.addWidget(panel.outside)
        window.resize(width + 20, 900)
        qtbot.addWidget(window)
        panel.window_kept = window
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return panel

    yield make
    app.setStyleSheet("")


def record(store, id_: str) -> Claim | Mention | Correction:
    found = store.workspace.annotation(id_)
    assert found is not None
    return found


@pytest.fixture
def choose(qtbot):
    """Opens a combo by key, goes down some steps and takes what is there."""

    def take(combo, steps):
        combo.setFocus()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        qtbot.waitUntil(combo.view().isVisible)
        for _ in range(steps):
            qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
        qtbot.keyClick(combo.view(), Qt.Key.Key_Return)

    return take
