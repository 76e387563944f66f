"""The whole GNQA corpus goes into a project and out again.

Runs where ``ANNOTATOR_CORPORA`` names a folder with a clone of the corpus (uhh-lt on GitHub) in ``gnqa``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from annotator.formats import registry
from annotator.services.exporting import export
from annotator.services.importing import import_files
from db.project import create_project

DATA = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "gnqa" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="GNQA is not there: set ANNOTATOR_CORPORA to a folder with a clone of it in gnqa/"
)


def pages(folder: Path) -> dict[str, Any]:
    return {page["documentName"]: page for path in folder.glob("*.json") for page in [json.loads(path.read_bytes())]}


def in_order(quotation: dict[str, Any]) -> dict[str, Any]:
    """A quotation as it is told here: the words of each role in text order, and no number."""
    roles = ("quote", "speaker", "cue", "frame", "addressee")
    words = {name: sorted(set(quotation[name]["tokenIds"])) for name in roles}
    return words | {name: quotation[name] for name in ("type", "medium", "isNested", "hasNested")}


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_all_of_it_comes_out_of_a_project_as_it_went_in(split: str, tmp_path: Path) -> None:
    project = create_project(str(tmp_path / "p.annotator"))
    report = import_files(project, sorted((DATA / split).glob("*.json")), annotator="Zoe", keep_duplicates=True)
    assert report.problems == []
    assert [held for document in project.documents() for held in document.quarantined] == []
    export(project, tmp_path / "out", registry.named("gnqa"))
    project.close()
    gold, found = pages(DATA / split), pages(tmp_path / "out")
    assert set(found) == set(gold)
    for name, page in gold.items():
        assert found[name]["tokens"] == page["tokens"], name
        told = [in_order(quotation) for quotation in found[name]["annotations"]]
        assert sorted(map(repr, told)) == sorted(repr(in_order(q)) for q in page["annotations"]), name
        assert [s["tokenIds"] for s in found[name]["sentences"]] == [s["tokenIds"] for s in page["sentences"]]
