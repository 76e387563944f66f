"""Checks of attribution chains: who says it, and by which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from annotator.checks.base import Fix, Problem, Scan
from annotator.edits import Edit
from annotator.model import Claim, Hop
from annotator.services import annotate, chains
from annotator.services.chains import MENTION
from annotator.text.anchors import places
from annotator.text.wording import shorten
from annotator.workspace import Workspace

_SET_SOURCE = Fix("Name the source…", request="set_source")


def empty_chain(scan: Scan) -> Iterator[Problem | None]:
    """Claims without any chain."""
    for claim in scan.claims:
        if not claim.chain:
            fixes = (_SET_SOURCE, Fix("The source is implicit", partial(_implicit, claim_id=claim.id, index=0)))
            yield _problem("empty_chain", claim, "This claim has no attribution chain.", fixes)
        yield None


def without_speaker(scan: Scan) -> Iterator[Problem | None]:
    """Claims whose chain names nobody, and does not say that nobody is named."""
    for claim in scan.claims:
        last = claim.chain[-1] if claim.chain else None
        if last is not None and last.speaker_id is None and last.referring != "implicit":
            index = len(claim.chain) - 1
            implicit = Fix("The source is implicit", partial(_implicit, claim_id=claim.id, index=index))
            yield _problem("without_speaker", claim, "Nobody is named who makes this claim.", (_SET_SOURCE, implicit))
        yield None


def gap(scan: Scan) -> Iterator[Problem | None]:
    """A hop without a speaker before the innermost one, not recorded as implicit."""
    for claim in scan.claims:
        for index, hop in enumerate(claim.chain[:-1]):
            if hop.speaker_id is None and hop.referring != "implicit":
                fixes = (
                    _SET_SOURCE,
                    Fix("This source is implicit", partial(_implicit, claim_id=claim.id, index=index)),
                    Fix("Take this hop out", partial(_without_hop, claim_id=claim.id, index=index)),
                )
                yield _problem("chain_gap", claim, f"Hop {index + 1} of the chain names no source.", fixes)
        yield None


def twice(scan: Scan) -> Iterator[Problem | None]:
    """A speaker that passes its own words on to itself."""
    for claim in scan.claims:
        counts = Counter(hop.speaker_id for hop in claim.chain if hop.speaker_id is not None)
        for speaker_id, count in counts.items():
            if count > 1:
                message = f"{scan.name(speaker_id)} stands {count} times in the chain: nobody is a source of their own."
                out = (
                    Fix(f"Take source {index + 1} out", partial(_without_hop, claim_id=claim.id, index=index))
                    for index, hop in enumerate(claim.chain)
                    if hop.speaker_id == speaker_id
                )
                yield _problem("chain_circle", claim, message, (*out, _SET_SOURCE))
        yield None


def missing_cue(scan: Scan) -> Iterator[Problem | None]:
    """A named source of which no words say that it speaks."""
    for claim in scan.claims:
        for index, hop in enumerate(claim.chain):
            if hop.speaker_id is not None and not hop.cue_spans and hop.referring != "implicit":
                fixes = (
                    Fix("Mark the cue…", request="mark_cue", hop=index),
                    Fix("The source is implicit", partial(_implicit, claim_id=claim.id, index=index)),
                )
                message = f"No words say that {scan.name(hop.speaker_id)} said it."
                yield _problem("missing_cue", claim, message, fixes)
        yield None


def shared_cue(scan: Scan) -> Iterator[Problem | None]:
    """The same words as the cue of two hops of one claim."""
    for claim in scan.claims:
        seen: dict[tuple[int, int], int] = {}
        for index, hop in enumerate(claim.chain):
            for span in hop.cue_spans:
                first = seen.setdefault((span.start, span.end), index)
                if first != index:
                    fix = Fix(
                        f"Keep it with {scan.name(hop.speaker_id)}",
                        partial(_drop_cue, claim_id=claim.id, index=first, place=(span.start, span.end)),
                    )
                    message = f"“{span.exact}” is the cue of two sources in one chain."
                    yield Problem("shared_cue", message, "claim", claim.id, ((span.start, span.end),), (fix,))
        yield None


def speaker_inside(scan: Scan) -> Iterator[Problem | None]:
    """The words that name a source lie inside what it is said to claim."""
    for claim in scan.claims:
        for index, hop in enumerate(claim.chain):
            for number, span in enumerate(hop.mention_spans):
                if any(own.start < span.end and span.start < own.end for own in claim.spans):
                    name, words = scan.name(hop.speaker_id), shorten(span.exact)
                    cut = Fix(
                        f"Cut “{words}” out of the claim",
                        partial(annotate.remove_range, annotation_id=claim.id, start=span.start, end=span.end),
                    )
                    unnamed = Fix(
                        f"“{words}” does not name {name}",
                        partial(chains.drop_words, claim_id=claim.id, index=index, part=MENTION, number=number),
                    )
                    whole = all(span.start <= own.start and own.end <= span.end for own in claim.spans)
                    steps = (unnamed,) if whole else (cut, unnamed)
                    message = f"{name} is named inside its own claim."
                    yield Problem("speaker_inside", message, "claim", claim.id, ((span.start, span.end),), steps)
        yield None


def _problem(check: str, claim: Claim, message: str, fixes: tuple[Fix, ...]) -> Problem:
    return Problem(check, message, "claim", claim.id, places(claim.spans), fixes)


def _implicit(ws: Workspace, claim_id: str, index: int) -> Edit:
    """Record that the text does not name the source of a hop; a chain that is empty gets one hop."""
    chain = list(ws.claims[claim_id].chain) or [Hop()]
    chain[index] = replace(chain[index], referring="implicit")
    return annotate.change(ws, claim_id, chain=tuple(chain))


def _without_hop(ws: Workspace, claim_id: str, index: int) -> Edit:
    chain = ws.claims[claim_id].chain
    return annotate.change(ws, claim_id, chain=(*chain[:index], *chain[index + 1 :]))


def _drop_cue(ws: Workspace, claim_id: str, index: int, place: tuple[int, int]) -> Edit:
    chain = list(ws.claims[claim_id].chain)
    kept = tuple(span for span in chain[index].cue_spans if (span.start, span.end) != place)
    chain[index] = replace(chain[index], cue_spans=kept)
    return annotate.change(ws, claim_id, chain=tuple(chain))
