"""Every way a JSON Lines file can be wrong: one sentence with the line, and nothing read."""

from __future__ import annotations

import copy
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from article_samples import Content, full_document
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ImportFailed
from annotator.formats import jsonl
from annotator.formats.base import Reading, Writing

Line = dict[str, Any]


def good_line() -> Line:
    document, speaker = full_document()
    stream = io.BytesIO()
    jsonl.write(Content([document], [speaker]), stream, Writing())
    line: Line = json.loads(stream.getvalue())
    return line


GOOD = good_line()


def dumped(*lines: Line) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for line in lines)


def refusal(data: bytes) -> str:
    with pytest.raises(ImportFailed) as error:
        list(jsonl.read(io.BytesIO(data), Reading("gold.jsonl", "Cy")))
    sentence = str(error.value)
    assert sentence.startswith("gold.jsonl")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def changed(change: Callable[[Line], object]) -> Line:
    line = copy.deepcopy(GOOD)
    change(line)
    return line


def other(number: int) -> Line:
    """Another article, right beside the good one, that shares nothing but the speaker."""
    text = json.dumps(GOOD)
    for name in ("a1", "m1", "c1", "c2", "k1", "k2"):
        text = text.replace(f'"{name}"', f'"{name}-{number}"')
    line: Line = json.loads(text)
    return line


def test_the_good_line_is_read_and_blank_lines_a_mark_and_crlf_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + dumped(GOOD).replace(b"\n", b"\r\n") + b"\n  \n" + dumped(other(2)).rstrip(b"\n")
    drafts = list(jsonl.read(io.BytesIO(data), Reading("gold.jsonl", "Cy")))
    assert [draft.article.id for draft in drafts] == ["a1", "a1-2"]
    assert drafts[1].place == "gold.jsonl, line 4"


