"""What of a project JSON Lines (schema version 1) cannot carry, counted while it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotator.model import Annotation, Document, Mention, Speaker
from annotator.rules import named_speakers
from annotator.text.wording import counted


class Losses:
    """Add every document that was written, then ask for the sentences."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._named: set[str] = set()

    def add(self, document: Document) -> None:
        """Count what is lost of one article."""
        self._named |= named_speakers((*document.mentions, *document.claims))
        self._count("import notes", "article", bool(document.article.import_notes))
        original = document.source.bytes_sha256 or document.source.file_name or document.source.encoding
        self._count("the original file's name, encoding and hash", "article", bool(original))
        for mention in document.mentions:
            self._add_mention(mention)
        for correction in document.corrections:
            self._count("the times and the origin", "correction", True)
            self._count("the certainty", "correction", correction.certainty is not None)
        annotations: tuple[Annotation, ...] = (*document.mentions, *document.claims, *document.corrections)
        for annotation in annotations:
            self._count("the guideline version", "annotation", annotation.guideline != "1")

    def sentences(self, speakers: Iterable[Speaker]) -> list[str]:
        """One sentence for each kind of loss; ``speakers`` are all those of the project."""
        result = [f"Not carried: {what} of {counted(n, noun)}." for (what, noun), n in self._counts.items()]
        unused = sorted(speaker.name for speaker in speakers if speaker.id not in self._named)
        if unused:
            names = ", ".join(unused[:5]) + (" …" if len(unused) > 5 else "")
            result.append(f"Not carried: {counted(len(unused), 'speaker')} that no article names ({names}).")
        return result

    def _add_mention(self, mention: Mention) -> None:
        self._count("the annotator, the times and the origin", "mention", True)
        self._count("the status", "mention", mention.status != "draft")
        self._count("the certainty", "mention", mention.certainty is not None)
        self._count("the note", "mention", bool(mention.note))

    def _count(self, what: str, noun: str, present: bool) -> None:
        if present:
            self._counts[what, noun] += 1
