"""All checks, and which of them a project wants."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.checks import chains, quarantine, records, words
from annotator.checks.base import BLOCKING, OFF, Check, Problem, Scan
from annotator.model import Scheme
from annotator.services.annotate import Author
from annotator.workspace import Workspace

CHECKS: tuple[Check, ...] = (
    Check("broken_anchor", "Broken place", "A place no longer quotes the text.", words.broken_anchor, BLOCKING),
    Check("chain_circle", "Circle in a chain", "A speaker is a source of its own.", chains.twice, BLOCKING),
    Check("unclaimed_quotation", "Quotation without claim", "A quotation in no claim.", words.unclaimed_quotation),
    Check("empty_chain", "Empty chain", "A claim without an attribution chain.", chains.empty_chain),
    Check("without_speaker", "No speaker", "A chain that ends in nobody.", chains.without_speaker),
    Check("chain_gap", "Gap in a chain", "A hop in between names no source.", chains.gap),
    Check("missing_cue", "Missing cue", "A named source of which no words say that it speaks.", chains.missing_cue),
    Check("shared_cue", "Cue used twice", "The same words are the cue of two hops.", chains.shared_cue),
    Check("speaker_inside", "Speaker inside", "A source is named inside its own claim.", chains.speaker_inside),
    Check("inserted_matter", "Inserted matter", "A claim reaches into a link or a caption.", words.inserted_matter),
    Check("outside_parent", "Outside its parent", "A nested claim outside the one around it.", records.outside_parent),
    Check("unassigned_mention", "Mention of nobody", "A mention without a speaker.", records.unassigned_mention),
    Check("shared_alias", "Shared name", "Two speakers with one name or alias.", records.shared_alias),
    Check("disguised_name", "Disguised name", "Hidden or strange letters in a name.", records.disguised_name),
    Check("half_corrected", "Corrected in part", "Corrected here, left standing there.", words.half_corrected),
    Check("no_evidence", "Verdict without evidence", "A verdict without address and date.", records.no_evidence),
    Check("unsure", "Unsure", "Left for the lead to decide.", records.unsure),
    Check("quarantine", "In quarantine", "Something an import could not place.", quarantine.held_back),
    Check("article_fields", "Article details", "Outlet, date or language is not known.", words.article_fields),
)


def level_of(scheme: Scheme, check: Check) -> str:
    """``off``, ``warning`` or ``blocking``: what the project chose, or the check's own."""
    return next((setting.level for setting in scheme.checks if setting.check == check.id), check.level)


def look_through(ws: Workspace, author: Author) -> Iterator[Problem | None]:
    """Every problem of the open article that the project wants to see, check by check; None in between.

    The workspace must not change before the iterator is done: begin again when it does.
    """
    return _found(ws, author, [check for check in CHECKS if level_of(ws.scheme, check) != OFF])


def _found(ws: Workspace, author: Author, checks: list[Check]) -> Iterator[Problem | None]:
    if ws.article is not None:
        scan = Scan(ws, author)
        for check in checks:
            yield from check.find(scan)


def problems(ws: Workspace, author: Author) -> list[Problem]:
    """Every problem, as the text runs."""
    return _in_order(look_through(ws, author))


def blocking(ws: Workspace, author: Author) -> list[Problem]:
    """The problems that keep an article from being done; no other is looked for."""
    return _in_order(_found(ws, author, [check for check in CHECKS if level_of(ws.scheme, check) == BLOCKING]))


def _in_order(found: Iterator[Problem | None]) -> list[Problem]:
    return sorted((p for p in found if p is not None), key=lambda p: (p.start, p.check, p.id or ""))
