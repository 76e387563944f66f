"""Clicking, dragging and painting marks in a real view."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from view_samples import ARTICLE, claim, pieces_of, put, segments_of, span

from ui.text.frame import Frame
from ui.text.gutter import chips
from ui.text.marks import Mark
from ui.text.selected import handles
from ui.theme import DARK, LIGHT, blend

ALT = Qt.KeyboardModifier.AltModifier


def whole_frame(view) -> Frame:
    return Frame(view.article_layout, view.scene, 0, view.article_layout.documentSize().height())


def knob(view, part: int, side: str) -> QPoint:
    found = next(h for h in handles(whole_frame(view)) if (h.part, h.side) == (part, side))
    return QPoint(round(found.knob.x()), round(found.knob.y()) - view.verticalScrollBar().value())


# ---- clicks


def test_a_click_names_the_mark_and_another_click_the_next_one(shown, hand, qtbot):
    put(
        shown,
        [
            claim("outer", span("the talks would resume on Monday")),
            claim("inner", span("would resume")),
            Mark("speaker", "mention", (span("envoy"),)),
        ],
    )
    shown.mark_clicked.connect(shown.select_mark)
    point = hand.at(span("would")[0] + 1)
    found = []
    for _ in range(3):
        with qtbot.waitSignal(shown.mark_clicked) as caught:
            hand.click(point)
        found += caught.args
    assert found == ["inner", "outer", "inner"]
    with qtbot.waitSignal(shown.mark_clicked) as caught:
        hand.click(hand.at(span("envoy")[0] + 1))
    assert caught.args == ["speaker"]
    with qtbot.waitSignal(shown.background_clicked):
        hand.click(hand.at(span("denied")[0]))


def test_a_click_on_a_cue_selects_its_claim(shown, hand, qtbot):
    cue = Mark("a#cue0", "cue", (span("said"),), owner="a")
    put(shown, [claim("a", span("the talks would resume")), cue])
    with qtbot.waitSignal(shown.mark_clicked) as caught:
        hand.click(hand.at(span("said")[0] + 1))
    assert caught.args == ["a"]


def test_selecting_text_over_a_mark_is_no_click(shown, hand, qtbot):
    put(shown, [claim("a", span("the talks would resume"))])
    with qtbot.assertNotEmitted(shown.mark_clicked):
        hand.drag(hand.at(span("talks")[0]), hand.at(span("would")[1], after=True))


def test_a_number_in_the_gutter_is_clicked(shown, looks, hand, qtbot):
    marks = [claim(f"c{i}", (span("The envoy")[0], span("talks")[1] + i)) for i in range(8)]
    looks.numbers = {f"c{i}": i for i in range(8)}
    put(shown, marks)
    found = chips(whole_frame(shown))
    assert all(chip.rect.left() >= 0 for chip in found)
    assert {p.mark.id for chip in found for p in chip.claims} == {m.id for m in marks}
    assert found[-1].text.startswith("+")
    with qtbot.waitSignal(shown.mark_clicked) as caught:
        hand.click(found[0].rect.center().toPoint())
    assert caught.args == [found[0].claims[0].mark.id]
    shown.select_mark("c1")
    assert "1" in [chip.text for chip in chips(whole_frame(shown))]


def test_a_replacement_is_clicked_where_it_is_painted(shown, hand, qtbot):
    put(shown, [Mark("x", "correction", (span("Twe"),), replacement="I do")])
    block = shown.document().findBlock(shown.scene.map.position(span("Twe")[0]))
    ((gap, box),) = shown.article_layout.gap_boxes(block, block.blockNumber())
    assert gap.text == "I do"
    assert box.left() >= hand.at(span("Twe")[0]).x()
    with qtbot.waitSignal(shown.mark_clicked) as caught:
        hand.click(box.center().toPoint())
    assert caught.args == ["x"]


def test_the_context_menu_names_what_is_there_and_moves_the_caret(shown, hand, qtbot):
    put(shown, [claim("a", span("the talks would resume"))])
    point = hand.at(span("would")[0])
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, shown.viewport().mapToGlobal(point))
    with qtbot.waitSignal(shown.context_menu_requested) as caught:
        QApplication.sendEvent(shown.viewport(), event)
    assert caught.args == [shown.viewport().mapToGlobal(point), ("a",)]
    assert shown.caret() == span("would")[0]


def test_a_resting_pointer_asks_for_a_card_of_what_a_click_would_choose(shown, hand, qtbot):
    cue = Mark("a#cue0", "cue", (span("would"),), owner="a")
    put(shown, [claim("a", span("the talks would resume")), claim("b", span("would resume on Monday")), cue])
    shown.mark_clicked.connect(shown.select_mark)
    point = hand.at(span("would")[0] + 1)
    seen = []
    for _ in range(3):
        event = QHelpEvent(QEvent.Type.ToolTip, point, shown.viewport().mapToGlobal(point))
        with qtbot.waitSignal(shown.card_requested) as caught:
            QApplication.sendEvent(shown.viewport(), event)
        at, ids, chosen = caught.args
        assert (at, ids) == (shown.viewport().mapToGlobal(point), ("a#cue0", "a", "b"))
        with qtbot.waitSignal(shown.mark_clicked) as caught:
            hand.click(point)
        assert caught.args == [chosen]
        seen.append(chosen)
    assert seen == ["a", "b", "a"]


# ---- handles


@pytest.mark.parametrize("mode", ["source", "corrected"])
def test_a_dragged_handle_tells_where_it_was_let_go(shown, hand, qtbot, mode):
    pieces = pieces_of(ARTICLE, ("20,2018", "20, 2018"))
    marks = [claim("a", span("would resume"), span("nobody had"))]
    shown.show_article(ARTICLE, segments_of(ARTICLE), marks, pieces if mode == "corrected" else None)
    shown.select_mark("a")
    goal = span("on Monday")[1]
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 0, "end"), hand.at(goal, after=True))
    assert caught.args == ["a", 0, "end", goal]
    goal = span("the talks")[0]
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 0, "start"), hand.at(goal))
    assert caught.args == ["a", 0, "start", goal]
    assert not shown.textCursor().hasSelection()


def test_a_handle_stays_between_its_neighbours_and_whole_clusters(shown, hand, qtbot):
    put(shown, [claim("a", span("would resume"), span("\U0001f600 nobody"))])
    shown.select_mark("a")
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 0, "end"), hand.at(span("objected")[0]))
    assert caught.args == ["a", 0, "end", span("\U0001f600")[0]]
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 1, "start"), hand.at(span("The envoy")[0]))
    assert caught.args == ["a", 1, "start", span("would resume")[1]]
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 0, "end"), hand.at(span("The envoy")[0]))
    assert caught.args == ["a", 0, "end", span("would")[0] + 1]


def test_alt_drags_by_words(shown, hand, qtbot):
    put(shown, [claim("a", span("would resume"))])
    shown.select_mark("a")
    with qtbot.waitSignal(shown.boundary_dragged) as caught:
        hand.drag(knob(shown, 0, "end"), hand.at(span("Monday")[0] + 2), ALT)
    assert caught.args == ["a", 0, "end", span("Monday")[1]]


def test_the_drag_is_shown_before_it_is_let_go_and_escape_ends_it(shown, hand, qtbot):
    put(shown, [claim("a", span("would resume"))])
    shown.select_mark("a")
    hand.drag(knob(shown, 0, "end"), hand.at(span("Monday")[1], after=True), let_go=False)
    assert shown.scene.selected.mark.parts == ((span("would")[0], span("Monday")[1]),)
    with qtbot.assertNotEmitted(shown.boundary_dragged):
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        QTest.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton, pos=hand.at(span("Monday")[1]))
    assert shown.scene.selected.mark.parts == (span("would resume"),)


# ---- painting


def painted(view) -> QImage:
    return view.viewport().grab().toImage()


def ground(view, run) -> QPointF:
    """A point of a run's ground that no letter covers: its top corner."""
    return QPointF(run.left + 1, run.top + 2 - view.verticalScrollBar().value())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_claim_is_tinted_where_its_text_stands(shown, looks, theme):
    looks.hues = {"a": 1}
    shown.set_theme(theme)
    where = span("would resume on Monday, and that \U0001f600 nobody had\nobjected. A spokesman")
    put(shown, [claim("a", where)])
    image = painted(shown)
    items = list(whole_frame(shown).of("claim"))
    runs = [run for item in items for run in item.runs]
    assert len(runs) >= 2
    expected = QColor(blend(theme.lines[1], theme.tint, theme.page))
    for run in runs:
        found = image.pixelColor(ground(shown, run).toPoint())
        assert max(abs(a - b) for a, b in zip(found.getRgb(), expected.getRgb(), strict=True)) <= 2
    assert image.pixelColor(round(runs[0].left) - 4, round(runs[0].top) + 2) == QColor(theme.page)
    line = image.pixelColor(round(runs[0].left) + 20, round(whole_frame(shown).lane_y(runs[0], 0)))
    assert abs(line.hue() - QColor(theme.lines[1]).hue()) < 12


