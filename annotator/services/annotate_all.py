"""The same annotation on many places at once: one edit, one undo."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Speaker
from annotator.services import corrections, speakers
from annotator.services.annotate import Author, mark_mention
from annotator.text.corrected import overlaps
from annotator.text.wording import counted
from annotator.workspace import Workspace

Places = Iterable[tuple[int, int]]


def free_for_mentions(ws: Workspace, places: Places) -> list[tuple[int, int]]:
    """Those of ``places`` that touch no mention yet: "Trump" inside "Donald Trump" is marked already."""
    taken = [span for mention in ws.mentions.values() for span in mention.spans]
    return [p for p in places if not any(overlaps(*p, span.start, span.end) for span in taken)]


def free_for_corrections(ws: Workspace, places: Places) -> list[tuple[int, int]]:
    """Those of ``places`` that no correction touches yet."""
    taken = [span for c in ws.corrections.values() if c.applied for span in c.spans]
    return [p for p in places if not any(overlaps(*p, span.start, span.end) for span in taken)]


def mentions(ws: Workspace, places: Places, name: str, author: Author) -> Edit:
    """Mark every free place as a mention of the speaker ``name``, which is created when unknown ("": nobody yet).

    Raises:
        InvalidEdit: every place is a mention already.
    """
    free = free_for_mentions(ws, places)
    if not free:
        raise InvalidEdit("All of these are mentions already.")
    changes: list[Change] = []
    speaker: Speaker | None = None
    if name.strip():
        speaker = speakers.find(ws.speakers.values(), name)
        if speaker is None:
            speaker = speakers.new_speaker(name)
            changes.append(Change(None, speaker))
    for place in free:
        changes += mark_mention(ws, [place], author, speaker.id if speaker else None).changes
    return Edit(f"Mark {counted(len(free), 'mention')}", tuple(changes))


def correct(ws: Workspace, places: Places, replacement: str, author: Author) -> Edit:
    """Correct every free place to ``replacement``, each by a correction of its own.

    Raises:
        InvalidEdit: every place is corrected already, or nothing would change.
    """
    free = free_for_corrections(ws, places)
    if not free:
        raise InvalidEdit("All of these are corrected already.")
    changes = [c for place in free for c in corrections.mark(ws, [place], replacement, author).changes]
    return Edit(f"Mark {counted(len(free), 'correction')}", tuple(changes))
