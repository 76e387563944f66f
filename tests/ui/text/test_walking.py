"""The caret by key from line to line, in every direction of writing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from view_samples import segments_of

from annotator.text.anchors import grapheme_start
from ui.text.document import LONG
from ui.text.marks import Mark

ARABIC = "قال وزير الخارجية الروسي سيرغي لافروف إن الرئيس الأمريكي دونالد ترامب دعا نظيره الروسي فلاديمير بوتين. "
MIXED = 'قال وزير (Sergei Lavrov) إن "We hear this" الرئيس Donald Trump دعا 25 نظيره, and more English للمتابعة. '
ENGLISH = "He said the words that were to be said and then, José, went on to say them \U0001f600 once more. "
CHINESE = "俄罗斯外交部长拉夫罗夫说，美国总统特朗普在电话中邀请普京访问美国，并表示很高兴在白宫见到他。"
TEXTS = {
    "arabic": f"{ARABIC * 9}\n\n{ARABIC * 6}",
    "mixed": f"{MIXED * 9}\n\n{MIXED * 6}",
    "english": f"{ENGLISH * 9}\n\n{ENGLISH * 6}",
    "chinese": f"{CHINESE * 9}\n\n{CHINESE * 6}",
    "both": f"{ENGLISH * 5}\n\n{ARABIC * 5}\n\n{CHINESE * 5}",
    "long": ENGLISH * (2 * LONG // len(ENGLISH)),
}
SHIFT, CONTROL, PLAIN = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)
DOWN, UP, HOME, END = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End


@pytest.fixture(params=TEXTS)
def page(request, view):
    text = TEXTS[request.param]
    view.show_article(text, segments_of(text), [])
    return view


def where(view):
    """The caret as it is shown: its x, and the top of its line."""
    run = view.article_layout.caret(*view.spot())
    return run.left, run.top


def tops(view):
    """The tops of all lines of the text."""
    found, block = [], view.document().firstBlock()
    while block.isValid():
        lines = view.article_layout.lines(block, block.blockNumber())
        found += [
            view.article_layout.caret(block.position() + lines.layout.lineAt(n).textStart()).top
            for n in range(lines.layout.lineCount())
        ]
        block = block.next()
    return found


def press(view, key, modifier=PLAIN):
    QTest.keyClick(view, key, modifier)


@pytest.mark.parametrize("start", [0, 3, 23])
def test_down_and_up_come_to_every_line_once(page, start):
    page.set_caret(start)
    lines, column = tops(page), where(page)[0]
    seen = [where(page)[1]]
    for _ in lines[1:]:
        press(page, DOWN)
        seen.append(where(page)[1])
        assert grapheme_start(page.scene.map.source, page.caret()) == page.caret()
    assert seen == lines
    for _ in lines[1:]:
        press(page, UP)
    assert where(page) == (column, lines[0]), "back to where it was, however short the lines between are"
    press(page, UP)
    assert page.caret() == 0
    for _ in lines:
        press(page, DOWN)
    assert page.caret() == len(page.scene.map.source), "beyond the last line is the end"


def test_each_page_goes_on_and_comes_back_and_shows_the_caret(page):
    end = len(page.scene.map.source)
    page.set_caret(0)
    seen = [0]
    while seen[-1] < end:
        press(page, Qt.Key.Key_PageDown)
        assert page.caret() > seen[-1]
        seen.append(page.caret())
        assert page.viewport().rect().contains(page.cursorRect())
    assert len(seen) <= 4 + len(tops(page)) // 10
    while page.caret() > 0:
        before = page.caret()
        press(page, Qt.Key.Key_PageUp)
        assert page.caret() < before
    assert page.verticalScrollBar().value() == 0


def test_home_and_end_stay_on_their_line_and_are_its_ends(page):
    page.set_caret(23)
    for top in tops(page):
        assert where(page)[1] == top
        press(page, END)
        press(page, END)
        end = page.caret()
        assert where(page)[1] == top
        press(page, HOME)
        assert where(page)[1] == top
        press(page, END, SHIFT)
        assert page.selected_range()[0] < end == page.selected_range()[1]
        press(page, HOME)
        press(page, DOWN)


def test_shift_takes_every_character_along(page):
    page.set_caret(0)
    for _ in tops(page):
        press(page, DOWN, SHIFT)
    assert page.selected_range() == (0, len(page.scene.map.source))
    for _ in tops(page):
        press(page, UP, SHIFT)
    assert page.caret() == 0


def test_a_click_in_the_margin_goes_to_the_end_of_the_line_on_that_side(page):
    port, text = page.viewport(), page.scene.map.source
    rightwards = text[0] == "H" or text[0] == "俄"
    page.set_caret(23)
    y = page.cursorRect().center().y()
    press(page, HOME)
    home = page.caret()
    press(page, END)
    end = page.caret()
    outside = QPoint(port.width() - 2, y)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, PLAIN, outside)
    assert page.caret() == home if not rightwards else page.caret() in (end, end + 1)
    left = QPoint(round(page.article_layout.left) - 3, y)
    position = page.article_layout.hitTest(QPointF(left), Qt.HitTestAccuracy.FuzzyHit)
    assert page.scene.map.offset(position) == (home if rightwards else end)


def test_arrows_move_by_characters_and_words_towards_their_side(view):
    right, left = Qt.Key.Key_Right, Qt.Key.Key_Left
    for text, onward, back in ((TEXTS["english"], right, left), (TEXTS["arabic"], left, right)):
        view.show_article(text, segments_of(text), [])
        view.set_caret(0)
        for expected in (1, 2, 3):
            press(view, onward)
            assert view.caret() == expected
        press(view, back)
        assert view.caret() == 2
        view.set_caret(0)
        words = text.split()
        place = 0
        for word in words[:8]:
            press(view, onward, CONTROL)
            place += len(word) + 1
            assert view.caret() == place
        press(view, back, CONTROL)
        assert view.caret() == place - len(words[7]) - 1


def test_replacements_on_show_are_no_obstacle(view):
    text = TEXTS["english"]
    places = [text.index("said"), text.index("José"), text.index("once", 300)]
    marks = [Mark(f"x{n}", "correction", ((p, p + 4),), replacement="something longer") for n, p in enumerate(places)]
    view.show_article(text, segments_of(text), marks)
    view.set_caret(places[0] + 4)
    lines = tops(view)
    seen = [where(view)[1]]
    for _ in lines[1:]:
        press(view, DOWN)
        seen.append(where(view)[1])
    assert seen == lines


def test_a_press_elsewhere_does_not_scroll_back_to_what_was_selected(view):
    text = "\n\n".join(f"{number} {ENGLISH}" for number in range(60))
    view.show_article(text, segments_of(text), [])
    view.set_selected_range(0, 10)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    top, port = view.verticalScrollBar().value(), view.viewport()
    middle = port.rect().center()
    position = view.article_layout.hitTest(view.to_document(QPointF(middle)), Qt.HitTestAccuracy.FuzzyHit)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, PLAIN, middle)
    assert view.verticalScrollBar().value() == top
    assert view.textCursor().position() == position
    assert not view.textCursor().hasSelection()
