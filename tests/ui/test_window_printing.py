"""Printing from the window: the menu, the dialog, the file, and stopping half way."""

from __future__ import annotations

import sys

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from annotator.services import annotate, articles
from annotator.services.importing import import_files
from db.project import create_project
from seeds import sample_gold_path
from ui.paper.dialog import PaperDialog
from ui.paper.wish import Wish


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "sample.annotator"
    project = create_project(str(path))
    import_files(project, [sample_gold_path()], annotator="Ann")
    project.close()
    return path


@pytest.fixture
def window(open_window, sample):
    return open_window(sample)


def read(path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded().replace("\r\n", " ") for page in pdf]


def dialog_of(qtbot, window) -> PaperDialog:
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(PaperDialog)))
    return next(found for found in window.findChildren(PaperDialog) if found.isVisible())


def said(qtbot, window) -> str:
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    box.close()
    return box.text()


def test_save_as_pdf_asks_how_and_where_and_writes_it(qtbot, window, tmp_path, monkeypatch) -> None:
    out, proposals = tmp_path / "article", []

    def choose(_parent, _title, proposal, _kinds):
        proposals.append(proposal)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.pane.set_mode("corrected")
    window.actions_["save_pdf"].trigger()
    dialog = dialog_of(qtbot, window)
    assert dialog.text.currentData() == "corrected"  # what is on show
    dialog.size_.setCurrentText("Letter")
    with qtbot.waitSignal(window.paper.printing.done) as done:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert proposals[0].endswith("Russia Says Trump Invited Putin to U S During Phone Call.pdf")
    pages = read(tmp_path / "article.pdf")
    assert done.args == [len(pages)]
    assert "I would simply" in pages[0]
    assert f"Page 1 of {len(pages)}" in pages[0]
    assert said(qtbot, window) == f"Wrote {tmp_path / 'article.pdf'}: {len(pages)} pages."
    window.actions_["save_pdf"].trigger()
    assert dialog_of(qtbot, window).size_.currentText() == "Letter"  # as it was chosen last
    dialog_of(qtbot, window).reject()


def test_the_pdf_holds_what_is_not_saved_yet(qtbot, window, tmp_path) -> None:
    store = window.store
    claim = next(iter(store.workspace.claims))
    assert store.attempt(lambda: articles.change(store.workspace, state="in_progress"))
    assert store.attempt(lambda: annotate.change(store.workspace, claim, note="typed just now"))
    with qtbot.waitSignal(window.paper.printing.done):
        window.paper.printing.save_pdf(tmp_path / "o.pdf", Wish(paper="A4"))
    assert "typed just now" in " ".join(read(tmp_path / "o.pdf"))
    said(qtbot, window)


def test_while_pages_are_made_the_window_lives_and_takes_nothing_else(qtbot, window, tmp_path) -> None:
    turns = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(QApplication.activeModalWidget()))
    timer.start(0)
    window.paper.printing.save_pdf(tmp_path / "o.pdf", Wish(paper="A5"))
    progress = window.paper.printing.progress
    assert progress.windowModality() == Qt.WindowModality.WindowModal
    progress.setMinimumDuration(0)
    progress.show()
    with qtbot.waitSignal(window.paper.printing.done):
        window.actions_["print"].trigger()  # one at a time
    timer.stop()
    assert progress in turns
    assert not [found for found in window.findChildren(PaperDialog) if found.isVisible()]
    said(qtbot, window)


def test_stopping_half_way_leaves_what_was_there(qtbot, window, tmp_path) -> None:
    out = tmp_path / "o.pdf"
    out.write_bytes(b"before")
    window.paper.printing.save_pdf(out, Wish(paper="A5"))
    progress = window.paper.printing.progress
    progress.show()
    qtbot.waitUntil(lambda: list(tmp_path.glob(".*.partial")) != [])
    with qtbot.waitSignal(window.paper.printing.stopped):
        qtbot.mouseClick(progress.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert out.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*.partial"))
    assert window.paper.printing.progress is None


def test_stopping_before_the_text_is_set_is_stopping_too(qtbot, window, tmp_path) -> None:
    window.paper.printing.save_pdf(tmp_path / "o.pdf", Wish(paper="A5"))
    progress = window.paper.printing.progress
    progress.show()
    qtbot.mouseClick(progress.findChild(QPushButton), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.paper.printing.done):  # the next one is not in its way
        window.paper.printing.save_pdf(tmp_path / "again.pdf", Wish(paper="A5"))
    assert not (tmp_path / "o.pdf").exists()
    assert len(read(tmp_path / "again.pdf")) > 5
    said(qtbot, window)


def test_a_place_that_cannot_be_written_is_said(qtbot, window, tmp_path) -> None:
    window.paper.printing.save_pdf(tmp_path / "no" / "o.pdf", Wish())
    assert "does not exist" in said(qtbot, window)
    assert window.paper.printing.progress is None


def test_print_goes_to_the_printer_page_by_page(qtbot, window, tmp_path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    wish = Wish(paper="A4")
    printer.setPageLayout(wish.page_layout())
    with qtbot.waitSignal(window.paper.printing.done):
        window.paper.printing.print_on(printer, wish)
    pages = read(tmp_path / "printed.pdf")
    assert len(pages) > 2
    assert "Trump and Putin spoke by phone on March 20" in pages[0] + pages[1]
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    printer.setFromTo(2, 3)
    with qtbot.waitSignal(window.paper.printing.done) as done:
        window.paper.printing.print_on(printer, wish)
    assert done.args == [2]
    assert [f"Page {number} of {len(pages)}" in text for number, text in enumerate(read(tmp_path / "some.pdf"), 2)] == [
        True,
        True,
    ]


def test_what_is_side_by_side_on_the_screen_is_so_on_paper(qtbot, window) -> None:
    window.pane.set_mode("both")
    window.actions_["print"].trigger()
    assert dialog_of(qtbot, window).wish().view == "both"
    dialog_of(qtbot, window).reject()


def test_without_the_printing_library_a_pdf_is_offered(qtbot, window, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    qtbot.keyClick(window.pane.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, window)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert "save the article as a PDF instead" in said(qtbot, window)


def test_without_an_article_there_is_nothing_to_print(qtbot, open_window, tmp_path) -> None:
    path = tmp_path / "empty.annotator"
    create_project(str(path)).close()
    window = open_window(path)
    window.actions_["print"].trigger()
    assert said(qtbot, window) == "No article is open: there is nothing to print."
