"""Words in lines, labels in columns (CoNLL, BIO): what most tools for sequence labelling read and write."""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.conll.reading import read, sniff
from annotator.formats.conll.writing import write

FORMAT = Format(
    "conll",
    "CoNLL columns (BIO)",
    (
        ".conll",
        ".conllu",
        ".conllup",
        ".bio",
        ".iob",
        ".iob2",
        ".iobes",
        ".ner",
        ".testa",
        ".testb",
        ".train",
        ".test",
        ".dev",
        ".txt",
        ".tsv",
    ),
    read_standoff=read,
    write=write,
    offset_unit="token",
    sniff=sniff,
)
