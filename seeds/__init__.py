"""The sample that the first start opens, and twenty short articles with one hard case each; all with gold annotation.

``README.md`` explains every decision.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_NAME = "russia-says-trump-invited-putin"


def sample_text_path() -> Path:
    """The sample article as it was received: plain text, UTF-8, not yet annotated."""
    return _path(f"{_NAME}.txt")


def sample_gold_path() -> Path:
    """The sample article with its annotation by hand: JSON Lines, schema version 2, one line."""
    return _path(f"{_NAME}.gold.jsonl")


def example_text_paths() -> list[Path]:
    """The hard cases as plain text, UTF-8, in the order of the guide; the marks of each stand beside it (``.toml``)."""
    return sorted(_path("examples").glob("*.txt"))


def examples_gold_path() -> Path:
    """The hard cases with their annotation: JSON Lines, schema version 2, a line for each text and in that order."""
    return _path("examples.gold.jsonl")


def _path(name: str) -> Path:
    return Path(str(files(__name__).joinpath(name)))
