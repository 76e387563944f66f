"""What reading and writing DocBins share."""

from __future__ import annotations

from annotator.formats.standoff import labels

EXTRA = "spacy"
USER_DATA = "article_annotator"
"""The key in ``doc.user_data`` under which everything stands that spans have no room for, as JSON."""
GROUPS = {
    labels.CLAIM: "claims",
    labels.SOURCE: "sources",
    labels.CUE: "cues",
    labels.MENTION: "mentions",
    labels.TRANSCRIPTION: "transcriptions",
    labels.REGULARISATION: "regularisations",
    labels.FACTUAL: "factual",
    labels.SEGMENT: "segments",
}
"""The span group of each label; any other has a group of its own name."""
SHOWN = {labels.CLAIM: "form", labels.MENTION: "kind", labels.SEGMENT: "kind", labels.TRANSCRIPTION: "cause"}
"""The attribute that is the label of a span; where it is missing, the label of the item is."""
