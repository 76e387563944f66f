"""Whether what is imported says the same as what is there, as far as its file can tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from annotator.codec import encode
from annotator.formats.base import Draft
from annotator.model import Document, Record, kind_of
from annotator.rules import named_speakers


def same_article(draft: Draft, there: Document) -> bool:
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
    return {(kind_of(record), record.id): _content(encode(record), kind_of(record), untold) for record in records}


def told_of(speaker: str, untold: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """What a file can tell of a speaker, of its canonical JSON."""
    return _content(json.loads(speaker), "speaker", untold)


def _content(data: dict[str, Any], kind: str, untold: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """A record's data without its place in the list, when it was last changed, and what the file does not say."""
    left_out = untold.get(kind, frozenset()) | {"position", "updated"}
    return {name: value for name, value in data.items() if name not in left_out}
