"""spaCy's DocBin: a document for each article, a span group for each kind of annotation. Needs the extra ``spacy``."""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.spacy_docs.reading import read
from annotator.formats.spacy_docs.writing import write

FORMAT = Format(
    "spacy",
    "spaCy documents (DocBin)",
    (".spacy",),
    read_standoff=read,
    write=write,
    offset_unit="token",
    extra="spacy",
    modules=("spacy",),
)
