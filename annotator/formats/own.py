"""The formats of this program, in the order in which they are listed and asked. A new one is a line here.

A line says what finds the format. Its module is loaded when it is meant or may be: all of them take a tenth of a
second, and an import or export needs one of them, or the few that share an extension.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from annotator.formats.base import Format


class Listed(NamedTuple):
    """A format that need not be loaded yet."""

    name: str
    extensions: tuple[str, ...]
    """As the format itself has them."""
    module: str
    """Where in this package its ``FORMAT`` is."""

    def load(self) -> Format:
        """The format, whose module is loaded at the first call."""
        found: Format = import_module(f"{__package__}.{self.module}").FORMAT
        return found


_CONLL = (".conll", ".conllu", ".conllup", ".bio", ".iob", ".iob2", ".iobes", ".ner")
OWN: tuple[Listed, ...] = (
    Listed("text", (".txt", ".text", ".test", ".dev"), "text"),
    Listed("html", (".html", ".htm", ".xhtml"), "html"),
    Listed("report", (".html", ".htm"), "report.page"),
    Listed("pdf", (".pdf",), "pdf"),
    Listed("docx", (".docx", ".docm"), "docx"),
    Listed("odt", (".odt", ".ott"), "odt"),
    Listed("epub", (".epub",), "epub"),
    Listed("jsonl", (".jsonl", ".ndjson"), "jsonl"),
    Listed("brat", (".ann", ".a1"), "brat"),
    Listed("claimreview", (".claimreview.jsonld",), "claimreview"),  # before Web Annotations: .jsonld is theirs, too
    Listed("w3c", (".jsonld", ".json"), "w3c"),
    Listed("gnqa", (".json", ".jsonl"), "gnqa"),
    Listed("ocr-pairs", (".txt", ".jsonl", ".json"), "ocr_pairs"),
    Listed("conll", (*_CONLL, ".testa", ".testb", ".train", ".test", ".dev", ".txt", ".tsv"), "conll"),
    Listed("m2", (".m2",), "m2"),
    Listed("spacy", (".spacy",), "spacy_docs"),
    Listed("tei", (".xml", ".tei"), "tei"),
    Listed("inception-xmi", (".xmi",), "inception.xmi"),
    Listed("inception-json", (".json",), "inception.cas_json"),
    Listed("webanno-tsv", (".tsv",), "inception.tsv"),
    Listed("label-studio", (".json", ".jsonl"), "label_studio"),
    Listed("doccano", (".jsonl", ".json"), "doccano"),
    Listed("prodigy", (".jsonl",), "prodigy"),
    Listed("csv", (".csv", ".tsv", ".tab"), "tables.delimited"),
    Listed("xlsx", (".xlsx", ".xlsm"), "tables.excel"),
    Listed("parquet", (".parquet",), "parquet"),
    Listed("jsonl_table", (".jsonl", ".ndjson"), "tables.json_lines"),  # last: it takes every object with a text
)
