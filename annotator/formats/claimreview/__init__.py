"""ClaimReview of schema.org as JSON-LD: what was found out about claims. Only written."""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.claimreview.back import read_back
from annotator.formats.claimreview.writing import write

FORMAT = Format(
    "claimreview",
    "ClaimReview (schema.org JSON-LD)",
    (".claimreview.jsonld",),
    write=write,
    read_back=read_back,
    offset_unit="none",
)
