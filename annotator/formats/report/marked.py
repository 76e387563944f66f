"""The text of an article with its annotations, cut where one of them begins or ends, so that nothing overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.formats.report.markup import Html, tag, text, together
from annotator.model import Claim, Document, Span


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch with the class that shows it."""

    start: int
    end: int
    class_: str
    title: str = ""


def marked(document: Document, numbers: Mapping[str, str], *, corrected: bool) -> Html:
    """The text. ``numbers`` leads from the id of a claim to the id of its entry in the list below.

    ``corrected``: it is the corrected text, in which a transcription correction covers what it put there.
    """
    marks = list(_marks(document, numbers, corrected=corrected))
    before: dict[int, list[Html]] = defaultdict(list)
    after: dict[int, list[Html]] = defaultdict(list)
    for claim in document.claims:
        if claim.spans:
            id_ = numbers[claim.id]
            before[claim.spans[0].start].append(tag("a", id_.rpartition("c")[2], class_="n", href=f"#{id_}"))
    if not corrected:
        for correction in document.corrections:
            if correction.applied and correction.replacement:
                for span in correction.spans:
                    after[span.end].append(tag("ins", correction.replacement))
    return together(_pieces(document.source.text, marks, before, after))


def _marks(document: Document, numbers: Mapping[str, str], *, corrected: bool) -> Iterator[_Mark]:
    for mention in document.mentions:
        yield from _all(mention.spans, "mention")
    for claim in document.claims:
        yield from _all(claim.spans, "claim", f"Claim {numbers[claim.id].rpartition('c')[2]}")
        for hop in claim.chain:
            yield from _all(hop.mention_spans, "source")
            yield from _all(hop.cue_spans, "cue")
    for correction in document.corrections:
        if correction.applied:
            yield from _all(correction.spans, "put" if corrected else "gone")


def _all(spans: Iterable[Span], class_: str, title: str = "") -> Iterator[_Mark]:
    return (_Mark(span.start, span.end, class_, title) for span in spans if span.start < span.end)


def _pieces(
    whole: str, marks: list[_Mark], before: Mapping[int, list[Html]], after: Mapping[int, list[Html]]
) -> Iterator[Html]:
    begins: dict[int, list[_Mark]] = defaultdict(list)
    ends: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        begins[mark.start].append(mark)
        ends[mark.end].append(mark)
    open_: list[_Mark] = []
    at = 0
    for cut in sorted({*begins, *ends, *before, *after, len(whole)}):
        if at < cut:
            yield _piece(whole[at:cut], open_)
        yield from after.get(cut, ())
        yield from before.get(cut, ())
        for mark in ends.get(cut, ()):
            open_.remove(mark)
        open_ += begins.get(cut, ())
        at = cut


def _piece(words: str, marks: list[_Mark]) -> Html:
    if not marks:
        return text(words)
    classes = " ".join(sorted({mark.class_ for mark in marks}))
    title = ", ".join(dict.fromkeys(mark.title for mark in marks if mark.title))
    name = "del" if "gone" in classes else "ins" if "put" in classes else "span"
    return tag(name, words, class_=classes, title=title or None)


def numbered(claims: Iterable[Claim], prefix: str) -> dict[str, str]:
    """The id of a claim → the id of its entry: ``a1c2`` for the second."""
    return {claim.id: f"{prefix}c{number}" for number, claim in enumerate(claims, start=1)}
