"""An article of many screens: what nobody has seen is measured in passing, and keeps no lines."""

from __future__ import annotations

import pytest
from view_samples import claim

from ui.text.marks import Mark

WORDS = "The envoy said that the talks would resume on Monday, and nobody had objected to it so far. "
HEBREW = "השליח אמר כי השיחות יתחדשו ביום שני. "


def article(paragraphs: int) -> str:
    made = [
        (HEBREW if number % 7 == 3 else WORDS) * (1 + number * 5 % 9) + "😀" * (number % 3)
        for number in range(paragraphs)
    ]
    return "\n".join(line.strip() for line in made) + "\n"


TEXT = article(300)


def marks() -> list[Mark]:
    """Claims six deep, which need taller lines, and corrections, which need room."""
    found: list[Mark] = []
    for number, start in enumerate(range(0, len(TEXT) - 400, 700)):
        found += [claim(f"c{number}-{deep}", (start + deep, start + 300)) for deep in range(6)]
        found.append(Mark(f"x{number}", "correction", ((start + 20, start + 24),), replacement="quite another word"))
    return found


@pytest.fixture
def long(qtbot, view):
    view.show_article(TEXT, [], marks())
    with qtbot.waitSignal(view.article_layout.settled):
        pass
    return view.article_layout


def blocks(layout):
    document = layout.document()
    return [(document.findBlockByNumber(number), number) for number in range(document.blockCount())]


def test_what_is_measured_in_passing_is_as_high_as_when_it_is_seen(long):
    measured = list(long.own)
    for block, number in blocks(long):
        long.lines(block, number)
    assert long.own == measured


def test_only_what_lies_near_keeps_its_lines(long):
    laid_out = [number for block, number in blocks(long) if block.layout().lineCount()]
    assert laid_out[0] == 0
    assert len(laid_out) < 60


def test_the_next_screens_are_laid_out_before_they_are_seen(qtbot, view, long):
    view.verticalScrollBar().setValue(20_000)
    view.viewport().repaint()
    with qtbot.waitSignal(long.settled):
        pass
    near = range(long.number_at(20_000), long.number_at(20_000 + 3 * view.viewport().height()))
    assert all(long.document().findBlockByNumber(number).layout().lineCount() for number in near)
