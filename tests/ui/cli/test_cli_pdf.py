"""``annotator pdf``: articles on pages, with no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from seeds import sample_gold_path, sample_text_path
from ui.cli.main import main


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    path, second = folder / "p.annotator", folder / "second.txt"
    second.write_text("A second article\n\nIt is short.\n", encoding="utf-8")
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(sample_gold_path()), str(second)]) == 0
    return path


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.mark.usefixtures("qapp")
def test_the_first_article_or_the_one_that_is_named(project, tmp_path, capsys) -> None:
    out = tmp_path / "o.pdf"
    assert run("pdf", project, out) == 0
    pages = texts(out)
    assert capsys.readouterr().out == f"Wrote {out}: 1 article, {len(pages)} pages.\n"
    assert "Russia Says Trump Invited" in pages[0]
    assert run("pdf", project, out, "--article", 2, "--no-legend") == 0
    assert [("It is short." in text, "Page 1 of 1" in text) for text in texts(out)] == [(True, True)]


@pytest.mark.usefixtures("qapp")
def test_all_articles_each_with_its_own_page_numbers(project, tmp_path, capsys) -> None:
    out = tmp_path / "o.pdf"
    assert run("pdf", project, out, "--all", "--no-legend", "--paper", "A5", "--view", "corrected") == 0
    pages = texts(out)
    assert capsys.readouterr().out == f"Wrote {out}: 2 articles, {len(pages)} pages.\n"
    assert "I would simply" in "".join(pages).replace("\r\n", " ")
    assert "Twould" not in "".join(pages)
    assert f"Page 1 of {len(pages) - 1}" in pages[0]
    assert "Page 1 of 1" in pages[-1]


@pytest.mark.usefixtures("qapp")
def test_the_pages_have_the_size_that_was_asked_for(project, tmp_path) -> None:
    out = tmp_path / "o.pdf"
    for options, size in ((["--paper", "Letter"], (612, 792)), (["--paper", "A4", "--landscape"], (842, 595))):
        assert run("pdf", project, out, "--article", 2, *options) == 0
        with pypdfium2.PdfDocument(out) as pdf:
            assert tuple(round(side) for side in pdf[0].get_size()) == size


@pytest.mark.parametrize("article", ["3", "0", "x", "²"])
def test_an_article_that_is_not_there_is_refused(project, tmp_path, capsys, article) -> None:
    assert run("pdf", project, tmp_path / "o.pdf", "--article", article) == 2
    assert capsys.readouterr().err == f"annotator: The project has 2 articles; there is no article {article}.\n"
    assert not list(tmp_path.iterdir())


def test_an_empty_project_has_nothing_to_write(tmp_path, capsys) -> None:
    assert run("new", tmp_path / "e.annotator") == 0
    assert run("pdf", tmp_path / "e.annotator", tmp_path / "o.pdf", "--all") == 2
    assert "has no articles" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_a_project_is_never_overwritten(project, tmp_path, capsys) -> None:
    before = project.read_bytes()
    assert run("pdf", project, project) == 2
    assert "is a project or another database" in capsys.readouterr().err
    assert project.read_bytes() == before


def test_no_display_is_needed(project, tmp_path) -> None:
    hidden = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    out = tmp_path / "o.pdf"
    command = [sys.executable, "-m", "annotator", "pdf", str(project), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with pypdfium2.PdfDocument(out) as pdf:
        assert len(pdf) > 1


def test_a_text_without_labels_has_a_short_legend(project, tmp_path, qapp) -> None:
    path = tmp_path / "t.annotator"
    assert run("new", path) == 0
    assert run("import", path, sample_text_path()) == 0
    assert run("pdf", path, tmp_path / "o.pdf") == 0
    legend = texts(tmp_path / "o.pdf")[-1]
    assert "Legend" in legend
    assert "Claims (" not in legend
