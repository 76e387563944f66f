"""What an edit changes is painted, although each view paints only what it thinks has changed."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from annotator.errors import AnnotatorError
from annotator.services import annotate, corrections, speakers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
NAMES = ("Anna Berg", "RIA Novosti", "Sergei Lavrov", "RIA Novosti > Anna Berg")


@pytest.fixture
def window(open_window, project_path):
    app = QApplication.instance()
    flash = app.cursorFlashTime()
    app.setCursorFlashTime(0)
    found = open_window(project_path)
    found.status.hide()  # it says "Saved" when the disk has it
    yield found
    app.setCursorFlashTime(flash)


def on_screen(window) -> QImage:
    """What the window shows, without painting anything anew, once the checks have found all problems."""
    window.checking.when_checked(lambda: None)
    while not window.checking.fresh:
        QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
    return window.screen().grabWindow(window.winId()).toImage()


def paint_all(window) -> None:
    for widget in window.findChildren(QWidget):
        widget.update()


def edits(window, rng):
    """Random edits of every kind; some are refused, which is none of this test's business."""
    store = window.store
    ws = store.workspace

    def place() -> list[tuple[int, int]]:
        start = rng.randrange(len(ws.text) - 20)
        return [(start, start + rng.randrange(2, 20))]

    def one(table) -> str:
        return rng.choice(sorted(table)) if table else ""

    makers = (
        lambda: annotate.mark_claim(ws, place(), store.author),
        lambda: annotate.mark_mention(ws, place(), store.author),
        lambda: corrections.mark(ws, place(), rng.choice(("other", "", "some more words")), store.author),
        lambda: speakers.set_chain_line(ws, one(ws.claims), rng.choice(NAMES)),
        lambda: speakers.assign(ws, one(ws.mentions), rng.choice(NAMES)),
        lambda: annotate.change(ws, one(ws.corrections), kind="factual", claim_id=one(ws.claims)),
        lambda: annotate.set_spans(ws, one(ws.claims), place()),
        lambda: annotate.delete(ws, [one({**ws.claims, **ws.mentions, **ws.corrections})]),
        lambda: speakers.change(ws, one(ws.speakers), name=f"Name {rng.randrange(99)}"),
    )
    for _ in range(40):
        try:
            store.edit(rng.choice(makers)())
        except (AnnotatorError, KeyError):
            continue
        yield


@pytest.mark.parametrize("seed", range(3))
def test_what_is_on_the_screen_is_what_painting_all_would_show(window, seed):
    rng, seen = random.Random(seed), 0
    for _ in edits(window, rng):
        if rng.random() < 0.3 and window.store.workspace.claims:
            window.selection.select("claim", rng.choice(sorted(window.store.workspace.claims)), reveal=False)
        partly = on_screen(window)
        paint_all(window)
        assert on_screen(window) == partly
        seen += 1
    assert seen > 15


def named(window, make, start, name, assign):
    """A record at this place that names this speaker; its id comes back."""
    store = window.store
    before = {*store.workspace.claims, *store.workspace.mentions}
    store.edit(make(store.workspace, [(start, start + 1)], store.author))
    (id_,) = {*store.workspace.claims, *store.workspace.mentions} - before
    store.edit(assign(store.workspace, id_, name))
    return id_


@pytest.mark.parametrize(
    ("make", "assign"),
    [(annotate.mark_mention, speakers.assign), (annotate.mark_claim, speakers.set_chain_line)],
    ids=["mentions", "claims"],
)
def test_the_row_of_a_speaker_is_painted_when_only_its_numbers_change(window, make, assign):
    """Neither order nor colours change: the rows that lose and gain have to say so themselves."""
    store, (one, two) = window.store, NAMES[:2]
    for start, name in enumerate((one, one, two)):  # these keep the order: who is first, and who has more claims
        named(window, make, start, name, assign)
    moving = named(window, make, 40, one, assign)
    window.selection.clear()
    for name in (two, one, two):
        keys, hues = list(window.speakers.rows.keys), store.outline.hues
        before = on_screen(window)
        store.edit(assign(store.workspace, moving, name))
        assert (window.speakers.rows.keys, store.outline.hues) == (keys, hues)
        partly = on_screen(window)
        paint_all(window)
        assert on_screen(window) == partly != before
