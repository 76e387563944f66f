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
    measured = list(long.heights.own)
    for block, number in blocks(long):
        long.lines(block, number)
    assert long.heights.own == measured


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


JUNK = "".join(chr(97 + number * number % 23) for number in range(20_000))
HAN = "".join(chr(0x4E00 + number * 31 % 3000) for number in range(9_000))


def test_junk_without_a_place_to_break_fills_its_lines(view):
    view.show_article(f"Before it.\n{JUNK}\nAfter it.\n", [], [])
    document, layout = view.document(), view.article_layout
    lines = layout.lines(document.findBlockByNumber(1), 1).layout
    assert sum(lines.lineAt(row).textLength() for row in range(lines.lineCount())) == len(JUNK)
    assert all(lines.lineAt(row).naturalTextWidth() > layout.measure - 30 for row in range(lines.lineCount() - 1))


def test_words_are_broken_between_words_however_long_the_paragraph(view):
    view.show_article(WORDS * 30 + "\n", [], [])
    lines = view.article_layout.lines(view.document().findBlockByNumber(0), 0).layout
    ends = [lines.lineAt(row).textStart() for row in range(1, lines.lineCount())]
    assert all((WORDS * 30)[end - 1] == " " for end in ends)


@pytest.mark.parametrize("text", [JUNK, HAN])
@pytest.mark.parametrize("selected", [None, "c40", "wide"])
def test_a_giant_block_looks_the_same_when_only_its_lines_in_view_are_painted(view, monkeypatch, text, selected):
    found = [
        claim(f"c{n}", (start, start + 150), (start + 200, start + 210)) for n, start in enumerate(range(0, 8000, 90))
    ]
    found += [claim("wide", (100, 8900)), Mark("m", "mention", ((4000, 4900),))]
    found += [Mark(f"x{n}", "correction", ((n, n + 5),), replacement="other") for n in range(30, 8000, 333)]
    view.show_article(text, [], found)
    view.select_mark(selected)
    bar = view.verticalScrollBar()
    for value in (0, 1234, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        few = view.viewport().grab().toImage()
        with monkeypatch.context() as patch:
            patch.setattr("ui.text.frame._GIANT", 10**9)
            assert view.viewport().grab().toImage() == few
