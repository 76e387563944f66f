"""Whether what is imported says the same as what is there, as far as its file can tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.codec import encode
from annotator.formats.base import Draft
from annotator.model import Article, Document, Record, kind_of
from annotator.rules import named_speakers


def same_article(draft: Draft, there: Document) -> bool:
    """Whether a draft and the article that is there say the same, as far as the draft's file can tell."""
    return _contents(draft.document, draft.untold) == _contents(there, draft.untold)


def brings_labels(draft: Draft, there: Document) -> bool:
    """Whether a draft is the article that is there, labelled in a copy of the project, and here nobody labelled it."""
    new, start = draft.document, there.article.created
    unchanged = there.article.updated == start or _details(draft.article) == _details(there.article)
    return _is_bare(there) and not _is_bare(new) and unchanged and _texts(new) == _texts(there)


def adds_nothing(draft: Draft, there: Document) -> bool:
    """Whether a draft is the article that is there as it was before it was labelled."""
    new = draft.document
    same = _details(new.article) == _details(there.article) and _texts(new) == _texts(there)
    return _is_bare(new) and new.article.updated == new.article.created and same


def labelled(draft: Draft, there: Document) -> Article:
    """The article that is there as it was left where it was labelled, at its place in the list."""
    kept = {"position", *draft.untold.get("article", ())}
    notes = dict.fromkeys((*there.article.import_notes, *draft.article.import_notes))
    return replace(draft.article, import_notes=(*notes,), **{name: getattr(there.article, name) for name in kept})


def _is_bare(document: Document) -> bool:
    """Whether nobody labelled an article, and nothing waits for somebody to place it."""
    annotations = document.mentions or document.claims or document.corrections or document.quarantined
    return document.article.state == "todo" and not annotations


def _details(article: Article) -> Article:
    """What is known about an article, without what changes as it is worked on."""
    return replace(article, state="", position=0, updated="", import_notes=())


def _texts(document: Document) -> tuple[str, str]:
    return document.source.id, document.source.text_sha256


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
    return {(kind_of(record), record.id): _content(encode(record), kind_of(record), untold) for record in records}


def told_of(speaker: str, untold: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """What a file can tell of a speaker, of its canonical JSON."""
    return _content(json.loads(speaker), "speaker", untold)


def _content(data: dict[str, Any], kind: str, untold: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """A record's data without its place in the list, when it was last changed, what an import told of it, and what
    the file does not say.
    """
    left_out = untold.get(kind, frozenset()) | {"position", "updated", "import_notes"}
    return {name: value for name, value in data.items() if name not in left_out}
