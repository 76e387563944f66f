"""Commands, keys, projects, dropped files and looks of the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QKeySequence, QStyleHints, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from shiboken6 import isValid
from ui_hands import Hands
from ui_samples import seed

from db.project import open_project
from ui.commands import COMMANDS
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.new_project import NewProject
from ui.dialogs.shortcuts import ShortcutSheet
from ui.theme import DARK, LIGHT

# What the offscreen platform says of menus and lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier


# -- commands and keys --------------------------------------------------------------------------------------------


def test_every_command_has_a_handler_and_every_handler_a_command(hands):
    assert set(hands.window._handlers()) == {command.id for command in COMMANDS}
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_every_command_is_in_the_menu_bar_once(hands):
    entries = [a.text() for menu in hands.window.menuBar().actions() for a in menu.menu().actions() if not a.menu()]
    shown = [hands.window.actions_[command.id].text() for command in COMMANDS]
    assert sorted(entry for entry in entries if entry) == sorted(shown)


def test_no_two_commands_share_a_key():
    """In the article both kinds of commands are there, so one key may not stand for one of each either."""
    users: dict[str, list[str]] = {}
    for command in COMMANDS:
        for key in command.keys:
            sequence = QKeySequence(key)
            assert sequence.count() == 1, f"{command.id}: {key} is no key"
            users.setdefault(sequence.toString(), []).append(command.id)
    assert {key: ids for key, ids in users.items() if len(ids) > 1} == {}


def test_one_letter_keys_belong_to_the_article():
    """Else they could not be typed into a field."""
    for command in COMMANDS:
        for key in command.keys:
            if command.where == "window" and len(key) == 1:
                assert key == "?", command.id


def test_writing_commands_are_off_in_a_read_only_project_and_only_they(qtbot, open_window, project_path, hands):
    def on():
        return {command.id for command in COMMANDS if hands.window.actions_[command.id].isEnabled()}

    writing = {command.id for command in COMMANDS if command.writes}
    assert {"mark_claim", "delete", "undo", "import_files", "correct"} <= writing
    assert writing <= on() | {"redo", "reopen"}
    other = project_path.with_name("other.annotator")
    seed(other, "Another text.\n")
    holder = open_project(str(other), "write")
    try:
        with qtbot.waitSignal(hands.store.project_opened):
            hands.window.files.open(str(other))
        qtbot.waitUntil(lambda: hands.ws.article is not None)
        assert on() & writing == set()
        assert on() == {command.id for command in COMMANDS} - writing
    finally:
        holder.close()
    with qtbot.waitSignal(hands.store.project_opened):
        hands.window.files.open(str(other))
    qtbot.waitUntil(lambda: hands.ws.article is not None)
    assert writing <= on() | {"redo", "reopen"}


def test_the_sheet_names_every_command_and_its_keys(hands):
    hands.press("?", saves=False)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ShortcutSheet) is not None)
    sheet = hands.window.findChild(ShortcutSheet)
    hands.qtbot.waitUntil(sheet.isVisible)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert set(sheet.edits) == {command.id for command in COMMANDS}
    for command in COMMANDS:
        assert any(word.startswith(command.text.rstrip("…")) for word in words), command.id
        first = sheet.edits[command.id].keySequence().toString()
        assert first == (QKeySequence(command.keys[0]).toString() if command.keys else "")
        for other in command.keys[1:]:
            assert any(other in word.split(", ") for word in words), other
    sheet.reject()


def test_a_question_mark_can_be_typed_into_a_field(hands):
    hands.select("I would go")
    hands.press("c")
    field = hands.window.claims.editor.main.editors["note"]
    field.setFocus()
    QTest.keyClick(field, "?")
    assert field.value() == "?"
    assert hands.window.findChild(ShortcutSheet) is None


# -- projects and files -------------------------------------------------------------------------------------------


def _new(hands):
    hands.press("n", CONTROL, saves=False)
    dialog = hands.window.findChild(NewProject)
    hands.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_new_project_is_made_where_one_says(qtbot, hands, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "fresh"), ""))
    dialog = _new(hands)
    hands.click(dialog.choose)
    with qtbot.waitSignal(hands.store.project_opened):
        QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    assert (tmp_path / "fresh.annotator").is_file()
    assert hands.store.project.name == "fresh"
    assert hands.ws.article is None
    assert not hands.store.read_only
    hands.qtbot.waitUntil(lambda: not isValid(dialog))
    hands.to_article()
    again = _new(hands)
    hands.click(again.choose)
    hands.click(again.create_button)
    assert "exists already" in hands.read_message()
    assert hands.store.project.name == "fresh"


def test_a_dialog_that_is_left_changes_nothing(hands, monkeypatch):
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    before = hands.store.project
    for key in "oie":
        hands.press(key, CONTROL, saves=False)
    export = hands.window.findChildren(ExportDialog)[-1]
    export.activateWindow()
    hands.qtbot.waitUntil(export.isActiveWindow)
    QTest.keyClick(export, Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: not isValid(export))
    hands.window.activateWindow()
    hands.qtbot.waitUntil(hands.window.isActiveWindow)
    QTest.keyClick(_new(hands), Qt.Key.Key_Escape)
    assert hands.store.project is before
    assert hands.messages() == []


def test_recent_projects_are_opened_from_the_menu(qtbot, hands, open_window, tmp_path, project_path):
    other = tmp_path / "other.annotator"
    seed(other, "Another text.\n")
    with qtbot.waitSignal(hands.store.project_opened):
        hands.window.files.open(str(other))
    qtbot.waitUntil(lambda: hands.ws.article is not None)
    hands = Hands(qtbot, open_window(None))  # the last one opens by itself
    assert hands.store.project.location == str(other)
    hands.window.recent.popup(QPoint(0, 0))
    texts = [action.text() for action in hands.window.recent.actions()]
    assert len(texts) == 2
    entry = hands.window.recent.actions()[1]
    assert "test" in entry.text()
    with qtbot.waitSignal(hands.store.project_opened):
        QTest.mouseClick(
            hands.window.recent,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            hands.window.recent.actionGeometry(entry).center(),
        )
    assert hands.store.project.location == str(project_path)


def drop(hands, over, *paths) -> bool:
    """Drops files on a widget as the platform would: the window finds out who takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = over.mapTo(hands.window, over.rect().center())
    buttons, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    handle = hands.window.windowHandle()
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, plain)
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        QApplication.sendEvent(handle, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, plain))
    return enter.isAccepted()


