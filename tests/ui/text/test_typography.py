"""However the article is set: lines keep clear of each other, and every underline has room of its own."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QFontMetricsF
from view_samples import claim, put, span

from ui.text.frame import Frame
from ui.text.typography import LANE_WIDTH, MEASURES, SIZES, SPACINGS, Reading, Typography

READINGS = (
    Reading(spacing=1.4, measure=360),
    Reading(size=12, measure=360),
    Reading("Inter", 32, 1.4, 420),
    Reading(measure=360),
)
KINDS = ("body", "headline", "byline", "related_link")
SETTINGS = [
    (zoom, Reading(family, size, spacing))
    for zoom, family, size, spacing in itertools.product(
        (0.5, 1.0, 2.0, 3.0), ("Source Serif 4", "Inter"), (12, 17, 32), (1.4, 1.95, 3.0)
    )
]


@pytest.mark.parametrize(("zoom", "reading"), SETTINGS)
def test_lines_never_meet(fonts, zoom, reading):
    typography = Typography(zoom, reading)
    for style in map(typography.style, KINDS):
        metrics = QFontMetricsF(style.font)
        assert style.line >= metrics.height()
        assert style.box <= style.line
        assert style.baseline - metrics.ascent() >= -zoom
        assert style.baseline + metrics.descent() <= style.line
    sizes = [typography.style(kind).font.pixelSize() for kind in ("headline", "body")]
    assert sizes[0] > sizes[1]


def test_wishes_out_of_range_are_brought_into_it():
    assert Reading(size=3, spacing=0.1, measure=10) == Reading("Source Serif 4", SIZES[0], SPACINGS[0], MEASURES[0])
    assert Reading(size=99, spacing=9, measure=9999) == Reading("Source Serif 4", SIZES[1], SPACINGS[1], MEASURES[1])


@pytest.mark.parametrize("reading", READINGS)
def test_six_claims_over_each_other_are_underlined_clear_of_the_next_line(shown, reading):
    start, end = span("The envoy said the talks would resume on Monday, and that \U0001f600 nobody had\nobjected")
    put(shown, [claim(f"c{n}", (start + n, end - n)) for n in range(6)])
    shown.set_reading(reading)
    frame = Frame(shown.article_layout, shown.scene, 0, shown.article_layout.documentSize().height())
    lines = sorted({run.top for item in frame.items for run in item.runs})
    assert len(lines) > 1
    for item in frame.items:
        for run in item.runs:
            bottom = frame.lane_y(run, item.placed.lane) + shown.scene.typography.px(LANE_WIDTH / 2)
            below = [top for top in lines if top > run.top + 1]
            assert not below or bottom <= below[0]
    assert {item.placed.lane for item in frame.items} == set(range(6))
