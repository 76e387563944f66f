"""seqeval finds in our columns the chunks that we wrote: nobody wrote it with this project in mind."""

from __future__ import annotations

import io

import pytest
from article_samples import Content, full_document

from annotator.formats import conll
from annotator.formats.base import Writing
from annotator.text.anchors import trim

metrics = pytest.importorskip("seqeval.metrics.sequence_labeling", reason="seqeval: dependency group interop")
pytestmark = pytest.mark.interop


def test_the_columns_are_bio() -> None:
    document, speaker = full_document()
    stream = io.BytesIO()
    conll.FORMAT.write(Content([document], [speaker]), stream, Writing())  # type: ignore[misc]
    lines = stream.getvalue().decode().split("\n")
    names = lines[0].split(" = ")[1].split()
    rows = [line.split("\t") for line in lines if "\t" in line]
    places = [(int(row[1]), int(row[2])) for row in rows]
    for layer, records in (("CLAIM", document.claims), ("MENTION", document.mentions)):
        found = set()
        for n, name in enumerate(names):
            if name.partition(":")[0] == layer:
                entities = metrics.get_entities([row[n] for row in rows], suffix=False)
                found |= {(places[first][0], places[last][1]) for _, first, last in entities}
        text = document.source.text
        assert found == {trim(text, span.start, span.end) for record in records for span in record.spans}
