"""Six claims in one sentence: what is shown together with what is selected."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from annotator.services import annotate
from ui.text.frame import Frame
from ui.text.gutter import bar_x, bars, chips
from ui.text.inks import Inks
from ui.text.links import link_lines
from ui.theme import LIGHT


@pytest.fixture
def window(six, open_window):
    return open_window(six[0])


@pytest.fixture
def ids(six):
    return six[1]


def relations(window, kind: str, id_: str) -> dict:
    window.selection.select(kind, id_)
    return dict(window.pane.view.scene.relations())


def frame(window) -> Frame:
    view = window.pane.view
    return Frame(view.article_layout, view.scene, 0, view.article_layout.documentSize().height())


def test_a_claim_has_parents_children_and_all_hops_of_its_chain(window, ids):
    c = ids["c"]
    assert relations(window, "claim", c) == {
        ids["a"]: "parent",
        ids["b"]: "parent",
        ids["d"]: "child",
        ids["Lavrov"]: "source",
        ids["The ministry"]: "hop",
        ids["agency"]: "hop",
        f"{c}#cue:3": "cue",
    }


def test_a_mention_and_its_speaker_show_all_that_is_theirs(window, ids):
    mention = window.store.workspace.mentions[ids["Lavrov"]]
    assert relations(window, "mention", mention.id) == {ids["c"]: "speaker"}
    assert relations(window, "speaker", mention.speaker_id) == {ids["c"]: "speaker", mention.id: "speaker"}
    assert window.pane.view.scene.selected is None
    assert window.pane.view.scene.recedes


def test_what_changes_is_shown_at_once(window, ids, qtbot):
    store = window.store
    assert ids["d"] in relations(window, "claim", ids["c"])
    with qtbot.waitSignal(store.saved):
        store.edit(annotate.change(store.workspace, ids["d"], parent_id=None))
    assert ids["d"] not in window.pane.view.scene.relations()


@pytest.mark.parametrize("zoom", [100, 200])
def test_parent_and_child_are_marked_in_the_gutter(window, ids, zoom):
    window.settings.set("zoom", zoom)
    window.selection.select("claim", ids["c"])
    found = {claim.mark.id: chip for chip in chips(frame(window)) for claim in chip.claims}
    assert {id_: found[ids[id_]].relation for id_ in "abcde"} == {
        "a": "parent",
        "b": "parent",
        "c": None,
        "d": "child",
        "e": None,
    }
    rects = [chip.rect for chip in chips(frame(window))]
    assert all(rect.left() >= 0 for rect in rects)
    assert not any(one.intersects(other) for i, one in enumerate(rects) for other in rects[:i])


@pytest.mark.parametrize("zoom", [100, 200])
def test_six_claims_keep_their_lanes_and_bars_apart(window, ids, zoom):
    window.settings.set("zoom", zoom)
    shown = frame(window)
    scale = zoom / 100
    xs = sorted(bar.x for bar in bars(shown))
    assert len(xs) == 6
    assert min(b - a for a, b in pairwise(xs)) >= 3.5 * scale
    lanes = {item.placed.lane for item in shown.of("claim")}
    assert lanes == set(range(6))
    block = shown.blocks[1]
    lines = shown.layout.lines(*block)
    run = next(item.runs[0] for item in shown.of("claim"))
    lowest = shown.lane_y(run, 5) + 0.85 * scale
    assert lowest + 1 * scale < run.top + lines.pitch  # above the next line's tint


@pytest.mark.parametrize("zoom", [100, 200])
def test_each_hop_and_cue_has_a_line_of_its_kind_to_its_words(window, ids, zoom):
    view, px = window.pane.view, zoom / 100
    window.settings.set("zoom", zoom)
    window.selection.select("claim", ids["c"])
    shown = frame(window)
    lines = link_lines(shown, Inks(LIGHT), shown.scene.selected, QRectF(view.viewport().rect()))
    assert [line.kind for line in lines] == ["hop", "hop", "cue", "source"]
    image = view.viewport().grab().toImage()
    named = {"source": ["Lavrov"], "hop": ["The ministry", "agency"]}
    for line in lines:
        wanted = [shown.scene.index.get(ids[name]) for name in named.get(line.kind, [])]
        wanted = wanted or [shown.scene.index.get(f"{ids['c']}#cue:3")]
        runs = [next(iter(shown.runs(placed.start, placed.end))) for placed in wanted]
        assert any(r.left <= line.end.x() <= r.right and line.end.y() == r.top for r in runs)
        inside = QColor(LIGHT.page) if line.kind == "hop" else line.colour  # a ring, not a dot
        assert near(image.pixelColor(line.end.toPoint()), inside)
        start = line.path.pointAtPercent(1.0)
        assert start.x() == pytest.approx(bar_x(shown, shown.scene.selected), abs=px)


def test_lines_to_words_out_of_sight_leave_the_window(window, ids):
    view = window.pane.view
    window.selection.select("claim", ids["c"])
    height = view.article_layout.documentSize().height()
    shown = Frame(view.article_layout, view.scene, height - 60, height)  # the related link only
    selected = shown.scene.selected
    (line,) = link_lines(shown, Inks(LIGHT), selected, QRectF(0, height - 60, 800, 60))
    assert (line.kind, line.end) == ("source", None)


def test_parents_are_bracketed(window, ids):
    view = window.pane.view
    window.selection.select("claim", ids["d"])
    image, shown = view.viewport().grab().toImage(), frame(window)
    for name in "abc":
        for item in shown.of("claim"):
            if item.placed.mark.id == ids[name]:
                run = shown.layout.caret(item.start)
                colour = Inks(LIGHT).line(shown.scene.hue(item.placed))
                spots = [image.pixelColor(round(run.left - 3.2) + dx, round(run.middle)) for dx in (-3, -2, -1, 0)]
                assert any(near(spot, colour, 60) for spot in spots), name


def near(one: QColor, other: QColor, most: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) <= most
