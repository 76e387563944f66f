"""The TEI's own schema accepts what we write, says ``jing``; ``tei_all.rng`` is looked for in ``ANNOTATOR_CORPORA``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import MemorySink
from hypothesis import given

from annotator.formats.base import Writing
from annotator.formats.tei import FORMAT
from annotator.model import Scheme, Term

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed (the package jing of Debian)"),
]
SCHEMA = Path(os.environ.get("ANNOTATOR_CORPORA", "nowhere")) / "tei_all.rng"
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="ANNOTATOR_CORPORA has no tei_all.rng")


def written(content: Content, folder: Path) -> list[Path]:
    """All articles, and the scheme, in files."""
    sink = MemorySink()
    terms = (Term("claim.form", "direct", "direct", "word for word"), Term("segment.kind", "a b", "x"))
    assert FORMAT.write_files is not None
    FORMAT.write_files(content, sink, Writing(scheme=Scheme(name="S", terms=terms, guideline="# A\n\nB <c>")))
    for name, data in sink.files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in sink.files]


def complaints(files: list[Path]) -> str:
    """What jing says of the files."""
    command = ["jing", str(SCHEMA), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@needs_schema
def test_every_kind_of_record_is_valid_tei(tmp_path: Path) -> None:
    document, speaker = full_document()
    files = written(Content([document], [speaker]), tmp_path)
    assert len(files) == 2
    assert complaints(files) == ""


@needs_schema
def test_jing_does_complain(tmp_path: Path) -> None:
    document, speaker = full_document()
    path = written(Content([document], [speaker]), tmp_path)[1]
    path.write_text(path.read_text("utf-8").replace("<said", "<sayd").replace("</said", "</sayd"), "utf-8")
    assert "sayd" in complaints([path])


@needs_schema
def test_any_document_is_valid_tei(tmp_path: Path) -> None:
    files: list[Path] = []

    @given(contents())
    def write(content: Content) -> None:
        folder = tmp_path / str(len(files))
        folder.mkdir()
        files.extend(written(content, folder))

    write()
    assert complaints(files) == ""  # all at once: jing takes longer to start than to check
