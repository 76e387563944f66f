"""Labels of another tool in an import: what they mean is shown, chosen by key, counted, remembered, kept in files."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from annotator.formats.standoff import mapping_file
from ui.dialogs.import_labels import ImportLabels
from ui.dialogs.import_preview import ImportPreview
from ui.models.labels import MEANS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
TEXT = "Rain again\n\nThe office said it rains. Mayor Ann Lee laughed about the weather.\n"


def ann(name: str) -> str:
    lines = []
    for number, (label, words) in enumerate(
        (("Source", "The office"), ("Cue", "said"), ("Content", "it rains."), ("Weather", "Rain again")), start=1
    ):
        at = TEXT.index(words)
        lines.append(f"T{number}\t{label} {at} {at + len(words)}\t{words}")
    return "\n".join([*lines, "R1\tAttribution Source:T1 Content:T3", f"#1\tAnnotatorNotes T3\t{name}", ""])


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(TEXT)
        (folder / f"{name}.ann").write_text(ann(name))
    return folder


def ask(hands, folder) -> tuple[ImportPreview, ImportLabels]:
    hands.window.files.dropped([str(folder)])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportLabels) is not None)
    dialog = hands.window.findChild(ImportLabels)
    hands.qtbot.waitUntil(dialog.isVisible)
    return hands.window.findChild(ImportPreview), dialog


def counted(hands, dialog) -> str:
    hands.qtbot.waitUntil(lambda: dialog.counts.text().startswith("An import"))
    return dialog.counts.text()


def titles(dialog) -> list[str]:
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def mean(hands, dialog, title: str, shown: str) -> None:
    """Chooses a meaning by keys alone: Enter opens the list, its first letters and Enter choose."""
    row = titles(dialog).index(title)
    dialog.tree.setCurrentIndex(dialog.model.index(row, 0))
    dialog.tree.setFocus()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    combo = dialog.tree.findChild(QComboBox)
    wanted = combo.findText(shown)
    view = combo.view()
    for _ in range(combo.count()):
        at = view.currentIndex().row()
        if at == wanted:
            break
        QTest.keyClick(view, Qt.Key.Key_Down if at < wanted else Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: dialog.model.index(row, MEANS).data() == shown)


def gone(hands, kind) -> None:
    hands.qtbot.waitUntil(lambda: hands.window.findChild(kind) is None)


def test_labels_are_shown_with_examples_unsure_ones_first_and_counted(hands, corpus):
    _, dialog = ask(hands, corpus)
    assert titles(dialog)[0] == "Label “Weather”"
    assert [dialog.model.index(0, column).data() for column in (1, 2, 3)] == ["2", "Rain again", "Keep in quarantine"]
    assert set(titles(dialog)[1:4]) == {"Label “Source”", "Label “Cue”", "Label “Content”"}
    assert "1 row, set in bold, first" in dialog.intro.text()
    said = counted(hands, dialog)
    assert said == "An import makes of them: 2 claims, 2 sources, 0 cues, 4 into quarantine."
    dialog.reject()
    hands.window.findChild(ImportPreview).reject()


def test_a_meaning_is_chosen_by_key_and_the_preview_follows_at_once_and_it_is_remembered(hands, corpus):
    preview, dialog = ask(hands, corpus)
    preview.form.fields["outlet"].setText("Gazette")
    before = [len(draft.quarantined) for draft in preview.drafts]
    assert "“Weather” (2 times): no rule" in preview.problems.text()
    mean(hands, dialog, "Label “Weather”", "Mention")
    hands.qtbot.waitUntil(lambda: "2 mentions" in dialog.counts.text())
    hands.click(dialog.take)
    hands.qtbot.waitUntil(lambda: [len(draft.mentions) for draft in preview.drafts] == [1, 1])
    assert [len(draft.quarantined) for draft in preview.drafts] == [count - 1 for count in before]
    assert preview.form.fields["outlet"].text() == "Gazette"
    assert preview.problems.text() == "brat standoff (.ann beside .txt): the labels mean what you said."
    preview.reject()
    gone(hands, ImportPreview)
    hands.window.files.dropped([str(corpus)])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    again = hands.window.findChild(ImportPreview)
    assert [len(draft.mentions) for draft in again.drafts] == [1, 1]
    assert hands.window.findChild(ImportLabels) is None
    assert "what you said of the same labels before" in again.problems.text()
    hands.click(again.label_buttons["brat"])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportLabels) is not None)
    dialog = hands.window.findChild(ImportLabels)
    assert {rule.label: rule.to for rule in dialog.mapping.items}["Weather"] == "Mention"
    dialog.reject()
    again.reject()


def test_a_mapping_is_saved_and_loaded_and_no_mapping_is_one_sentence(
    hands, corpus, project_path, tmp_path, monkeypatch
):
    preview, dialog = ask(hands, corpus)
    mean(hands, dialog, "Label “Weather”", "Leave out")
    path = tmp_path / "m.mapping.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    hands.click(dialog.save_button)
    assert mapping_file.read(path) == dialog.mapping
    mean(hands, dialog, "Label “Weather”", "Claim")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    hands.click(dialog.load_button)
    assert {rule.label: rule.to for rule in dialog.mapping.items}["Weather"] == "leave out"
    hands.qtbot.waitUntil(lambda: "left out" in dialog.counts.text())
    path.write_text(json.dumps({"mapping_version": 1}))
    hands.click(dialog.load_button)
    assert "is no mapping that can be used" in hands.read_message()
    path = project_path
    hands.click(dialog.save_button)
    assert "is a project or another database" in hands.read_message()
    dialog.reject()
    preview.reject()


def test_files_of_the_same_name_in_two_folders_both_follow_and_ticks_stay(hands, corpus, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    for end in (".txt", ".ann"):
        (other / f"a{end}").write_text((corpus / f"a{end}").read_text())
    hands.window.files.dropped([str(corpus / "a.ann"), str(other / "a.ann"), str(corpus / "b.txt")])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportLabels) is not None)
    dialog, preview = hands.window.findChild(ImportLabels), hands.window.findChild(ImportPreview)
    assert [draft.place for draft in preview.drafts] == ["a.ann", "a.ann", "b.txt"]
    preview.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    mean(hands, dialog, "Label “Weather”", "Mention")
    hands.click(dialog.take)
    hands.qtbot.waitUntil(lambda: [len(draft.mentions) for draft in preview.drafts] == [1, 1, 0])
    assert [preview.list.item(row).checkState() == Qt.CheckState.Checked for row in range(3)] == [True, False, True]
    assert len({draft.article.id for draft in preview.drafts}) == 3
    preview.reject()
