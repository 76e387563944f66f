"""TEI P5: a document for each article, with claims, names and corrections in the text and everything else beside it.

Without ``corr`` and ``reg`` the characters of ``text`` are the source text, white space included. What one tree cannot
hold (overlaps, places of no width, links, what stands on no words) is in ``standOff``: ``span`` with ``string-range``,
``linkGrp``, feature structures. Offsets count code points.
"""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.tei.common import is_tei
from annotator.formats.tei.reading import read
from annotator.formats.tei.writing import write

FORMAT = Format(
    name="tei",
    title="TEI P5 (XML)",
    extensions=(".xml", ".tei"),
    read_standoff=read,
    write_files=write,
    sniff=is_tei,
)
