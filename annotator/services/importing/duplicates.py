"""Which of the articles to import are in the project already, or twice in the import: the same text or nearly so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.ports import Project
from annotator.services.importing.drafts import Drafts
from annotator.services.importing.sameness import adds_nothing, brings_labels, same_article
from annotator.text.disguise import titled
from annotator.text.likeness import Alike, runs_of
from annotator.text.wording import counted


@dataclass(frozen=True, slots=True)
class Same:
    """Another article with the same text, or nearly the same."""

    title: str
    share: float
    """1.0: the same text, character for character; else the share of the runs of words that both have."""
    in_project: bool
    """Whether it is in the project; else it comes earlier in the same import."""
    itself: bool = False
    """Whether it is the very article, by its id, so that importing it again adds nothing."""
    differs: bool = False
    """Whether that one says something else than the file."""
    labelled: bool = False
    """Whether that one has no labels, so that those of the file are added to it."""

    @property
    def exactly(self) -> bool:
        return self.share == 1.0

    @property
    def brief(self) -> str:
        """The same in a few words, for a list."""
        if self.labelled:
            return "in the project, without its labels"
        if not self.exactly:
            return f"{self.share:.0%} as another article"
        there = "in the project already" if self.in_project else "again in these files"
        return f"{there}, with other content" if self.differs else there

    def __str__(self) -> str:
        """One sentence for people."""
        where = "in the project" if self.in_project else "earlier in this import"
        if self.labelled:
            return "It is in the project already, without labels; those of the file are added to it."
        if self.itself:
            return f"It is in the project already{', with other content' if self.differs else ''}; that stays as it is."
        if self.exactly:
            return f"The same text is there as {titled(self.title)}, {where}."
        return f"{self.share:.0%} of its text is that of {titled(self.title)}, {where}."


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


def find_there(project: Project, drafts: Drafts, stopped: Callable[[], bool] | None = None) -> dict[str, Same]:
    """Article id of a draft that is in the project under this very id → whether it says the same there."""
    known = frozenset(project.article_ids())
    numbers = [number for number, head in enumerate(drafts.heads) if head.id in known]
    found: dict[str, Same] = {}
    for some in drafts.portions(numbers):
        if stopped and stopped():
            return {}
        there = {each.article.id: each for each in project.documents([drafts.heads[number].id for number in some])}
        for draft in (drafts[number] for number in some):
            document = there[draft.article.id]
            labelled = brings_labels(draft, document)
            same = same_article(draft, document) or adds_nothing(draft, document) or labelled
            found[draft.article.id] = Same(
                document.article.title, 1.0, True, itself=True, differs=not same, labelled=labelled
            )
    return found


def summed_up(same: Iterable[Same]) -> str:
    """``3 are in the project already, 1 with other content. 2 texts come again in these files.``; empty: none is."""
    each_one = tuple(same)
    every = [each for each in each_one if each.exactly and not each.labelled]
    there, differing = sum(each.in_project for each in every), sum(each.differs for each in every)
    twice = len(every) - there
    said = [f"{there:,} {'is' if there == 1 else 'are'} in the project already"] if there else []
    said += [f"{differing:,} with other content"] if differing else []
    again = [f"{counted(twice, 'text')} {'comes' if twice == 1 else 'come'} again in these files"] if twice else []
    near = sum(not each.exactly for each in each_one)
    alike = [f"{counted(near, 'text')} {'is' if near == 1 else 'are'} nearly the same as another"] if near else []
    new = sum(each.labelled for each in each_one)
    labels = f"{new:,} {'is' if new == 1 else 'are'} in the project without the labels that the files have"
    parts = (said, [labels] if new else [], again, alike)
    return " ".join(f"{', '.join(part)}." for part in parts if part)
