"""The part of a project that is being worked on, in memory: the scheme, all speakers and one article.

The workspace follows the same rule as the store: a change applies only where the record still equals
``before``. Records of other articles are not held; changes to them pass through unseen.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.edits import Change, Edit
from annotator.errors import StaleEdit
from annotator.model import (
    Annotation,
    Article,
    Claim,
    Correction,
    Document,
    Mention,
    Quarantined,
    Record,
    Scheme,
    SourceText,
    Speaker,
)
from annotator.rules import check_edit, named_speakers
from annotator.schemes import DEFAULT_SCHEME
from annotator.text.disguise import badged
from annotator.vocabulary import Vocabulary


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sorts annotations as the text runs; those without spans come last."""
    if not annotation.spans:
        return (1 << 62, 0, annotation.id)
    return (annotation.spans[0].start, -annotation.spans[-1].end, annotation.id)


class Workspace:
    """Mutable: speakers by id, and the open article with its annotations by id."""

    def __init__(self, speakers: Iterable[Speaker] = (), document: Document | None = None) -> None:
        self.speakers: dict[str, Speaker] = {s.id: s for s in speakers}
        self.article: Article | None = None
        self.source: SourceText | None = None
        self.mentions: dict[str, Mention] = {}
        self.claims: dict[str, Claim] = {}
        self.corrections: dict[str, Correction] = {}
        self.quarantined: dict[str, Quarantined] = {}
        self._scheme: Scheme | None = None
        self.vocabulary = Vocabulary(DEFAULT_SCHEME.terms)
        """That of the scheme."""
        if document is not None:
            self.show(document)

    @property
    def text(self) -> str:
        """The source text of the open article ("" when none is open)."""
        return self.source.text if self.source else ""

    @property
    def scheme(self) -> Scheme:
        """By what rules the project is labelled."""
        return self._scheme or DEFAULT_SCHEME

    def set_scheme(self, scheme: Scheme | None) -> None:
        """Take the project's scheme; None while it has none of its own."""
        self._scheme = scheme
        self.vocabulary = Vocabulary(self.scheme.terms)

    def name_of(self, speaker_id: str | None) -> str | None:
        """The name of a speaker; None for nobody, and for one who is no longer there."""
        speaker = self.speakers.get(speaker_id or "")
        return speaker.name if speaker else None

    def shown_name(self, speaker_id: str | None) -> str | None:
        """The name as it is shown, with a badge for what in it deceives the eye; None like :meth:`name_of`."""
        name = self.name_of(speaker_id)
        return None if name is None else badged(name)

    def show(self, document: Document | None) -> None:
        """Make ``document`` the open article; None closes it."""
        self.article = document.article if document else None
        self.source = document.source if document else None
        self.mentions = {m.id: m for m in document.mentions} if document else {}
        self.claims = {c.id: c for c in document.claims} if document else {}
        self.corrections = {c.id: c for c in document.corrections} if document else {}
        self.quarantined = {q.id: q for q in document.quarantined} if document else {}

    def copy(self) -> Workspace:
        """Another workspace that holds the same, to try an edit in."""
        other = Workspace()
        other.speakers = dict(self.speakers)
        other.set_scheme(self._scheme)
        other.article, other.source = self.article, self.source
        other.mentions, other.claims = dict(self.mentions), dict(self.claims)
        other.corrections, other.quarantined = dict(self.corrections), dict(self.quarantined)
        return other

    def exchange(self, other: Workspace) -> None:
        """Hold what another workspace holds, and let it hold what this one did."""
        self.__dict__, other.__dict__ = other.__dict__, self.__dict__

    def document(self) -> Document | None:
        """The open article whole, annotations in reading order; None when none is open."""
        if self.article is None or self.source is None:
            return None
        named = named_speakers([*self.mentions.values(), *self.claims.values()])
        return Document(
            self.article,
            self.source,
            tuple(sorted(self.mentions.values(), key=reading_order)),
            tuple(sorted(self.claims.values(), key=reading_order)),
            tuple(sorted(self.corrections.values(), key=reading_order)),
            tuple(self.speakers[id_] for id_ in sorted(named & self.speakers.keys())),
            tuple(sorted(self.quarantined.values(), key=lambda record: (record.created, record.id))),
        )

    def get(self, kind: str, id_: str) -> Record | None:
        """The held record of that kind and id, or None."""
        if kind == "article":
            return self.article if self.article and self.article.id == id_ else None
        if kind == "source_text":
            return self.source if self.source and self.source.id == id_ else None
        if kind == "scheme":
            return self._scheme
        return self._table(kind).get(id_)

    def annotation(self, id_: str) -> Mention | Claim | Correction | None:
        """The open article's annotation with that id, of whatever kind."""
        return self.claims.get(id_) or self.mentions.get(id_) or self.corrections.get(id_)

    def unseen(self, edit: Edit) -> Edit:
        """Of an edit that somebody else has committed what is not here yet: some of it may have been read since.

        Raises:
            StaleEdit: a held record is neither as before that edit nor as after it.
        """
        unseen: list[Change] = []
        for change in edit.changes:
            held = self.get(change.kind, change.id) if self._holds(change) else change.before
            if held == change.before:
                unseen.append(change)
            elif held != change.after:
                raise StaleEdit(f"“{edit.title}” does not fit what is shown: the {change.kind} is another one here.")
        return Edit(edit.title, tuple(unseen))

    def apply(self, edit: Edit) -> None:
        """Apply every change of ``edit`` that concerns a held record, or none of them.

        Raises:
            StaleEdit: a held record differs from ``before``; nothing was changed.
            InvalidEdit: a string of a written record, held or not, cannot be stored; nothing was changed.
            InvalidSpan: a place does not fit the text of the open article or one that the edit brings; the same.
        """
        held = [change for change in edit.changes if self._holds(change)]
        for change in held:
            if self.get(change.kind, change.id) != change.before:
                raise StaleEdit(f"“{edit.title}” no longer fits: the {change.kind} has changed since.")
        check_edit(edit, {self.source.id: self.source.text} if self.source else {})
        for change in held:
            self._put(change)

    def _holds(self, change: Change) -> bool:
        if change.article_id is None:
            return True
        return self.article is not None and change.article_id == self.article.id

    def _put(self, change: Change) -> None:
        after = change.after
        if isinstance(change.record, Article):
            if after is None:
                self.show(None)
            else:
                self.article = change.record
        elif isinstance(change.record, SourceText):
            self.source = change.record if after is not None else None
        elif isinstance(change.record, Scheme):
            self.set_scheme(change.record if after is not None else None)
        elif after is None:
            self._table(change.kind).pop(change.id, None)
        else:
            self._table(change.kind)[change.id] = after

    def _table(self, kind: str) -> dict[str, Record]:
        tables: dict[str, dict[str, Record]] = {
            "speaker": self.speakers,  # type: ignore[dict-item]
            "mention": self.mentions,  # type: ignore[dict-item]
            "claim": self.claims,  # type: ignore[dict-item]
            "correction": self.corrections,  # type: ignore[dict-item]
            "quarantined": self.quarantined,  # type: ignore[dict-item]
        }
        return tables[kind]
