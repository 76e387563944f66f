"""Whatever is in a project is shown as it is written: nothing is markup, nothing is loaded, no link is followed."""

from __future__ import annotations

import sys

import pytest
from hostile_words import hostile_project, traps
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)
from ui_hands import Hands

from annotator.services import annotate, speakers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
MARK = "<b>X</b>"
HINTS = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole


def rich(root: QWidget) -> list[str]:
    """What in this window would be read as markup, though it comes from the project."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        told = f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()[:40]}"
        hints = (widget.toolTip(), widget.statusTip(), widget.whatsThis())
        found += [f"{told}: hint {hint[:60]}" for hint in hints if MARK in hint]
        if isinstance(widget, QLabel) and MARK in widget.text() and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"{told}: {widget.text()[:60]}")
        if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"{told}: a message that may be markup")
        if isinstance(widget, QTextEdit) and "<img" not in (said := widget.toPlainText()) and "\ufffc" in said:
            found.append(f"{told}: a picture")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += [f"{told}: hint {hint[:60]}" for hint in _hints(widget) if MARK in hint]
    return found


def _hints(view: QAbstractItemView) -> list[str]:
    model, root = view.model(), view.rootIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    rows = range(min(30, model.rowCount(root)))
    cells = [model.index(row, column, root) for row in rows for column in range(columns)]
    heads = [model.headerData(n, Qt.Orientation.Horizontal, role) for n in range(columns) for role in HINTS]
    return [str(hint) for hint in (*heads, *(cell.data(role) for cell in cells for role in HINTS)) if hint]


@pytest.fixture
def trap(tmp_path):
    with traps(tmp_path / "canary.png") as made:
        yield made


@pytest.fixture
def hands(qtbot, open_window, tmp_path, trap):
    path = tmp_path / "hostile.annotator"
    hostile_project(path, trap.markup)
    return Hands(qtbot, open_window(path))


DIALOGS = [
    "about",
    "article_details",
    "correct_everywhere",
    "delete_article",
    "export",
    "find_all",
    "fix_problem",
    "guideline",
    "history",
    "merge_speakers",
    "palette",
    "reading",
    "release",
    "scheme",
    "shortcuts",
    "speaker_uses",
    "split_speaker",
    "timeline",
]


def shown() -> list[QWidget]:
    """The dialogs, lists and menus that are open."""
    dialogs: list[QWidget] = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    popup = QApplication.activePopupWidget()
    return [*dialogs, popup] if popup else dialogs


def test_no_widget_renders_what_the_project_holds(hands, qtbot, trap):
    window = hands.window
    qtbot.waitUntil(lambda: window.checking.fresh)
    for kind, id_ in [("claim", "c"), ("speaker", "s"), ("mention", "m"), ("correction", "x"), ("correction", "y")]:
        window.selection.select(kind, id_)
        hands.to_article()
        QTest.keyClick(hands.view, Qt.Key.Key_E)
        QApplication.processEvents()
        assert rich(window) == [], (kind, id_)
        QToolTip.showText(window.pos(), window.claims.table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) or "")
    for mode in ("corrected", "both", "source"):
        window.pane.set_mode(mode)
        assert rich(window) == [], mode
    assert trap.requests == []
    assert trap.opened() == 0


def test_no_dialog_renders_what_the_project_holds(hands, qtbot, trap):
    window = hands.window
    for command in DIALOGS:
        window.selection.select("speaker" if "speaker" in command else "claim", "s" if "speaker" in command else "c")
        hands.to_article()
        assert window.actions_[command].isEnabled(), command
        window.actions_[command].trigger()
        qtbot.waitUntil(lambda: bool(shown()))
        for dialog in shown():
            _walk(dialog)
            assert rich(dialog) == [], command
            dialog.close()
        qtbot.waitUntil(lambda: not shown())
    assert trap.requests == []
    assert trap.opened() == 0


def _walk(dialog: QWidget) -> None:
    """Choose the first line of every list, so that what it shows is shown."""
    QApplication.processEvents()
    for view in dialog.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()


def test_the_walk_finds_what_would_be_rendered(qtbot, trap):
    """So that the tests above mean something."""
    box = QGroupBox()
    qtbot.addWidget(box)
    label = QLabel(trap.markup, box)
    label.setToolTip(trap.markup)
    page = QTextEdit(box)
    page.setHtml(trap.markup)
    box.show()
    page.document().toPlainText()
    assert len(rich(box)) == 3
    if sys.platform == "linux":
        box.grab()
        assert trap.opened() > 0


def test_a_name_that_deceives_has_a_badge_wherever_it_is_shown(qtbot, open_window, project_path):
    hands = Hands(qtbot, open_window(project_path))
    store, window = hands.store, hands.window
    store.edit(annotate.mark_claim(hands.ws, [hands.place("Russia agreed")], store.author))
    (claim_id,) = hands.ws.claims
    store.edit(speakers.set_chain_line(hands.ws, claim_id, "L\u0430vr\u202eov"))
    shown = "L[Cyrillic \u0430]vr[U+202E]ov"
    (speaker_id,) = hands.ws.speakers
    rows = window.speakers.table.model()
    cell = rows.index(rows.row_of(speaker_id), 0)
    assert cell.data(Qt.ItemDataRole.DisplayRole) == shown
    assert cell.data(Qt.ItemDataRole.EditRole) == "L\u0430vr\u202eov"
    assert window.claims.model.card(claim_id).source == shown
    assert window.pane.label(claim_id) == f"claim 1 by {shown}"
    window.selection.select("speaker", speaker_id)
    field = window.speakers.editor.speaker.editors["name"]
    qtbot.waitUntil(lambda: field.text() == "L\u0430vr\u202eov")
    assert field.shown_text() == shown
    assert window.status.selected.text() == f"{shown} selected"
    qtbot.waitUntil(lambda: any(p.check == "disguised_name" for p in window.checking.problems.values()))
    hands.qtbot.waitUntil(lambda: store.unsaved == 0)
