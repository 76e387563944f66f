"""Checks of the text: what is quoted, inserted or damaged and not yet accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import regex

from annotator.checks.base import Fix, Intervals, Problem, Scan, deletion
from annotator.errors import InvalidEdit, InvalidSpan, PlaceTaken
from annotator.model import Correction, kind_of
from annotator.services import annotate, annotate_all, mending
from annotator.services.annotate import MarkedRecord
from annotator.text import anchors
from annotator.text.sentences import quotations
from annotator.text.wording import listed, shorten

_WORD = regex.compile(r"\w+")
_MARKS = '"“”„«»'
"""Those of the quotation itself: it may be cut, and is quoted."""
_LEAST = 3
"""Words of a quotation that should be a claim; fewer are scare quotes or titles."""


def unclaimed_quotation(scan: Scan) -> Iterator[Problem | None]:
    """Quotations that no claim touches."""
    for start, end in quotations(scan.text):
        yield None
        if scan.covered.touches(start, end) or any(low <= start < high for low, high, _ in scan.inserted):
            continue
        if sum(1 for _ in _WORD.finditer(scan.text, start, end)) >= _LEAST:
            fix = Fix("Mark it as a claim", partial(annotate.mark_claim, ranges=[(start, end)], author=scan.author))
            message = f"The quotation “{shorten(scan.text[start:end].strip(_MARKS))}” is in no claim."
            yield Problem("unclaimed_quotation", message, "article", None, ((start, end),), (fix,))


def inserted_matter(scan: Scan) -> Iterator[Problem | None]:
    """Claims that reach into a related link, an address, a caption or a note."""
    for low, high, kind in scan.inserted:
        for claim in scan.claims:
            yield None
            if any(span.start < high and low < span.end for span in claim.spans):
                cut = Fix(
                    "Cut it out of the claim",
                    partial(annotate.remove_range, annotation_id=claim.id, start=low, end=high),
                )
                whole = all(low <= span.start and span.end <= high for span in claim.spans)
                message = f"The claim reaches into inserted matter ({kind.replace('_', ' ')})."
                step = deletion(claim) if whole else cut
                yield Problem("inserted_matter", message, "claim", claim.id, ((low, high),), (step,))


def half_corrected(scan: Scan) -> Iterator[Problem | None]:
    """Words that are corrected in some places and stand uncorrected in others."""
    by_words: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for correction in scan.ws.corrections.values():
        if correction.applied:
            for exact in {span.exact for span in correction.spans}:
                by_words[exact, correction.replacement or ""].append(correction)
    taken = Intervals(
        place for c in scan.ws.corrections.values() if c.kind == "transcription" for place in anchors.places(c.spans)
    )  # one that was rejected says that the place is right as it is
    for (exact, reading), corrections in by_words.items():
        yield None
        if not (len(exact) > 1 and exact[0].isalnum() and exact[-1].isalnum()):
            continue
        pattern = regex.compile(rf"(?<!\w){regex.escape(exact)}(?!\w)")
        others = tuple(m.span() for m in pattern.finditer(scan.text) if not taken.touches(*m.span()))
        if others:
            done = sum(span.exact == exact for c in corrections for span in c.spans)
            message = f"“{shorten(exact)}” is corrected in {_places(done)} but stands in {_others(len(others))}."
            fix = Fix(
                f"Correct {_others(len(others))} too",
                partial(annotate_all.correct, places=others, replacement=reading, author=scan.author),
            )
            yield Problem("half_corrected", message, "correction", corrections[0].id, others, (fix,))


def broken_anchor(scan: Scan) -> Iterator[Problem | None]:
    """Places that no longer quote the text."""
    records: list[MarkedRecord] = [*scan.claims, *scan.ws.mentions.values(), *scan.ws.corrections.values()]
    for record in records:
        yield None
        try:
            anchors.check_record(scan.text, record)
        except InvalidSpan as error:
            inside = tuple((s, e) for s, e in anchors.places(record.spans) if 0 <= s < e <= len(scan.text))
            yield Problem("broken_anchor", str(error), kind_of(record), record.id, inside, _mending(scan, record))


def _mending(scan: Scan, record: MarkedRecord) -> tuple[Fix, ...]:
    """The ways to sound places that are open, and to delete what has none."""
    steps = (
        Fix("Move it to where its words stand", partial(mending.find_again, annotation_id=record.id)),
        Fix("Take the words that stand there now", partial(mending.take_anew, annotation_id=record.id)),
    )
    open_ = []
    for step in steps:
        with suppress(InvalidEdit, PlaceTaken):
            if step.make is not None and step.make(scan.ws):
                open_.append(step)
    return (*open_, deletion(record))


def article_fields(scan: Scan) -> Iterator[Problem | None]:
    """What is not known about the article; a printed one may have no address."""
    if scan.article is None:
        return
    names = {"outlet": "outlet", "published": "date", "language": "language"}
    missing = [f"no {word}" for name, word in names.items() if not getattr(scan.article, name)]
    if missing:
        message = f"The article has {listed(missing)}."
        fix = Fix("Article details…", request="article_details")
        yield Problem("article_fields", message, "article", scan.article.id, (), (fix,))


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count:,} others"
