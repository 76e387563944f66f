"""What an import did, told to people."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.edits import Changeset


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that was imported."""

    id: str
    title: str
    place: str
    """Where it was read."""
    quarantined: int = 0
    """How many things of it could not be placed and are kept in quarantine."""


@dataclass(slots=True)
class Report:
    """What an import did, each entry one sentence for people (``imported``: the articles)."""

    imported: list[Imported] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Already in the project, nothing lost."""
    conflicts: list[str] = field(default_factory=list)
    """In the project under the same id with other content; left out, nothing overwritten."""
    problems: list[str] = field(default_factory=list)
    """Files that could not be read, and articles that could not be stored."""
    notes: list[str] = field(default_factory=list)
    """What was changed or guessed while reading, and what else is worth knowing."""

    changeset: Changeset | None = None
    """What was committed, without its changes; None: nothing was."""

    @property
    def quarantined(self) -> int:
        """How many things of the imported articles could not be placed and are kept in quarantine."""
        return sum(each.quarantined for each in self.imported)
