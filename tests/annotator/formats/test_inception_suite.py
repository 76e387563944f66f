"""INCEpTION's own files: its suite for WebAnno TSV 3, each with the same as XMI, and the files of dkpro-cassis.

Runs where ``ANNOTATOR_CORPORA`` names a folder with ``inception``: in it ``tsv3-suite``, the suite's folder, with
``webannoTestTypes.xml`` of the same module beside it, and ``cassis``, the test files of dkpro-cassis.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from foreign_samples import reading_with

from annotator.errors import ImportFailed
from annotator.formats.inception import cas_json, tsv, tsv_writing, xmi
from annotator.formats.inception.layers import POS, TOKEN, Layered
from annotator.formats.inception.standing import stand
from annotator.formats.standoff.decode import decode

BASE = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "inception"
SUITE, CASSIS = BASE / "tsv3-suite", BASE / "cassis"
pytest.importorskip("cassis", reason="dkpro-cassis is not installed (extra inception)")
needs_suite = pytest.mark.skipif(
    not SUITE.is_dir(), reason="set ANNOTATOR_CORPORA to a folder with INCEpTION's inception/tsv3-suite"
)
needs_cassis = pytest.mark.skipif(
    not CASSIS.is_dir(), reason="set ANNOTATOR_CORPORA to a folder with dkpro-cassis' test files in inception/cassis"
)
RENUMBERED = {"testSubTokenRelation"}
"""Stretches of one token are numbered in another order here."""
DRAWN_IN = {
    "testAnnotationWithLeadingWhitespace", "testAnnotationWithLeadingWhitespaceAtStart",
    "testAnnotationWithTrailingWhitespace", "testAnnotationWithTrailingWhitespaceAtEnd",
    "testZeroWidthAnnotationBeforeFirstTokenIsMovedToBeginOfFirstToken",
    "testZeroWidthAnnotationBetweenTokenIsMovedToEndOfPreviousToken",
    "testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken",
}  # fmt: skip
"""What TSV cannot tell: the suite says that INCEpTION moves these places, and the XMI beside has them as they were."""
RENAMED = {
    "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity": "webanno.custom.Span",
    f"{POS}_NOUN": POS,
    "intValue": "integerValue",
}  # fmt: skip
"""The XMI files of the suite are older than some of its TSV files, and TSV knows no types below another."""


def facts(layered: Layered) -> tuple[str, Counter[Any], Counter[Any]]:
    """Everything in it, with places in the stead of ids."""
    by_id = layered.by_id()

    def named(name: str) -> str:
        return RENAMED.get(name, name)

    def at(id_: str) -> Any:
        return named(by_id[id_].layer), by_id[id_].place

    annotations = Counter(
        (
            named(each.layer),
            each.place,
            tuple(sorted((named(name), value) for name, value in each.values)),
            tuple((slot.feature, slot.role, at(slot.target)) for slot in each.slots),
            tuple(map(at, each.ends or ())),
        )
        for each in layered.annotations
        if each.layer != TOKEN
    )
    return layered.text, annotations, Counter((each.layer, *map(at, each.elements)) for each in layered.chains)


def cases() -> list[Path]:
    return sorted(SUITE.glob("*/reference*.tsv")) if SUITE.is_dir() else []


@needs_suite
@pytest.mark.parametrize("path", cases(), ids=lambda path: path.parent.name)
def test_every_file_of_the_suite_is_written_again_as_it_was(path: Path) -> None:
    data = path.read_bytes()
    layered = tsv.layers_of(data, reading_with(path.name, {}))
    again = tsv_writing.write(layered)
    assert not layered.unread
    if path.parent.name not in RENUMBERED:
        assert again == data.decode().replace("WebAnno TSV 3.2", "WebAnno TSV 3.3")
    assert facts(tsv.layers_of(again.encode(), reading_with(path.name, {}))) == facts(layered)


@needs_suite
@pytest.mark.parametrize("known", [True, False], ids=["types", "no types"])
@pytest.mark.parametrize(
    "path", [p for p in cases() if list(p.parent.glob("*.xmi"))], ids=lambda path: path.parent.name
)
def test_tsv_and_xmi_of_the_suite_are_the_same(path: Path, known: bool) -> None:
    rows = tsv.layers_of(path.read_bytes(), reading_with(path.name, {}))
    files = {file.name: file.read_bytes() for file in path.parent.glob("*.xml")}
    if known and not files:
        files = {"TypeSystem.xml": (BASE / "webannoTestTypes.xml").read_bytes()}
    (elements,) = xmi.layers_of(next(path.parent.glob("*.xmi")).read_bytes(), reading_with("a.xmi", files))
    for layered in (rows, elements):
        assert decode(stand(layered), reading_with("a", {})).source.text == layered.text
    if path.parent.name not in DRAWN_IN and (
        known or path.parent.name != "testStackedComplexSlotFeatureWithoutSlotFillers"
    ):
        assert facts(rows) == facts(elements)


@needs_cassis
def test_the_files_of_cassis_are_read_or_refused_in_a_sentence() -> None:
    read, refused = [], []
    for path in sorted([*CASSIS.rglob("*.xmi"), *CASSIS.rglob("*.json")]):
        module = xmi if path.suffix == ".xmi" else cas_json
        files = {file.name: file.read_bytes() for file in path.parent.glob("*.xml")}
        try:
            found = module.layers_of(path.read_bytes(), reading_with(path.name, files))
        except ImportFailed:
            refused.append(path.name)
            continue
        read.append(path.name)
        for layered in found:
            decode(stand(layered), reading_with(path.name, {}))
    assert len(read) > len(refused)


@needs_cassis
@pytest.mark.parametrize("name", ["EmojiUnicode", "TraditionalChinese"])
def test_emoji_and_chinese_stand_where_they_should(name: str) -> None:
    folder = CASSIS / "json" / "fs_as_array" / "ser-ref" / f"casWith{name}TextAndAnnotations"
    files = {file.name: file.read_bytes() for file in folder.glob("*.xml")}
    (one,) = cas_json.layers_of((folder / "data.json").read_bytes(), reading_with("data.json", files))
    (other,) = xmi.layers_of((folder / "debug.xmi").read_bytes(), reading_with("debug.xmi", files))
    assert facts(one) == facts(other)
    words = [one.text[start:end] for start, end in (item.places[0] for item in stand(one).items)]
    assert "".join(words) == "".join(one.text.split())
