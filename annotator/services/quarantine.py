"""Settling what an import could not place: on words that a person shows, or by deleting it."""

from __future__ import annotations

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Quarantined
from annotator.workspace import Workspace


def discard(ws: Workspace, id_: str) -> Edit:
    """Delete it; undo brings it back. Raises ``InvalidEdit``: it is not there."""
    return Edit("Delete from quarantine", (Change(_held(ws, id_), None),))


def _held(ws: Workspace, id_: str) -> Quarantined:
    held = ws.quarantined.get(id_)
    if held is None:
        raise InvalidEdit("That is no longer in quarantine.")
    return held
