"""TEI P5: our own come back whole, the text character by character; what others write is read as TEI means it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import as_written, changed, exported, folder_back, reading_with
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Standoff
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.proposing import propose
from annotator.formats.tei import FORMAT
from annotator.formats.tei.common import NOT_XML, TEI, name_of, text_of
from annotator.formats.tei.reading import read
from annotator.model import Scheme, Term
from annotator.services.exporting import Wish, prepare

HEADER = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"


def tei(body: str, more: str = "", header: str = HEADER, space: str = "") -> bytes:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text{space}><body>{body}</body></text>{more}</TEI>'.encode()
    )


def one(data: bytes) -> Standoff:
    (found,) = read(io.BytesIO(data), reading_with("x.xml", {}))
    return found


def labelled(found: Standoff) -> list[tuple[str, list[str], dict[str, str]]]:
    return [(i.label, [found.text[s:e] for s, e in i.places], dict(i.attributes)) for i in found.items]


def read_text(element: Element) -> str:
    """The characters of a text as a plain reader of TEI takes them, without what corrections would read."""
    inside = [element.text or ""]
    for child in element:
        inside += [] if child.tag in (f"{TEI}corr", f"{TEI}reg") else [read_text(child)]
        inside.append(child.tail or "")
    return "".join(inside)


def in_xml(content: Any) -> Any:
    """What is left of content in XML, which cannot hold every character."""
    return changed(content, lambda text: NOT_XML.sub("\ufffd", text))


@given(contents())
def test_own_documents_come_back(content: Content) -> None:
    back, written = folder_back(FORMAT, content)
    assert in_xml(back) == as_written(in_xml(content))  # JSON inside keeps more than XML could
    for document, data in zip(in_xml(content).items, written.values(), strict=True):
        text = fromstring(data).find(f"{TEI}text")
        assert text is not None
        assert read_text(text) == document.source.text


def test_every_field_comes_back_and_the_loss_report_is_empty(tmp_path: Path) -> None:
    content = Content([full_document()[0]], [full_document()[1]])
    result = exported(FORMAT, content, tmp_path / "out")
    again = exported(FORMAT, content, tmp_path / "again")
    assert result.losses == ()
    assert (result.path / "000001-title.xml").read_bytes() == (again.path / "000001-title.xml").read_bytes()


def test_claims_names_and_corrections_stand_in_the_text(tmp_path: Path) -> None:
    document, speaker = full_document()
    claim = replace(document.claims[1], parent_id=None)
    content = Content([replace(document, claims=(claim,))], [speaker])
    data = (exported(FORMAT, content, tmp_path / "out").path / "000001-title.xml").read_text("utf-8")
    assert '<head ana="#i1">Title</head>\n\n<p ana="#i2"><rs type="source" ref="#i3.speaker"' in data
    assert '<rs type="pronoun" ref="#i3.speaker" ana="#i7">He</rs></rs> <seg type="cue"' in data
    assert '<choice ana="#i8"><sic>Twould</sic><corr resp="#r1">I would</corr></choice>' in data
    assert '<said who="#i3.speaker" direct="true" ana="#i4"><choice' in data
    assert '<org xml:id="i3.speaker" ana="#i3"><orgName>Ann</orgName>' in data


def test_what_crosses_stands_beside_with_places_among_all_characters(tmp_path: Path) -> None:
    document, speaker = full_document()
    data = (exported(FORMAT, Content([document], [speaker]), tmp_path / "out").path / "000001-title.xml").read_text(
        "utf-8"
    )
    assert '<span target="#string-range(text,' in data
    (found,) = read(io.BytesIO(data.encode()), reading_with("x.xml", {}))
    places = {item.id: item.places for item in found.items}
    assert places["c1"] == ((16, 22), (23, 25))


def test_characters_that_xml_cannot_hold_are_told(tmp_path: Path) -> None:
    document: Any = changed(full_document()[0], lambda text: text.replace("said", "sa\x01d"))
    result = exported(FORMAT, Content([document], [full_document()[1]]), tmp_path / "out")
    assert result.losses[0] == "Changed: 1 character of “Title” that XML cannot hold became “\ufffd”."
    assert result.losses[1] == "Changed: the source text of 1 article (Title)."


def test_the_scheme_is_a_document_beside(tmp_path: Path) -> None:
    term = Term("claim.form", "direct", "direct", "word for word")
    scheme = Scheme(name="News", version="3", terms=(term,), guideline="# Claims\n\nMark <all> of them.")
    prepared = prepare(
        Content([full_document()[0]], [full_document()[1]]), tmp_path / "out", Wish(FORMAT, scheme=scheme)
    )
    assert prepared.report().losses == ()
    prepared.hand_over()
    data = fromstring((tmp_path / "out" / "scheme.xml").read_bytes())
    assert [each.text for each in data.iter(f"{TEI}p")][-1] == "Mark <all> of them."
    assert [each.get("n") for each in data.iter(f"{TEI}category")] == ["direct"]


@pytest.mark.parametrize("text", ["", "form", "a b", "::exact", ":", "1", "ä:20:", "_", "a\n\0b"])
def test_any_string_is_a_name_and_back(text: str) -> None:
    assert text_of(name_of(text)) == text
    assert name_of(text) != "::exact"


# -- of other projects ------------------------------------------------------------------------------------------


def test_quotations_name_who_says_them() -> None:
    person = '<person xml:id="a"><persName>Ann <surname>Lee</surname></persName></person>'
    people = f"<standOff><listPerson>{person}</listPerson></standOff>"
    body = '<p>“<said who="#a" direct="false">It rains</said>,” <persName ref="#a">she</persName> said.</p>'
    assert labelled(one(tei(body, people))) == [
        ("said", ["It rains"], {"who": "Ann Lee", "direct": "false"}),
        ("persName", ["she"], {"ref": "Ann Lee"}),
    ]


def test_of_speeches_only_what_is_spoken_is_labelled() -> None:
    body = (
        '<u who="#e">So be it. <vocal><desc>Applause.</desc></vocal> Next.</u>'
        '<sp who="#e"><speaker>Eve <stage>aside</stage>:</speaker><p>No <stage>goes <hi>off</hi></stage> and no.</p>'
        "<p>Never.</p></sp><sp><speaker>ADAM.</speaker><stage>He waits.</stage><l>Then</l><l>go.</l></sp>"
        "<sp><p>Nobody.</p></sp>"
        '<sp who="#a"><hi><speaker>Ann</speaker></hi><p>Mm. <sp who="#b"><p>Hm.</p></sp></p></sp>'
        '<sp who="#e"><speaker>Eve</speaker><stage>leaves.</stage></sp>'
    )
    found = one(tei(body))
    assert labelled(found) == [
        ("u", ["So be it.", "Next."], {"who": "e"}),
        ("sp", ["No", "and no.\n\nNever."], {"who": "e"}),
        ("speaker", ["Eve"], {}),
        ("sp", ["Then\ngo."], {"who": "ADAM"}),
        ("speaker", ["ADAM"], {}),
        ("sp", ["Mm."], {"who": "a"}),
        ("speaker", ["Ann"], {}),
        ("sp", ["Hm."], {"who": "b"}),
    ]
    assert [(link.label, link.ends) for link in found.links] == [
        ("speech", (("sp", "sp 1"), ("speaker", "speaker 1"))),
        ("speech", (("sp", "sp 2"), ("speaker", "speaker 2"))),
        ("speech", (("sp", "sp 3"), ("speaker", "speaker 3"))),
    ]
    assert "Left out 1 time: “sp without words that are spoken”, for which there is nothing here." in found.notes


def test_who_speaks_in_a_play_becomes_the_speaker_and_where_the_name_stands() -> None:
    body = '<sp who="#a #b"><speaker>BOTH</speaker><p>Rain!</p></sp><sp><speaker>Ann.</speaker><p>Snow.</p></sp>'
    people = '<standOff><listPerson><person xml:id="a"><persName>Ann</persName></person></listPerson></standOff>'
    found = one(tei(body, people))
    draft = decode(to_ours(found, propose([found])).standoff, reading_with("x.xml", {}))
    assert [speaker.name for speaker in draft.speakers] == ["Ann"]
    told = [
        ([span.exact for span in claim.spans], [span.exact for span in claim.chain[0].mention_spans], claim.note)
        for claim in draft.claims
    ]
    assert told == [(["Rain!"], ["BOTH"], "further speaker = b"), (["Snow."], ["Ann"], "")]
    assert {claim.chain[0].speaker_id for claim in draft.claims} == {draft.speakers[0].id}


def test_of_a_choice_the_source_is_read() -> None:
    sic = '<choice><sic>teh</sic><corr cert="high">the</corr></choice>'
    body = f"<p>a {sic} <choice><orig>olde</orig><reg>old</reg></choice></p>"
    found = one(tei(body))
    assert found.text == "a teh olde"
    assert labelled(found) == [
        ("sic", ["teh"], {"replacement": "the", "cert": "high"}),
        ("orig", ["olde"], {"replacement": "old"}),
    ]


def test_white_space_separates_words_and_blocks() -> None:
    body = "<head>A\n   title</head>\n  <p>one <hi>two</hi>\n three<lb/>four<pb/> fi<lb break='no'/>ve</p>\n<p>six</p>"
    assert one(tei(body)).text == "A title\n\none two three\nfour five\n\nsix"


def test_white_space_that_is_preserved_counts() -> None:
    assert one(tei("<p> a\n b </p>\n<p>c</p>", space=' xml:space="preserve"')).text == " a\n b \nc"


def test_words_that_are_joined_have_no_blank_between_them() -> None:
    body = '<p><s>\n<w>Rain</w>\n<w join="right">fell</w>\n<pc>,</pc>\n<w>she</w>\n</s></p>'
    assert one(tei(body)).text == "Rain fell, she"


def test_parts_are_joined_by_next_and_prev() -> None:
    body = '<p><q xml:id="a" next="#b">It</q> she said <q xml:id="b" prev="#a">rains</q> and <q>snows</q></p>'
    assert [words for _, words, _ in labelled(one(tei(body)))] == [["It", "rains"], ["snows"]]


def test_spans_beside_the_text_lead_into_it() -> None:
    body = (
        '<p xml:id="p1">\n  It  rains, <anchor xml:id="a"/>she said<anchor xml:id="b"/> then. <w xml:id="w">So</w></p>'
    )
    beside = (
        '<standOff><spanGrp type="cue"><span from="#a" to="#b"/><span from="#w"/></spanGrp>'
        '<span type="Quote" target="#string-range(p1,3,9)">x</span><span from="#nowhere"/>'
        '<span target="string-range(//p[1],0,3)"/></standOff>'
    )
    found = one(tei(body, beside))
    assert found.text == "It rains, she said then. So"
    assert labelled(found) == [
        ("cue", ["she said"], {}),
        ("cue", ["So"], {}),
        ("Quote", ["It rains"], {"type": "Quote", "value": "x"}),
    ]
    assert [each.reason for each in found.unread] == ["what it points to is not in the text"] * 2


def test_notes_are_kept_and_other_matter_is_told() -> None:
    found = one(tei('<p xml:id="p">one<note resp="#e">really?</note> two<fw>page 1</fw></p>'))
    assert found.text == "one two"
    assert found.items == (Item("note 1", "note", ((3, 3),), None, (("note", "really?"), ("resp", "e"))),)
    told = [note for note in found.notes if note.startswith("Left out of the text")]
    assert told == ["Left out of the text: the content of 1 element “fw”."]


def test_the_header_tells_of_the_article() -> None:
    header = (
        "<teiHeader><fileDesc><titleStmt><title>Rain\n today</title></titleStmt><sourceDesc><bibl><author>Jo</author>"
        '<publisher>Times</publisher><date when="2018-04-20">April</date><idno type="URL">http://x.org/1</idno></bibl>'
        '</sourceDesc></fileDesc><profileDesc><langUsage><language ident="en"/></langUsage></profileDesc></teiHeader>'
    )
    assert dict(one(tei("<p>x</p>", header=header)).fields) == {
        "title": "Rain today", "byline": "Jo", "outlet": "Times", "published": "2018-04-20", "url": "http://x.org/1",
        "language": "en",
    }  # fmt: skip


def test_a_corpus_has_several_articles() -> None:
    two = "".join(tei(f"<p>{word}</p>").decode() for word in ("one", "two"))
    data = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{two}</teiCorpus>'.encode()
    found = read(io.BytesIO(data), reading_with("c.xml", {}))
    assert [(each.name, each.text) for each in found] == [("c.xml, text 1", "one"), ("c.xml, text 2", "two")]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<a/>", "x.xml is no TEI P5 document: its root is “a”."),
        (b"", "x.xml is no XML (line 1: no element found)."),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>', "x.xml is no XML (line 1: no element found)."),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "x.xml holds no text."),
        (b'<!DOCTYPE TEI [<!ENTITY a "b">]><TEI/>', "x.xml declares entities of its own, which are not read."),
        (b'<!DOCTYPE TEI SYSTEM "http://x.org/tei.dtd"><TEI>&nbsp;</TEI>',
         "x.xml declares or uses entities of its own, which are not read."),
        (b"<TEI>" * 100_000, "x.xml is nested too deeply."),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        one(data)
    assert str(caught.value) == told
