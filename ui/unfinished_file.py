"""What the file holds of what is being typed into a project's fields and not accepted yet, to be read after a crash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One field's text. ``key`` is ``record/field`` where it belongs to a record's form, else empty."""

    key: str
    panel: int
    """Which panel's form it is; -1: none."""
    label: str
    """What the field is called."""
    article_id: str
    """Which article was open; empty: none."""
    text: str


def encode(texts: Sequence[Unfinished]) -> bytes:
    """What the file holds of these texts; nothing of none."""
    return json.dumps([asdict(each) for each in texts]).encode() if texts else b""


def decode(data: bytes) -> tuple[Unfinished, ...] | None:
    """The texts in what the file holds; None when it is not as this program writes it."""
    if not data:
        return ()
    with suppress(ValueError, TypeError, RecursionError):
        told: list[dict[str, Any]] = json.loads(data)
        found = tuple(Unfinished(**each) for each in told)
        if all(isinstance(each.panel, int) and all(map(_is_text, _texts(each))) for each in found):
            return found
    return None


def _texts(each: Unfinished) -> tuple[object, ...]:
    return each.key, each.label, each.article_id, each.text


def _is_text(value: object) -> bool:
    return isinstance(value, str)
