"""Which of the articles to import are in the project already, or twice in the import: the same text or nearly so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.ports import Project
from annotator.services.importing.drafts import Drafts
from annotator.text.likeness import Alike, runs_of
from annotator.text.wording import shorten


@dataclass(frozen=True, slots=True)
class Same:
    """Another article with the same text, or nearly the same."""

    title: str
    share: float
    """1.0: the same text, character for character; else the share of the runs of words that both have."""
    in_project: bool
    """Whether it is in the project; else it comes earlier in the same import."""

    @property
    def exactly(self) -> bool:
        return self.share == 1.0

    def __str__(self) -> str:
        """One sentence for people."""
        where = "in the project" if self.in_project else "earlier in this import"
        if self.exactly:
            return f"The same text is there as “{shorten(self.title, 60)}”, {where}."
        return f"{self.share:.0%} of its text is that of “{shorten(self.title, 60)}”, {where}."


def find_same(project: Project, drafts: Drafts, stopped: Callable[[], bool] | None = None) -> dict[str, Same]:
    """Article id of a draft → what it is the same as, if it is. An article is never the same as itself.

    Drafts with annotations are not looked at: they are somebody's work on a text, and are kept beside another's.
    """
    numbers = [number for number, head in enumerate(drafts.heads) if not head.annotated]
    if not numbers:
        return {}
    titles: dict[str, str] = {}
    hashes: dict[str, str] = {}
    alike = Alike()
    for title, source in project.texts():
        if stopped and stopped():
            return {}
        titles[source.id] = title
        hashes.setdefault(source.text_sha256, source.id)
        alike.add(source.id, runs_of(source.text))
    there = set(titles)
    found: dict[str, Same] = {}
    for draft in (drafts[number] for number in numbers):
        if stopped and stopped():
            break
        id_, runs = draft.article.id, runs_of(draft.source.text)
        other = hashes.get(draft.source.text_sha256)
        nearest = (other, 1.0) if other is not None else alike.nearest(runs)
        if nearest is not None and nearest[0] != id_:
            # Runs know neither punctuation nor line ends: only the hash says that a text is the very same.
            told = 1.0 if other is not None else min(nearest[1], 0.99)
            found[id_] = Same(titles[nearest[0]], told, nearest[0] in there)
        if id_ not in titles:
            titles[id_] = draft.article.title
            hashes.setdefault(draft.source.text_sha256, id_)
            alike.add(id_, runs)
    return found
