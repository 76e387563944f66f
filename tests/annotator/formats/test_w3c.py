"""W3C Web Annotation: our own come back whole; what other tools write is read as the recommendation means it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from article_samples import TIME, Content, contents, full_document, source
from foreign_samples import as_written, exported, folder_back, reading_with
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.w3c import FORMAT
from annotator.formats.w3c.reading import read
from annotator.model import Article, Claim, Document
from annotator.text.anchors import anchor

TEXT = "A 😀 says: “It rains,” and he says it again."


def page(*annotations: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", **more, "items": list(annotations)}).encode()


def standoffs(data: bytes, **beside: str) -> list[Standoff]:
    names = {name.replace("_", "."): text.encode() for name, text in beside.items()}
    return read(io.BytesIO(data), reading_with("x.json", names))


def annotation(*targets: Any, **more: Any) -> dict[str, Any]:
    return {"id": "urn:x:1", "type": "Annotation", "target": targets[0] if len(targets) == 1 else list(targets), **more}


def at(start: int, end: int, source: str = "a.txt") -> dict[str, Any]:
    return {"source": source, "selector": {"type": "TextPositionSelector", "start": start, "end": end}}


@given(contents())
def test_own_documents_come_back(content: Content) -> None:
    back, written = folder_back(FORMAT, content)
    assert back == as_written(content)
    assert "collection.jsonld" in written


def test_every_field_comes_back_and_the_loss_report_is_empty(tmp_path: Path) -> None:
    document, speaker = full_document()
    result = exported(FORMAT, Content([document], [speaker]), tmp_path / "out")
    assert result.losses == ()
    again = exported(FORMAT, Content([document], [speaker]), tmp_path / "again")
    files = sorted(path.name for path in result.path.iterdir())
    assert files == ["000001-title.jsonld", "000001-title.source.txt", "collection.jsonld"]
    assert all((result.path / name).read_bytes() == (again.path / name).read_bytes() for name in files)


def test_a_pages_order_is_told(tmp_path: Path) -> None:
    document, _ = full_document()
    path = exported(FORMAT, Content([document, document]), tmp_path / "out").path
    first, second = (json.loads((path / f"00000{n}-title.jsonld").read_text("utf-8")) for n in (1, 2))
    collection = json.loads((path / "collection.jsonld").read_text("utf-8"))
    assert (first["next"], second["prev"]) == (second["id"], first["id"])
    assert (collection["first"], collection["last"]) == (first["id"], second["id"])
    assert second["startIndex"] == len(first["items"])
    assert collection["total"] == len(first["items"]) + len(second["items"])


def test_places_count_code_points_and_parts_are_targets(tmp_path: Path) -> None:
    document, speaker = full_document()
    path = exported(FORMAT, Content([document], [speaker]), tmp_path / "out").path
    data = json.loads((path / "000001-title.jsonld").read_text("utf-8"))
    parts = next(each for each in data["items"] if each["id"].endswith(":c1"))["target"]
    position = [next(s for s in part["selector"] if s["type"] == "TextPositionSelector") for part in parts]
    assert [(s["start"], s["end"]) for s in position] == [(16, 22), (23, 25)]


def test_the_context_is_no_longer_than_readers_in_javascript_can_look_for() -> None:
    """``dom-anchor-text-quote`` gives up (“Pattern too long”) at more than 32 UTF-16 units."""
    text = "x" + "😀" * 40 + "It" + "y" * 3 + "😀" * 40
    claim = Claim(id="c1", article_id="a1", spans=(anchor(text, 41, 43),), annotator="Bo", created=TIME, updated=TIME)
    document = Document(Article("a1", "T", created=TIME, updated=TIME), source("a1", text), (), (claim,))
    _, written = folder_back(FORMAT, Content([document]))
    (page_,) = (json.loads(data) for name, data in written.items() if name.startswith("000001") and "jsonld" in name)
    (quote,) = (each["target"]["selector"][0] for each in page_["items"] if "target" in each)
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == ("😀" * 16, "It", "yyy" + "😀" * 14)


def test_a_tag_is_the_label_and_other_bodies_say_more() -> None:
    body = [
        {"type": "TextualBody", "value": "Quote", "purpose": "tagging"},
        {"type": "TextualBody", "value": "weather", "purpose": "tagging"},
        {"type": "TextualBody", "value": "check this"},
    ]
    (found,) = standoffs(
        page(annotation(at(11, 19, "http://example.org/a.txt"), body=body, creator={"name": "Ann"})), a_txt=TEXT
    )
    (item,) = found.items
    assert (item.label, item.places) == ("Quote", ((11, 19),))
    assert item.attributes == (("note", "check this"), ("tag", "weather"), ("creator", "Ann"))
    assert found.get("url") == "http://example.org/a.txt"


def test_what_classifies_is_the_label_where_nothing_is_tagged_and_an_address_is_no_name() -> None:
    """As Recogito exports it."""
    body = [
        {"type": "SpecificResource", "value": "https://www.wikidata.org/wiki/Q42", "purpose": "identifying"},
        {"type": "TextualBody", "value": "Person", "purpose": "classifying"},
        {"type": "TextualBody", "value": "writer", "purpose": "classifying"},
    ]
    where = at(11, 19, "http://example.org/a.txt")
    (found,) = standoffs(page(annotation(where, body=body)), a_txt=TEXT)
    assert (found.items[0].label, found.items[0].attributes) == (
        "Person", (("identifying", "https://www.wikidata.org/wiki/Q42"), ("classifying", "writer")),
    )  # fmt: skip
    tagged = [*body[1:], {"type": "TextualBody", "value": "Quote", "purpose": "tagging"}]
    (found,) = standoffs(page(annotation(where, body=tagged)), a_txt=TEXT)
    assert (found.items[0].label, [value for _, value in found.items[0].attributes]) == ("Quote", ["Person", "writer"])


def test_several_targets_are_the_parts_of_one_item() -> None:
    (found,) = standoffs(page(annotation(at(0, 1), at(4, 8))), a_txt=TEXT)
    assert found.items[0].places == ((0, 1), (4, 8))


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "TextQuoteSelector", "exact": "says", "prefix": "he "},
        [{"type": "TextPositionSelector", "start": 29, "end": 33}],
        {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=29,33"},
        {"type": "XPathSelector", "value": "/p[1]", "refinedBy": {"type": "TextQuoteSelector", "exact": "says",
                                                                  "prefix": "he ", "suffix": " it"}},
        {"type": "TextPositionSelector", "start": 24, "end": 40,
         "refinedBy": {"type": "TextPositionSelector", "start": 5, "end": 9}},
        [{"type": "RangeSelector"}, {"type": "TextPositionSelector", "start": 30, "end": 34},
         {"type": "TextQuoteSelector", "exact": "says", "prefix": " and he ", "suffix": " it again"}],
    ],
    ids=["quote", "position", "fragment", "refined xpath", "refined position", "hypothesis, in UTF-16 units"],
)  # fmt: skip
def test_words_are_found_by_every_selector_for_text(selector: Any) -> None:
    data = page(annotation({"source": "a.txt", "selector": selector}, body={"value": "Cue", "purpose": "tagging"}))
    (found,) = standoffs(data, a_txt=TEXT)
    draft = decode(found, reading_with("x.json", {}))
    (kept,) = draft.quarantined  # a cue of nothing: but its place was found
    assert json.loads(kept.data)["places"] == [[29, 33]]


def test_hypothesis_rows_are_read() -> None:
    selectors = [{"type": "TextQuoteSelector", "exact": "It rains"}]
    row = {
        "id": "h1", "uri": "https://example.org/a", "text": "really?", "tags": ["Claim", "sky"], "user": "acct:b@h",
        "document": {"title": ["Weather"]}, "target": [{"source": "https://example.org/a", "selector": selectors}],
    }  # fmt: skip
    (found,) = standoffs(json.dumps({"total": 1, "rows": [row]}).encode(), a_txt=TEXT)
    (claim,) = decode(found, reading_with("x.json", {})).claims
    assert [span.exact for span in claim.spans] == ["It rains"]
    assert claim.tags == ("sky",)
    assert "really?" in claim.note
    assert found.get("title") == "Weather"


def test_an_embedded_text_needs_no_file() -> None:
    target = {"source": {"type": "TextualBody", "value": TEXT}, "selector": at(0, 1)["selector"]}
    (found,) = standoffs(page(annotation(target)))
    assert found.text == TEXT


def test_linking_annotations_are_links() -> None:
    first = {**annotation(at(0, 1)), "id": "#a"}
    second = {**annotation(at(4, 8)), "id": "#b"}
    ends = [{"id": "#a"}, "#b"]
    link = {"id": "#l", "motivation": "linking", "body": {"value": "said by", "purpose": "tagging"}, "target": ends}
    (found,) = standoffs(json.dumps([first, second, link]).encode(), a_txt=TEXT)
    assert found.links == (Link("#l", "said by", (("target1", "#a"), ("target2", "#b"))),)
    assert [type(item) for item in found.items] == [Item, Item]


def test_each_text_makes_an_article_and_a_missing_one_is_told() -> None:
    data = page(annotation(at(0, 1, "a.txt")), {**annotation(at(0, 1, "b.txt")), "id": "urn:x:2"})
    (found,) = standoffs(data, a_txt=TEXT)
    assert found.notes == ("Left out 1 annotation of “b.txt”, a text that is not there.",)
    with pytest.raises(ImportFailed, match=r"^x\.json annotates “a\.txt”, which is not there; put its text beside"):
        standoffs(data)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (at(9, 3), "its place is no pair of offsets"),
        (at(-1, 3), "its place is no pair of offsets"),
        ({"source": "a.txt", "selector": {"type": "SvgSelector", "value": "<svg/>"}},
         "what it selects cannot be found in a plain text (SvgSelector)"),
        ({"source": "a.txt", "selector": {"type": "TextQuoteSelector"}}, "it quotes no words"),
    ],
)  # fmt: skip
def test_damaged_annotations_are_kept_apart(target: Any, reason: str) -> None:
    data = page({**annotation(at(0, 1)), "id": "urn:x:0"}, annotation(target))
    (found,) = standoffs(data, a_txt=TEXT)
    assert [(each.reason, each.place) for each in found.unread] == [(reason, "annotation 2")]
    assert len(found.items) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"{", r"^x\.json is not valid JSON \("),
        (b"[1, 2]", r"^x\.json holds no web annotations\.$"),
        (b'{"a": NaN}', r"^x\.json holds NaN, which is not JSON\.$"),
        (b"[" * 100_000, r"^x\.json is nested too deeply\.$"),
        (b'"\xff"', r"^x\.json is not valid UTF-8 \(byte 2\)\.$"),
        (b'{"a": 1, "a": 2}', r"^x\.json has the key “a” twice in one object\.$"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(ImportFailed, match=told):
        standoffs(data)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("one.jsonld", r"^x\.json lists pages of annotations that are not beside it: one\.jsonld\.$"),
        ("two.jsonld", None),
        ({"items": []}, r"^x\.json holds no web annotations\.$"),
    ],
)
def test_a_collection_whose_pages_are_missing_is_not_passed_over_without_a_word(first: Any, told: str | None) -> None:
    data = page(type="AnnotationCollection", first=first).replace(b', "items": []', b"", 1)
    if told is None:
        assert standoffs(data, two_jsonld="{}") == []
        return
    with pytest.raises(ImportFailed, match=told):
        standoffs(data)
