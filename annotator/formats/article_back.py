"""A line that was just written, straight to the bytes by which articles are compared.

What an import does with a line, without what a comparison has no use for: no record is made, and nothing is checked but
the types, since whatever is not as it was written is found by comparing, and what a comparison does not tell: the hash
of the text, ids that come twice. The types of a line follow from the records', so that a field that a line lacks cannot
pass.
"""

from __future__ import annotations

import hashlib
import typing
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Literal

import msgspec

from annotator.formats.article_bytes import bytes_of
from annotator.formats.article_check import SCHEMA_VERSION
from annotator.model import Article, Claim, Correction, Document, Hop, Mention, Quarantined, SourceText, Span, Speaker
from annotator.text.anchors import CONTEXT


class _Place(msgspec.Struct, gc=False):
    start: int
    end: int
    exact: str


def _line_type(owner: type) -> Any:
    """What a line says of a record of that type, field by field in the same order: bytes of it are the record's."""
    return msgspec.defstruct(
        owner.__name__,
        [("article_id", str, "") if name == "article_id" else (name, hint) for name, hint in _hints(owner).items()],
        kw_only=True,
        gc=False,
    )


def _hints(owner: type) -> dict[str, Any]:
    hints = typing.get_type_hints(owner)
    return {field.name: _LINE_TYPES.get(hints[field.name], hints[field.name]) for field in fields(owner)}


_LINE_TYPES: dict[Any, Any] = {tuple[Span, ...]: tuple[_Place, ...]}
_LINE_TYPES[tuple[Hop, ...]] = tuple[_line_type(Hop), ...]  # type: ignore[misc]
_ARTICLE = {name: hint for name, hint in _hints(Article).items() if name != "position"}  # that is the file's order
_SOURCE = {name: hint for name, hint in _hints(SourceText).items() if name != "id"}
_LISTS = {"mentions": Mention, "claims": Claim, "corrections": Correction, "quarantined": Quarantined}
_DECODER: Any = msgspec.json.Decoder(
    msgspec.defstruct(
        "Line",
        [
            ("schema_version", Literal[SCHEMA_VERSION]),
            *_ARTICLE.items(),
            *_SOURCE.items(),
            ("speakers", list[Speaker]),
            *((name, tuple[_line_type(owner), ...]) for name, owner in _LISTS.items()),  # type: ignore[misc]
        ],
        kw_only=True,
        gc=False,
    )
)


def article_back(line: bytes) -> tuple[str, bytes | Document] | None:
    """The id of the article and what :func:`.article_bytes.bytes_of` makes of it; None: the line must be looked at."""
    try:
        told = _DECODER.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    text, id_ = told.text, told.id
    if not _is_whole(told):
        return None
    for annotation in (*told.mentions, *told.claims, *told.corrections):
        annotation.article_id = id_
        annotation.spans = _anchored(text, annotation.spans)
    for claim in told.claims:
        for hop in claim.chain:
            hop.mention_spans = _anchored(text, hop.mention_spans)
            hop.cue_spans = _anchored(text, hop.cue_spans)
    for each in told.quarantined:
        each.article_id = id_
    document = Document(
        Article(**{name: getattr(told, name) for name in _ARTICLE}),
        SourceText(id_, **{name: getattr(told, name) for name in _SOURCE}),
        told.mentions,
        told.claims,
        told.corrections,
        tuple(sorted(told.speakers, key=lambda speaker: speaker.id)),
        told.quarantined,
    )
    try:
        made = bytes_of(document)
    except OverflowError:  # a number of more than 64 bits
        return None
    return None if isinstance(made, Document) else (id_, made)


def _is_whole(told: Any) -> bool:
    """Whether the hash is that of the text, and each id stands there once."""
    records = (*told.speakers, *told.mentions, *told.claims, *told.corrections, *told.quarantined)
    own = {each.id for each in records}
    return len(own) == len(records) and hashlib.sha256(told.text.encode()).hexdigest() == told.text_sha256


def _anchored(text: str, places: Iterable[_Place]) -> tuple[Span, ...]:
    """The spans with what stands around them: as :func:`.anchors.anchor` has it."""
    return tuple(
        [
            Span(
                place.start,
                place.end,
                place.exact,
                text[place.start - CONTEXT if place.start > CONTEXT else 0 : place.start],
                text[place.end : place.end + CONTEXT],
            )
            for place in places
        ]
    )
