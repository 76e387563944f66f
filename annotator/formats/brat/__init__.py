"""brat standoff: ``a.ann`` beside ``a.txt``, with ``annotation.conf`` and ``visual.conf`` on export.

Places count code points of the text file, as brat's own server does. What brat has no room for (records' ids and times,
places of no width, what stands on no words) is written as notes of the type :data:`.common.OWN_NOTE`, in JSON, which
brat shows and keeps; so this program loses nothing, and other readers see comments.
"""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.brat.reading import read
from annotator.formats.brat.writing import write

FORMAT = Format(
    name="brat",
    title="brat standoff (.ann beside .txt)",
    extensions=(".ann", ".a1"),
    read_standoff=read,
    write_files=write,
    takes=(".txt", "annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"),
)
