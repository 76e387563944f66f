"""REDEWIEDERGABE's samples in columns and in TEI: each quotation with its form, its speaker and what introduces it.

Runs where ``ANNOTATOR_CORPORA`` names a folder with a clone of ``redewiedergabe/corpus`` in ``rwg``.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from annotator.formats import registry
from annotator.formats.base import Draft, Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.proposing import propose

DATA = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "rwg" / "data" / "main"
SAMPLES = 100
FORMS = {"freeIndirect": "free_indirect", "indirect freeIndirect": "free_indirect"}
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="REDEWIEDERGABE is not there: set ANNOTATOR_CORPORA to a folder with a clone in rwg/"
)


def drafts(kind: str) -> dict[str, Draft]:
    """The first samples, by name, with the mapping that all of them suggest."""
    found = {}
    for path in islice(sorted((DATA / kind).glob(f"rwk_*.{kind}")), SAMPLES):
        data = path.read_bytes()
        form = registry.for_import(path.name, data[:4096])
        assert form.read_standoff is not None
        (found[path.stem],) = form.read_standoff(io.BytesIO(data), Reading(path.name, "Zoe"))
    mapping = propose(found.values())
    return {name: decode(to_ours(each, mapping).standoff, Reading(name, "Zoe")) for name, each in found.items()}


def test_the_columns_say_of_each_quotation_what_they_said() -> None:
    for name, draft in drafts("tsv").items():
        rows = [line.split("\t") for line in (DATA / "tsv" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]]
        forms: dict[str, str] = {}
        for row in rows:
            for cell in row[6].split("|"):
                if match := re.match(r"([A-Za-z ]+)\.[^.]*\.(\d+)", cell):
                    forms[match[2]] = match[1]
        ids = {
            n: {id_ for row in rows if "." in row[n] for id_ in re.findall(r"\d+", row[n])} & forms.keys()
            for n in (8, 9)
        }
        assert Counter(claim.form for claim in draft.claims) == Counter(FORMS.get(f, f) for f in forms.values()), name
        assert sum(any(hop.mention_spans for hop in claim.chain) for claim in draft.claims) == len(ids[8]), name
        assert sum(any(hop.cue_spans for hop in claim.chain) for claim in draft.claims) == len(ids[9]), name
        assert {held.label for held in draft.quarantined} <= {"frame"}, name


def test_the_pages_say_the_same_as_the_columns() -> None:
    def told(draft: Draft) -> Counter[tuple[bool, bool]]:
        return Counter(
            (any(hop.mention_spans for hop in claim.chain), any(hop.cue_spans for hop in claim.chain))
            for claim in draft.claims
        )

    columns, pages = drafts("tsv"), drafts("xml")
    assert columns.keys() == pages.keys()
    assert {name: told(draft) for name, draft in columns.items()} == {n: told(draft) for n, draft in pages.items()}
