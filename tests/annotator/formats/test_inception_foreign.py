"""What INCEpTION and WebAnno write, in small: layers, slots, relations, chains, several texts; and bad files."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from foreign_samples import reading_with

from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats import registry
from annotator.formats.base import Format
from annotator.formats.inception import cas_json, tsv, xmi
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.installing import how_to_install
from annotator.services.importing.entries import find

TYPES = b"""<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Quote</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>form</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription>
<featureDescription><name>rank</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
<featureDescription><name>topics</name><rangeTypeName>uima.cas.StringArray</rangeTypeName></featureDescription>
<featureDescription><name>who</name><rangeTypeName>uima.cas.FSArray</rangeTypeName>
<elementType>webanno.custom.QuoteWhoLink</elementType></featureDescription>
</features></typeDescription>
<typeDescription><name>webanno.custom.QuoteWhoLink</name><supertypeName>uima.cas.TOP</supertypeName><features>
<featureDescription><name>role</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>target</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>custom.Span</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>label</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>custom.Relation</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>Governor</name><rangeTypeName>custom.Span</rangeTypeName></featureDescription>
<featureDescription><name>Dependent</name><rangeTypeName>custom.Span</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>coref.Link</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>next</name><rangeTypeName>coref.Link</rangeTypeName></featureDescription>
<featureDescription><name>referenceType</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>coref.Chain</name><supertypeName>uima.cas.AnnotationBase</supertypeName><features>
<featureDescription><name>first</name><rangeTypeName>coref.Link</rangeTypeName></featureDescription>
</features></typeDescription>
</types></typeSystemDescription>"""
NAMESPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:w="http:///webanno/custom.ecore" '
    'xmlns:c="http:///custom.ecore" xmlns:r="http:///coref.ecore" xmlns:tcas="http:///uima/tcas.ecore"'
)
BODY = """<tcas:DocumentAnnotation xmi:id="9" sofa="1" begin="0" end="24" language="de"/>
<w:Quote xmi:id="2" sofa="1" begin="12" end="20" form="direct" sure="true" rank="3" who="5">
<topics>rain</topics><topics>now</topics></w:Quote>
<c:Span xmi:id="3" sofa="1" begin="3" end="6" label="Speaker"/>
<c:Span xmi:id="4" sofa="1" begin="7" end="11" label="Cue"/>
<w:QuoteWhoLink xmi:id="5" role="Speaker" target="3"/>
<c:Relation xmi:id="6" sofa="1" begin="7" end="11" Governor="3" Dependent="4"/>
<r:Link xmi:id="7" sofa="1" begin="3" end="6" next="8"/>
<r:Link xmi:id="8" sofa="1" begin="21" end="23" referenceType="pro"/>
<r:Chain xmi:id="10" sofa="1" first="7"/>"""
TEXT = "😀 Ann said it rains. She."
MEMBERS = "2 3 4 6 7 8 9 10"


def file(body: str = BODY, text: str = TEXT, members: str = MEMBERS) -> bytes:
    view = (
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>'
        f'<cas:View sofa="1" members="{members}"/>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><xmi:XMI {NAMESPACES} xmi:version="2.0">{body}{view}</xmi:XMI>'.encode()
    )


def one(form: Format, data: bytes, **beside: bytes) -> Standoff:
    files = {"TypeSystem.xml": beside["types"]} if beside else {}
    assert form.read_standoff is not None
    (standoff,) = form.read_standoff(io.BytesIO(data), reading_with(f"a{form.extensions[0]}", files))
    return standoff


def test_layers_slots_relations_and_chains_of_an_xmi_file() -> None:
    standoff = one(xmi.FORMAT, file(), types=TYPES)
    assert standoff.text == TEXT
    assert standoff.fields == (("language", "de"),)
    assert set(standoff.items) == {
        Item("3", "Span", ((2, 5),), None, (("label", "Speaker"),)),
        Item("4", "Span", ((6, 10),), None, (("label", "Cue"),)),
        Item("7", "Link", ((2, 5),)),
        Item("8", "Link", ((20, 22),), None, (("referenceType", "pro"),)),
        Item("2", "Quote", ((11, 19),), None, (
            ("form", "direct"), ("sure", "true"), ("rank", "3"), ("topics", "rain"), ("topics", "now"))),
    }  # fmt: skip
    assert set(standoff.links) == {
        Link("6", "Relation", (("Governor", "3"), ("Dependent", "4"))),
        Link("2.who", "Quote.who", (("host", "2"), ("Speaker", "3"))),
        Link("chain 1", "Chain", (("link", "7"), ("link", "8"))),
    }
    assert not standoff.notes


def test_without_a_type_system_the_layers_are_told_from_the_file() -> None:
    standoff = one(xmi.FORMAT, file())
    known = one(xmi.FORMAT, file(), types=TYPES)
    assert (set(standoff.links), standoff.text) == (set(known.links), known.text)
    assert {(i.label, i.places, frozenset(i.attributes)) for i in standoff.items} == {
        (i.label, i.places, frozenset(i.attributes)) for i in known.items
    }
    assert "No TypeSystem.xml" in standoff.notes[0]


def test_places_outside_the_text_or_inside_a_character_are_kept_with_the_reason() -> None:
    body = '<c:Span xmi:id="3" sofa="1" begin="1" end="6" label="x"/><c:Span xmi:id="4" sofa="1" begin="7" end="99"/>'
    draft = decode(one(xmi.FORMAT, file(body, members="3 4"), types=TYPES), reading_with("a.xmi", {}))
    assert sorted(each.reason for each in draft.quarantined) == [
        "its place (6 to 99) is outside the text",
        "its place is in the middle of a character",
    ]
    assert '"label": "x"' in draft.quarantined[0].exact + draft.quarantined[1].exact


def test_each_view_with_a_text_is_an_article() -> None:
    sofa = b'<cas:Sofa xmi:id="99" sofaNum="2" sofaID="Other" sofaString="More."/>'
    data = file().replace(b"</xmi:XMI>", sofa + b'<cas:View sofa="99" members=""/></xmi:XMI>')
    assert xmi.FORMAT.read_standoff is not None
    standoffs = xmi.FORMAT.read_standoff(io.BytesIO(data), reading_with("a.xmi", {"TypeSystem.xml": TYPES}))
    assert [(each.name, each.text) for each in standoffs] == [
        ("a.xmi, view _InitialView", TEXT),
        ("a.xmi, view Other", "More."),
    ]


TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Quote|form
#T_SP=webanno.custom.Act|ROLE_webanno.custom.Act:who_webanno.custom.ActWhoLink|uima.tcas.Annotation
#T_CH=coref.CorefLink|referenceRelation|referenceType
#T_RL=webanno.custom.Rel|kind|BT_webanno.custom.Quote


#Text=😀 said\\tit
1-1\t0-2\t😀\t_\t_\t_\t*->1-1\tn[1]\t_\t_\t
1-2\t3-7\tsaid\ta\\|b[1]|*[2]\tA0;*\t1-1[3];1-3[1]\t_\t_\t_\t_\t
1-2.1\t3-3\t\tzero\t_\t_\t_\t_\t_\t_\t
1-3\t8-10\tit\ta\\|b[1]\t_\t_\t*->1-2\tp[1]\tr\t1-2[2_1]\t

#Text=Bye
2-1\t11-14\tBye\tx\t_\t_\t_\t_\t_\t_\t
"""


