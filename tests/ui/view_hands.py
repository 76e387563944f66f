"""What the tests of the three views share: a long article, showing it in a view, and where words stand in both."""

from __future__ import annotations

from annotator.services import corrections

LINES = [
    f"Paragraph {n} says that the ministrty of foriegn affairs would answer {n} letters. " * (1 + n % 4)
    for n in range(40)
]
TEXT = "The headline\n\n" + "\n\n".join(line.strip() for line in LINES) + "\n"


def correct(hands, words, replacement, occurrence=0):
    """Correct these words; the correction comes back."""
    start, end = hands.place(words, occurrence)
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(corrections.mark(hands.ws, [(start, end)], replacement, hands.store.author))
    return next(c for c in hands.ws.corrections.values() if c.spans[0].start == start)


def show(hands, mode):
    """Step by key to a view."""
    hands.to_article()
    for _ in range(3):
        if hands.window.pane.mode != mode:
            hands.press("v", saves=False)
    assert hands.window.pane.mode == mode


def to_right(hands):
    """Make the corrected text beside the source text the active side."""
    hands.window.pane.views[1].setFocus()
    hands.qtbot.waitUntil(lambda: hands.view is hands.window.pane.views[1])


def tops(hands, words, occurrence=0):
    """How high the beginning of these words stands in both views, in the window."""
    start = hands.place(words, occurrence)[0]
    found = []
    for view in hands.window.pane.views * 2:  # the second time both are laid out
        run = view.article_layout.caret(view.scene.map.position(start))
        at = view.viewport().mapTo(hands.window, view.viewport().rect().topLeft())
        found.append(at.y() + run.top - view.verticalScrollBar().value())
    return found[2:]


def bars(hands):
    """The scroll bars of both views."""
    return [view.verticalScrollBar() for view in hands.window.pane.views]
