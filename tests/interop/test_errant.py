"""``errant_compare`` takes the M2 files that this program writes, and finds in them the edits that are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from article_samples import full_document

from annotator.formats.m2.writing import page

pytest.importorskip("errant", reason="errant: dependency group interop")
pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore")]


def test_errant_compares_our_files(tmp_path: Path) -> None:
    document, _ = full_document()
    path = tmp_path / "a.m2"
    path.write_text(page(document), encoding="utf-8")
    edits = [line for line in page(document).split("\n") if line.startswith("A ") and "noop" not in line]
    assert edits
    code = "from errant.commands.compare_m2 import main; main()"
    for category in ("1", "3"):
        command = [sys.executable, "-c", code, "-hyp", str(path), "-ref", str(path), "-cat", category]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        numbers = re.search(r"TP\tFP\tFN.*\n(\d+)\t(\d+)\t(\d+)", done.stdout[done.stdout.index("Span-Based") :])
        assert numbers is not None
        assert numbers.groups() == (str(len(edits)), "0", "0")
