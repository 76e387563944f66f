"""Export in the window: any format, what it loses said before it is handed over, nothing left when nobody agrees."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from ui_hands import Hands

from annotator.formats import registry
from annotator.formats.base import Format
from annotator.installing import command
from annotator.services.importing import import_files
from db.project import create_project
from seeds import sample_gold_path
from ui.dialogs.export import ExportDialog
from ui.fonts import ui_font


@pytest.fixture
def hands(open_window, qtbot, tmp_path):
    path = tmp_path / "sample.annotator"
    project = create_project(str(path))
    import_files(project, [sample_gold_path()], annotator="Ann")
    project.close()
    return Hands(qtbot, open_window(path))


def opened(hands) -> ExportDialog:
    hands.window.actions_["export"].trigger()
    dialog = hands.window.findChildren(ExportDialog)[-1]
    hands.qtbot.waitUntil(dialog.isVisible)
    return dialog


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".") and path.name.endswith(".partial")]


def test_json_lines_lose_nothing_and_are_there_at_once(hands, tmp_path):
    assert hands.export_as(tmp_path / "gold.jsonl") == []
    assert "Wrote 1 article," in hands.read_message()
    assert (tmp_path / "gold.jsonl").read_bytes() == sample_gold_path().read_bytes()


def test_a_format_of_several_files_goes_into_a_zip(hands, tmp_path):
    dialog = opened(hands)
    dialog.choose("brat")
    assert dialog.path.text().endswith(".zip")
    assert "Several files" in dialog.about.text()
    dialog.reject()
    hands.export_as(tmp_path / "out.zip", "brat")
    assert any(name.endswith(".ann") for name in zipfile.ZipFile(tmp_path / "out.zip").namelist())
    hands.read_message()
    assert hands.window.settings.get("export_format") == "brat"
    assert opened(hands).format.currentText() == registry.named("brat").title


def test_a_longer_hint_pushes_no_field_out_of_sight(hands):
    dialog = opened(hands)
    dialog.about.setFont(ui_font(20))  # so wide that the longer hint takes another line
    dialog.choose("jsonl")
    dialog.resize(dialog.minimumSizeHint().width(), 1)
    before = dialog.layout().totalHeightForWidth(dialog.width())
    dialog.resize(dialog.width(), before)
    dialog.choose("brat")
    needed = dialog.layout().totalHeightForWidth(dialog.width())
    assert dialog.height() >= needed > before


def test_a_name_that_stands_for_another_format_is_refused_with_the_way_out(hands, tmp_path):
    dialog = opened(hands)
    dialog.choose("xlsx")
    dialog.path.setText(str(tmp_path / "t.csv"))
    hands.click(dialog.go)
    assert "named as Table (CSV, TSV) is" in dialog.refusal.text()
    assert "end the name in .xlsx" in dialog.refusal.text()
    assert (dialog.refusal.isVisible(), list(tmp_path.glob("t.*"))) == (True, [])
    dialog.choose("csv")
    assert not dialog.refusal.isVisible()
    hands.finish_export(tmp_path / "t.xlsx", "xlsx")
    hands.read_message()
    assert zipfile.is_zipfile(tmp_path / "t.xlsx")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format that carries the text and nothing else."""

    def write(source, stream, writing):
        from annotator.formats.writing import documents

        for document, _ in documents(source, writing):
            stream.write(document.source.text.encode())

    form = Format("bare", "Bare text", (".bare",), read=registry.named("text").read, write=write, offset_unit="none")
    monkeypatch.setattr(registry, "_added", lambda: ([form], []))
    return form


def test_what_is_lost_is_asked_about_before_the_file_has_its_name(hands, tmp_path, bare):
    out, dialog = tmp_path / "out.bare", opened(hands)
    dialog.choose("bare")
    assert "no places" in dialog.about.text()
    dialog.path.setText(str(out))
    hands.qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    hands.qtbot.waitUntil(dialog.losses.isVisible)
    said = dialog.losses.toPlainText()
    assert "Not carried: 22 claims" in said
    assert not out.exists()
    dialog.reject()
    assert (out.exists(), leftovers(tmp_path)) == (False, [])
    losses = hands.export_as(out, "bare")
    assert losses == said.splitlines()
    assert out.exists()
    hands.read_message()


def test_what_cannot_be_written_leaves_the_dialog_for_another_try(hands, tmp_path):
    dialog = opened(hands)
    dialog.choose("jsonl")
    dialog.path.setText(str(tmp_path / "nowhere" / "out.jsonl"))
    hands.click(dialog.go)
    hands.qtbot.waitUntil(lambda: bool(hands.window.findChildren(QMessageBox)))
    assert "does not exist" in hands.window.findChildren(QMessageBox)[-1].text()
    hands.window.findChildren(QMessageBox)[-1].close()
    assert dialog.go.isEnabled()
    dialog.path.setText(str(tmp_path / "out.jsonl"))
    with hands.qtbot.waitSignal(hands.window.exchange.exported):
        hands.click(dialog.go)
    hands.read_message()


def test_closing_the_window_before_one_agrees_leaves_nothing(hands, tmp_path, bare, open_window):
    dialog = opened(hands)
    dialog.choose("bare")
    dialog.path.setText(str(tmp_path / "out.bare"))
    hands.click(dialog.go)
    hands.qtbot.waitUntil(dialog.losses.isVisible)
    open_window(None)  # closes this one
    assert leftovers(tmp_path) == []


def test_a_format_that_needs_a_package_is_named_but_not_offered(hands, monkeypatch):
    needy = Format("needy", "Needy", (".n",), write=lambda *_: None, extra="needing", modules=("no_such_module",))
    monkeypatch.setattr(registry, "_added", lambda: ([needy], []))
    dialog = opened(hands)
    index = dialog.format.count() - 1
    assert dialog.format.itemText(index) == "Needy — needs needing"
    assert command("needing") in dialog.format.itemData(index, Qt.ItemDataRole.ToolTipRole)
    assert not dialog.format.model().item(index).isEnabled()
    dialog.reject()
