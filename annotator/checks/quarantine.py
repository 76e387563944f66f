"""What an import could not place or make sense of, and nobody has settled since."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from annotator.checks.base import Fix, Problem, Scan
from annotator.services import quarantine
from annotator.text.wording import shorten


def held_back(scan: Scan) -> Iterator[Problem | None]:
    """Each thing that is in quarantine."""
    for held in sorted(scan.ws.quarantined.values(), key=lambda record: (record.created, record.place, record.id)):
        words = f" “{shorten(held.exact)}”" if held.exact else ""
        message = f"{held.label}{words} of {held.place} was not placed: {held.reason}."
        ranges = quarantine.places_of(held, scan.text)
        there = [Fix("Place it where it stood…", request="place_quarantined", ranges=ranges)] if ranges else []
        fixes = (
            *there,
            Fix("Place it on the selected words…", request="place_quarantined"),
            Fix("Delete it", partial(quarantine.discard, id_=held.id)),
        )
        yield Problem("quarantine", message, "quarantined", held.id, ranges, fixes)