@pytest.mark.parametrize("where", ["article", "list", "claims"])
def test_dropped_text_files_are_offered_for_import(qtbot, hands, tmp_path, where):
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(f"Headline of {path.stem}\n\nSomething happened.\n")
    over = {"article": hands.view.viewport(), "list": hands.window.articles.list, "claims": hands.window.claims.table}
    assert drop(hands, over[where], *paths)
    qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    qtbot.waitUntil(preview.isVisible)
    with qtbot.waitSignal(hands.store.article_opened):
        hands.click(preview.accept_button)
    assert hands.window.status.selected.text() == "Imported 2 articles.", "nothing to be clicked away"
    assert hands.window.articles.model.rowCount() == 4
    assert hands.ws.text.startswith("Headline of one")


def test_a_dropped_project_is_opened(qtbot, hands, tmp_path):
    other = tmp_path / "other.annotator"
    seed(other, "Another text.\n")
    with qtbot.waitSignal(hands.store.project_opened):
        assert drop(hands, hands.view.viewport(), other)
    assert hands.store.project.location == str(other)


def test_two_dropped_projects_are_too_many_to_open(hands, tmp_path):
    paths = [tmp_path / "one.annotator", tmp_path / "two.annotator"]
    for path in paths:
        seed(path, "Another text.\n")
    before = hands.store.project
    assert drop(hands, hands.view.viewport(), *paths)
    assert hands.read_message()
    assert hands.store.project is before


def test_what_is_no_file_is_not_taken(hands):
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/a.txt")])
    enter = QDragEnterEvent(
        QPoint(700, 400),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(hands.window.windowHandle(), enter)
    assert not enter.isAccepted()


# -- looks --------------------------------------------------------------------------------------------------------


def colours(widget) -> set[str]:
    """Every colour of a widget as it is painted."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {QColor(pixel).name().upper() for pixel in set(image.constBits().cast("I"))}


def assert_dressed(hands, theme, other):
    """The whole window is painted in a theme, and nothing of it in the grounds of the other."""
    window = hands.window
    grounds = {QColor(c).name().upper() for c in (other.page, other.panel, other.field)}
    grounds -= {
        QColor(c).name().upper() for c in (theme.page, theme.panel, theme.field, theme.on_line, theme.on_accent)
    }
    assert QApplication.palette().text().color() == QColor(theme.text)
    assert QColor(theme.page).name().upper() in colours(hands.view.viewport())
    for part in (window.articles, window.claims, window.speakers, window.corrections):
        painted = colours(part)
        assert QColor(theme.panel).name().upper() in painted, type(part).__name__
        assert not painted & grounds, type(part).__name__
    for part in (window.pane, window.menuBar(), window.statusBar()):
        assert not colours(part) & grounds, type(part).__name__


def test_themes_dress_every_part_at_once(hands, monkeypatch):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    hands.select("hear")
    hands.press("x", saves=False)
    hands.answer("here")
    hands.select("I would go")
    hands.press("c")
    for name, theme, other in (("dark", DARK, LIGHT), ("light", LIGHT, DARK), ("dark", DARK, LIGHT)):
        hands.window.actions_[f"theme_{name}"].trigger()
        assert hands.window.theme is theme
        assert_dressed(hands, theme, other)
    hands.window.actions_["theme_system"].trigger()
    assert_dressed(hands, LIGHT, DARK)

    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: Qt.ColorScheme.Dark)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert_dressed(hands, DARK, LIGHT)


def test_the_theme_and_the_zoom_stay_for_the_next_start(qtbot, hands, open_window, project_path):
    hands.window.actions_["theme_dark"].trigger()
    hands.press("+", CONTROL, saves=False)
    zoom = hands.view.zoom()
    assert zoom > 1
    hands = Hands(qtbot, open_window(project_path))
    assert hands.window.theme is DARK
    assert_dressed(hands, DARK, LIGHT)
    assert hands.view.zoom() == zoom
    assert hands.window.pane.tools.zoom_label.text() == f"{round(zoom * 100)} %"


def test_zoom_by_keys_and_wheel(hands):
    size = hands.view.cursorRect().height()
    hands.press("=", CONTROL, saves=False)
    larger = hands.view.zoom()
    assert larger > 1
    assert hands.view.cursorRect().height() > size
    hands.press("-", CONTROL, saves=False)
    hands.press("-", CONTROL, saves=False)
    assert hands.view.zoom() < 1
    hands.press("0", CONTROL, saves=False)
    assert hands.view.zoom() == 1
    port, at = hands.view.viewport(), QPointF(hands.view.viewport().rect().center())
    wheel = QWheelEvent(
        at,
        port.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    assert wheel.type() == QEvent.Type.Wheel
    QApplication.sendEvent(port, wheel)
    assert hands.view.zoom() == larger
    for key in "+" * 30:
        hands.press(key, CONTROL, saves=False)
    assert hands.view.zoom() == 3.0
    for key in "-" * 30:
        hands.press(key, CONTROL, saves=False)
    assert hands.view.zoom() == 0.5
