"""Lines of schema version 1, as lines of version 2: what they did not say comes from the one who imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.formats.base import Reading
from annotator.model import now

_PROVENANCE = frozenset({"guideline", "created", "updated", "origin", "certainty"})
UNTOLD: Mapping[str, frozenset[str]] = {
    "article": frozenset({"import_notes", "created", "updated"}),
    "source_text": frozenset({"bytes_sha256", "file_name", "encoding"}),
    "speaker": frozenset({"created", "updated"}),
    "mention": _PROVENANCE | {"annotator", "status", "note"},
    "claim": frozenset({"guideline"}),
    "correction": _PROVENANCE,
}
"""What version 1 does not say of a record, so that the reader makes it up."""


def as_version_2(data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The data of a line of version 1, which was checked, in the shape of version 2, without corrected places."""
    time = now()
    times = {"created": time, "updated": time}
    made_here = {"certainty": None, "guideline": reading.guideline, "origin": "imported", **times}
    mention = {"note": "", "annotator": reading.annotator, "status": "draft", **made_here}
    return {
        **data,
        **times,
        "import_notes": [],
        "file_name": None,
        "encoding": None,
        "bytes_sha256": None,
        "view": "source",
        "corrected_text": None,
        "speakers": [{**speaker, **times} for speaker in data["speakers"]],
        "mentions": [{**item, **mention} for item in data["mentions"]],
        "claims": [
            {**claim, "guideline": reading.guideline, "chain": [_hop(hop) for hop in claim["chain"]]}
            for claim in data["claims"]
        ],
        "corrections": [
            {**item, **made_here, "evidence": [{"kind": "evidence", **found} for found in item["evidence"]]}
            for item in data["corrections"]
        ],
        "quarantined": [],
    }


def _hop(hop: dict[str, Any]) -> dict[str, Any]:
    return {"addressee_id": None, "date": None, **hop}
