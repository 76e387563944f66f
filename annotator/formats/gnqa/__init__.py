"""The JSON of the German news quotation attribution corpus (GNQA, Petersen-Frey and Biemann 2024).

A quotation is a claim; its speaker, cue and medium make its hop, a quotation around it its parent. The words of the
frame and of the addressee stand in the claim's note with their places, from where they are written again.
"""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.gnqa.reading import read, sniff
from annotator.formats.gnqa.writing import write

FORMAT = Format(
    "gnqa",
    "GNQA quotations (JSON)",
    (".json", ".jsonl"),
    read=read,
    write_files=write,
    offset_unit="token",
    sniff=sniff,
)
