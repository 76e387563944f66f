"""spaCy's DocBin: everything comes back, each span has tokens of its own, other people's spans are taken."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import as_written, file_back
from hypothesis import given

from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats import extras, spacy_docs
from annotator.formats.base import Reading, Writing
from annotator.formats.spacy_docs.writing import divided
from annotator.installing import command

FORMAT = spacy_docs.FORMAT
READING = Reading("a.spacy", "Zoe")
needs_spacy = pytest.mark.skipif(not extras.present(FORMAT.modules), reason="spaCy is not installed (extra spacy)")
pytestmark = pytest.mark.filterwarnings("ignore")  # what spaCy's own packages say when they are imported


@needs_spacy
@given(contents())
def test_everything_comes_back(content: Content) -> None:
    back, data = file_back(FORMAT, content)
    assert back == as_written(content)
    assert data == file_back(FORMAT, content)[1]


@needs_spacy
def test_the_groups_are_the_layers() -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    document, speaker = full_document()
    stream = io.BytesIO()
    FORMAT.write(Content([document], [speaker]), stream, Writing())  # type: ignore[misc]
    (doc,) = DocBin().from_bytes(stream.getvalue()).get_docs(Vocab())
    assert doc.text == document.source.text
    claims = [(span.text, span.label_, span.id_) for span in doc.spans["claims"]]
    assert claims == [("“Twoul", "Claim", "c1"), (" b", "Claim", "c1"), ("Twould be 😀 nice", "direct", "c2")]
    assert [span.text for span in doc.spans["cues"]] == ["said"]
    assert [span.text for span in doc.spans["transcriptions"]] == ["Twould"]


@needs_spacy
def test_spans_and_entities_of_others_are_read() -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    doc = spacy.blank("en")("Ann said so.")
    doc.spans["quotes"] = [Span(doc, 1, 3, label="Q"), Span(doc, 2, 3)]
    doc.ents = [Span(doc, 0, 1, label="PERSON")]
    (found,) = FORMAT.read_standoff(io.BytesIO(DocBin(docs=[doc]).to_bytes()), READING)  # type: ignore[misc]
    told = [(item.label, found.text[slice(*item.places[0])]) for item in found.items]
    assert told == [("Q", "said so"), ("quotes", "so"), ("PERSON", "Ann")]


@needs_spacy
@pytest.mark.parametrize("data", [b"", b"no", zlib.compress(b"no"), zlib.compress(b"\x80"), zlib.compress(b"\x93\x01")])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ImportFailed, match=r"^a\.spacy is no DocBin of spaCy"):
        FORMAT.read_standoff(io.BytesIO(data), READING)  # type: ignore[misc]


def test_without_spacy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy.tokens", None)
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    with pytest.raises(ExtraMissing, match=re.escape(command("spacy"))):
        FORMAT.write(Content([], []), io.BytesIO(), Writing())  # type: ignore[misc]


def test_blanks_are_spacys_own_but_at_the_edges_of_places() -> None:
    text = "a b  c"
    assert divided(text, []) == [(0, 1, True), (2, 3, True), (4, 5, False), (5, 6, False)]
    assert divided(text, [(1, 3)]) == [(0, 1, False), (1, 2, False), (2, 3, True), (4, 5, False), (5, 6, False)]
    assert divided(text, [(0, 2)]) == [(0, 1, False), (1, 2, False), (2, 3, True), (4, 5, False), (5, 6, False)]
