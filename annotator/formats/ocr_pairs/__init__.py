"""Text as it was read by a machine beside what it should read: pairs become transcription corrections, and back."""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.ocr_pairs.reading import read, read_back, sniff
from annotator.formats.ocr_pairs.writing import write

FORMAT = Format(
    "ocr-pairs",
    "OCR and ground truth",
    (".txt", ".jsonl", ".json"),
    read=read,
    write_files=write,
    read_back=read_back,
    offset_unit="codepoint",
    sniff=sniff,
    takes=(".gt.txt",),
    copies=((".aligned.txt", "pairs.jsonl"),),
)
