"""The formats of this program, in the order in which they are listed and asked. A new one is a line here.

This imports them all, about half a second of work, so only the registry does it, when it is asked for the first time.
"""

from __future__ import annotations

from annotator.formats import (
    brat,
    claimreview,
    conll,
    doccano,
    docx,
    epub,
    gnqa,
    html,
    jsonl,
    label_studio,
    m2,
    ocr_pairs,
    odt,
    parquet,
    pdf,
    prodigy,
    spacy_docs,
    tei,
    text,
    w3c,
)
from annotator.formats.base import Format
from annotator.formats.inception import cas_json, tsv, xmi
from annotator.formats.report import page as report
from annotator.formats.tables import delimited, excel, json_lines

OWN: tuple[Format, ...] = (
    text.FORMAT,
    html.FORMAT,
    report.FORMAT,
    pdf.FORMAT,
    docx.FORMAT,
    odt.FORMAT,
    epub.FORMAT,
    jsonl.FORMAT,
    brat.FORMAT,
    claimreview.FORMAT,  # before Web Annotations, whose names end in .jsonld, too
    w3c.FORMAT,
    gnqa.FORMAT,
    ocr_pairs.FORMAT,
    conll.FORMAT,
    m2.FORMAT,
    spacy_docs.FORMAT,
    tei.FORMAT,
    xmi.FORMAT,
    cas_json.FORMAT,
    tsv.FORMAT,
    label_studio.FORMAT,
    doccano.FORMAT,
    prodigy.FORMAT,
    delimited.FORMAT,
    excel.FORMAT,
    parquet.FORMAT,
    json_lines.FORMAT,  # last: it takes every object with a text that no other format of that extension knows
)