def test_painted_rectangles_are_those_of_the_text(shown):
    """The rectangles of a span lie where Qt's own layout puts its first and last character, line by line."""
    put(shown, [claim("a", span("resume on Monday, and that \U0001f600 nobody had\nobjected. A spokesman"))])
    (item,) = whole_frame(shown).of("claim")
    block = shown.document().findBlock(item.start)
    layout, origin = block.layout(), shown.article_layout.blockBoundingRect(block).topLeft()
    first = layout.lineForTextPosition(item.start - block.position())
    last = layout.lineForTextPosition(item.end - 1 - block.position())
    assert item.runs[0].left == pytest.approx(origin.x() + first.cursorToX(item.start - block.position())[0])
    assert item.runs[-1].right == pytest.approx(origin.x() + last.cursorToX(item.end - block.position())[0])
    for run, number in zip(item.runs, range(first.lineNumber(), last.lineNumber() + 1), strict=True):
        line = layout.lineAt(number).rect().translated(origin)
        assert run.top <= line.center().y() <= run.bottom
        assert run.right <= origin.x() + shown.article_layout.measure + 1
        hit = shown.article_layout.hitTest(QPointF((run.left + run.right) / 2, run.middle), Qt.HitTestAccuracy.ExactHit)
        assert item.start <= hit <= item.end


