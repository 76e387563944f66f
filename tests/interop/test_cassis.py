"""What is written for INCEpTION, read by dkpro-cassis alone: strictly, with nothing that the type system lacks."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from article_samples import Content, full_document
from foreign_samples import exported

from annotator.formats.inception import cas_json, xmi
from annotator.formats.inception.layers import METADATA, SENTENCE, TOKEN

pytestmark = pytest.mark.interop
cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed (extra inception)")


def loaded(tmp_path: Path, form: Any) -> Any:
    """The CAS of a full article, read strictly."""
    document, speaker = full_document()
    folder = exported(form, Content([document], [speaker]), tmp_path / "out").path
    with warnings.catch_warnings(), (folder / "TypeSystem.xml").open("rb") as stream:
        warnings.filterwarnings("ignore", "Trying to add feature `type`")
        types = cassis.load_typesystem(stream)
    if form is xmi.FORMAT:
        with (folder / "000001-title.xmi").open("rb") as stream:
            return cassis.load_cas_from_xmi(stream, typesystem=types, lenient=False)
    with (folder / "000001-title.json").open("rb") as stream:
        return cassis.load_cas_from_json(stream, typesystem=types, lenient=False, merge_typesystem=False)


@pytest.mark.parametrize("form", [xmi.FORMAT, cas_json.FORMAT], ids=lambda form: form.name)
def test_cassis_loads_it_strictly_and_finds_the_words(form: Any, tmp_path: Path) -> None:
    document, _ = full_document()
    text = document.source.text
    cas = loaded(tmp_path, form)
    assert cas.sofa_string == text
    custom = "webanno.custom."
    claims = cas.select(f"{custom}Claim")
    assert sorted((claim.begin, claim.end) for claim in claims) == [(16, 22), (17, 33), (23, 25)]
    assert "😀" in text[: max(claim.end for claim in claims)]
    (inside,) = cas.select(f"{custom}Inside")
    assert {inside.Governor.type.name, inside.Dependent.type.name} == {f"{custom}Claim"}
    hop = next(each for each in cas.select(f"{custom}Hop") if each.order == "1")
    assert {link.role: link.target.get_covered_text() for link in hop.ends.elements}["cue"] == "said"
    words = [each.get_covered_text() for each in cas.select(TOKEN)]
    assert "".join(words) == "".join(text.split())
    sentences = cas.select(SENTENCE)
    assert [each.begin for each in sentences] == [0, 7]
    (data,) = cas.select(METADATA)
    assert (data.documentTitle, data.language) == ("Title", "en")
