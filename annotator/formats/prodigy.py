"""Prodigy JSON Lines: spans and relations, as ``spans.manual``, ``rel.manual`` and others store them. Read only.

Places are code points, since Prodigy's are those of spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Format, Reading
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import is_offset, listed, raw, rows, scalar
from annotator.formats.standoff.article_data import article_fields, said_beside
from annotator.formats.standoff.binary import Relation, links
from annotator.formats.standoff.graph import Item, Standoff, Unread

_SIGN = re.compile(rb'"(_input_hash|_task_hash|token_start|head_span)"\s*:')
_MEANT = frozenset(("text", "tokens", "spans", "relations", "meta", "answer", "options"))
_ANSWERS = {"reject": "rejected", "ignore": "passed over"}


def is_prodigy(head: bytes) -> bool:
    """Whether a file that begins so is Prodigy's."""
    return _SIGN.search(head.partition(b"\n")[0]) is not None


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """A standoff for each line; the spans of what was not accepted are left out."""
    found = [_standoff(row, place) for row, place in rows(whole(stream, reading.name), reading.name)]
    if not found:
        raise ImportFailed(f"{reading.name} holds no text.")
    return found


def _standoff(row: Any, place: str) -> Standoff:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ImportFailed(f"{place} is no line of Prodigy: it has no text.")
    meta = row["meta"] if isinstance(row.get("meta"), dict) else {}
    data = {**meta, **{key: each for key, each in row.items() if key not in _MEANT and not key.startswith("_")}}
    fields, said = article_fields(data), said_beside(data, ())
    answer = _ANSWERS.get(scalar(row.get("answer", "accept")))
    if answer is not None:
        told = f"Left out the spans, since they were {answer}."
        return Standoff(place, row["text"], fields=fields, notes=(told, *said))
    unread: list[Unread] = []
    items: dict[tuple[int, int, str], Item] = {}
    for number, span in enumerate(listed(row.get("spans")), start=1):
        if _item(span, items) is None:
            unread.append(Unread(raw(span), "it is no start, end and label", f"span {number}"))
    joined = links(_relations(row, items, unread))
    return Standoff(place, row["text"], tuple(items.values()), joined, fields, tuple(unread), said)


def _item(span: Any, items: dict[tuple[int, int, str], Item]) -> Item | None:
    """The item of a span, made if there is none yet; None: it is damaged."""
    if not isinstance(span, dict) or not is_offset(start := span.get("start")) or not is_offset(end := span.get("end")):
        return None
    if start > end:
        return None
    label = scalar(span.get("label") or "span")
    text = span.get("text")
    exact = (text,) if isinstance(text, str) else None
    return items.setdefault((start, end, label), Item(f"span {len(items) + 1}", label, ((start, end),), exact))


def _relations(
    row: Mapping[str, Any], items: dict[tuple[int, int, str], Item], unread: list[Unread]
) -> Iterator[Relation]:
    for number, each in enumerate(listed(row.get("relations")), start=1):
        ends = (each.get("head_span"), each.get("child_span")) if isinstance(each, dict) else (None, None)
        head, child = (_item(end, items) for end in ends)
        if head is None or child is None:
            unread.append(Unread(raw(each), "it does not join two spans", f"relation {number}"))
        else:
            yield Relation(scalar(each.get("label") or "relation"), head.id, child.id)


FORMAT = Format(
    name="prodigy",
    title="Prodigy (JSON Lines)",
    extensions=(".jsonl",),
    read_standoff=read,
    sniff=is_prodigy,
)
