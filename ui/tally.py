"""Counts that lists and type-ahead show, kept right by following each edit instead of counting again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from annotator.edits import Edit
from annotator.model import Article, ArticleSummary, Claim, Correction, Mention, Quarantined, Record
from annotator.services.speakers import source_of


class Tally:
    """Article summaries by id, and how often each speaker is mentioned, and how many claims it makes, in all."""

    def __init__(
        self,
        summaries: Iterable[ArticleSummary] = (),
        speaker_counts: dict[str, tuple[int, int]] | None = None,
        tag_counts: dict[str, int] | None = None,
    ) -> None:
        self.summaries = {summary.article.id: summary for summary in summaries}
        self._mentions: Counter[str] = Counter({k: v[0] for k, v in (speaker_counts or {}).items()})
        self._claims: Counter[str] = Counter({k: v[1] for k, v in (speaker_counts or {}).items()})

        self._tags: Counter[str] = Counter(tag_counts or {})

    def copy(self) -> Tally:
        """Counts of its own, the same."""
        other = Tally()
        other.summaries = self.summaries.copy()
        other._mentions, other._claims, other._tags = self._mentions.copy(), self._claims.copy(), self._tags.copy()
        return other

    def exchange(self, other: Tally) -> None:
        """Hold what other counts hold, and let them hold what these did."""
        self.__dict__, other.__dict__ = other.__dict__, self.__dict__

    def tags(self) -> list[str]:
        """Every tag that some claim of the project has, the most used first."""
        return sorted((tag for tag, count in self._tags.items() if count > 0), key=lambda t: (-self._tags[t], t))

    def ordered(self) -> list[ArticleSummary]:
        """The summaries in list order."""
        return sorted(self.summaries.values(), key=lambda s: (s.article.position, s.article.id))

    def speaker(self, speaker_id: str) -> tuple[int, int]:
        """(mentions, claims made) of a speaker over the whole project."""
        return self._mentions[speaker_id], self._claims[speaker_id]

    def apply(self, edit: Edit) -> bool:
        """Follow an edit; True when the list of articles changed, False when at most counts did."""
        listed = False
        for change in edit.changes:
            for record, sign in ((change.before, -1), (change.after, 1)):
                if record is not None:
                    self._count_speakers(record, sign)
                    self._count(record, sign)
            if isinstance(change.record, Article):
                self._list(change.before, change.after)
                listed = True
        return listed

    def _list(self, before: Record | None, after: Record | None) -> None:
        if isinstance(after, Article):
            known = self.summaries.get(after.id)
            self.summaries[after.id] = replace(known, article=after) if known else ArticleSummary(after)
        elif isinstance(before, Article):
            self.summaries.pop(before.id, None)

    def _count(self, record: Record, sign: int) -> None:
        if not isinstance(record, Claim | Mention | Correction | Quarantined):
            return
        summary = self.summaries.get(record.article_id)
        if summary is None:
            return
        if isinstance(record, Claim):
            summary = replace(summary, claims=summary.claims + sign)
        elif isinstance(record, Mention):
            summary = replace(summary, mentions=summary.mentions + sign)
        elif isinstance(record, Correction):
            summary = replace(summary, corrections=summary.corrections + sign)
        else:
            summary = replace(summary, quarantined=summary.quarantined + sign)
        self.summaries[record.article_id] = summary

    def _count_speakers(self, record: Record, sign: int) -> None:
        if isinstance(record, Mention) and record.speaker_id:
            self._mentions[record.speaker_id] += sign
        elif isinstance(record, Claim) and (source := source_of(record)):
            self._claims[source] += sign
        if isinstance(record, Claim):
            for tag in record.tags:
                self._tags[tag] += sign
