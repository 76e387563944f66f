"""What a check is: it looks through an article and says what is open, each with the steps that would settle it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from annotator.edits import Edit
from annotator.model import Claim, Correction, Mention, kind_of
from annotator.services import annotate
from annotator.services.annotate import Author
from annotator.text.anchors import Places, places
from annotator.workspace import Workspace, reading_order

INSERTED = frozenset({"related_link", "url", "caption", "note"})
"""Segments that are no body: what stands in them is no claim."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One step that settles a problem: an edit, or (``request``) a dialog of the window that asks for the rest."""

    title: str
    make: Callable[[Workspace], Edit] | None = None
    request: str | None = None
    """``article_details``, ``merge_speakers``, ``mark_cue``, ``set_source``, ``assign_mention``, ``factual_claim``,
    ``evidence``, ``place_quarantined``."""
    about: tuple[str, ...] = ()
    """Ids of the records that the dialog is about, where they are more than the problem's own."""
    hop: int = 0
    """Which hop of the claim's chain ``mark_cue`` is about."""
    ranges: Places = ()
    """On which words ``place_quarantined`` places the thing; (): on those that are selected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something open in the article. Equal problems are one, whatever their fixes."""

    check: str
    message: str
    kind: str
    """Of the record it is about: claim, mention, correction, speaker, quarantined or article."""
    id: str | None = None
    ranges: Places = ()
    """Where in the source text."""
    fixes: tuple[Fix, ...] = field(default=(), compare=False)
    """The likeliest first."""

    @property
    def start(self) -> int:
        """Where to look first; problems without a place come after the text."""
        return self.ranges[0][0] if self.ranges else 1 << 62


Finder = Callable[["Scan"], Iterator[Problem | None]]
"""Yields problems, and None now and then where it has worked without finding any, so that it can be paused."""


class Scan:
    """The open article as the checks see it. Made once for all of them; the workspace must not change meanwhile."""

    def __init__(self, ws: Workspace, author: Author) -> None:
        self.ws = ws
        self.author = author
        """Who makes what a fix makes."""
        self.text = ws.text
        self.article = ws.article
        self.claims: list[Claim] = sorted(ws.claims.values(), key=reading_order)
        self.covered = Intervals(place for claim in self.claims for place in places(claim.spans))
        """What is inside some claim."""
        segments = ws.article.segments if ws.article else ()
        self.inserted = [(s.start, s.end, s.kind) for s in segments if s.kind in INSERTED]

    def name(self, speaker_id: str | None) -> str:
        """A speaker's name, "somebody" for nobody known."""
        speaker = self.ws.speakers.get(speaker_id or "")
        return speaker.name if speaker else "somebody"


class Intervals:
    """Ranges joined where they touch, to ask what they cover."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        joined: list[tuple[int, int]] = []
        for start, end in sorted(ranges):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        self._starts = [start for start, _ in joined]
        self._ends = [end for _, end in joined]

    def touches(self, start: int, end: int) -> bool:
        """Whether anything of ``[start, end)`` is covered."""
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)


def deletion(record: Mention | Claim | Correction) -> Fix:
    """The step that deletes what a problem is about."""
    return Fix(f"Delete the {kind_of(record)}", partial(annotate.delete, annotation_ids=(record.id,)))
