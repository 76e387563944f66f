"""W3C Web Annotation JSON-LD: a page of annotations for each article, beside the text that they are about.

Places count Unicode code points, as the recommendation demands (section 4.2.4); files that count otherwise are found
out by the words they quote. A stretch in several parts is an annotation with several targets, in order. What the
vocabulary of Web Annotation has no term for stands in ``attributes``, defined in a context of our own.
"""

from __future__ import annotations

from annotator.formats.base import Format
from annotator.formats.w3c.common import TEXT_SUFFIX, is_ours
from annotator.formats.w3c.reading import read
from annotator.formats.w3c.writing import write

FORMAT = Format(
    name="w3c",
    title="W3C Web Annotation (JSON-LD)",
    extensions=(".jsonld", ".json"),
    read_standoff=read,
    write_files=write,
    sniff=is_ours,
    takes=(TEXT_SUFFIX,),
)
