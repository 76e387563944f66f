"""A replacement is painted into the room that was made for it, in every direction of writing."""

from __future__ import annotations

import pytest
from view_samples import Looks

from annotator.model import Segment
from ui.text.document import DisplayMap
from ui.text.layout import lay_out
from ui.text.marks import Mark
from ui.text.scene import Scene
from ui.text.typography import Typography
from ui.theme import LIGHT

HEBREW = "\u05d0\u05de\u05e8 \u05d4\u05e9\u05e8 1998 \u05dc\u05d0 \u05d9\u05e4\u05ea\u05d7 (2001) \u05e2\u05d5\u05d3."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEBREW, "1998"),
        (HEBREW, "2001"),
        (HEBREW, "\u05d9\u05e4\u05ea\u05d7"),
        (HEBREW, "\u05e2\u05d5\u05d3"),
        ("In 1998 \u05e9\u05dc\u05d5\u05dd 12 it was so.", "\u05e9\u05dc\u05d5\u05dd"),
        ("In 1998 \u05e9\u05dc\u05d5\u05dd it was so.", "1998"),
        ("In 1998 it was so.", "1998"),
    ],
)
def test_no_other_word_lies_under_a_replacement(qapp, text: str, words: str) -> None:
    start = text.index(words)
    end = start + len(words)
    scene = Scene(LIGHT, DisplayMap(text, (Segment("body", 0, len(text)),)), Typography(), Looks())
    scene.index.load([Mark("00", "correction", ((start, end),), replacement="instead")])
    document, layout = lay_out(scene, None, lambda: 0.0)
    layout.set_width(900)
    block = document.begin()
    (gap, box), *none = layout.gap_boxes(block, 0)
    assert (gap.text, none) == ("instead", [])
    for number, letter in enumerate(text):
        if letter.isalnum() and not start <= number < end:
            for run in layout.runs(number, number + 1, block, 0):
                assert run.right <= box.left() + 1 or run.left >= box.right() - 1, letter
