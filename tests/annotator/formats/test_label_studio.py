"""Label Studio: our own tasks come back whole; exports are read, each annotation for itself."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import as_written, exported, folder_back, reading_with
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats import registry
from annotator.formats.base import Reading
from annotator.formats.label_studio import FORMAT
from annotator.formats.label_studio.reading import read
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Link, Standoff
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.proposing import propose

SMALL = (
    "Label Studio’s JSON-MIN has no relations and does not tell of which stretch an answer is. "
    "Export as JSON to keep both."
)
TEXT = "A 😀 says: “It rains,” and he says it again."


def standoffs(data: Any) -> list[Standoff]:
    return read(io.BytesIO(json.dumps(data).encode()), reading_with("x.json", {}))


def region(start: Any, end: Any, label: str = "Quote", id_: str = "r1", **value: Any) -> dict[str, Any]:
    whole = {"start": start, "end": end, "labels": [label], **value}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": whole}


def task(*result: Any, text: str = TEXT, **more: Any) -> dict[str, Any]:
    annotation = {"id": 1, "completed_by": 3, "lead_time": 8.25, "result": list(result)}
    return {"id": 4, "annotations": [annotation], "data": {"text": text}, **more}


def one(*result: Any, **more: Any) -> Standoff:
    (found,) = standoffs([task(*result, **more)])
    return found


@given(contents())
def test_own_documents_come_back(content: Content) -> None:
    back, written = folder_back(FORMAT, content)
    assert back == as_written(content)
    assert sorted(written) == ["labeling_config.xml", "tasks.json"]


def test_every_field_comes_back_and_the_loss_report_is_empty(tmp_path: Path) -> None:
    document, speaker = full_document()
    result = exported(FORMAT, Content([document], [speaker]), tmp_path / "out")
    again = exported(FORMAT, Content([document], [speaker]), tmp_path / "again")
    assert result.losses == ()
    for name in ("labeling_config.xml", "tasks.json"):
        assert (result.path / name).read_bytes() == (again.path / name).read_bytes()


def test_the_configuration_offers_all_that_the_tasks_use() -> None:
    document, speaker = full_document()
    _, written = folder_back(FORMAT, Content([document], [speaker]))
    config = fromstring(written["labeling_config.xml"])
    (found,) = json.loads(written["tasks.json"])
    labels = {each.get("value") for each in config.iter("Label")}
    joins = {each.get("value") for each in config.iter("Relation")}
    controls = {each.get("name"): each for each in config.iter() if each.get("perRegion")}
    text = next(config.iter("Text"))
    for result in found["annotations"][0]["result"]:
        if result["type"] == "relation":
            assert set(result["labels"]) <= joins
        elif result["type"] == "labels":
            assert set(result["value"]["labels"]) <= labels
            assert result["to_name"] == text.get("name")
        else:
            control = controls[result["from_name"]]
            assert control.tag.casefold() == result["type"]
            if result["type"] == "choices":
                assert set(result["value"]["choices"]) <= {each.get("value") for each in control}


@pytest.mark.parametrize(("start", "end"), [(12, 20), (11, 19), ("11", "19")], ids=["UTF-16", "code points", "strings"])
def test_places_count_code_points_now_and_utf_16_before(start: Any, end: Any) -> None:
    found = one(region(start, end, "Claim", text="It rains"))
    (claim,) = decode(found, reading_with("x.json", {})).claims
    assert [(span.start, span.exact) for span in claim.spans] == [(11, "It rains")]


def test_relations_and_answers_about_regions() -> None:
    found = one(
        region(11, 19),
        region(4, 8, "Cue", "r2"),
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["by"]},
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right"},
        {"id": "r1", "from_name": "form", "type": "choices", "value": {"start": 11, "end": 19, "choices": ["direct"]}},
        {"id": "r1", "from_name": "why", "type": "textarea", "value": {"start": 11, "end": 19, "text": ["a", "b"]}},
        {"id": "z", "from_name": "topic", "type": "choices", "value": {"choices": ["sky"]}},
    )
    assert found.items[0].attributes == (("form", "direct"), ("why", "a"), ("why", "b"))
    assert found.links == (
        Link("relation 1", "by", (("from", "r2"), ("to", "r1"))),
        Link("relation 2", "relation", (("from", "r1"), ("to", "r2"))),
    )
    assert "Of the whole text, Label Studio says: topic = sky." in found.notes


def test_a_label_by_itself_counts() -> None:
    found = one(
        {"id": "a", "type": "labels", "value": {"start": 0, "end": 1, "labels": "Quote"}},
        region(4, 8, "Cue", "b"),
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "bi", "labels": "said by"},
    )
    assert ([item.label for item in found.items], [link.label for link in found.links]) == (
        ["Quote", "Cue"],
        ["said by"],
    )


def test_each_annotation_of_a_task_is_an_article() -> None:
    data = task(region(0, 1), predictions=[{"result": []}, {"result": []}])
    second = {"completed_by": {"email": "b@x.org"}, "result": [region(4, 8)]}
    data["annotations"] += [second, {"was_cancelled": True, "result": []}]
    first, other = standoffs([data])
    assert [each.name for each in (first, other)] == [f"x.json, task 4, annotation {n} of 2" for n in (1, 2)]
    assert (first.items[0].places, other.items[0].places) == (((0, 1),), ((4, 8),))
    assert other.notes == (
        "Left out 1 annotation that somebody skipped.",
        "Left out 2 predictions.",
        "Annotated in Label Studio by b@x.org.",
    )


def test_a_task_without_annotations_is_an_article_all_the_same() -> None:
    (found,) = standoffs([{"id": 1, "data": {"text": TEXT, "title": "Rain", "date": "2018"}, "annotations": []}])
    assert (found.text, dict(found.fields)) == (TEXT, {"title": "Rain", "published": "2018"})


def test_the_small_export_is_read() -> None:
    row = {
        "id": 7, "text": TEXT, "url": "http://x.org/1", "annotator": 2, "annotation_id": 9, "lead_time": 1.5,
        "topic": {"choices": ["x"]},
        "label": [{"start": 11, "end": 19, "text": "It rains", "labels": ["Quote", "Sky"]}],
    }  # fmt: skip
    (found,) = standoffs([row])
    assert found.text == TEXT
    assert [(i.label, i.places, i.attributes) for i in found.items] == [("Quote", ((11, 19),), (("label", "Sky"),))]
    assert dict(found.fields) == {"url": "http://x.org/1"}
    assert found.notes[-1] == "Of the whole text, Label Studio says: topic = x."


def test_data_that_say_more_than_an_answer_stay_data_in_the_small_export() -> None:
    (found,) = standoffs([{"text": TEXT, "meta": {"rating": 5, "source": "AP"}, "annotator": 2}])
    assert found.notes[-1] == 'Beside the text, the file says: meta = {"rating": 5, "source": "AP"}.'


def test_the_small_export_loses_no_answer() -> None:
    row = {
        "text": TEXT, "batch": "b 3", "id": 7,
        "label": [{"start": 11, "end": 19, "text": "It rains", "labels": ["Quote"]},
                  {"start": 4, "end": 8, "text": "says", "labels": ["Cue"]}],
        "stance": [{"start": 11, "end": 19, "text": "It rains", "choices": ["asserts", "hedged"]}],
        "why": [{"start": 4, "end": 8, "text": ["it says so"]}],
        "topic": "weather", "places": {"choices": ["sky", "ground"]}, "stars": [{"rating": 4}],
        "kind": [{"taxonomy": [["a", "b"]]}], "who": [{"start": "0", "end": "1", "paragraphlabels": ["Ann"]}],
        "annotator": 2, "annotation_id": 9, "created_at": "2024-01-01T00:00:00Z", "lead_time": 1.5,
    }  # fmt: skip
    data = json.dumps([row])
    assert FORMAT.sniff is not None
    assert FORMAT.sniff(data.encode())
    (found,) = standoffs([row])
    assert [(item.label, item.attributes) for item in found.items] == [
        ("Quote", (("stance", "asserts"), ("stance", "hedged"))),
        ("Cue", (("why", "it says so"),)),
    ]
    assert found.notes == (
        SMALL,
        "Annotated in Label Studio by 2.",
        *(
            f"Of the whole text, Label Studio says: {told}."
            for told in ("places = sky", "places = ground", "stars = 4")
        ),
        "Of the whole text, Label Studio says: kind = a / b.",
        "Beside the text, the file says: batch = b 3; topic = weather.",
    )
    assert [each.reason for each in found.unread] == ["“paragraphlabels” is no label on a text"]


def test_data_beside_the_text_are_told() -> None:
    data = {"text": TEXT, "url": "http://x.org", "link": "http://y.org", "batch": 3, "empty": "", "none": None}
    (found,) = standoffs([{"id": 1, "data": data, "annotations": []}])
    assert dict(found.fields) == {"url": "http://x.org"}
    assert found.notes == ("Beside the text, the file says: link = http://y.org; batch = 3.",)


def test_no_answer_stands_in_place_of_the_text_in_rows() -> None:
    """In JSON-MIN and CSV Label Studio puts data, answers by their tag, and its own columns into one row."""
    document, speaker = full_document()
    _, written = folder_back(FORMAT, Content([document], [speaker]))
    (found,) = json.loads(written["tasks.json"])
    tags = {each.get("name") for each in fromstring(written["labeling_config.xml"]).iter() if each.get("name")}
    assert not tags & {*found["data"], "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}


def test_of_a_region_only_the_kinds_of_its_label_are_asked() -> None:
    document, speaker = full_document()
    _, written = folder_back(FORMAT, Content([document], [speaker]))
    config = fromstring(written["labeling_config.xml"])
    asked = {each.get("whenLabelValue"): [value.get("value") for value in each] for each in config.iter("Choices")
             if str(each.get("name")).endswith("kind")}  # fmt: skip
    assert asked == {
        "Mention": ["name", "nominal", "pronoun"],
        "Segment": ["headline", "dateline", "byline", "body", "related_link", "url", "caption", "note"],
    }


_WHEN = ("whenTagName", "whenLabelValue")


def test_what_is_asked_of_a_region_is_seen_only_while_it_is_selected() -> None:
    document, speaker = full_document()
    _, written = folder_back(FORMAT, Content([document], [speaker]))
    config = fromstring(written["labeling_config.xml"])
    asked = config.findall("View[@visibleWhen='region-selected']")
    assert len(asked) == len([each for each in config.iter() if each.get("perRegion")]) > 10
    names = [header.get("value") for header, _ in asked]
    for view in asked:
        assert [view.get(key) for key in _WHEN] == [view[1].get(key) for key in _WHEN]
    assert names.index("form") < names.index("note") < names.index("uuid")


def test_regions_of_a_dialogue_count_from_the_start_of_their_entry() -> None:
    said = [{"author": "Mia:", "text": "Dont you hate that?"}, {"author": "Vincent", "text": "What?"}, {"text": "Oh."}]

    def one(number: int, start: int, words: str) -> dict[str, object]:
        value = {"start": str(number), "end": str(number), "startOffset": start, "endOffset": start + len(words)}
        value |= {"text": words, "paragraphlabels": ["Quote"]}
        return {"id": f"r{number}", "from_name": "label", "to_name": "text", "type": "paragraphlabels", "value": value}

    data = {"dialogue": said, "url": "http://x.org"}
    result = [one(0, 9, "hate"), one(1, 0, "What?"), one(9, 0, "Oh.")]  # the last by its words alone
    (found,) = standoffs([{"id": 1, "data": data, "annotations": [{"result": result}]}])
    assert found.text == "Mia:\nDont you hate that?\n\nVincent\nWhat?\n\nOh."
    draft = decode(to_ours(found, propose([found])).standoff, reading_with("x.json", {}))
    assert [[span.exact for span in claim.spans] for claim in draft.claims] == [["hate"], ["What?"], ["Oh."]]
    assert [mention.spans[0].exact for mention in draft.mentions] == ["Mia", "Vincent"]


def test_tasks_in_lines_and_tasks_with_predictions_alone_are_known() -> None:
    result = [{"id": "a", "type": "labels", "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["Source"]}}]
    task = {"id": 1, "data": {"text": "Ann spoke."}, "annotations": [{"result": result}]}
    lines = "\n".join(json.dumps({**task, "id": number}) for number in (1, 2)).encode()
    assert registry.for_import("a.jsonl", lines) is FORMAT
    found = FORMAT.read_standoff(io.BytesIO(lines), reading_with("a.jsonl", {}))  # type: ignore[misc]
    assert [len(each.items) for each in found] == [1, 1]
    alone = json.dumps([{"data": {"text": "Ann spoke."}, "predictions": [{"result": result}]}]).encode()
    assert registry.for_import("a.json", alone) is FORMAT
    (found_alone,) = FORMAT.read_standoff(io.BytesIO(alone), reading_with("a.json", {}))  # type: ignore[misc]
    assert found_alone.notes == ("Left out 1 prediction.",)


def test_regions_of_hypertext_are_over_the_text_of_the_page() -> None:
    page = "<div><style>p{}</style><p>A &amp; B</p>\n<p>It <b>rains</b></p></div>"
    value = {
        "start": "/div[1]/p[2]/text()[1]", "end": "/div[1]/p[2]/b[1]/text()[1]", "startOffset": 0, "endOffset": 5,
        "text": "It rains", "hypertextlabels": ["Claim"],
    }  # fmt: skip
    first = {"id": "a", "type": "hypertextlabels", "value": {**value, "globalOffsets": {"start": 6, "end": 14}}}
    second = {"id": "b", "type": "hypertextlabels", "value": value}
    (found,) = standoffs([{"data": {"html": page}, "annotations": [{"result": [first, second]}]}])
    assert found.text == "A & B\nIt rains"
    draft = decode(found, reading_with("x.json", {}))
    assert [[span.exact for span in claim.spans] for claim in draft.claims] == [["It rains"], ["It rains"]]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (region(8, 4), "its place is no pair of offsets"),
        (region(None, 4), "its place is no pair of offsets"),
        ({"type": "labels", "id": "a"}, "it has no value"),
        (region(0, 1), "the id “r1” is taken"),
        ({"type": "relation", "to_id": "r1"}, "it does not say what it joins"),
        ({"id": "q", "type": "rectanglelabels", "value": {"x": 1}}, "“rectanglelabels” is no label on a text"),
        ({"type": "brushlabels", "value": {"brushlabels": ["Car"]}}, "“brushlabels” is no label on a text"),
        (7, "it is no object"),
    ],
)
def test_damaged_results_are_kept_apart(result: Any, reason: str) -> None:
    found = one(region(0, 1), result)
    assert [each.reason for each in found.unread] == [reason]
    assert len(found.items) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "x.json is no export of Label Studio."),
        ([1], "x.json is no export of Label Studio."),
        ([{"id": 3, "annotations": []}], "x.json, task 3: this is no task of Label Studio, for it has no data."),
        ([{"data": {"image": 5}}], "x.json, task 1 has no text among its data."),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(data: Any, told: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        standoffs(data)
    assert str(caught.value) == told


def test_a_picture_is_no_text() -> None:
    data = json.dumps([{"id": 1, "data": {"image": "/upload/a.jpg"}, "annotations": [{"result": []}]}]).encode()
    with pytest.raises(ImportFailed, match="task 1 has no text among its data"):
        read(io.BytesIO(data), Reading("a.json", ""))
