"""The article through the calls of a screen reader: the same C++ interface that Qt's bridges ask."""

from __future__ import annotations

import ctypes
import gc
import platform
import sys

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import getCppPointer
from view_samples import ARTICLE, claim, pieces_of, put, segments_of, span

from ui.text import attributes
from ui.text.marks import Mark
from ui.text.spoken import Spoken
from ui.text.view import ArticleView

_ATTRIBUTES = 17
"""The place of ``attributes`` among the virtual functions of ``QAccessibleTextInterface``."""
on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() != "x86_64",
    reason="text attributes are told where a screen reader reads them: AT-SPI on x86-64",
)


class Reader:
    """A screen reader that comes while the program runs, and one view."""

    def __init__(self, view: ArticleView) -> None:
        QAccessible.setActive(True)
        self.view = view
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))

    @property
    def interface(self):
        return QAccessible.queryAccessibleInterface(self.view)

    @property
    def text(self):
        return self.interface.textInterface()

    def attributes(self, offset: int) -> tuple[dict[str, str], int, int]:
        """Asks like Qt's bridge: the virtual function of the C++ object, with a QString for the answer."""
        address = getCppPointer(self.text)[0]
        table = ctypes.c_void_p.from_address(address).value
        out = ctypes.POINTER(ctypes.c_int)
        kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, out, out)
        function = kind(ctypes.c_void_p.from_address(table + _ATTRIBUTES * 8).value)
        string = (ctypes.c_void_p * 3)()
        start, end = ctypes.c_int(-7), ctypes.c_int(-7)
        function(ctypes.addressof(string), address, offset, ctypes.byref(start), ctypes.byref(end))
        said = ctypes.string_at(string[1], 2 * (string[2] or 0)).decode("utf-16-le") if string[1] else ""
        pairs = [pair.split(":") for pair in said.split(";") if pair]
        assert all(len(pair) == 2 for pair in pairs)  # Qt's bridge drops any other
        return dict(pairs), start.value, end.value


@pytest.fixture(autouse=True)
def _nobody_listens():
    yield
    QAccessible.setActive(False)


@pytest.fixture
def reader(shown):
    return Reader(shown)


@on_linux
def test_without_a_screen_reader_nothing_is_touched(shown):
    QApplication.sendEvent(shown, QFocusEvent(QEvent.Type.FocusIn))
    address = getCppPointer(QAccessible.queryAccessibleInterface(shown).textInterface())[0]
    before = ctypes.c_void_p.from_address(address).value
    Reader(shown)
    assert ctypes.c_void_p.from_address(address).value != before


def _labels(found: dict[str, str]) -> dict[str, str]:
    return {name: said for name, said in found.items() if not name.startswith(("font", "text-"))}


def _stretches(reader: Reader, words: str) -> list[tuple[str, dict[str, str]]]:
    """All stretches of a paragraph with what is said of them, end to end without a hole."""
    position, last = (reader.view.scene.map.position(offset) for offset in span(words))
    found = []
    while position < last:
        said, start, end = reader.attributes(position)
        assert start <= position < end
        assert not found or start == position
        found.append((reader.text.text(position, min(end, last)), _labels(said)))
        position = end
    return found


@on_linux
def test_attributes_say_which_labels_lie_at_an_offset_and_how_far(reader, looks):
    looks.labels = {"a": "claim 13 by Sergei Lavrov", "b": "claim 14 by Reuters", "m": "mention of Sergei Lavrov"}
    said = "The envoy said the talks would resume on Monday"
    put(
        reader.view,
        [
            claim("a", span(said)),
            claim("b", span("the talks would resume")),
            Mark("m", "mention", (span("The envoy"),)),
        ],
    )
    reader.view.select_mark("b")
    one, both = "claim 13 by Sergei Lavrov", "claim 13 by Sergei Lavrov and claim 14 by Reuters"
    assert _stretches(reader, said + ", and") == [
        ("The envoy", {"claim": one, "mention": "mention of Sergei Lavrov"}),
        (" said ", {"claim": one}),
        ("the talks would resume", {"claim": both, "selected": "claim 14 by Reuters"}),
        (" on Monday", {"claim": one}),
        (", and", {}),
    ]


@on_linux
def test_parts_of_a_claim_and_what_lies_between(reader, looks):
    looks.labels = {"a": "claim 1, no speaker"}
    put(reader.view, [claim("a", span("nobody had"), span("denied it"))])
    told = [words for words, said in _stretches(reader, "that \U0001f600 nobody had\nobjected. A spokesman") if said]
    assert told == ["nobody had"]
    emoji = reader.view.scene.map.position(ARTICLE.index("\U0001f600"))
    assert reader.attributes(emoji + 1)[2] == reader.view.scene.map.position(ARTICLE.index("nobody had"))


@on_linux
def test_corrections_segments_and_what_would_break_the_syntax(reader, looks):
    looks.labels = {"x": "OCR error: read \u201cWe\u201d; surely"}
    put(reader.view, [Mark("x", "correction", (span("Twe"),), replacement="We")])
    said, start, end = reader.attributes(reader.view.scene.map.position(ARTICLE.index("Twe")) + 1)
    assert reader.text.text(start, end) == "Twe"
    assert _labels(said) == {"correction": "OCR error, read \u201cWe\u201d, surely", "invalid": "spelling"}
    assert _labels(reader.attributes(3)[0]) == {"segment": "Headline"}


