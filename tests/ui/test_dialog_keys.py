"""Dialogs by keyboard: Tab goes as the eye does, each button has a letter of its own, Enter presses the right one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from annotator.formats import registry
from annotator.release.wish import Wish
from ui.dialogs.export import ExportDialog
from ui.dialogs.new_project import NewProject
from ui.paper.dialog import PaperDialog
from ui.paper.wish import Wish as PaperWish
from ui.release.dialog import ReleaseDialog
from ui.release.form import ReleaseForm

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)")

DIALOGS = {
    "export": lambda folder, home: ExportDialog(
        [f for f in registry.formats() if f.writable], folder / "x.jsonl", home
    ),
    "new project": lambda folder, home: NewProject(folder, lambda *_: None, home),
    "paper": lambda _, home: PaperDialog(PaperWish(), "Print", "&Print…", home),
    "release": lambda folder, home: ReleaseDialog(ReleaseForm(Wish("News"), folder / "out", home), home),
}


@pytest.fixture
def home(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(params=DIALOGS)
def dialog(request, qtbot, tmp_path, home):
    made = DIALOGS[request.param](tmp_path, home)
    made.show()
    qtbot.waitExposed(made)
    return made


def stops(dialog: QDialog) -> list[QWidget]:
    """The controls in the order of Tab, from the first in the dialog."""
    found, each = [], dialog.nextInFocusChain()
    while each is not dialog:
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = each.nextInFocusChain()
    return [each for each in found if dialog.isAncestorOf(each) and each.focusProxy() is None]


def test_tab_goes_from_top_to_bottom(dialog):
    tops = [stop.mapTo(dialog, QPoint(0, stop.height())).y() for stop in stops(dialog)]
    first = tops.index(min(tops))  # Tab goes round
    tops = tops[first:] + tops[:first]
    assert all(below > above - 16 for above, below in pairwise(tops)), tops


def test_buttons_have_letters_and_one_answers_enter(dialog):
    box = dialog.findChild(QDialogButtonBox)
    named = {box.button(kind) for kind in (box.StandardButton.Cancel, box.StandardButton.Close)}  # the system's words
    buttons = [each for each in dialog.findChildren(QPushButton) if each not in named]
    letters = [QKeySequence.mnemonic(each.text()).toString() for each in buttons]
    assert all(letters), [each.text() for each in buttons]
    assert len(set(letters)) == len(letters)
    assert [each for each in buttons if each.isDefault()] == [
        each for each in buttons if box.buttonRole(each) == box.ButtonRole.AcceptRole
    ]
