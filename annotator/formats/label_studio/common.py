"""What reader and writer of Label Studio's tasks must agree about."""

from __future__ import annotations

import re

from annotator.formats.standoff import labels
from annotator.formats.standoff.loose import BESIDE

TASKS, CONFIG = "tasks.json", "labeling_config.xml"
TEXT_TAG, LABELS_TAG = "source_text", "annotation"
"""The names of the tags of the configuration that show the text and offer the labels."""
ARTICLE = "article"
"""What in a task's data holds the article's fields."""
LABELS = ("labels", "hypertextlabels")
"""Kinds of results that are regions of a text."""
ANSWERS = ("choices", "taxonomy", "rating", "number", "datetime", "textarea")
"""Kinds of results that say something, of a region or of the whole text."""
TEXT = "text"
"""What in a task's data holds the text."""
BOOKKEEPING = frozenset(
    ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement", "history")
)
"""What Label Studio itself puts beside the data of a row of JSON-MIN or CSV."""
OF_A_LABEL = {f"{labels.MENTION}.kind": "mention.kind", f"{labels.SEGMENT}.kind": "segment.kind"}
"""The tags of attributes that have other values at other labels → the vocabulary of these."""
RESERVED = frozenset((*OF_A_LABEL, TEXT_TAG, LABELS_TAG, TEXT, ARTICLE, BESIDE, *BOOKKEEPING))
"""No attribute has a tag of one of these names: in JSON-MIN and CSV, whose columns are the data and the tags, it would
stand in place of the text or of what Label Studio says there."""
_EXPORT = re.compile(rb'"(annotations|completions|predictions)"\s*:\s*\[.*"(result|completed_by)"', re.DOTALL)
_MIN = re.compile(rb'\s*\[\s*\{\s*"(id|text)"\s*:')
_BOOKKEEPING = re.compile(rb'"annotator"\s*:.{1,2000}"annotation_id"\s*:.{1,2000}"lead_time"\s*:', re.DOTALL)
"""What Label Studio puts behind the data and the answers of each row of the small kind."""


def is_export(head: bytes) -> bool:
    """Whether a file that begins so may be an export: of tasks, or of the small kind, a list of objects with a text."""
    return _EXPORT.search(head) is not None or _MIN.match(head) is not None or _BOOKKEEPING.search(head) is not None


def control(attribute: str, label: str = "") -> str:
    """The tag of an attribute at regions with a label: one for all labels, where all have the same values."""
    if (tag := f"{label}.{attribute}") in OF_A_LABEL:
        return tag
    return f"{attribute}'" if attribute.rstrip("'") in RESERVED else attribute


def attribute(tag: str) -> str:
    """The attribute of a tag, see :func:`control`."""
    if tag in OF_A_LABEL:
        return tag.partition(".")[2]
    return tag[:-1] if tag.endswith("'") and tag.rstrip("'") in RESERVED else tag
