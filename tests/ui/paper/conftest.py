"""Articles to print, and a reader of PDFs that is not Qt's."""

from __future__ import annotations

import pytest
from pdf_reader import read_pdf

from annotator.services.importing import import_files
from db.project import create_project, open_project
from seeds import sample_gold_path
from ui.fonts import load_fonts
from ui.paper.manuscript import Manuscript
from ui.paper.pdf import write_pdf
from ui.paper.sheet import PaperSheet, page_layout
from ui.paper.type import paper_typography


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "sample.annotator"
    project = create_project(str(path))
    import_files(project, [sample_gold_path()], annotator="Ann")
    project.close()
    return path


@pytest.fixture
def document(sample):
    project = open_project(str(sample), "read")
    yield project.document(project.article_ids()[0])
    project.close()


@pytest.fixture(scope="session")
def fonts(qapp):
    """The bundled fonts, as in the program."""
    load_fonts()


@pytest.fixture
def make_pdf(fonts, tmp_path):
    """Writes a document and gives the text of each page."""

    def make(document, view="source", paper="A4", legend=True) -> list[str]:
        path = tmp_path / "out.pdf"
        manuscript = Manuscript(document, "Project P", view, "1 May 2026", paper_typography(document.source.text))
        for _ in write_pdf(path, "T", [manuscript], PaperSheet(page_layout(paper)), lambda *_: None, legend=legend):
            pass
        return read_pdf(path)

    return make
