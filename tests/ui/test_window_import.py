"""Importing in the window: folders and archives, another encoding, repaired letters, columns, duplicates, stopping."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from annotator.formats import registry
from annotator.formats.base import Format
from annotator.formats.extras import need
from annotator.installing import command
from seeds import sample_gold_path
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.import_progress import ImportProgress
from ui.dialogs.report import ReportDialog

STORY = "Headline of {0}\n\nSomething happened in {0} on that day, and nobody knows yet what it was or why.\n"


def preview_of(hands, *paths) -> ImportPreview:
    hands.window.files.dropped([str(path) for path in paths])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    hands.qtbot.waitUntil(preview.isVisible)
    return preview


def accept(hands, preview) -> str:
    """Import what is ticked; what was said of it, in a message when there is more to say than the number."""
    with hands.qtbot.waitSignals([hands.store.saved, hands.store.article_opened]):
        hands.click(preview.accept_button)
    said = hands.window.status.selected
    boxes = hands.window.findChildren
    hands.qtbot.waitUntil(lambda: said.text().startswith("Imported") or any(b.isVisible() for b in boxes(QMessageBox)))
    return said.text() if said.text().startswith("Imported") else hands.read_message()


def choose(hands, combo, value) -> None:
    """Pick an entry as the keyboard does."""
    combo.setFocus()
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def reads_again(hands, preview):
    hands.qtbot.waitUntil(preview.reading.isEnabled)


def test_a_folder_and_an_archive_are_imported_by_the_menu_and_by_dropping(hands, monkeypatch, tmp_path):
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.txt"):
        (folder / name).write_text(STORY.format(name))
    (folder / "x.jpg").write_bytes(b"\xff\xd8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    hands.window.actions_["import_folder"].trigger()
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    hands.qtbot.waitUntil(preview.isVisible)
    assert "passed over 1 file of no format that is read (.jpg 1)" in preview.problems.text()
    assert "Imported 2 articles." in accept(hands, preview)
    packed = tmp_path / "more.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("c.txt", STORY.format("c"))
    preview = preview_of(hands, packed)
    assert "more.zip: c.txt" in preview.notes.text()
    preview.reject()


def test_another_encoding_is_shown_before_and_after_and_what_was_typed_stays(hands, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Łódź dzisiaj\n\nWczoraj w Łodzi coś się stało, żółta gęś.\n".encode("iso8859-2"))
    preview = preview_of(hands, path)
    page, wrong = preview.reading, preview.drafts[0].source.text
    preview.form.fields["outlet"].setText("Gazeta")
    preview.tabs.setCurrentWidget(page)
    choose(hands, page.encoding, "cp1251")
    hands.qtbot.waitUntil(lambda: preview.drafts[0].source.encoding == "cp1251")
    reads_again(hands, preview)
    assert page.changes.isVisible()
    assert page.changes.item(0, 0).text() != page.changes.item(0, 1).text()
    assert preview.form.fields["outlet"].text() == "Gazeta"
    choose(hands, page.encoding, None)
    hands.qtbot.waitUntil(lambda: preview.drafts[0].source.text == wrong)
    reads_again(hands, preview)
    assert not page.changes.isVisible()
    choose(hands, page.encoding, "cp1250")
    hands.qtbot.waitUntil(lambda: preview.drafts[0].source.encoding == "cp1250")
    reads_again(hands, preview)
    accept(hands, preview)
    assert "Read as cp1250, which was chosen by hand." in hands.ws.article.import_notes
    assert hands.ws.article.outlet == "Gazeta"


def test_wrongly_decoded_letters_are_told_and_repaired_only_when_asked_by_key(hands, tmp_path):
    good = "Müllers Straße à Évian\n\nDie Fußgänger dürfen über die Straße gehen, sagte er.\n"
    path = tmp_path / "a.txt"
    path.write_text(good.encode().decode("latin-1"), "utf-8")
    preview = preview_of(hands, path)
    page = preview.reading
    assert "Some letters look wrongly decoded" in preview.notes.text()
    assert preview.drafts[0].source.text != good
    preview.tabs.setCurrentWidget(page)
    page.repair.setFocus()
    QTest.keyClick(page.repair, Qt.Key.Key_Space)
    hands.qtbot.waitUntil(lambda: preview.drafts[0].source.text == good)
    reads_again(hands, preview)
    assert "Some letters look" not in preview.notes.text()
    assert page.changes.item(0, 1).text() == "Müllers Straße à Évian"
    assert preview.list.item(0).text() == "Müllers Straße à Évian"  # "à" was two characters, one an odd space
    accept(hands, preview)
    assert hands.ws.text == good
    assert any(note.startswith("Repaired wrongly decoded letters in 2 lines") for note in hands.ws.article.import_notes)


def test_columns_are_changed_in_the_preview_and_remembered_for_tables_with_these_headers(hands, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Kopf,Kurz,Langtext\nErster,Short one.,A longer text that is chosen first.\nZweiter,Two.,Another long text.\n"
    )
    preview = preview_of(hands, path)
    page = preview.reading
    assert preview.drafts[0].source.text.startswith("A longer text")
    preview.tabs.setCurrentWidget(page)
    assert page.columns["title"].isVisible()
    choose(hands, page.columns["title"], "Kopf")
    hands.qtbot.waitUntil(lambda: preview.list.item(1).text() == "Zweiter")
    reads_again(hands, preview)
    choose(hands, page.columns["text"], "Kurz")
    hands.qtbot.waitUntil(lambda: preview.drafts[1].source.text == "Two.")
    reads_again(hands, preview)
    preview.reject()
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is None)
    again = preview_of(hands, path)
    assert [draft.source.text for draft in again.drafts] == ["Short one.", "Two."]
    assert [draft.article.title for draft in again.drafts] == ["Erster", "Zweiter"]
    again.reject()


def test_a_choice_that_cannot_be_read_is_refused_with_its_sentence_and_nothing_changes(hands, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(STORY.format("a"))
    preview = preview_of(hands, path)
    path.unlink()
    choose(hands, preview.reading.encoding, "cp1251")
    hands.qtbot.waitUntil(preview.refusal.isVisible)
    assert "does not exist" in preview.refusal.text()
    assert preview.reading.encoding.currentData() is None
    assert preview.drafts[0].source.text == STORY.format("a")
    preview.reject()


def test_all_files_are_read_again_in_the_way_that_suits_one(hands, tmp_path):
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_bytes(f"Новости {path.stem}\n\nВчера в городе что-то случилось.\n".encode("koi8-r"))
    preview = preview_of(hands, *paths)
    preview.tabs.setCurrentWidget(preview.reading)
    choose(hands, preview.reading.encoding, "cp1251")
    hands.qtbot.waitUntil(lambda: preview.drafts[0].source.encoding == "cp1251")
    reads_again(hands, preview)
    hands.click(preview.reading.all_button)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) not in (None, preview))
    again = hands.window.findChild(ImportPreview)
    assert [draft.source.encoding for draft in again.drafts] == ["cp1251", "cp1251"]
    again.reject()


def test_what_is_there_already_is_not_ticked_and_imported_when_a_person_ticks_it(hands, tmp_path):
    path, near = tmp_path / "a.txt", tmp_path / "b.txt"
    words = " ".join(f"word{n}" for n in range(60))
    path.write_text(f"A headline\n\n{words}\n")
    near.write_text(f"A headline\n\n{words} and more\n")
    accept(hands, preview_of(hands, path))
    preview = preview_of(hands, path, near)
    assert preview.there.text() == "1 is in the project already. 1 text is nearly the same as another."
    assert "The same text is there as “A headline”, in the project." in preview.notes.text()
    assert [draft.place for draft in preview.chosen()] == ["b.txt"]
    for ticked, state in ((2, Qt.CheckState.Checked), (0, Qt.CheckState.Unchecked), (2, Qt.CheckState.Checked)):
        hands.click(preview.all)
        assert (len(preview.chosen()), preview.all.checkState()) == (ticked, state)
    preview.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert preview.all.checkState() == Qt.CheckState.PartiallyChecked
    preview.list.setCurrentRow(1)
    assert "of its text is that of “A headline”, in the project." in preview.notes.text()
    preview.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert "Imported 2 articles." in accept(hands, preview)
    texts = [source.text for _, source in hands.store.project.texts()]
    assert texts.count(path.read_text()) == 2


@pytest.fixture
def slow(monkeypatch):
    """Makes reading wait after the third file until it is stopped."""
    from ui import importing

    real = importing.read_files

    def read_files(paths, author, *, progress, stopped, **named):
        def report(done: int, total: int) -> None:
            progress(done, total)
            while done == 3 and not stopped():
                threading.Event().wait(0.01)

        return real(paths, author, progress=report, stopped=stopped, **named)

    monkeypatch.setattr(importing, "read_files", read_files)


@pytest.mark.usefixtures("slow")
def test_reading_thousands_of_files_shows_how_far_it_is_and_can_be_stopped(hands, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(2000):
        (folder / f"{n:04}.txt").write_text(STORY.format(n))
    hands.window.files.dropped([str(folder)])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportProgress) is not None)
    progress = hands.window.findChild(ImportProgress)
    hands.qtbot.waitUntil(lambda: progress.isVisible() and progress.bar.value() > 0)
    assert progress.bar.maximum() == 2000
    hands.click(progress.stop_button)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    assert 0 < len(preview.drafts) <= 3
    assert "The reading was stopped" in preview.problems.text()
    preview.reject()


def test_a_long_report_is_read_copied_and_saved_and_nothing_of_it_is_hidden(hands, project_path, tmp_path, monkeypatch):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(STORY.format(number))
        (folder / f"{number}.docx").write_bytes(b"no docx")
    preview = preview_of(hands, folder)
    hands.click(preview.accept_button)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ReportDialog) is not None)
    report = hands.window.findChild(ReportDialog)
    hands.qtbot.waitUntil(report.isVisible)
    assert report.sentence.text() == "Imported 9 articles."
    assert report.summary.text() == "Could not be read 9, imported 9."
    shown = report.text.toPlainText()
    assert "Could not be read (9)\n- " in shown
    assert "Imported (9)\n- news/0.txt: “Headline of 0”" in shown
    hands.click(report.copy_button)
    assert QApplication.clipboard().text() == f"Imported 9 articles.\n\n{shown}\n"
    path = tmp_path / "report"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    hands.click(report.save_button)
    assert path.with_suffix(".txt").read_text("utf-8") == QApplication.clipboard().text()
    path = project_path
    hands.click(report.save_button)
    assert "is a project or another database" in hands.read_message()
    report.reject()


def test_a_missing_package_is_one_sentence_for_all_files_with_a_command_to_copy(hands, tmp_path, monkeypatch):
    needy = Format("needy", "Needy", (".n",), read=lambda *_: need("no_such_module", "needing", "Reading needy files"))
    monkeypatch.setattr(registry, "_added", lambda: ([needy], []))
    for name in ("a.n", "b.n"):
        (tmp_path / name).write_bytes(b"x")
    hands.window.files.dropped([str(tmp_path / name) for name in ("a.n", "b.n")])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(QMessageBox) is not None)
    box = hands.window.findChild(QMessageBox)
    assert box.text().count("\n") == 0
    assert box.text().startswith("2 files could not be read. ")
    copy = next(button for button in box.buttons() if button.text() == "Copy Command")
    hands.click(copy)
    assert QApplication.clipboard().text() == command("needing")
    assert box.isVisible()
    box.accept()


def test_what_is_written_is_not_proposed_among_the_files_that_were_imported(hands, monkeypatch, tmp_path):
    hands.window.settings.set("last_folder", str(tmp_path / "mine"))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.txt").write_text(STORY.format("a"))
    preview_of(hands, tmp_path / "theirs" / "a.txt").reject()
    begun = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: (begun.append(given[2]), ([], ""))[1])
    hands.window.actions_["import_files"].trigger()
    assert begun == [str(tmp_path / "theirs")]
    hands.window.actions_["export"].trigger()
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ExportDialog) is not None)
    dialog = hands.window.findChild(ExportDialog)
    assert Path(dialog.path.text()).parent == tmp_path / "mine"
    dialog.reject()


def test_labels_that_come_to_the_article_on_show_are_seen_and_go_with_an_undo(hands, tmp_path):
    gold = json.loads(sample_gold_path().read_bytes())
    bare, labelled = tmp_path / "bare.jsonl", tmp_path / "labelled.jsonl"
    none: dict = {"claims": [], "mentions": [], "corrections": [], "corrected_text": gold["text"], "state": "todo"}
    bare.write_text(json.dumps({**gold, **none}))
    labelled.write_text(json.dumps({**gold, "state": "in_progress"}))
    accept(hands, preview_of(hands, bare))
    assert (hands.ws.article.id, hands.ws.claims) == (gold["id"], {})
    preview = preview_of(hands, labelled)
    assert preview.list.item(0).text().endswith("\nin the project, without its labels")
    assert "Imported 1 article." in accept(hands, preview)

    def counted():
        summary = hands.store.tally.summaries[gold["id"]]
        return len(hands.ws.claims), summary.claims, summary.mentions, summary.article.state

    whole = (22, 22, 44, "in_progress")
    assert counted() == whole
    for step, expected in ((hands.store.undo, (0, 0, 0, "todo")), (hands.store.redo, whole)):
        with hands.qtbot.waitSignal(hands.store.saved):
            step()
        hands.qtbot.waitUntil(lambda expected=expected: counted() == expected)
