"""GNQA's own evaluation script finds no fault with its train set after that went through a project.

The script is run from the copy of the corpus in ``gnqa`` in the folder ``ANNOTATOR_CORPORA``.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats import registry
from annotator.services.exporting import export
from annotator.services.importing import import_files
from db.project import create_project

pytest.importorskip("scipy", reason="GNQA's evaluation needs scipy (dependency group interop)")
CORPUS = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "gnqa"
pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="GNQA is not there: set ANNOTATOR_CORPORA, see test_gnqa_corpus"),
]


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_it_is_scored_perfect(split: str, tmp_path: Path) -> None:
    gold = CORPUS / "data" / split
    project = create_project(str(tmp_path / "p.annotator"))
    import_files(project, sorted(gold.glob("*.json")), annotator="Zoe", keep_duplicates=True)
    export(project, tmp_path / "out", registry.named("gnqa"))
    project.close()
    command = [
        sys.executable,
        str(CORPUS / "eval" / "eval.py"),
        "--prediction",
        str(tmp_path / "out"),
        "--gold",
        str(gold),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    scores = ast.literal_eval(done.stdout.strip().splitlines()[-1])
    assert set(scores.values()) == {1.0}
