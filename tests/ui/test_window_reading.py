"""Reading comfort in the whole window: how the article is set, its size, motion, and the focus mode."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontInfo, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle
from ui_hands import Hands
from ui_samples import seed

from ui.dialogs.reading import ReadingDialog
from ui.fonts import load_fonts
from ui.text.typography import Reading

# What the offscreen platform says of menus and lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LONG = "\n\n".join(f"Paragraph {n} says that the talks would resume on Monday, and so on. " * 6 for n in range(60))


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    load_fonts()


@pytest.fixture
def long_hands(qtbot, open_window, tmp_path):
    """A window on an article of some twenty pages."""
    path = tmp_path / "long.annotator"
    seed(path, LONG)
    return Hands(qtbot, open_window(path))


def dialog(hands) -> ReadingDialog:
    hands.to_article()
    hands.press(Qt.Key.Key_Comma, CONTROL, saves=False)
    found = hands.window.findChild(ReadingDialog)
    hands.qtbot.waitUntil(found.isVisible)
    return found


def top_offset(view) -> int:
    """The source offset of what stands at the top of the window."""
    return view.scene.map.offset(
        view.article_layout.hitTest(view.to_document(QPointF(0, 1)), Qt.HitTestAccuracy.FuzzyHit)
    )


# -- font, size, spacing, measure ---------------------------------------------------------------------------------


def test_what_is_chosen_in_the_dialog_shows_in_the_article_at_once(hands):
    shown, view = dialog(hands), hands.view
    shown.family.setFocus()
    QTest.keyClick(shown.family, Qt.Key.Key_Down)
    assert QFontInfo(view.scene.typography.body.font).family() == "Inter"
    assert QFontInfo(view.document().firstBlock().layout().font()).family() == "Inter"
    pitch = view.scene.typography.body.line
    hands.enter(shown.spacing, "3")
    assert view.scene.typography.body.line > pitch * 1.4
    shown.text_size.setFocus()
    QTest.keyClick(shown.text_size, Qt.Key.Key_Up)
    assert view.scene.typography.body.font.pixelSize() == 18
    shown.measure.setFocus()
    QTest.keyClick(shown.measure, Qt.Key.Key_PageDown)
    assert view.article_layout.measure == 590
    assert view.reading() == Reading("Inter", 18, 3.0, 590)
    hands.click(shown.normal)
    assert view.reading() == Reading()
    assert not shown.normal.isEnabled()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_dialog_stays_open_while_one_marks(hands):
    shown = dialog(hands)
    hands.select("I would go")
    hands.press("c")
    assert len(hands.ws.claims) == 1
    assert shown.isVisible()
    assert dialog(hands) is shown


def test_every_field_of_the_dialog_has_a_name_and_is_reached_by_tab(hands):
    shown = dialog(hands)
    hands.qtbot.waitUntil(shown.family.hasFocus)
    names = []
    for _ in range(4):
        names.append(shown.focusWidget().accessibleName())
        QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
    assert names == ["Font", "Size", "Line spacing", "Line length"]
    assert all(field.accessibleDescription() for field in (shown.family, shown.text_size, shown.spacing, shown.measure))


def test_the_way_of_reading_stays_for_the_next_start(qtbot, hands, open_window, project_path):
    shown = dialog(hands)
    hands.enter(shown.measure, "500")
    hands.enter(shown.spacing, "1.5")
    hands = Hands(qtbot, open_window(project_path))
    assert hands.view.reading() == Reading(spacing=1.5, measure=500)
    assert hands.view.scene.typography.measure == 500


@pytest.mark.parametrize(
    "kept", [{"size": "large"}, {"colour": 3}, {"size": 1e300}, {"spacing": float("nan")}, {"measure": None}]
)
def test_settings_that_make_no_sense_are_passed_over(hands, kept):
    hands.window.settings.set("reading", kept)
    assert is_sane(hands.view.reading())


def is_sane(reading: Reading) -> bool:
    return reading.size in range(12, 33) and 1.4 <= reading.spacing <= 3 and reading.measure in range(360, 1201)


def test_the_place_stays_when_the_article_is_set_anew(long_hands):
    hands = long_hands
    hands.view.verticalScrollBar().setValue(2500)
    for reading in (Reading("Inter", 24, 2.4, 400), Reading(size=12, spacing=1.4, measure=1200), Reading()):
        before = top_offset(hands.view)
        assert before > 1000
        hands.window.looks.set_reading(reading)
        assert hands.view.reading() == reading
        top = hands.view.article_layout.caret(hands.view.scene.map.position(before)).top
        assert abs(top - hands.view.verticalScrollBar().value()) < hands.view.scene.typography.body.line


# -- motion -------------------------------------------------------------------------------------------------------


def chosen_motion(hands) -> list[str]:
    actions = hands.window.actions_
    return [name for name in ("system", "smooth", "reduced") if actions[f"motion_{name}"].isChecked()]


def test_a_page_moves_smoothly_or_at_once_as_the_view_menu_says(long_hands, qtbot):
    hands, view = long_hands, long_hands.view
    hands.menu("View", "Motion: Smooth")
    assert chosen_motion(hands) == ["smooth"]
    hands.to_article()
    with qtbot.waitSignal(view.scrolling.rested):
        hands.press(Qt.Key.Key_PageDown, saves=False)
        assert view.scrolling.gliding
    down = view.verticalScrollBar().value()
    hands.menu("View", "Motion: Reduced")
    assert chosen_motion(hands) == ["reduced"]
    hands.to_article()
    hands.press(Qt.Key.Key_PageDown, saves=False)
    assert not view.scrolling.gliding
    assert view.verticalScrollBar().value() >= 2 * down - 2


@pytest.mark.parametrize("duration", [0, 200])
def test_the_system_says_whether_things_move(long_hands, monkeypatch, duration):
    class System(QProxyStyle):
        def styleHint(self, hint, *args):
            wanted = hint == QStyle.StyleHint.SH_Widget_Animation_Duration
            return duration if wanted else super().styleHint(hint, *args)

    system = System("Fusion")
    monkeypatch.setattr(QApplication, "style", lambda *_: system)
    long_hands.window.settings.set("motion", "system")
    assert chosen_motion(long_hands) == ["system"]
    long_hands.press(Qt.Key.Key_PageDown, saves=False)
    assert long_hands.view.scrolling.gliding == (duration > 0)


def test_what_is_asked_at_the_caret_is_asked_where_the_caret_comes_to_rest(long_hands):
    hands = long_hands
    hands.window.settings.set("motion", "smooth")
    hands.press(Qt.Key.Key_PageDown, saves=False)
    assert hands.view.scrolling.gliding
    hands.press("c")
    hands.press("a", saves=False)
    place = hands.window.prompt.pos()
    assert not hands.view.scrolling.gliding
    below = hands.view.mapTo(hands.window.pane, hands.view.cursorRect().bottomLeft())
    assert abs(place.y() - below.y()) <= hands.window.prompt.height() + 60


# -- zoom ---------------------------------------------------------------------------------------------------------


def test_a_pinch_sets_the_size_of_both_views_and_is_kept(hands, qtbot, open_window, project_path):
    port = hands.view.viewport()
    at, device = QPointF(200, 100), QPointingDevice.primaryPointingDevice()
    for value in (0.1, 0.1, 0.5, 2.0, 2.0):
        kind = Qt.NativeGestureType.ZoomNativeGesture
        there = port.mapToGlobal(at)
        QApplication.sendEvent(port, QNativeGestureEvent(kind, device, 2, at, at, there, value, QPointF()))
    assert hands.window.pane.tools.zoom_label.text() == "300 %"
    assert [view.zoom() for view in hands.window.pane.views] == [3.0, 3.0]
    hands = Hands(qtbot, open_window(project_path))
    assert hands.view.zoom() == 3.0


# -- focus mode ---------------------------------------------------------------------------------------------------


def shown_parts(hands) -> list[bool]:
    window = hands.window
    return [part.isVisible() for part in (window.articles, window.pane.tools, window.right)]


def test_the_article_is_alone_until_the_key_or_escape(hands):
    window = hands.window
    window.resize(1500, 800)
    window.columns.setSizes([300, 700, 500])
    before = window.columns.sizes()
    hands.to_article()
    for leave in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        hands.press(Qt.Key.Key_F11, saves=False)
        assert shown_parts(hands) == [False, False, False]
        assert window.actions_["focus_mode"].isChecked()
        hands.qtbot.waitUntil(lambda: window.pane.width() == window.columns.width())
        hands.press(leave, saves=False)
        assert shown_parts(hands) == [True, True, True]
        assert not window.actions_["focus_mode"].isChecked()
        hands.qtbot.waitUntil(lambda: window.columns.sizes() == before)


def test_one_labels_in_focus_mode_and_escape_first_lets_the_claim_go(hands):
    hands.press(Qt.Key.Key_F11, saves=False)
    hands.select("I would go")
    hands.press("c")
    hands.press("a", saves=False)
    hands.answer("Sergei Lavrov")
    assert len(hands.ws.claims) == 1
    assert [s.name for s in hands.ws.speakers.values()] == ["Sergei Lavrov"]
    hands.to_article()
    hands.press("f", CONTROL, saves=False)
    assert hands.window.pane.find_bar.isVisible()
    QTest.keyClick(hands.window.pane.find_bar.field, Qt.Key.Key_Escape)
    assert shown_parts(hands) == [False, False, False]
    assert hands.window.selection.id is not None
    hands.press(Qt.Key.Key_Escape, saves=False)
    assert hands.window.selection.id is None
    assert shown_parts(hands) == [False, False, False]
    hands.press(Qt.Key.Key_Escape, saves=False)
    assert shown_parts(hands) == [True, True, True]


def test_going_to_what_focus_mode_hides_leaves_it(hands):
    hands.select("I would go")
    hands.press("c")
    for key, modifier in ((Qt.Key.Key_Return, PLAIN), (Qt.Key.Key_L, CONTROL)):
        hands.to_article()
        hands.press(Qt.Key.Key_F11, saves=False)
        assert shown_parts(hands) == [False, False, False]
        hands.press(key, modifier, saves=False)
        assert shown_parts(hands) == [True, True, True]
        assert not hands.view.hasFocus()


def test_what_is_being_typed_is_kept_when_its_field_is_hidden(hands):
    hands.select("I would go")
    hands.press("c")
    hands.press(Qt.Key.Key_Return, saves=False)
    field = hands.window.claims.editor.main.editors["note"]
    hands.enter(field, "a note", end=None)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_F11)
    assert [claim.note for claim in hands.ws.claims.values()] == ["a note"]
    assert hands.view.hasFocus()


def test_a_window_closed_in_focus_mode_opens_with_its_columns(qtbot, hands, open_window, project_path):
    hands.window.columns.setSizes([230, 700, 420])
    before = hands.window.columns.sizes()
    hands.press(Qt.Key.Key_F11, saves=False)
    hands = Hands(qtbot, open_window(project_path))
    assert shown_parts(hands) == [True, True, True]
    assert [int(width) for width in hands.window.settings.get("columns")] == before


def darkest(view, words: str, text: str) -> int:
    """How dark the darkest pixel of some words is, from 0 (black)."""
    start = text.index(words)
    run = view.article_layout.caret(view.scene.map.position(start))
    end = view.article_layout.caret(view.scene.map.position(start + len(words)), trailing=True)
    picture, top = view.viewport().grab().toImage(), view.verticalScrollBar().value()
    columns, rows = range(round(run.left) + 4, round(end.left)), range(round(run.top) - top, round(run.bottom) - top)
    return min(picture.pixelColor(x, y).lightness() for x in columns for y in rows)


def test_other_paragraphs_are_dimmed_and_can_still_be_read(hands):
    hands.window.settings.set("theme", "light")
    text = hands.ws.text
    hands.view.set_caret(text.index("We hear"))
    hands.press(Qt.Key.Key_F11, saves=False)
    lit, dim = darkest(hands.view, "We hear", text), darkest(hands.view, "Russia agreed", text)
    assert lit < 80 < dim < 170
    hands.view.set_caret(text.index("agreed"))
    assert darkest(hands.view, "Russia agreed", text) < 80
    assert darkest(hands.view, "We hear", text) > 80
    hands.select("We hear")
    hands.press("c")
    hands.view.set_caret(text.index("agreed"))
    assert darkest(hands.view, "He left", text) < 80, "the selected claim's paragraph"
    hands.press(Qt.Key.Key_Escape, saves=False)
    assert darkest(hands.view, "He left", text) > 80
    hands.press(Qt.Key.Key_Escape, saves=False)
    assert darkest(hands.view, "He left", text) < 80
