"""annotator import: folders, archives and tables, with the choices that the window offers in its preview."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from db.project import create_project, open_project
from ui.cli.main import main

STORY = "Something happened in the capital on Monday. Nobody said why."


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = tmp_path / "p.annotator"
    create_project(str(path)).close()
    return str(path)


def texts(project: str) -> list[tuple[str, str]]:
    opened = open_project(project, "read")
    try:
        return [(title, source.text) for title, source in opened.texts()]
    finally:
        opened.close()


def test_a_folder_and_an_archive(project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, packed = tmp_path / "news", tmp_path / "more.zip"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Headline A\n\n{STORY}\n")
    (folder / "a.jpg").write_bytes(b"\xff")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.txt", f"Headline B\n\n{STORY} Again.\n")
        archive.writestr("c.txt", "")
    assert main(["import", project, str(folder), str(packed)]) == 2
    out, err = capsys.readouterr()
    assert [title for title, _ in texts(project)] == ["Headline A", "Headline B"]
    assert "news: passed over 1 file of no format that is read (.jpg 1)." in out
    assert err.strip() == "annotator: more.zip: c.txt is empty."


def test_columns_encoding_repair_and_duplicates(
    project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, letters = tmp_path / "t.csv", tmp_path / "l.txt"
    table.write_bytes(f"Kopf;Kurz;Langtext\nZürich;{STORY};Lang\n".encode("cp1252"))
    letters.write_text("Straße\n\nÜber die Straße.\n".encode().decode("latin-1"), "utf-8")
    columns = ["--column", "text=Kurz", "--column", "title=Kopf"]
    assert main(["import", project, str(table), *columns, "--encoding", "cp1252"]) == 0
    assert main(["import", project, str(letters)]) == 0
    assert "l.txt: some letters look as if they had been decoded wrongly before" in capsys.readouterr().out
    assert main(["import", project, str(letters), "--repair"]) == 0
    assert main(["import", project, str(letters), "--repair"]) == 0
    assert main(["import", project, str(letters), "--repair", "--keep-duplicates"]) == 0
    found = texts(project)
    assert found[0] == ("Zürich", STORY)
    assert [text for _, text in found].count("Straße\n\nÜber die Straße.\n") == 2
    assert main(["import", project, str(table), "--column", "headline=Kopf"]) == 2
    assert "is no FIELD=HEADER with a field of text, title" in capsys.readouterr().err