def retext(line: Line, text: str) -> None:
    line["text"] = text
    line["text_sha256"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("byline"), "the line lacks the key “byline”"),
        (lambda d: d.update(extra=1), "the line has the key “extra”, which the schema does not know"),
        (lambda d: d["claims"][1]["chain"][0].pop("medium"), "claims[1].chain[0] lacks the key “medium”"),
        (lambda d: d.update(schema_version=3), "its schema version is 3; this program knows versions up to 2"),
        (lambda d: d.update(schema_version=True), "schema_version must be integer"),
        (lambda d: d.update(schema_version="1"), "its schema version is '1'"),
        (lambda d: d.update(offset_unit="utf16"), "offset_unit must be"),
        (lambda d: d.update(title=None), "title must be string"),
        (lambda d: d.update(id=""), "id must be longer"),
        (lambda d: d.update(state="odd"), "state must be one of"),
        (lambda d: d.update(published="20 April"), "published must match"),
        (lambda d: d.update(published="2018-02-31"), ": published: “2018-02-31” is not a date; write it as"),
        (lambda d: d["segments"][0].update(kind="odd"), ": segments[0].kind: “odd” is not one of: headline, "),
        (lambda d: d["mentions"][0].update(kind="odd"), ": mentions[0].kind: “odd” is not one of: name, "),
        (lambda d: d["claims"][1].update(form="odd"), ": claims[1].form: “odd” is not one of: direct, "),
        (lambda d: d["claims"][1].update(form=""), ": claims[1].form must match pattern"),
        (lambda d: d["claims"][1].update(status=None), ": claims[1].status must be string"),
        (lambda d: d["claims"][1]["chain"][0].update(referring="odd"), ": claims[1].chain[0].referring: “odd” is not"),
        (lambda d: d["corrections"][0].update(cause="odd"), ": corrections[0].cause: “odd” is not one of: ocr, "),
        (lambda d: d["corrections"][1]["evidence"][0].update(date="?"), ": corrections[1].evidence[0].date: “?” is"),
        (lambda d: d["corrections"][0].update(kind="odd"), ": corrections[0].kind must be one of"),
        (lambda d: d.update(text=d["text"] + "x"), "text_sha256 is not the hash"),
        (lambda d: d.update(text_sha256="0" * 64), "text_sha256 is not the hash"),
        (lambda d: d["claims"][0]["spans"][0].update(exact="no"), "claims[0].spans[0] (16–22) quotes “no” where"),
        (lambda d: d["claims"][1]["chain"][0]["cue_spans"][0].update(start=11), "claims[1].chain[0].cue_spans[0]"),
        (lambda d: d["mentions"][0]["spans"][0].update(end=9_999), "mentions[0].spans[0] (7–9999) is outside"),
        (lambda d: d["mentions"][0]["spans"][0].update(start=9, end=7, exact=""), "is outside"),
        (lambda d: d["mentions"][0]["spans"][0].update(start=-1), "start must be bigger than or equal to 0"),
        (lambda d: d["mentions"][0]["spans"][0].update(start=True), "start must be integer"),
        (lambda d: d["mentions"][0].update(speaker_id="s2"), "mentions[0].speaker_id refers to 's2'"),
        (lambda d: d["claims"][1]["chain"][1].update(speaker_id="s2"), "claims[1].chain[1].speaker_id refers to 's2'"),
        (lambda d: d["claims"][1].update(parent_id="c9"), "claims[1].parent_id refers to 'c9'"),
        (lambda d: d["corrections"][1].update(claim_id="c9"), "corrections[1].claim_id refers to 'c9'"),
        (lambda d: d["claims"][0].update(parent_id="c2"), "sits inside itself"),
        (lambda d: d["claims"][0].update(parent_id="c1"), "sits inside itself"),
        (lambda d: d["claims"].append(d["claims"][0]), "claims[2] has the id 'c1', which claims[0] has already"),
        (lambda line: line["mentions"][0].update(id="c1"), "claims[0] has the id 'c1', which mentions[0] has already"),
        (
            lambda d: d["speakers"].append(d["speakers"][0]),
            "speakers[1] has the id 's1', which speakers[0] has already",
        ),
        (lambda d: d["segments"].append(d["segments"][0]), "segments[2] 0–5 is out of order"),
        (lambda d: d["claims"][0].update(tags=[1]), "claims[0].tags[0] must be string"),
        (lambda d: retext(d, "\r\n" + d["text"]), "segments[0]"),
        (lambda d: d["corrections"].append({**d["corrections"][0], "id": "k3"}), "Two corrections overlap"),
    ],
)
def test_a_wrong_line_is_named(change: Callable[[Line], object], said: str) -> None:
    sentence = refusal(dumped(other(2), changed(change)))
    assert sentence.startswith("gold.jsonl, line 2")
    assert said in sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no article"),
        (b"\n \n", "holds no article"),
        (b"{", "line 1 is not valid JSON"),
        (b"not json\n", "line 1 is not valid JSON"),
        (b"[]\n", "line 1: the line must be object"),
        (b"null\n", "line 1: the line must be object"),
        (b'{"a":1,"a":2}\n', "line 1 has the key “a” twice"),
        (b'{"a":NaN}\n', "line 1 holds NaN"),
        (b'{"a":-Infinity}\n', "line 1 holds -Infinity"),
        (b'{"a":1.0}\n', "line 1 holds the number 1.0"),
        (b'{"a":1e999}\n', "line 1 holds the number 1e999"),
        (b'{"a":' + b"9" * 5000 + b"}\n", "which is too large"),
        (b"\xff\xfe{\n", "line 1 is not valid UTF-8"),
        (b'{"a":"\xed\xa0\x80"}\n', "line 1 is not valid UTF-8"),
        (b'{"a":"\\ud800"}\n', "line 1 has a NUL or half a surrogate pair in “a”"),
        (b'{"a":["\\u0000"]}\n', "line 1 has a NUL or half a surrogate pair in “a”"),
        (b'{"\\ud800":1}\n', "in a key"),
        (b"[" * 100_000 + b"\n", "line 1 is nested too deeply"),
        (b"{}{}\n", "line 1 is not valid JSON"),
    ],
)
def test_what_is_no_line_is_named(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_text_that_would_be_normalised_is_refused_since_offsets_would_move() -> None:
    def carriage_return(line: Line) -> None:
        retext(line, line["text"] + "\r\n")

    assert "carriage return" in refusal(dumped(changed(carriage_return)))


def test_a_wrong_value_of_a_speaker_is_named_with_what_is_allowed() -> None:
    assert refusal(dumped(changed(lambda d: d["speakers"][0].update(kind="odd")))) == (
        "gold.jsonl, line 1: speakers[0].kind: “odd” is not one of: "
        "person, organization, group, media, artifact, unnamed."
    )
    wrong = changed(lambda d: d["speakers"][0]["roles"][0].update(since="soon"))
    assert "line 1: speakers[0].roles[0].since: “soon” is not a date" in refusal(dumped(wrong))


def test_escaped_surrogate_pairs_are_characters() -> None:
    data = json.dumps(GOOD, ensure_ascii=True).encode()
    assert b"\\ud83d\\ude00" in data
    (draft,) = jsonl.read(io.BytesIO(data), Reading("gold.jsonl", "Cy"))
    assert draft.source.text == GOOD["text"]


def test_ids_are_used_once_in_a_file() -> None:
    assert refusal(dumped(GOOD, GOOD)) == "gold.jsonl, line 2: the article id 'a1' is already used in line 1."
    second = other(2)
    second["mentions"][0]["id"] = "m1"
    assert "line 2: the mention id 'm1' is already used in line 1" in refusal(dumped(GOOD, second))


def test_a_speaker_is_the_same_in_every_line() -> None:
    second = other(2)
    second["speakers"][0]["name"] = "Another"
    assert "the speaker 's1' in line 2 is not the same as in line 1" in refusal(dumped(GOOD, second))


@given(st.binary(max_size=60), st.integers(0, 2_000))
def test_damage_anywhere_is_refused_in_one_sentence_or_reads_as_a_whole(noise: bytes, at: int) -> None:
    data = dumped(GOOD)
    damaged = data[:at] + noise + data[at + len(noise) :]
    try:
        list(jsonl.read(io.BytesIO(damaged), Reading("gold.jsonl", "Cy")))
    except ImportFailed as error:
        assert str(error).startswith("gold.jsonl")  # noqa: PT017
