"""Corrections as ERRANT's M2: sentences in tokens, and edits of tokens. The text stands beside, so that places fit."""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.m2.reading import read
from annotator.formats.m2.writing import write

FORMAT = Format(
    "m2",
    "ERRANT M2 corrections",
    (".m2",),
    read=read,
    write_files=write,
    offset_unit="token",
    takes=(".txt",),
)
