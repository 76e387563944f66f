"""Run in a process of its own with QT_SCALE_FACTOR set: prints what painting, selection and hit test disagree on."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from view_samples import ARTICLE, Hand, Looks, claim, segments_of, span

from ui.application import make_application
from ui.text.geometry import Run
from ui.text.view import ArticleView
from ui.theme import LIGHT, blend

WORDS = ("the talks would resume", "Nothing else", "Envoy Says")


def near(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) <= 6


def columns(picture: QImage, y: float, colour: QColor) -> tuple[float, float] | None:
    """From where to where a row of the picture has this colour, in device-independent pixels."""
    ratio = picture.devicePixelRatio()
    row = round(y * ratio)
    found = [x for x in range(picture.width()) if near(picture.pixelColor(x, row), colour)]
    return (found[0] / ratio, (found[-1] + 1) / ratio) if found else None


def main(factor: float) -> list[str]:
    app = make_application()
    view = ArticleView(Looks())
    view.resize(850, 700)
    view.show()
    view.show_article(ARTICLE, segments_of(ARTICLE), [claim(words, span(words)) for words in WORDS])
    QTest.qWaitForWindowExposed(view)
    view.activateWindow()
    view.setFocus()
    app.processEvents()
    problems, layout, hand = [], view.article_layout, Hand(view)

    def caret(offset: int, *, trailing: bool = False) -> Run:
        return layout.caret(view.scene.map.position(offset), trailing=trailing)

    picture = view.viewport().grab().toImage()
    if picture.devicePixelRatio() != factor:
        problems.append(f"the picture has {picture.devicePixelRatio()} pixels to one")
    selected = QColor(blend(LIGHT.accent, LIGHT.selection, LIGHT.page))
    for words in WORDS:
        start, end = span(words)
        first, last = caret(start), caret(end, trailing=True)
        line = columns(picture, first.bottom + view.scene.typography.px(2), QColor(LIGHT.lines[0]))
        if line is None or abs(line[0] - first.left) > 1 or abs(line[1] - last.left) > 1:
            problems.append(f"{words}: underlined {line}, stands {first.left} to {last.left}")
        hand.drag(hand.at(start), hand.at(end, after=True))
        if view.selected_range() != (start, end):
            problems.append(f"{words}: dragging selects {view.selected_range()}, meant {(start, end)}")
        ground = columns(view.viewport().grab().toImage(), first.top + 3, selected)
        if ground is None or abs(ground[0] - first.left) > 1.5 or abs(ground[1] - last.left) > 1.5:
            problems.append(f"{words}: selected {ground}, stands {first.left} to {last.left}")
        for offset in range(start, end):
            run, after = caret(offset), caret(offset + 1, trailing=True)
            x = run.left + (after.left - run.left) * 0.3
            hit = layout.hitTest(QPointF(x, run.middle), Qt.HitTestAccuracy.FuzzyHit)
            if hit != view.scene.map.position(offset) or view.marks_at(QPointF(x, run.middle)) != (words,):
                problems.append(f"{words}: at character {offset} the pointer finds {hit}")
    return problems


if __name__ == "__main__":
    print("\n".join(main(float(sys.argv[1]))))