def test_line_ends_behind_a_paragraph_are_not_painted(shown):
    start, end = span("What the talks are about")
    put(shown, [claim("a", (start, end)), claim("b", (start, end + 2))])
    runs = [item.runs for item in whole_frame(shown).of("claim")]
    assert runs[0] == runs[1]


def test_marks_repaint_when_they_change_and_go(shown, looks):
    empty = painted(shown)
    put(shown, [claim("a", span("would resume"))])
    one = painted(shown)
    looks.hues = {"a": 3}
    shown.update_marks([])
    other = painted(shown)
    put(shown, [])
    assert painted(shown) == empty
    assert len({one.cacheKey(), other.cacheKey()}) == 2
    assert one != empty
    assert other != one


def test_six_claims_on_the_same_words_keep_their_underlines_apart(shown):
    put(shown, [claim(f"c{i}", (span("The envoy")[0], span("resume")[1] - i)) for i in range(6)])
    frame = whole_frame(shown)
    items = list(frame.of("claim"))
    lanes = sorted(frame.lane_y(item.runs[0], item.placed.lane) for item in items)
    assert min(b - a for a, b in itertools.pairwise(lanes)) >= 3
    block = shown.document().findBlock(items[0].start)
    second = shown.article_layout.lines(block, block.blockNumber())
    below = items[0].runs[0].top + second.pitch
    assert lanes[-1] < below + 1  # the last underline ends above the next line's text


def test_struck_text_opens_room_for_its_replacement(shown, hand):
    after = span(" hope so")[0]
    before = hand.at(after).x()
    put(shown, [Mark("x", "correction", (span("Twe"),), replacement="I would all")])
    assert hand.at(after).x() > before + 60
    assert shown.selected_range()[0] == shown.caret()
    put(shown, [])
    assert hand.at(after).x() == before


def test_select_reveals_and_highlights(shown):
    shown.resize(850, 160)
    put(shown, [claim("a", span("We also wait"))])
    shown.select_mark("a", reveal=True)
    (item,) = whole_frame(shown).of("claim")
    top = shown.verticalScrollBar().value()
    assert top > 0
    assert top <= item.runs[0].top <= top + shown.viewport().height() - 20


def test_search_matches_are_painted_and_the_current_one_is_shown(shown):
    shown.resize(850, 160)
    places = [span("talks"), span("We also")]
    shown.set_find_matches(places, 1)
    run = shown.article_layout.caret(shown.scene.map.position(places[1][0]))
    top = shown.verticalScrollBar().value()
    assert top <= run.top <= top + shown.viewport().height()
    image = painted(shown)
    assert image.pixelColor(round(run.left) + 2, round(run.top - top) + 3) == QColor(LIGHT.find_current)
    shown.set_find_matches([], None)
    assert painted(shown).pixelColor(round(run.left) + 2, round(run.top - top) + 3) == QColor(LIGHT.page)


def test_a_chip_keeps_its_outline_under_selected_words(shown):
    """All around: seen against the same selection without the chip."""
    shown.set_selected_range(*span("The envoy said"))
    plain = shown.viewport().grab().toImage()
    put(shown, [Mark("speaker", "mention", (span("envoy"),))])
    image = shown.viewport().grab().toImage()
    (run,) = whole_frame(shown).runs(*(shown.scene.map.position(offset) for offset in span("envoy")))
    middle = QPointF((run.left + run.right) / 2, run.middle)

    def differs(x: float, y: float) -> bool:
        around = [QPoint(round(x) + i, round(y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        return any(image.pixel(point) != plain.pixel(point) for point in around)

    assert differs(middle.x(), run.top)
    assert differs(middle.x(), run.bottom)
    assert differs(run.left - 2, middle.y())
    assert differs(run.right + 2, middle.y())
    shown.clear_selection()
