"""The file with what is being typed into a project's fields and not accepted yet: written whole, read after a crash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator.files import replacing


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


def file_of(folder: Path, location: str) -> Path:
    """Where a project's unfinished texts are kept; its name tells nothing of the project."""
    return folder / f"{hashlib.sha256(location.encode()).hexdigest()[:32]}.json"


def write(file: Path, texts: Sequence[Unfinished]) -> None:
    """Keep these texts, readable for their owner only; without any the file goes. Raises OSError."""
    if not texts:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(file) as partial:
        partial.touch(0o600)
        partial.write_text(json.dumps([asdict(each) for each in texts]), encoding="utf-8")


def read(file: Path) -> tuple[Unfinished, ...]:
    """What was kept; nothing when there is no such file, or none that this program wrote."""
    with suppress(OSError, ValueError, TypeError):
        told: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        found = tuple(Unfinished(**each) for each in told)
        if all(isinstance(each.panel, int) and all(map(_is_text, _texts(each))) for each in found):
            return found
    return ()


def _texts(each: Unfinished) -> tuple[object, ...]:
    return each.key, each.label, each.article_id, each.text


def _is_text(value: object) -> bool:
    return isinstance(value, str)
