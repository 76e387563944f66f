"""All checks as data: what each looks for, and how grave it is. In ``annotator.checks`` stands how it is found."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model import Scheme

OFF, WARNING, BLOCKING = "off", "warning", "blocking"
LEVELS = (OFF, WARNING, BLOCKING)


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``level`` is what it has in a project that did not choose another one."""

    id: str
    title: str
    meaning: str
    level: str = WARNING


CHECKS: tuple[Check, ...] = (
    Check("broken_anchor", "Broken place", "A place no longer quotes the text.", BLOCKING),
    Check("chain_circle", "Circle in a chain", "A speaker is a source of its own.", BLOCKING),
    Check("unclaimed_quotation", "Quotation without claim", "A quotation in no claim."),
    Check("empty_chain", "Empty chain", "A claim without an attribution chain."),
    Check("without_speaker", "No speaker", "A chain that ends in nobody."),
    Check("chain_gap", "Gap in a chain", "A hop in between names no source."),
    Check("missing_cue", "Missing cue", "A named source of which no words say that it speaks."),
    Check("shared_cue", "Cue used twice", "The same words are the cue of two hops."),
    Check("speaker_inside", "Speaker inside", "A source is named inside its own claim."),
    Check("inserted_matter", "Inserted matter", "A claim reaches into a link or a caption."),
    Check("outside_parent", "Outside its parent", "A nested claim outside the one around it."),
    Check("unassigned_mention", "Mention of nobody", "A mention without a speaker."),
    Check("shared_alias", "Shared name", "Two speakers with one name or alias."),
    Check("disguised_name", "Disguised name", "Hidden or strange letters in a name."),
    Check("half_corrected", "Corrected in part", "Corrected here, left standing there."),
    Check("no_evidence", "Verdict without evidence", "A verdict without address and date."),
    Check("unsure", "Unsure", "Left for the lead to decide."),
    Check("quarantine", "In quarantine", "Something an import could not place."),
    Check("article_fields", "Article details", "Outlet, date or language is not known."),
)


def level_of(scheme: Scheme, check: Check) -> str:
    """``off``, ``warning`` or ``blocking``: what the project chose, or the check's own."""
    return next((setting.level for setting in scheme.checks if setting.check == check.id), check.level)