@pytest.mark.parametrize("version", ["3", "3.0", "3.1"])
def test_the_first_versions_of_tsv_3_are_read(version: str) -> None:
    rows = "1-1\t0-3\tAnn\tperson[1]\t1-3[2_1]\n1-2\t4-7\tLee\tperson[1]\t_\n1-3\t8-12\tshe.\tperson[2]\t_\n"
    layers = "#T_SP=webanno.custom.Referent|entity\n#T_RL=webanno.custom.Coref|type|BT_webanno.custom.Referent\n"
    data = f"#FORMAT=WebAnno TSV {version}\n{layers}\n\n#Text=Ann Lee she.\n{rows}".replace(
        "\t1-3[2_1]", "\tana\t1-3[2_1]"
    )
    standoff = one(tsv.FORMAT, data.replace("\t_\n", "\t_\t_\n").encode())
    assert [(item.label, item.places) for item in standoff.items] == [
        ("Referent", ((0, 7),)), ("Referent", ((8, 12),)),
    ]  # fmt: skip
    assert [(link.label, len(link.ends)) for link in standoff.links] == [("Coref", 2)]


def test_rows_of_a_tsv_file() -> None:
    standoff = one(tsv.FORMAT, TSV.encode())
    assert standoff.text == "😀 said\tit\nBye"
    told = {(i.label, i.places, i.attributes) for i in standoff.items}
    assert told == {
        ("Quote", ((2, 9),), (("form", "a|b"),)), ("Quote", ((2, 6),), ()), ("Quote", ((2, 2),), (("form", "zero"),)),
        ("Quote", ((10, 13),), (("form", "x"),)), ("Act", ((2, 6),), ()),
        ("CorefLink", ((0, 1),), (("referenceType", "n"),)), ("CorefLink", ((7, 9),), (("referenceType", "p"),)),
    }  # fmt: skip
    ids = {(i.label, i.places): i.id for i in standoff.items}
    long, short = ids["Quote", ((2, 9),)], ids["Quote", ((2, 6),)]
    links = {k.label: k for k in standoff.links}
    assert links["Act.who"].ends == (("host", ids["Act", ((2, 6),)]), ("A0", "1-1[3]"), ("who", long))
    assert links["Rel"].ends == (("Governor", short), ("Dependent", long))
    assert links["Rel"].attributes == (("kind", "r"),)
    assert [role for role, _ in links["CorefChain"].ends] == ["link", "link"]


