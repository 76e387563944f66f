"""Overproof's newspaper articles: the corrected text is the ground truth, line for line.

The lines are those of the texts: ``line_offsets`` in the files are wrong where a line stands there twice.

Runs where ``ANNOTATOR_CORPORA`` names a folder with a clone of ``EmanuelaBoros/post-ocr-correction`` in ``overproof``.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from annotator.formats import registry
from annotator.formats.base import Reading
from annotator.text.corrected import PieceMap, replacements

DATA = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "overproof" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="Overproof is not there: set ANNOTATOR_CORPORA to a folder with a clone in overproof/"
)


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_the_corrected_text_is_the_ground_truth_and_lines_project_both_ways(split: str) -> None:
    (path,) = DATA.glob(f"*_{split}_en.jsonl")
    data = path.read_bytes()
    form = registry.for_import(path.name, data[:4096])
    drafts = list(form.read(io.BytesIO(data), Reading(path.name, "Zoe")))  # type: ignore[misc]
    rows = [json.loads(line) for line in data.splitlines()]
    for row, draft in zip(rows, drafts, strict=True):
        ocr, truth = row["ocr_hypothesis"], row["ground_truth"]
        pieces = PieceMap(draft.source.text, replacements(draft.corrections))
        assert pieces.source.encode() == ocr["transcription_unit"].encode()
        assert pieces.text.encode() == truth["transcription_unit"].encode()
        assert not draft.quarantined
        at = there = 0
        for one, other in zip(pieces.source.split("\n"), pieces.text.split("\n"), strict=True):
            ours, theirs = (at, at + len(one)), (there, there + len(other))
            if one and other:
                assert pieces.to_corrected(*ours) == theirs
                assert pieces.to_source(*theirs) == ours
            at, there = ours[1] + 1, theirs[1] + 1
