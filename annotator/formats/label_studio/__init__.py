"""Label Studio: exports (JSON and JSON-MIN) are read, tasks with annotations and a labelling configuration are written.

Label Studio counts code points since 1.6 (its editor keeps code points and not JavaScript's lengths); earlier versions
counted UTF-16 units, which is found out by the words that a region quotes.
"""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.label_studio.common import is_export
from annotator.formats.label_studio.reading import read
from annotator.formats.label_studio.writing import write

FORMAT = Format(
    name="label-studio",
    title="Label Studio (JSON)",
    extensions=(".json", ".jsonl"),
    read_standoff=read,
    write_files=write,
    sniff=is_export,
)
