"""The columns of this program's own CoNLL files: a layer for each kind of annotation, more where some overlap."""

from __future__ import annotations

from annotator.formats.conll.columns import escaped, unescaped
from annotator.formats.standoff import labels

LABELS = {"CLAIM": labels.CLAIM, "SOURCE": labels.SOURCE, "CUE": labels.CUE, "MENTION": labels.MENTION}
THEIRS = "LABEL"
"""The layer of labels of another tool, which a mapping made of ours; the tag is the label."""
ATTRIBUTE = {"CLAIM": "form", "MENTION": "kind"}
"""What the tag says beside the layer."""
FIXED = ("FORM", "START", "END", "MISC")


def name_of(layer: str, number: int) -> str:
    """The name of a layer's column; ``number`` from 0."""
    return layer if number == 0 else f"{layer}:{number + 1}"


def layer_of(column: str) -> str:
    """The layer that a column is of."""
    return column.partition(":")[0]


def tag_of(layer: str, value: str | None) -> str:
    """What stands behind ``B-``: the form of a claim, the kind of a mention, a label of theirs, else the layer."""
    if layer == THEIRS:
        return escaped(value or "_")
    return escaped(value) if layer in ATTRIBUTE and value else layer.lower()


def value_of(layer: str, tag: str) -> str | None:
    """The value that a tag tells; None: none."""
    return unescaped(tag) if layer in ATTRIBUTE and tag != layer.lower() else None
