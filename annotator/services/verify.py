"""Verify a project: every place, hash, link and vocabulary value, and what the storage says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from annotator.edits import LogHead
from annotator.errors import InvalidEdit, InvalidSpan, ProjectBusy, ProjectError
from annotator.formats.standoff.quarantine import contents
from annotator.model import Claim, Correction, Document, Mention, Record, Span, kind_of
from annotator.ports import Project
from annotator.rules import find_cycle, links_of, value_problems
from annotator.schemes import scheme_of
from annotator.text.anchors import anchor, check, places, segment_problems, spans_of
from annotator.text.corrected import replacements
from annotator.text.disguise import badged
from annotator.text.wording import clause
from annotator.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: in which article (None: the project), at which record, and what."""

    message: str
    article_id: str | None = None
    kind: str | None = None
    id: str | None = None
    title: str | None = None
    """The article's title, None when the article cannot be read."""

    def __str__(self) -> str:
        where = "project" if self.article_id is None else f"“{self.title}”" if self.title else self.article_id
        record = f", {self.kind} {self.id}" if self.kind and self.kind != "article" else ""
        return badged(f"{where}{record}: {self.message}")  # what is damaged may hold anything


def verify(
    project: Project, after: Callable[[], None] | None = None, noted: LogHead | None = None
) -> Iterator[Problem]:
    """Every problem, the storage's first; none when the project is sound. Reads everything, changes nothing.

    ``after`` is called after each article. ``noted`` is where the change log ended at some time, as it was noted
    elsewhere: that it still goes through there is what nothing inside the project can tell.

    What is damaged so that it cannot be read is a problem, and the check goes on with the next article.

    Raises:
        ProjectError: another program keeps the project from being read, or not even its articles can be listed.
    """
    if noted is not None:
        yield from map(Problem, _noted_problems(project, noted))
    for message in project.check_storage():
        yield Problem(badged(message))  # it may quote what damage made of a name
    try:
        speakers = project.speakers()
    except ProjectBusy:
        raise
    except ProjectError as error:
        yield Problem(str(error))
        speakers = []
    vocabulary = Vocabulary(scheme_of(project).terms)
    for speaker in speakers:
        for message in _value_problems(speaker, vocabulary):
            yield Problem(message, kind="speaker", id=speaker.id)
    for article_id in project.article_ids():
        yield from _verify_article(project, article_id, vocabulary)
        if after:
            after()


def _noted_problems(project: Project, noted: LogHead) -> Iterator[str]:
    end, found = project.head(), project.hash_at(noted.seq)
    if found is None:
        yield (
            f"the change log ends at {end.seq}, but {noted.seq} was noted: what came after {end.seq} was removed, "
            "or this is an older copy."
        )
    elif not found.startswith(noted.hash):
        yield f"change {noted.seq} is not the one that was noted: the change log was rewritten, or went another way."


def _verify_article(project: Project, article_id: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    try:
        document = project.document(article_id)
    except KeyError:
        if project.get("article", article_id) is not None:  # else it was deleted just now
            yield Problem("its text is missing.", article_id, "article", article_id)
    except ProjectBusy:
        raise
    except ProjectError as error:
        yield Problem(clause(error), article_id, "article", article_id)
    else:
        yield from _verify_document(document, vocabulary)


def _verify_document(document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    article = document.article
    for message in _article_problems(document, vocabulary):
        yield Problem(message, article.id, "article", article.id, article.title)
    known = {"speaker": {s.id for s in document.speakers}, "claim": {claim.id for claim in document.claims}}
    annotations: tuple[Mention | Claim | Correction, ...] = (
        *document.mentions,
        *document.claims,
        *document.corrections,
    )
    for annotation in annotations:
        for message in _annotation_problems(annotation, document.source.text, known, vocabulary):
            yield Problem(message, article.id, kind_of(annotation), annotation.id, article.title)
    for each in document.quarantined:
        if contents(each) is None:
            yield Problem("what it held cannot be read.", article.id, kind_of(each), each.id, article.title)
    cycle = find_cycle({claim.id: claim.parent_id for claim in document.claims})
    if cycle:
        yield Problem("it sits inside itself.", article.id, "claim", cycle, article.title)


def _article_problems(document: Document, vocabulary: Vocabulary) -> Iterator[str]:
    article, source = document.article, document.source
    if hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest() != source.text_sha256:
        yield "the text no longer matches its hash."
    yield from _value_problems(article, vocabulary)
    for index, problem in segment_problems(places(article.segments), len(source.text)):
        yield f"the {article.segments[index].kind} segment {problem}."
    try:
        replacements(document.corrections)
    except InvalidEdit as error:
        yield clause(error)


def _annotation_problems(
    annotation: Mention | Claim | Correction,
    text: str,
    known: Mapping[str, Collection[str]],
    vocabulary: Vocabulary,
) -> Iterator[str]:
    for span in spans_of(annotation):
        yield from _span_problems(text, span)
    if not annotation.spans and not isinstance(annotation, Correction):
        yield "it has no place in the text."
    yield from _value_problems(annotation, vocabulary)
    for name, kind, id_ in links_of(annotation):
        if id_ not in known[kind]:
            where = "in this article" if kind == "claim" else "there"
            yield f"{name} refers to the {kind} {id_}, which is not {where}."


def _span_problems(text: str, span: Span) -> Iterator[str]:
    try:
        check(text, span)
    except InvalidSpan as error:
        yield clause(error)
        return
    if anchor(text, span.start, span.end) != span:
        yield f"the context kept with {span.start}–{span.end} is not what stands around it."


def _value_problems(record: Record, vocabulary: Vocabulary) -> Iterator[str]:
    for problem in value_problems(record, vocabulary):
        yield f"{problem.place}: {problem.message}"
