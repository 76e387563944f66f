"""What the records promise by themselves."""

import dataclasses
import sys

import pytest

from annotator.model import RECORD_TYPES, Claim, Correction, Evidence, Hop, Mention, SourceText, Span, Speaker

SECRET = "xyzzy"
SPAN = Span(1, 6, SECRET, SECRET, SECRET)
COMMON = {"id": "i", "article_id": "a", "annotator": "Ann", "spans": (SPAN,), "note": SECRET}


@pytest.mark.parametrize(
    "record",
    [
        SPAN,
        SourceText("a", SECRET, "00"),
        Speaker("s", "Ann", note=SECRET),
        Mention(**COMMON),
        Claim(**COMMON, text=SECRET, chain=(Hop("s", (SPAN,), (SPAN,)),)),
        Correction(**COMMON, replacement=SECRET, evidence=(Evidence(note=SECRET),)),
    ],
    ids=lambda record: type(record).__name__,
)
def test_no_repr_shows_text(record):
    assert SECRET not in repr(record)
    assert repr(record).startswith(f"{type(record).__name__}(")


@pytest.mark.skipif(sys.flags.optimize > 1, reason="docstrings are gone")
def test_every_record_is_frozen_and_says_what_it_is():
    for record_type in RECORD_TYPES.values():
        assert record_type.__doc__
        assert record_type.__dataclass_params__.frozen
        assert dataclasses.fields(record_type)[0].name == "id"
