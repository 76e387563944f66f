"""The names of what lies beside an exported dataset."""

from __future__ import annotations

from pathlib import Path, PurePath

SCHEME_SUFFIX = ".scheme.json"
GUIDELINE_SUFFIX = ".guideline.md"


def path_beside(dataset: Path, suffix: str) -> Path:
    """The file that belongs to an exported dataset: ``gold.jsonl`` → ``gold.scheme.json``."""
    return dataset.with_name(name_beside(dataset.name, suffix))


def name_beside(dataset: str, suffix: str) -> str:
    """The name of the file that belongs to a dataset of that name."""
    return PurePath(dataset).stem + suffix
