"""Rows of JSON-MIN as tasks with results: there each tag stands among the data, with its regions or its answer.

Label Studio keeps no kinds of tags and no ids of regions there, writes a single answer as bare text, and leaves out
relations. So what is no region is told as an answer about the whole text, and data beside the text with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.formats.label_studio.common import ANSWERS, LABELS

_PLACE = frozenset(("start", "end", "startOffset", "endOffset", "globalOffsets", "text"))
"""What an answer about a region says of that region."""


def results(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The results of a row as a task has them: regions with ids, and answers, about a region where one stands there."""
    ids: dict[tuple[str, str], str] = {}
    rest: list[tuple[str, dict[str, Any]]] = []
    number = 0
    for tag, value in row.items():
        for region in _objects(value):
            kind = next((kind for kind in LABELS if kind in region), None)
            if kind is None or "start" not in region:
                rest.append((tag, region))
                continue
            number += 1
            ids.setdefault(_place(region), f"region {number}")
            yield {"id": f"region {number}", "from_name": tag, "type": kind, "value": region}
    for tag, answer in rest:
        yield {"id": ids.get(_place(answer), ""), "from_name": tag, "type": _kind(answer), "value": answer}


def holds_results(value: Any) -> bool:
    """Whether :func:`results` takes what stands under a key of a row, so that it is no plain value."""
    return any(True for _ in _objects(value))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list of results, or the one answer."""
    every = value if isinstance(value, list) else [value]
    if every and all(isinstance(each, dict) and _kind(each) for each in every):
        yield from every


def _kind(value: Mapping[str, Any]) -> str:
    """The kind of a result (``choices``, ``paragraphlabels``); empty: it is none, as data that say more are."""
    if (labels := next((key for key in value if key.endswith("labels")), None)) is not None:
        return labels
    kinds = [key for key in value if key not in _PLACE]
    if len(kinds) == 1 and kinds[0] in ANSWERS:
        return kinds[0]
    return "textarea" if not kinds and isinstance(value.get("text"), list) else ""


def _place(value: Mapping[str, Any]) -> tuple[str, str]:
    return str(value.get("start", "")), str(value.get("end", ""))
