"""The sample that the first start opens: one article and its gold annotation. ``README.md`` explains every decision."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_NAME = "russia-says-trump-invited-putin"


def sample_text_path() -> Path:
    """The sample article as it was received: plain text, UTF-8, not yet annotated."""
    return _path(f"{_NAME}.txt")


def sample_gold_path() -> Path:
    """The sample article with its annotation by hand: JSON Lines, schema version 1, one line."""
    return _path(f"{_NAME}.gold.jsonl")


def _path(name: str) -> Path:
    return Path(str(files(__name__).joinpath(name)))
