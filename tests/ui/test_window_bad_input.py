"""Bad files in the window: one clear sentence each, and the project that is open stays as it is and goes on working."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from ui_hands import Hands
from ui_samples import TEXT, seed
from users import NOBODY, as_ordinary_user

from db.project import create_project, open_project
from ui.dialogs.import_preview import ImportPreview


@pytest.fixture
def hands(qtbot, open_window, project_path):
    """A window with a labelled project."""
    window = open_window(project_path)
    hands = Hands(qtbot, window)
    hands.select("I would go")
    hands.press("c")
    return hands


@pytest.fixture
def unchanged(hands, project_path):
    """Call it at the end: the project is, on disk and in the window, what it was; and it can be edited and saved."""

    def state():
        ws = hands.ws
        return (
            hashlib.sha256(project_path.read_bytes()).hexdigest(),
            hands.store.project.location,
            hands.window.windowTitle(),
            ws.document(),
            dict(ws.speakers),
            hands.store.undo_title,
            hands.window.articles.model.rowCount(),
        )

    before = state()

    def check():
        assert state() == before
        hands.select("He left")
        hands.press("c")
        project = open_project(str(project_path), "read")
        assert len(project.document(hands.ws.article.id).claims) == len(before[3].claims) + 1
        project.close()

    return check


@pytest.fixture
def public_folder():
    """A folder that everybody can reach; pytest's own are private."""
    if not hasattr(os, "geteuid"):
        pytest.skip("file modes do not say who may read here")
    folder = Path(tempfile.mkdtemp(prefix="annotator-ui-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def import_by_menu(hands, monkeypatch, *paths):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))
    hands.window.actions_["import_files"].trigger()


def open_by_menu(hands, monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    hands.window.actions_["open_project"].trigger()


# -- text files ---------------------------------------------------------------------------------------------------


def make_missing(path):
    pass


def make_binary(path):
    path.write_bytes(bytes(range(256)) * 40)


def make_picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def make_zero(path):
    path.touch()


def make_blank(path):
    path.write_text(" \n\t\n")


def make_folder(path):
    path.mkdir()


def make_pipe(path):
    os.mkfifo(path)


def make_project(path):
    create_project(str(path)).close()


BAD_TEXTS = {
    "missing": (make_missing, "does not exist"),
    "binary": (make_binary, "not a text file"),
    "picture": (make_picture, "a PNG picture"),
    "zero": (make_zero, "is empty"),
    "blank": (make_blank, "nothing but white space"),
    "folder": (make_folder, "holds no file that can be read"),
    "pipe": pytest.param(
        make_pipe,
        "no regular file",
        marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes"),
    ),
    "project": (make_project, "perhaps a project"),
}


@pytest.mark.parametrize(("make", "words"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_file_that_is_no_article(hands, unchanged, monkeypatch, tmp_path, make, words):
    path = tmp_path / "bad.txt"
    make(path)
    import_by_menu(hands, monkeypatch, path)
    said = hands.read_message()
    assert words in said
    assert "bad.txt" in said
    assert len(said.splitlines()) == 1
    assert hands.window.findChild(ImportPreview) is None
    unchanged()


def test_a_file_that_may_not_be_read(hands, unchanged, monkeypatch, public_folder):
    path = public_folder / "secret.txt"
    path.write_text("Nobody may read this.")
    path.chmod(0)
    with as_ordinary_user():
        import_by_menu(hands, monkeypatch, path)
        said = hands.read_message()
    assert said == f"{path} may not be read: permission denied."
    unchanged()


def test_good_files_among_bad_ones_are_offered_and_the_bad_ones_named(hands, unchanged, qtbot, monkeypatch, tmp_path):
    good, bad, gone = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "gone.txt"
    good.write_text("A headline\n\nSomething happened.\n")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    import_by_menu(hands, monkeypatch, bad, good, gone)
    qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    qtbot.waitUntil(preview.isVisible)
    assert [draft.article.title for draft in preview.chosen()] == ["A headline"]
    assert preview.problems.isVisible()
    assert "bad.txt" in preview.problems.text()
    assert "gone.txt" in preview.problems.text()
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not preview.isVisible())
    unchanged()


def test_nul_and_lone_surrogates_are_replaced_where_one_can_see_it_and_reported(hands, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes(b"Odd news\n\nOne NUL \x00 and a half " + b"\xed\xa0\xbd" + b" of a pair.\n")
    import_by_menu(hands, monkeypatch, path)
    qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    qtbot.waitUntil(preview.isVisible)
    assert "Replaced 2 characters that cannot be stored (NUL, lone surrogate) with “\ufffd”." in preview.notes.text()
    assert preview.notes.isVisible()
    assert "One NUL \ufffd and a half \ufffd of a pair." in preview.text.toPlainText()
    with qtbot.waitSignal(hands.store.article_opened):
        hands.click(preview.accept_button)
    hands.read_message()
    assert hands.ws.text == "Odd news\n\nOne NUL \ufffd and a half \ufffd of a pair.\n"
    assert any("cannot be stored" in note for note in hands.ws.article.import_notes)
    hands.select("NUL \ufffd and a half \ufffd")
    hands.press("c")
    assert [s.exact for c in hands.ws.claims.values() for s in c.spans] == ["NUL \ufffd and a half \ufffd"]


def test_a_wrong_date_in_the_preview_is_refused_there_and_imports_nothing(
    hands, unchanged, qtbot, monkeypatch, tmp_path
):
    path = tmp_path / "good.txt"
    path.write_text("A headline\n\nSomething happened.\n")
    import_by_menu(hands, monkeypatch, path)
    qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    preview = hands.window.findChild(ImportPreview)
    qtbot.waitUntil(preview.isVisible)
    hands.enter(preview.form.fields["published"], "2018-02-30", end=None)
    hands.click(preview.accept_button)
    assert preview.isVisible()
    assert preview.refusal.isVisible()
    assert "2018-02-30" in preview.refusal.text()
    preview.reject()
    unchanged()


# -- project files ------------------------------------------------------------------------------------------------


def make_text(path):
    path.write_text(TEXT)


def make_other_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE claim (id)")
    connection.commit()
    connection.close()


def make_newer(path):
    seed(path, TEXT)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def make_truncated(path):
    seed(path, TEXT, TEXT * 500)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def make_garbled(path):
    """Sound at first sight: only the page with the articles is rubbish."""
    seed(path, TEXT)
    whole = bytearray(path.read_bytes())
    page = whole.index(b"Article 1") // 4096 * 4096
    whole[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(whole)


BAD_PROJECTS = {
    "missing": (make_missing, "There is no project"),
    "text": (make_text, "is not a project"),
    "zero": (make_zero, "is empty"),
    "folder": (make_folder, "is a folder"),
    "other": (make_other_database, "of another program"),
    "newer": (make_newer, "newer version"),
    "truncated": (make_truncated, "damaged"),
    "garbled": (make_garbled, "damaged"),
}


@pytest.mark.parametrize(("make", "words"), BAD_PROJECTS.values(), ids=BAD_PROJECTS)
def test_a_file_that_is_no_project(hands, unchanged, monkeypatch, tmp_path, make, words):
    path = tmp_path / "bad.annotator"
    make(path)
    open_by_menu(hands, monkeypatch, path)
    said = hands.reply("Cancel") if words == "damaged" else hands.read_message()  # what is damaged could be rebuilt
    assert words in said
    assert "bad" in said
    assert len(said.splitlines()) == 1
    unchanged()


def test_a_project_that_failed_to_open_is_let_go(hands, monkeypatch, tmp_path):
    path = tmp_path / "bad.annotator"
    make_garbled(path)
    open_by_menu(hands, monkeypatch, path)
    hands.reply("Cancel")
    path.unlink()
    seed(path, TEXT)
    project = open_project(str(path), "write")  # ProjectBusy while the window still holds it
    project.close()


@pytest.mark.parametrize("name", ["missing", "newer"])
def test_a_bad_project_at_the_start_shows_the_sample_instead(qtbot, open_window, tmp_path, name):
    path = tmp_path / "bad.annotator"
    make, words = BAD_PROJECTS[name]
    make(path)
    window = open_window(path)
    hands = Hands(qtbot, window)
    assert window.store.project.name == "Sample"
    said = hands.read_message()
    assert words in said
    assert said.endswith("The sample project is shown instead.")


def test_a_project_that_may_not_be_read(hands, unchanged, monkeypatch, public_folder):
    path = public_folder / "secret.annotator"
    seed(path, TEXT)
    path.chmod(0)
    with as_ordinary_user():
        open_by_menu(hands, monkeypatch, path)
        assert "permission denied" in hands.read_message()
    unchanged()


def test_a_project_that_may_not_be_written_is_shown_and_says_so(hands, qtbot, monkeypatch, public_folder):
    path = public_folder / "fixed.annotator"
    seed(path, TEXT)
    path.chmod(0o444)
    before = path.read_bytes()
    with as_ordinary_user():
        with qtbot.waitSignal(hands.store.project_opened):
            open_by_menu(hands, monkeypatch, path)
        qtbot.waitUntil(lambda: hands.ws.article is not None)
        assert_read_only(hands, "cannot be written")
    assert path.read_bytes() == before


def test_a_project_that_is_open_elsewhere_is_shown_until_the_other_closes_it(hands, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "shared.annotator"
    seed(path, TEXT)
    other = open_project(str(path), "write")
    with qtbot.waitSignal(hands.store.project_opened):
        open_by_menu(hands, monkeypatch, path)
    qtbot.waitUntil(lambda: hands.ws.article is not None)
    assert_read_only(hands, "open in another window")
    other.close()
    with qtbot.waitSignal(hands.store.project_opened):
        open_by_menu(hands, monkeypatch, path)
    qtbot.waitUntil(lambda: hands.ws.article is not None)
    assert not hands.window.banner.isVisible()
    hands.select("I would go")
    hands.press("c")
    assert len(hands.ws.claims) == 1


def assert_read_only(hands, words):
    """The window says why, and nothing that is pressed changes anything."""
    window = hands.window
    assert window.banner.isVisible()
    assert words in window.banner.sentence.text()
    assert "read-only" in window.banner.sentence.text()
    assert "(read only)" in window.windowTitle()
    assert window.status.saved.text() == "Read only"
    hands.select("I would go")
    for key in "csqax+-][":
        hands.press(key, saves=False)
        assert not window.prompt.isVisible()
    for panel in (window.claims, window.speakers, window.corrections, window.articles):
        assert not panel.header.add.isEnabled()
    assert hands.ws.claims == hands.ws.mentions == hands.ws.corrections == {}
    assert hands.store.unsaved == 0
    hands.click(window.banner.dismiss)
    assert not window.banner.isVisible()


def test_nothing_is_imported_into_a_project_opened_for_reading(hands, qtbot, tmp_path):
    path, article = tmp_path / "shared.annotator", tmp_path / "good.txt"
    seed(path, TEXT)
    article.write_text("A headline\n\nSomething happened.\n")
    other = open_project(str(path), "write")
    try:
        with qtbot.waitSignal(hands.store.project_opened):
            hands.window.files.dropped([str(path)])
        hands.window.files.dropped([str(article)])
        assert "reading only" in hands.window.status.selected.text()
        assert hands.window.findChild(ImportPreview) is None
    finally:
        other.close()


def test_opening_the_open_project_again_keeps_it_open_for_writing(hands, unchanged, qtbot, monkeypatch, project_path):
    with qtbot.waitSignal(hands.store.project_opened):
        open_by_menu(hands, monkeypatch, project_path)
    qtbot.waitUntil(lambda: hands.ws.article is not None)
    assert not hands.store.read_only
    assert not hands.window.banner.isVisible()
    unchanged()
