"""What is shown can be read whole: windows on small screens, keys on the sheet and in the palette, long chains."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from ui.dialogs.shortcuts import ShortcutSheet
from ui.palette import Palette
from ui.widgets.paint import wrap
from ui.widgets.screen import fitting


def test_a_window_opens_no_larger_than_its_screen_has_room_for():
    wanted = QSize(1500, 940)
    for screen in (QRect(0, 0, 1280, 720), QRect(0, 28, 1024, 612), QRect(60, 0, 1440, 900)):
        size = fitting(wanted, screen)
        assert size.width() < screen.width()
        assert size.height() + 30 <= screen.height(), "its title bar is on the screen too"
    assert fitting(wanted, QRect(0, 0, 1920, 1080)) == wanted


def test_every_key_on_the_sheet_is_read_whole_and_labelling_comes_first(hands):
    hands.press("?", saves=False)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ShortcutSheet) is not None)
    sheet = hands.window.findChild(ShortcutSheet)
    hands.qtbot.waitUntil(sheet.isVisible)
    for edit in sheet.edits.values():
        line = edit.findChild(QLineEdit)
        clear = line.findChild(QToolButton)
        shown = line.text() or line.placeholderText()
        assert line.fontMetrics().horizontalAdvance(shown) + 16 <= line.width() - clear.width(), shown
    headings = [label for label in sheet.findChildren(QLabel) if label.property("tone") == "heading"]
    assert min(headings, key=lambda label: label.y()).text() == "Annotate"
    sheet.filter.setText("mark cue")
    heading, found = headings[0], sheet.edits["mark_cue"]
    hands.qtbot.waitUntil(lambda: not sheet.edits["mark_claim"].isVisible() and found.y() < 100)
    assert found.y() - heading.y() < 60, "what the filter leaves stands together"
    sheet.reject()


def test_the_palette_shows_the_key_of_a_command_at_the_right(hands):
    hands.press("k", Qt.KeyboardModifier.ControlModifier, saves=False)
    palette = hands.window.findChild(Palette)
    hands.qtbot.waitUntil(palette.isVisible)
    QTest.keyClicks(palette.field, "mark claim")
    item = palette.list.item(0)
    assert (item.text(), item.data(Qt.ItemDataRole.AccessibleTextRole)) == ("Mark Claim", "Mark Claim  C")
    row = palette.list.visualItemRect(item)
    picture = palette.list.viewport().grab(row).toImage()
    right = _inked(picture, row.width() - 40, row.width())
    assert right, "nothing is painted where the key stands"
    assert not _inked(picture, row.width() // 2, row.width() - 40)
    palette.field.clear()
    QTest.keyClicks(palette.field, "th")
    found = [palette.list.item(n).text() for n in range(palette.list.count())]
    assert found[0].startswith("Theme"), "a name that begins so comes before a hint with such a word"
    assert "Start Fresh" in found[4:]
    palette.reject()


def _inked(picture: QImage, left: int, right: int) -> bool:
    ground = QColor(picture.pixel(1, 1))
    return any(
        QColor(picture.pixel(x, y)) != ground for x in range(left, right) for y in range(4, picture.height() - 4)
    )


def test_a_chain_of_three_names_is_read_whole_while_it_is_typed(hands):
    hands.select("I would go")
    hands.press("c")
    hands.press("a", saves=False)
    field = hands.window.prompt.field
    QTest.keyClicks(field, "The Moscow Times > RIA Novosti > Sergei Lavrov")
    assert field.fontMetrics().horizontalAdvance(field.text()) + 40 <= field.width()


def test_the_menus_open_by_a_letter_each(hands):
    titles = [entry.text() for entry in hands.window.menuBar().actions()]
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(titles)


def test_every_line_of_a_right_to_left_text_is_set_from_the_right(qapp):
    text = "قال الوزير يوم الاثنين 12 مارس، وأضاف أن الأمر انتهى."
    before = QFontMetricsF(qapp.font()).horizontalAdvance("قال الوزير يوم الاثنين ")
    lines = wrap(text, qapp.font(), before + 2, 9)
    assert len(lines) > 2
    for line in lines:
        layout = _drawn(line)
        runs = layout.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes)
        (with_letter,) = [run for run in runs if line.index("ا") in run.stringIndexes()]
        assert with_letter.isRightToLeft()
        if "." in line:
            assert line.index(".") in with_letter.stringIndexes(), "the full stop is at the left end"
    first = next(line for line in lines if "12" in line[:3])
    layout = _drawn(first)
    number, last = (layout.lineAt(0).cursorToX(n)[0] for n in (first.index("2"), len(first) - 3))
    assert number > last, "a number that begins the line stands at its right"
    assert wrap("Plain words", qapp.font(), 500, 3) == ["Plain words"]


def _drawn(line: str) -> QTextLayout:
    """The line as a left-to-right window draws it."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(line)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine().setLineWidth(10_000)
    layout.endLayout()
    return layout


def test_the_tools_tell_the_keys_that_were_chosen(hands):
    tools = hands.window.pane.tools

    def button():
        return next(b for b in tools.findChildren(QToolButton) if b.accessibleName() == "Mark Claim")

    hands.window.resize(1900, 900)
    hands.qtbot.waitUntil(lambda: button().text() == "Claim  C")
    hands.window.settings.set("keys", {"mark_claim": ["F2"]})
    assert (button().text(), button().toolTip()) == ("Claim  F2", "Mark Claim (F2)")
    hands.window.settings.set("keys", {"mark_claim": []})
    assert (button().text(), button().toolTip()) == ("Claim", "Mark Claim")
