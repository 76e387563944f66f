"""How much there is in a project."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from annotator.ports import Project
from annotator.vocabulary import DEFAULT


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over a whole project. The breakdowns hold every value of their vocabulary, zeros included, in order."""

    project: str
    articles: int = 0
    claims: int = 0
    speakers: int = 0
    mentions: int = 0
    corrections: int = 0
    quarantined: int = 0
    """What imports could not place and nobody has settled."""
    articles_by_state: dict[str, int] = field(default_factory=dict)
    claims_by_status: dict[str, int] = field(default_factory=dict)
    mentions_by_status: dict[str, int] = field(default_factory=dict)
    corrections_by_status: dict[str, int] = field(default_factory=dict)
    corrections_by_kind: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The JSON object of ``annotator stats --json``: one key a field, numbers, and objects of numbers."""
        return asdict(self)


def count(project: Project) -> Statistics:
    """Count everything, one article in memory at a time; each as it is when its turn comes."""
    states, claims, mentions, corrections, kinds = (Counter[str]() for _ in range(5))
    held = 0
    for document in project.documents():
        held += len(document.quarantined)
        states[document.article.state] += 1
        claims.update(claim.status for claim in document.claims)
        mentions.update(mention.status for mention in document.mentions)
        corrections.update(correction.status for correction in document.corrections)
        kinds.update(correction.kind for correction in document.corrections)
    return Statistics(
        project=project.name,
        articles=states.total(),
        claims=claims.total(),
        speakers=len(project.speakers()),
        mentions=mentions.total(),
        corrections=corrections.total(),
        quarantined=held,
        articles_by_state=_ordered("article.state", states),
        claims_by_status=_ordered("status", claims),
        mentions_by_status=_ordered("status", mentions),
        corrections_by_status=_ordered("status", corrections),
        corrections_by_kind=_ordered("correction.kind", kinds),
    )


def _ordered(name: str, counts: Counter[str]) -> dict[str, int]:
    """Counts in the order of a vocabulary that no project changes, then values it does not know."""
    known = DEFAULT.values(name)
    return {value: counts[value] for value in (*known, *sorted(counts.keys() - set(known)))}