@on_linux
def test_they_follow_the_marks_and_the_text_on_show(reader, looks):
    looks.labels = {"a": "claim 1 by Ann"}
    put(reader.view, [claim("a", span("denied it"))])
    reader.view.show_article(
        ARTICLE,
        segments_of(ARTICLE),
        [claim("a", span("denied it"))],
        pieces_of(ARTICLE, ("Twe", "We"), ("A spokesman", "Someone")),
    )
    place = reader.view.scene.map.position(ARTICLE.index("denied it"))
    said, start, end = reader.attributes(place)
    assert (reader.text.text(start, end), _labels(said)) == ("denied it", {"claim": "claim 1 by Ann"})
    put(reader.view, [])
    assert _labels(reader.attributes(place)[0]) == {}


@on_linux
def test_odd_offsets_are_answered_too(reader, view, looks):
    looks.labels = {"a": "claim 1 by Ann"}
    put(reader.view, [claim("a", (0, len(ARTICLE)))])
    count = reader.text.characterCount()
    for offset in (-2, -1, count - 1, count, count + 1, count + 1000):
        reader.attributes(offset)
    assert reader.attributes(count)[0]["claim"] == "claim 1 by Ann"
    view.show_article("", [], [])
    for offset in (-2, -1, 0, 1):
        assert _labels(reader.attributes(offset)[0]) == {}


@on_linux
def test_an_error_does_not_get_into_qt(reader, looks, monkeypatch):
    put(reader.view, [claim("a", span("denied it"))])
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: told.append(error[0]))
    monkeypatch.setattr(Spoken, "at", lambda *_: 1 / 0)
    said, start, end = reader.attributes(100)
    assert start <= 100 < end
    assert _labels(said) == {}
    assert told == [ZeroDivisionError]


@on_linux
def test_the_interface_outlives_what_python_knows_of_the_view(qtbot, fonts, looks):
    """Qt keeps the interface until its widget dies; the table of functions must be there then."""
    for _ in range(4):
        view = ArticleView(looks)
        view.show_article(ARTICLE, [], [claim("a", (5, 20))])
        reader = Reader(view)
        looks.labels = {"a": "claim 1 by Ann"}
        assert reader.attributes(6)[0]["claim"] == "claim 1 by Ann"
        view.spoken = None  # as when Python has let go of its half
        gc.collect()
        assert _labels(reader.attributes(6)[0]) == {}
        view.deleteLater()
        del view, reader
        QTest.qWait(0)


@on_linux
def test_nothing_is_touched_where_the_table_is_another(fonts, qtbot, looks, monkeypatch):
    monkeypatch.setattr(attributes, "_KNOWN", {10: attributes._KNOWN[11]})
    attributes._is_as_expected.cache_clear()
    try:
        view = ArticleView(looks)
        qtbot.addWidget(view)
        view.show_article(ARTICLE, [], [claim("a", (5, 20))])
        looks.labels = {"a": "claim 1 by Ann"}
        assert _labels(Reader(view).attributes(6)[0]) == {}
    finally:
        attributes._is_as_expected.cache_clear()


def test_role_state_name_and_text(reader):
    interface = reader.interface
    assert interface.role() == QAccessible.Role.EditableText
    state = interface.state()
    assert state.readOnly
    assert state.multiLine
    assert state.selectableText
    assert state.focusable
    assert not state.editable
    assert interface.text(QAccessible.Text.Name) == "Article text"
    text = reader.text
    assert text.characterCount() == len(ARTICLE.encode("utf-16-le")) // 2
    start = reader.view.scene.map.position(ARTICLE.index("nobody"))
    assert text.text(start - 3, start + 6) == "\U0001f600 nobody"


def test_caret_and_selection_both_ways(reader):
    text, view = reader.text, reader.view
    start, end = (view.scene.map.position(offset) for offset in span("nobody had"))
    text.setCursorPosition(start)
    assert view.caret() == ARTICLE.index("nobody had")
    text.setSelection(0, start, end)
    assert view.selected_range() == span("nobody had")
    assert text.selectionCount() == 1
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert text.cursorPosition() == end
    assert text.selectionCount() == 0
    text.addSelection(start, end)
    assert view.selected_range() == span("nobody had")
    text.removeSelection(0)
    assert text.selectionCount() == 0


def _on_screen(view: ArticleView) -> QRect:
    return QRect(view.viewport().mapToGlobal(QPoint(0, 0)), view.viewport().size())


def test_characters_lie_where_they_are_painted(reader):
    view, text = reader.view, reader.text
    view.resize(850, 160)
    for words in ("nobody", "spokesman", "Twe", "nobody"):
        offset = ARTICLE.index(words)
        position = view.scene.map.position(offset)
        text.scrollToSubstring(position, position + len(words))
        assert text.characterRect(position).intersects(_on_screen(view))
        rect = text.characterRect(position)
        run = view.article_layout.caret(position)
        painted = view.viewport().mapToGlobal(
            QPoint(round(run.left), round(run.middle) - view.verticalScrollBar().value())
        )
        assert abs(rect.left() - painted.x()) <= 1
        assert rect.top() < painted.y() < rect.bottom()
        assert text.offsetAtPoint(rect.center()) in (position, position + 1)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_character_is_as_wide_for_a_screen_reader_as_it_is_painted(reader, zoom):
    view = reader.view
    view.set_zoom(zoom)
    view.grab()  # what is not painted has no place yet
    top = view.viewport().mapToGlobal(QPoint(0, 0))
    for words in ("Envoy", "April", "spokesman", "Related"):
        for place in range(*span(words)):
            position = view.scene.map.position(place)
            rect = reader.text.characterRect(position)
            left, right = view.article_layout.caret(position), view.article_layout.caret(position + 1, trailing=True)
            assert abs(rect.left() - top.x() - left.left) <= 1.5
            assert abs(rect.width() - (right.left - left.left)) <= 1 + zoom, view.toPlainText()[position]
