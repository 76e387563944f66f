"""What taking another scheme would change, in words, before it is done."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.known_checks import CHECKS, level_of
from annotator.model import Scheme, Term
from annotator.services.guideline import title
from annotator.text.wording import counted

_NAMED = 6
"""So many values are named in a sentence; the others are counted."""


def tell(old: Scheme, new: Scheme, uses: Mapping[tuple[str, str], int]) -> list[str]:
    """One sentence for each kind of change; empty when nothing would change. ``uses``: how often a value stands."""
    before, after = _offered(old), _offered(new)
    gone = [term for key, term in before.items() if key not in after]
    relabelled = [
        f"“{before[key].label}” becomes “{after[key].label}”"
        for key in before
        if key in after and before[key].label != after[key].label
    ]
    sentences = [
        _listed(
            "New values",
            [f"“{term.label}” ({title(term.vocabulary)})" for key, term in after.items() if key not in before],
        ),
        _listed(
            "No longer offered", [f"“{term.label}” ({title(term.vocabulary)}){_uses(term, uses)}" for term in gone]
        ),
        _listed("Other labels", relabelled),
        _listed("Checks", _checks(old, new)),
        _listed("Hidden from now on", [title(name) for name in new.hidden if name not in old.hidden]),
        _listed("Shown again", [title(name) for name in old.hidden if name not in new.hidden]),
        "The guideline is another one." if old.guideline != new.guideline else "",
    ]
    return [sentence for sentence in sentences if sentence]


def _offered(scheme: Scheme) -> dict[tuple[str, str], Term]:
    return {(term.vocabulary, term.value): term for term in scheme.terms if not term.retired}


def _uses(term: Term, uses: Mapping[tuple[str, str], int]) -> str:
    count = uses.get((term.vocabulary, term.value), 0)
    return f", kept in {counted(count, 'record')}" if count else ""


def _checks(old: Scheme, new: Scheme) -> list[str]:
    levels = ((check.title, level_of(old, check), level_of(new, check)) for check in CHECKS)
    return [f"{name}: {before} → {after}" for name, before, after in levels if before != after]


def _listed(what: str, items: list[str]) -> str:
    if not items:
        return ""
    rest = f" and {len(items) - _NAMED:,} more" if len(items) > _NAMED else ""
    return f"{what}: {', '.join(items[:_NAMED])}{rest}."
