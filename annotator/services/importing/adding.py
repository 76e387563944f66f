"""The edit that adds drafts to a project: nothing overwritten, nothing twice, and a report of what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.codec import encode
from annotator.edits import Change, Edit
from annotator.formats.base import Draft
from annotator.model import Document, Record, Speaker, Term, kind_of
from annotator.ports import Project
from annotator.rules import named_speakers
from annotator.schemes import scheme_of
from annotator.services.merging import repointed
from annotator.services.scheme import holds, with_terms
from annotator.text.anchors import check_record
from annotator.text.wording import counted
from annotator.vocabulary import Vocabulary


@dataclass(slots=True)
class Report:
    """What an import did, each entry one sentence for people (``imported``: the drafts themselves)."""

    imported: list[Draft] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Already in the project, nothing lost."""
    conflicts: list[str] = field(default_factory=list)
    """In the project under the same id with other content; left out, nothing overwritten."""
    problems: list[str] = field(default_factory=list)
    """Files that could not be read."""
    notes: list[str] = field(default_factory=list)
    """What was changed or guessed while reading, and what else is worth knowing."""

    @property
    def quarantined(self) -> int:
        """How many things of the imported articles could not be placed and are kept in quarantine."""
        return sum(len(draft.quarantined) for draft in self.imported)


def import_edit(
    drafts: Iterable[Draft], project: Project, *, keep_duplicates: bool = False, terms: Mapping[Term, str] | None = None
) -> tuple[Edit, Report]:
    """The edit that appends ``drafts`` to the project's list, and what it does.

    Left out and reported: an article whose id is there already (as *skipped* when it is equal, as a *conflict*
    when it is not), one that uses the id of another record of the project, one without annotations whose text is
    there already under another id (unless ``keep_duplicates``). Speakers are shared: those with the same id must
    be equal. Those of ``terms`` (:attr:`ReadResult.terms`) that the articles use become the project's, in this edit.

    Raises:
        InvalidSpan: a draft was changed so that a place no longer fits its text.
    """
    adding = _Adding(project, keep_duplicates)
    for draft in drafts:
        adding.add(draft)
    adding.learn(terms or {})
    return adding.edit(), adding.report


