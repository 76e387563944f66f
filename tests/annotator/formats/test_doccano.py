"""doccano and Prodigy: our own come back whole through doccano; lines of both tools are read as these mean them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import as_written, exported, file_back, reading_with
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats import doccano, prodigy, registry
from annotator.formats.base import Reading
from annotator.formats.doccano import FORMAT
from annotator.formats.standoff.graph import Link, Standoff

TEXT = "A 😀 says: “It rains,” and he says it again."


def standoffs(*lines: Any) -> list[Standoff]:
    data = "\n".join(json.dumps(line) for line in lines).encode()
    return doccano.read(io.BytesIO(data), reading_with("x.jsonl", {}))


def words(found: Standoff) -> list[tuple[str, list[str]]]:
    return [(item.label, [found.text[s:e] for s, e in item.places]) for item in found.items]


@given(contents())
def test_own_documents_come_back(content: Content) -> None:
    back, _ = file_back(FORMAT, content)
    assert back == as_written(content)


def test_every_field_comes_back_and_the_loss_report_is_empty(tmp_path: Path) -> None:
    document, speaker = full_document()
    result = exported(FORMAT, Content([document], [speaker]), tmp_path / "out.jsonl")
    again = exported(FORMAT, Content([document], [speaker]), tmp_path / "again.jsonl")
    assert result.losses == ()
    assert result.path.read_bytes() == again.path.read_bytes()


def test_doccano_may_number_the_entities_anew() -> None:
    document, speaker = full_document()
    _, data = file_back(FORMAT, Content([document], [speaker]))
    line = json.loads(data)
    for each in line["entities"]:
        each["id"] += 1000
    for each in line["relations"]:
        each["from_id"], each["to_id"] = each["from_id"] + 1000, each["to_id"] + 1000
    assert standoffs(line) == standoffs(json.loads(data))


def test_places_are_written_in_utf_16_units() -> None:
    document, speaker = full_document()
    _, data = file_back(FORMAT, Content([document], [speaker]))
    line = json.loads(data)
    units = line["text"].encode("utf-16-le")
    found = {units[2 * e["start_offset"] : 2 * e["end_offset"]].decode("utf-16-le") for e in line["entities"]}
    assert "Twould be 😀 nice" in found


@pytest.mark.parametrize("key", ["label", "labels"])
def test_both_names_of_labels_are_read(key: str) -> None:
    (found,) = standoffs(
        {"id": 1, "text": "It rains", key: [[0, 2, "A"], [3, 8, "B"]], "title": "Rain", "Comments": ["?"]}
    )
    assert words(found) == [("A", ["It"]), ("B", ["rains"])]
    assert dict(found.fields) == {"title": "Rain"}
    assert found.notes == ("doccano has a comment: ?",)


@pytest.mark.parametrize(
    ("places", "note"), [([12, 20], 0), ([11, 19], 1)], ids=["UTF-16 units", "code points, which fit better"]
)
def test_the_unit_is_found_out_by_the_edges_of_words(places: list[int], note: int) -> None:
    (found,) = standoffs({"text": TEXT, "label": [[*places, "Claim"]]})
    assert words(found) == [("Claim", ["It rains"])]
    assert len(found.notes) == note


def test_relations_join_entities() -> None:
    entities = [{"id": n, "start_offset": n, "end_offset": n + 1, "label": "X"} for n in (0, 2)]
    relations = [{"id": 1, "from_id": 2, "to_id": 0, "type": "part"}, {"from_id": 9, "to_id": 0, "type": "t"}]
    (found,) = standoffs({"text": "a b", "entities": entities, "relations": relations})
    assert found.links == (Link("relation 1", "part", (("from", "2"), ("to", "0"))),)
    assert [each.reason for each in found.unread] == ["it does not join two entities"]


@pytest.mark.parametrize("span", [[5, 2, "A"], [0, 1], ["0", 1, "A"], {"start_offset": 0, "label": "A"}, 5])
def test_damaged_labels_are_kept_apart(span: Any) -> None:
    (found,) = standoffs({"text": "a b", "label": [[0, 1, "A"], span]})
    assert [each.place for each in found.unread] == ["entity 2"]
    assert len(found.items) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"text": "a", "label": ["pos"]}, "labels a text as a whole, not words in it; there is nothing here for that."),
        ({"text": "a", "labels": "b"}, "labels a text as a whole, not words in it; there is nothing here for that."),
        ({"label": []}, "is no line of doccano: it has no text."),
        ({"text": "a", "article": [1]}, "what is said of the article is damaged: “1” is no name with a value."),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(line: Any, told: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        standoffs({"text": "a", "label": []}, line)
    assert str(caught.value).startswith("x.jsonl, line 2")
    assert str(caught.value).endswith(told)


def read_prodigy(*lines: Any) -> list[Standoff]:
    data = "\n".join(json.dumps(line) for line in lines).encode()
    return prodigy.read(io.BytesIO(data), reading_with("p.jsonl", {}))


def test_prodigys_spans_and_relations_are_read() -> None:
    span = {"start": 11, "end": 19, "token_start": 4, "label": "QUOTE"}
    line = {
        "text": TEXT, "spans": [span, {"start": 3, "label": "X"}], "answer": "accept", "meta": {"title": "Rain"},
        "relations": [{"head_span": span, "child_span": {"start": 4, "end": 8, "label": "CUE"}, "label": "BY"}],
    }  # fmt: skip
    (found,) = read_prodigy(line)
    assert words(found) == [("QUOTE", ["It rains"]), ("CUE", ["says"])]
    assert found.links == (Link("relation 1", "BY", (("from", "span 1"), ("to", "span 2"))),)
    assert [each.reason for each in found.unread] == ["it is no start, end and label"]
    assert dict(found.fields) == {"title": "Rain"}


def test_what_both_tools_say_beside_a_text_is_told() -> None:
    (found,) = standoffs({"id": 3, "text": "He said", "label": [[0, 2, "Q"]], "source": "BBC", "cats": ["a"]})
    assert found.notes == ('Beside the text, the file says: source = BBC; cats = ["a"].',)
    task = {"text": "He said", "meta": {"url": "http://x.org", "part": 2}, "label": "NEWS", "_input_hash": 5}
    (found,) = read_prodigy(task)
    assert dict(found.fields) == {"url": "http://x.org"}
    assert found.notes == ("Beside the text, the file says: part = 2; label = NEWS.",)


def test_words_with_a_tag_each_are_read_as_labels() -> None:
    row = {"id": "0", "tokens": ["EU", "😀", "Ann", "Lee", "."], "ner_tags": ["B-ORG", "O", "B-PER", "I-PER", "O"]}
    data = json.dumps(row).encode()
    assert registry.for_import("a.jsonl", data) is doccano.FORMAT
    (found,) = standoffs(row)
    assert found.text == "EU 😀 Ann Lee ."
    assert words(found) == [("ORG", ["EU"]), ("PER", ["Ann Lee"])]
    assert found.notes == ("The text was put together from the words, a blank between each two.",)


def test_what_was_not_accepted_is_left_out_and_told() -> None:
    (found,) = read_prodigy({"text": "a", "spans": [{"start": 0, "end": 1, "label": "X"}], "answer": "reject"})
    assert (found.items, found.notes) == ((), ("Left out the spans, since they were rejected.",))


@pytest.mark.parametrize(
    "data",
    [
        [["Ann said no.", {"entities": [[0, 3, "PERSON"]]}]],
        {"classes": ["PERSON"], "annotations": [["Ann said no.", {"entities": [[0, 3, "PERSON"]]}], None]},
        {"text": "Ann said no.", "annotations": [{"label": "PERSON", "start_offset": 0, "end_offset": 3, "user": 1}]},
    ],
    ids=["spaCy", "annotator for spaCy", "the first doccano"],
)
def test_what_spacy_is_trained_with_and_the_first_doccano_are_read(data: object) -> None:
    raw = json.dumps(data).encode()
    assert registry.for_import("a.json", raw).name == "doccano"
    (standoff,) = doccano.read(io.BytesIO(raw), Reading("a.json", ""))
    assert [(item.label, item.places) for item in standoff.items] == [("PERSON", ((0, 3),))]


@pytest.mark.parametrize("attributes", [[["a", []]], [[0, 2, "Claim", "1"]], ["x"], [None], [[0, 2, [], "1", []]]])
@pytest.mark.parametrize("beside", [{"items": [[]]}, {"items": ["x"], "links": [3]}, {"items": [{"id": 1}]}])
def test_what_is_said_beside_a_text_may_be_damaged_anyhow(attributes: Any, beside: Any) -> None:
    line = {"text": "He left.", "label": [[0, 2, "Claim"]], "article": [], "attributes": attributes, "beside": beside}
    (found,) = standoffs(line)
    assert words(found) == [("Claim", ["He"])]
    assert all(each.reason == "it is damaged" for each in found.unread)
    assert len(found.unread) >= 1
