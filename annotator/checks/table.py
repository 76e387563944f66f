"""How each check finds its problems, and those of an article that its project wants to see."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.checks import chains, quarantine, records, words
from annotator.checks.base import Finder, Problem, Scan
from annotator.known_checks import BLOCKING, CHECKS, OFF, Check, level_of
from annotator.services.annotate import Author
from annotator.workspace import Workspace

_FINDERS: dict[str, Finder] = {
    "broken_anchor": words.broken_anchor,
    "chain_circle": chains.twice,
    "unclaimed_quotation": words.unclaimed_quotation,
    "empty_chain": chains.empty_chain,
    "without_speaker": chains.without_speaker,
    "chain_gap": chains.gap,
    "missing_cue": chains.missing_cue,
    "shared_cue": chains.shared_cue,
    "speaker_inside": chains.speaker_inside,
    "inserted_matter": words.inserted_matter,
    "outside_parent": records.outside_parent,
    "unassigned_mention": records.unassigned_mention,
    "shared_alias": records.shared_alias,
    "disguised_name": records.disguised_name,
    "half_corrected": words.half_corrected,
    "no_evidence": records.no_evidence,
    "unsure": records.unsure,
    "quarantine": quarantine.held_back,
    "article_fields": words.article_fields,
}
"""Of each check by its id."""


def look_through(ws: Workspace, author: Author) -> Iterator[Problem | None]:
    """Every problem of the open article that the project wants to see, check by check; None in between.

    The workspace must not change before the iterator is done: begin again when it does.
    """
    return _found(ws, author, [check for check in CHECKS if level_of(ws.scheme, check) != OFF])


def _found(ws: Workspace, author: Author, checks: list[Check]) -> Iterator[Problem | None]:
    if ws.article is not None:
        scan = Scan(ws, author)
        for check in checks:
            yield from _FINDERS[check.id](scan)


def problems(ws: Workspace, author: Author) -> list[Problem]:
    """Every problem, as the text runs."""
    return _in_order(look_through(ws, author))


def blocking(ws: Workspace, author: Author) -> list[Problem]:
    """The problems that keep an article from being done; no other is looked for."""
    return _in_order(_found(ws, author, [check for check in CHECKS if level_of(ws.scheme, check) == BLOCKING]))


def _in_order(found: Iterator[Problem | None]) -> list[Problem]:
    return sorted((p for p in found if p is not None), key=lambda p: (p.start, p.check, p.id or ""))
