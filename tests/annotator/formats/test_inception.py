"""INCEpTION's formats and back: nothing of our own is lost, and what a person changed there counts."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from article_samples import Content, contents, full_document, source
from effort import examples
from foreign_samples import as_written, exported, folder_back, reading_with
from hypothesis import given, settings

from annotator.formats.base import Format
from annotator.formats.drafts import drafts_of
from annotator.formats.inception import cas_json, own, tsv, tsv_writing, xmi
from annotator.formats.inception.cas_writing import to_cas
from annotator.formats.inception.layers import Annotation, Layered
from annotator.formats.inception.laying import HOST, lay
from annotator.formats.inception.standing import stand
from annotator.formats.inception.tokenising import tokenised
from annotator.formats.inception.tsv_fitting import fitted
from annotator.formats.inception.type_system import type_system
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.model import Document, Quarantined

pytest.importorskip("cassis", reason="dkpro-cassis is not installed (extra inception)")
FORMATS = (xmi.FORMAT, cas_json.FORMAT, tsv.FORMAT)
ENDS = {"inception-xmi": ".xmi", "inception-json": ".json", "webanno-tsv": ".tsv"}
each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)

KEPT: list[tuple[str, str, dict[str, object]]] = [
    ("Unread", "T1 x", {"is": "unread", "raw": "T1 x"}),
    ("Odd label_", "", {"is": "link", "ends": [["a b", "c2"], ["to", "lost"]], "attributes": [["x y", "1"]]}),
    (
        "Odd",
        "Title",
        {
            "is": "item", "places": [[0, 5]], "placed": True, "exact": ["Title"],
            "attributes": [["k", "1"], ["k", "2"]],
        },
    ),
]  # fmt: skip


def holds(form: Format, document: Document) -> bool:
    """Whether a format can hold an article at all."""
    text = document.source.text
    return bool(text) if form is not tsv.FORMAT else any(True for _ in tokenised(text))


def only(form: Format, content: Content) -> Content:
    return Content([each for each in content.items if holds(form, each)], content.people)


@each_format
@settings(max_examples=examples(15))
@given(content=contents())
def test_own_documents_come_back(form: Format, content: Content) -> None:
    back, written = folder_back(form, content)
    assert back == as_written(only(form, content))
    assert "TypeSystem.xml" in written


@each_format
def test_every_field_comes_back_and_the_same_content_makes_the_same_bytes(form: Format, tmp_path: Path) -> None:
    document, speaker = full_document()
    held = tuple(
        Quarantined(
            f"q{n}", "a1", "nothing says so", label, exact, json.dumps(data, separators=(",", ":")), "a, 3", "t"
        )
        for n, (label, exact, data) in enumerate(KEPT)
    )
    content = Content([replace(document, quarantined=held)], [speaker])
    result = exported(form, content, tmp_path / "out")
    assert result.losses == ()
    again = exported(form, content, tmp_path / "again")
    names = sorted(path.name for path in result.path.iterdir())
    assert names == [f"000001-title{ENDS[form.name]}", "TypeSystem.xml"]
    assert all((result.path / name).read_bytes() == (again.path / name).read_bytes() for name in names)


@each_format
def test_an_article_that_a_format_cannot_hold_is_told(form: Format, tmp_path: Path) -> None:
    document, _ = full_document()
    empty = Document(replace(document.article, id="a2", title="Nothing", segments=()), source("a2", ""))
    result = exported(form, Content([document, empty]), tmp_path / "out")
    assert any("Nothing" in loss for loss in result.losses)


def test_the_text_of_tsv_is_whole_whatever_stands_between_sentences() -> None:
    for text in ("\n a b.\n\n\nC d.  \n", "a. B.\tC.\n  D", "  x", "a.\u00a0B", "😀.B", "\u00a0a\n"):
        document, _ = full_document()
        bare = Document(replace(document.article, segments=()), source("a1", text))
        back, _ = folder_back(tsv.FORMAT, Content([bare]))
        assert back == as_written(Content([bare]))


# -- what a person changed in INCEpTION


def written(form: Format, standoff: Standoff) -> Layered:
    """What the format has of a standoff, read again."""
    name = f"a{ENDS[form.name]}"
    layered = lay(standoff)
    types = type_system(layered.layers.values())
    if form is tsv.FORMAT:
        return tsv.layers_of(tsv_writing.write(fitted(layered)).encode(), reading_with(name, {}))
    module = xmi if form is xmi.FORMAT else cas_json
    return module.layers_of(module._file(layered, types), reading_with(name, {"TypeSystem.xml": types}))[0]


def claim(layered: Layered) -> Annotation:
    return next(each for each in layered.annotations if each.layer == "webanno.custom.Claim")


BLANK = Item("1", "Claim", ((3, 6),), None, (("uuid", "u1"),))  # begins and ends in white space


def test_a_place_that_rows_cannot_tell_is_kept_beside_them() -> None:
    standoff = Standoff("a", "One two three.", (BLANK,))
    layered = written(tsv.FORMAT, standoff)
    assert claim(layered).place == (4, 6)
    assert stand(layered).items[0].places == ((3, 6),)


def test_a_place_that_was_moved_in_inception_counts() -> None:
    layered = written(tsv.FORMAT, Standoff("a", "One two three.", (BLANK,)))
    claim(layered).place = (4, 13)
    assert stand(layered).items[0].places == ((4, 13),)


@each_format
def test_what_stands_nowhere_stands_somewhere_once_it_is_moved(form: Format) -> None:
    items = (
        Item("1", "Claim", (), None, (("uuid", "u1"),)),
        Item("2", "Claim", ((0, 3),), None, (("uuid", "u2"),)),
    )
    layered = written(
        form, Standoff("a", " One two.", items, (Link("l", "Inside", (("child", "1"), ("parent", "2"))),))
    )
    placeless = next(each for each in layered.annotations if each.get("uuid") == "u1")
    assert [item.places for item in stand(layered).items if item.id == "u1"] == [()]
    placeless.place = (1, 4)
    assert [item.places for item in stand(layered).items if item.id == "u1"] == [((1, 4),)]


@each_format
def test_parts_of_a_discontinuous_annotation_are_linked_in_order(form: Format) -> None:
    item = Item("1", "Claim", ((8, 13), (0, 3)), None, (("uuid", "u1"),))
    layered = written(form, Standoff("a", "One two three.", (item,)))
    claims = {each.id: each for each in layered.annotations if each.layer == "webanno.custom.Claim"}
    (slot,) = (slot for each in claims.values() for slot in each.slots)
    assert (slot.feature, slot.role, claims[slot.target].place) == (own.PARTS, own.PART_ROLE, (0, 3))
    assert stand(layered).items[0].places == item.places


@each_format
def test_a_part_that_got_features_is_an_annotation_of_its_own(form: Format) -> None:
    item = Item("1", "Claim", ((0, 3), (8, 13)), None, (("uuid", "u1"),))
    layered = written(form, Standoff("a", "One two three.", (item,)))
    part = next(each for each in layered.annotations if each.get("uuid") is None and each.layer.endswith(".Claim"))
    part.values = (("form", "direct"),)
    standoff = stand(layered)
    assert [each.places for each in standoff.items] == [((0, 3),), ((8, 13),)]
    assert standoff.links[0].label == "Claim.parts"


# -- other tools' labels through the formats

FOREIGN = Standoff(
    "a",
    "😀 Ann said it rains, and it rains.",
    (
        Item("1", "Verb", ((6, 10),), None, (("tense", "past"),)),
        Item("2", "Who", ((2, 5),)),
        Item("3", "What", ((11, 19), (25, 33)), None, (("k", "a|b;c_[1]*\\->\r\n\t"), ("k", "2"))),
        Item("4", "Odd label.", ((0, 1),)),
    ),
    (
        Link("5", "Says", (("agent", "2"), ("content", "3")), (("sure", "no"),)),
        Link("6", "Verb.args", ((HOST, "1"), ("A0", "2"), ("A1", "3"))),
        Link("7", "Next", (("Governor", "2"), ("Dependent", "4")), (("w", "1"),)),
        Link("8", "Nest", (("of", "5"), ("of", "7"))),
    ),
)


@each_format
def test_labels_of_other_tools_come_back(form: Format) -> None:
    found = stand(written(form, FOREIGN))
    assert found.text == FOREIGN.text
    words = {item.id: (item.label, item.places, sorted(item.attributes)) for item in found.items}
    assert sorted(words.values()) == sorted((i.label, i.places, sorted(i.attributes)) for i in FOREIGN.items)
    names = {item.id: item.label for item in (*FOREIGN.items, *FOREIGN.links)}
    theirs = {thing.id: thing.label for thing in (*found.items, *found.links)}
    told = sorted((k.label, [(role, theirs[to]) for role, to in k.ends], k.attributes) for k in found.links)
    assert told == sorted((k.label, [(role, names[to]) for role, to in k.ends], k.attributes) for k in FOREIGN.links)


@each_format
def test_places_count_utf16_units_in_the_file(form: Format, tmp_path: Path) -> None:
    document, speaker = full_document()
    path = exported(form, Content([document], [speaker]), tmp_path / "out").path
    text = document.source.text
    assert "😀" in text[:-4]
    data = (path / f"000001-title{ENDS[form.name]}").read_text(encoding="utf-8")
    ends = [int(end) for end in re.findall(r'(?:end="|"end": |\d-)(\d+)(?=["\t,}])', data)]
    assert max(ends) == len(text) + 1


def test_an_own_file_needs_no_mapping_when_it_is_imported(tmp_path: Path) -> None:
    document, speaker = full_document()
    path = exported(xmi.FORMAT, Content([document], [speaker]), tmp_path / "out").path
    data = (path / "000001-title.xmi").read_bytes()
    files = {"TypeSystem.xml": (path / "TypeSystem.xml").read_bytes()}
    (draft,) = drafts_of(xmi.FORMAT, io.BytesIO(data), reading_with("a.xmi", files))
    assert (draft.article.title, draft.article.outlet, draft.article.language) == ("Title", "Times", "en")
    assert not draft.quarantined
    assert draft.by_name == frozenset()
    assert {claim.id for claim in draft.claims} == {"c1", "c2"}
    assert encode(draft.document, {speaker.id: speaker}) == encode(document, {speaker.id: speaker})


@pytest.mark.parametrize("xml", [True, False], ids=["xmi", "json"])
def test_what_is_written_is_all_that_cassis_itself_would_find(*, xml: bool) -> None:
    import cassis

    document, speaker = full_document()
    layered = lay(encode(document, {speaker.id: speaker}))
    cas = to_cas(layered, type_system(layered.layers.values()), xml=xml)
    known = {each.xmiID: each for each in cas._find_all_fs()}
    looked_for = {each.xmiID: each for each in cassis.Cas._find_all_fs(cas, include_inlinable_arrays_and_lists=not xml)}
    assert known == looked_for
    assert None not in known
    assert len(known) == len(cas._find_all_fs())