def test_a_bad_row_is_kept_with_its_line_and_the_text_stays_whole() -> None:
    data = TSV.replace("2-1\t11-14\tBye\tx\t_", "2-1\t11-14\tBye").replace("3-3\t\tzero", "3-99\t\tzero")
    standoff = one(tsv.FORMAT, data.encode())
    assert standoff.text == "😀 said\tit\nBye"
    assert [(each.place, each.reason) for each in standoff.unread] == [
        ("line 11", "its place is outside the text"),
        ("line 15", "it has 6 columns of annotations, not 7"),
    ]


XMI_TRAPS = {
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
    "a file outside": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "depth": b"<a>" * 300 + b"</a>" * 300,
    "no XML": b"\x00\x01\x02",
    "half": file()[:-30],
    "dangling": file('<c:Span xmi:id="3" sofa="7" begin="1" end="2"/>', members="3 44"),
    "no text": file("", "", ""),
    "another": b"<html><body/></html>",
    "encoding": b'<?xml version="1.0" encoding="nonsense"?><x/>',
}
JSON_TRAPS = {
    "depth": b"[" * 100_000,
    "no CAS": b"{}",
    "list": b"[1]",
    "no types": b'{"%FEATURE_STRUCTURES": []}',
    "wrong": b'{"%TYPES": [], "%FEATURE_STRUCTURES": 3}',
    "half a pair": json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "a\ud83d"}],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": []}}}).encode(),
    "bytes": b"\xff\xfe\xff",
}  # fmt: skip
TSV_TRAPS = {
    "version 2": b"#FORMAT=WebAnno TSV 2.0\n",
    "another": b"a\tb\n",
    "gap": b"#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\n1-1\t999999999-999999999\ta\t\n",
    "overlap": b"#FORMAT=WebAnno TSV 3.3\n\n\n#Text=abc\n1-1\t0-3\tabc\t\n\n#Text=d\n2-1\t1-2\td\t\n",
    "header": b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a|ROLE_x\n\n",
    "bytes": b"#FORMAT=WebAnno TSV 3.3\n\xff",
    "NUL": b"#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\x00b\n1-1\t0-3\tab\t\n",
    "empty": b"",
}
TRAPS = [
    (form, name, data)
    for form, traps in ((xmi.FORMAT, XMI_TRAPS), (cas_json.FORMAT, JSON_TRAPS), (tsv.FORMAT, TSV_TRAPS))
    for name, data in traps.items()
]


@pytest.mark.parametrize(("form", "name", "data"), TRAPS, ids=[f"{form.name} {name}" for form, name, _ in TRAPS])
def test_a_bad_file_is_refused_in_one_sentence(form: Format, name: str, data: bytes) -> None:
    with pytest.raises(ImportFailed) as told:
        one(form, data)
    assert "\n" not in str(told.value)
    assert f"a{form.extensions[0]}" in str(told.value)


def test_a_type_system_is_looked_at_as_well() -> None:
    with pytest.raises(ImportFailed, match="DOCTYPE"):
        one(xmi.FORMAT, file(), types=b"<!DOCTYPE x []><x/>")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(ExtraMissing, match=re.escape(how_to_install("inception"))):
        one(xmi.FORMAT, file())


def test_formats_are_told_apart_and_the_type_system_is_no_article(tmp_path: Path) -> None:
    assert registry.for_import("a.tsv", TSV.encode()) is tsv.FORMAT
    assert registry.for_import("a.tsv", b"title\ttext\n") is not tsv.FORMAT
    assert registry.for_import("a.json", b'{\n "%TYPES" : {') is cas_json.FORMAT
    assert registry.for_import("a.xmi", b"<?xml") is xmi.FORMAT
    (tmp_path / "a.xmi").write_bytes(file())
    (tmp_path / "TypeSystem.xml").write_bytes(TYPES)
    with find([tmp_path]) as found:
        assert [entry.path for entry in found.entries] == ["a.xmi"]
