"""How the tests of the seeds read an annotation."""

from __future__ import annotations

from annotator.model import Claim, Span
from annotator.text.corrected import PieceMap


def flat(words: str) -> str:
    return " ".join(words.split())


def ranges(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def inside(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def overlap(left: tuple[Span, ...], right: tuple[Span, ...]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in left for b in right)


def as_corrected(claim: Claim, piece_map: PieceMap, gap: str = " ⟨cue⟩ ") -> str:
    """The content as the corrected text reads, its parts joined by ``gap``."""
    places = [piece_map.to_corrected(span.start, span.end) for span in claim.spans]
    return gap.join(piece_map.text[place[0] : place[1]] for place in places if place)