class _Adding:
    """Collects the changes of one import, knowing what the project holds and what was collected before."""

    def __init__(self, project: Project, keep_duplicates: bool) -> None:
        self.report = Report()
        self._project = project
        self._keep_duplicates = keep_duplicates
        self._position = project.next_position()
        self._empty = not project.article_ids()  # then no id of an annotation can be taken: thousands of reads saved
        self._speakers: dict[str, Speaker] = {speaker.id: speaker for speaker in project.speakers()}
        self._names = {speaker.name.casefold(): speaker.id for speaker in self._speakers.values()}
        self._ids: set[tuple[str, str]] = set()
        self._hashes: dict[str, str] = {}
        self._taken: dict[str, Document] = {}
        self._changes: list[Change] = []

    def edit(self) -> Edit:
        count = len(self.report.imported)
        title = f"Import “{self.report.imported[0].article.title[:40]}”" if count == 1 else f"Import {count} articles"
        return Edit(title, tuple(self._changes))

    def add(self, draft: Draft) -> None:
        if self._is_known(draft):
            return
        conflict = self._conflict(draft)
        if conflict:
            self.report.conflicts.append(f"{draft.place}: {conflict}; it was left out.")
            return
        self._take(draft)

    def learn(self, terms: Mapping[Term, str]) -> None:
        """Add the values that what was taken needs to the project's scheme."""
        scheme = scheme_of(self._project)
        vocabulary, records = Vocabulary(scheme.terms), [change.record for change in self._changes]
        needed = [
            term
            for term in terms
            if vocabulary.get(term.vocabulary, term.value) is None
            and any(holds(record, term.vocabulary, term.value) for record in records)
        ]
        if needed:
            self._changes.insert(0, Change(self._project.get("scheme", scheme.id), with_terms(scheme, needed)))
            self.report.notes += [
                f"“{term.label}” ({term.value}) was added to the values of {term.vocabulary}, as {terms[term]} has it."
                for term in needed
            ]

    def _is_known(self, draft: Draft) -> bool:
        """Whether the article is there already and equal, or its text is; reports it."""
        there = self._document(draft.article.id)
        if there is not None:
            if not _same_article(draft, there):
                return False
            title = draft.article.title[:60]
            self.report.skipped.append(f"{draft.place}: “{title}” is already in the project; skipped.")
            return True
        if self._keep_duplicates:
            return False
        same = [article.title for article in self._project.find_duplicates(draft.source.text_sha256)]
        same += [self._hashes[draft.source.text_sha256]] if draft.source.text_sha256 in self._hashes else []
        if not same:
            return False
        told = f"{draft.place}: the same text is already there as “{same[0][:60]}”"
        if draft.claims or draft.mentions or draft.corrections:  # somebody's work: never dropped for its text alone
            self.report.notes.append(f"{told}; both are kept, since this one is annotated.")
            return False
        self.report.skipped.append(f"{told}; skipped.")
        return True

    def _document(self, article_id: str) -> Document | None:
        """The article of that id in the project or earlier in this import."""
        if article_id in self._taken:
            return self._taken[article_id]
        if self._empty or self._project.get("article", article_id) is None:
            return None
        return self._project.document(article_id)

    def _conflict(self, draft: Draft) -> str | None:
        """Why the draft cannot be added beside what is there, or None."""
        for record in _records(draft):
            key = (kind_of(record), record.id)
            if key in self._ids or (not self._empty and self._project.get(*key) is not None):
                noun = f"the {key[0].replace('_', ' ')} {record.id!r}"
                return f"{noun} is already in the project with other content"
        for speaker in draft.speakers:
            known = self._speakers.get(speaker.id)
            if known is not None and _content(known, draft.untold) != _content(speaker, draft.untold):
                return f"the speaker “{speaker.name}” is already in the project with other content"
        return None

    def _take(self, draft: Draft) -> None:
        article = replace(draft.article, position=self._position)
        self._position += 1
        draft = self._known_by_name(draft)
        for speaker in draft.speakers:
            if speaker.id not in self._speakers:
                self._note_namesake(draft, speaker)
                self._speakers[speaker.id] = speaker
                self._changes.append(Change(None, speaker))
        records = (article, *_records(draft)[1:])
        for record in records:
            check_record(draft.source.text, record)
            self._changes.append(Change(None, record))
            self._ids.add((kind_of(record), record.id))
        self._hashes[draft.source.text_sha256] = article.title
        self._taken[article.id] = draft.document
        self.report.imported.append(replace(draft, article=article))
        self.report.notes += [f"{draft.place}: {note}" for note in article.import_notes]

    def _known_by_name(self, draft: Draft) -> Draft:
        """The draft with the project's speakers in place of those of whom the file says no more than their name."""
        same = {
            speaker.id: self._names[key]
            for speaker in draft.speakers
            if speaker.id in draft.by_name and (key := speaker.name.casefold()) in self._names
        }
        if not same:
            return draft
        self.report.notes.append(
            f"{draft.place}: {counted(len(same), 'speaker')} known by name only "
            f"{'was' if len(same) == 1 else 'were'} taken to be the project's of that name."
        )
        return replace(
            draft,
            speakers=tuple(speaker for speaker in draft.speakers if speaker.id not in same),
            mentions=tuple(repointed(mention, same) for mention in draft.mentions),
            claims=tuple(repointed(claim, same) for claim in draft.claims),
        )

    def _note_namesake(self, draft: Draft, speaker: Speaker) -> None:
        namesake = self._names.setdefault(speaker.name.casefold(), speaker.id)
        if namesake != speaker.id:
            self.report.notes.append(
                f"{draft.place}: another speaker is also named “{speaker.name}”; both are kept, since their ids differ."
            )


def _same_article(draft: Draft, there: Document) -> bool:
    """Whether a draft and the article that is there say the same, as far as the draft's file can tell."""
    return _contents(draft.document, draft.untold) == _contents(there, draft.untold)


def _contents(document: Document, untold: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], dict[str, Any]]:
    named = named_speakers((*document.mentions, *document.claims))
    records: tuple[Record, ...] = (
        document.article,
        document.source,
        *document.mentions,
        *document.claims,
        *document.corrections,
        *document.quarantined,
        *(speaker for speaker in document.speakers if speaker.id in named),
    )
    return {(kind_of(record), record.id): _content(record, untold) for record in records}


def _content(record: Record, untold: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """The record's data without its place in the list, when it was last changed, and what the file does not say."""
    left_out = untold.get(kind_of(record), frozenset()) | {"position", "updated"}
    return {name: value for name, value in encode(record).items() if name not in left_out}


def _records(draft: Draft) -> tuple[Record, ...]:
    """The draft's own records, in the order in which they can be created: the article first."""
    return (draft.article, draft.source, *draft.claims, *draft.mentions, *draft.corrections, *draft.quarantined)
