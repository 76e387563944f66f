"""What a project holds of what an import brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.model import Document
from annotator.ports import Project
from annotator.services.importing.drafts import Facts, Head


@dataclass(frozen=True, slots=True)
class Around:
    """What the project holds of what some drafts bring."""

    documents: Mapping[str, Document]
    titles: Mapping[str, str]
    """Hash of a text → title of the article that has it."""
    keys: frozenset[tuple[str, str]]

    @staticmethod
    def of(project: Project, heads: Sequence[Head], facts: Sequence[Facts], there: frozenset[str]) -> Around:
        """Ask the project, with a few questions for all of them; none where no article is ``there``."""
        if not there:
            return Around({}, {}, frozenset())
        known = [head.id for head in heads if head.id in there]
        return Around(
            {document.article.id: document for document in project.documents(known)},
            project.find_duplicates({head.text_sha256 for head in heads}),
            frozenset(project.taken(key for each in facts for key in each.keys)),
        )
