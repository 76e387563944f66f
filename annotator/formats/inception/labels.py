"""What a layer is called as a label: the last part of its name, as far as that is clear."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.formats.inception.layers import CUSTOM
from annotator.formats.inception.own import from_identifier


def labels_of(names: Iterable[str]) -> dict[str, str]:
    """Name of layer → label. Layers that somebody made come first; of two that end alike the other keeps its name."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names), key=lambda each: (not each.startswith(CUSTOM), each)):
        custom = name.startswith(CUSTOM)
        short = from_identifier(name.removeprefix(CUSTOM)) if custom else name.rpartition(".")[2]
        found[name] = name if short in taken else short
        taken.add(found[name])
    return found
