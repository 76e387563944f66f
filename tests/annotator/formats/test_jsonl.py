"""JSON Lines: the exact shape, the same bytes for the same content, and back again without a difference."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from article_samples import AWKWARD, TIME, Content, contents, full_document, source
from hypothesis import given

from annotator.errors import ExportFailed
from annotator.formats import jsonl
from annotator.formats.base import Draft, Reading, Writing
from annotator.model import Article, Claim, Document, Hop, Mention, Record, Segment, Speaker
from annotator.text.anchors import anchor
from annotator.text.corrected import PieceMap, replacements

READING = Reading("gold.jsonl", "Cy", "7")


def written(content: Content, view: str = "source") -> tuple[bytes, Writing]:
    stream, writing = io.BytesIO(), Writing(view)
    jsonl.write(content, stream, writing)
    return stream.getvalue(), writing


def read(data: bytes) -> list[Draft]:
    return list(jsonl.read(io.BytesIO(data), READING))


def content_of(drafts: list[Draft]) -> Content:
    people = {speaker.id: speaker for draft in drafts for speaker in draft.speakers}
    return Content([draft.document for draft in drafts], list(people.values()))


def test_the_line_is_exactly_what_schema_version_2_says() -> None:
    document, speaker = full_document()
    data, _ = written(Content([document], [speaker]))
    text = document.source.text

    def span(start: int, end: int, corrected: tuple[int, int] | None = None) -> dict[str, object]:
        low, high = corrected or (start, end)
        return {"start": start, "end": end, "exact": text[start:end], "corrected_start": low, "corrected_end": high}

    times = {"created": TIME, "updated": TIME}

    def made(note: str = "", origin: str = "manual", guideline: str = "1", certainty: str | None = None) -> object:
        return {
            "certainty": certainty, "note": note, "annotator": "Bo", "guideline": guideline, "origin": origin,
            "status": "accepted", **times,
        }  # fmt: skip

    hop = {
        "speaker_id": "s1", "mention_spans": [span(7, 9)], "cue_spans": [span(10, 14)], "referring": "anaphoric",
        "medium": "interview", "addressee_id": None, "date": None,
    }  # fmt: skip
    bare = {
        "speaker_id": None, "mention_spans": [], "cue_spans": [], "referring": None, "medium": None,
        "addressee_id": None, "date": None,
    }  # fmt: skip
    parent = {
        "id": "c1", "spans": [span(16, 22, (16, 24)), span(23, 25, (24, 26))], "text": None, "form": None,
        "type": None, "check_worthy": None, "stance": None, "unsure": False, "parent_id": None, "chain": [],
        "tags": [], **made(),
    }  # fmt: skip
    claim = {
        "id": "c2", "spans": [span(17, 33, (17, 34))], "text": "It would be nice.", "form": "direct",
        "type": "position", "check_worthy": "partly", "stance": "asserts", "unsure": True, "parent_id": "c1",
        "chain": [hop, bare], "tags": ["t", "u"], **made("n", "suggested-edited", "2", "low"),
    }  # fmt: skip
    fix = {
        "id": "k1", "kind": "transcription", "spans": [span(17, 23, (17, 24))], "replacement": "I would",
        "cause": "ocr", "claim_id": None, "verdict": None, "evidence": [], **made(),
    }  # fmt: skip
    evidence = [{"url": "https://example.org", "date": "2018", "note": "says so", "kind": "evidence"}]
    factual = {
        "id": "k2", "kind": "factual", "spans": [], "replacement": None, "cause": None, "claim_id": "c2",
        "verdict": "refuted", "evidence": evidence, **made("n", certainty="high"),
    }  # fmt: skip
    expected = {
        "schema_version": 2, "id": "a1", "title": "Title", "byline": "Jo", "outlet": "Times",
        "published": "2018-04-20", "url": "https://example.org/a", "language": "en", "state": "done", **times,
        "import_notes": ["Guessed."], "file_name": None, "encoding": None, "bytes_sha256": None, "view": "source",
        "text": text, "text_sha256": document.source.text_sha256,
        "corrected_text": text.replace("Twould", "I would"), "offset_unit": "codepoint",
        "segments": [{"kind": "headline", **span(0, 5)}, {"kind": "body", **span(7, len(text), (7, len(text) + 1))}],
        "speakers": [
            {
                "id": "s1", "name": "Ann", "kind": "media", "aliases": ["A.", "Anna"],
                "roles": [{"title": "Chief", "since": "2017", "until": None}], "affiliation": "The Times",
                "wikidata": "Q1", "note": "a note", **times,
            }
        ],
        "mentions": [{"id": "m1", "spans": [span(7, 9)], "speaker_id": "s1", "kind": "pronoun", **made("x")}],
        "claims": [parent, claim],
        "corrections": [fix, factual],
        "quarantined": [],
    }  # fmt: skip
    # compared as text: the order of the keys and every byte count
    assert data == (json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def test_an_empty_article_has_every_key_too() -> None:
    data, _ = written(Content([Document(Article("a", "T"), source("a", "x"))]))
    line = json.loads(data)
    assert " ".join(line) == (
        "schema_version id title byline outlet published url language state created updated import_notes file_name "
        "encoding bytes_sha256 view text text_sha256 corrected_text offset_unit "
        "segments speakers mentions claims corrections quarantined"
    )  # fmt: skip
    lists = ("segments", "speakers", "mentions", "claims", "corrections", "quarantined")
    assert [line[key] for key in lists] == [[]] * 6
    assert (line["byline"], line["corrected_text"]) == (None, "x")


def by_id(records: Iterable[Record]) -> dict[str, Record]:
    return {record.id: record for record in records}


@given(contents())
def test_any_content_comes_back_whole_and_writes_the_same_bytes(content: Content) -> None:
    data, writing = written(content)
    drafts = read(data)
    again, _ = written(content_of(drafts))
    assert again == data
    assert writing.articles == len(drafts) == len(data.split(b"\n")) - 1
    people = by_id(content.people)
    for draft, document in zip(drafts, content.items, strict=True):
        assert (draft.source, draft.article) == (document.source, document.article)
        for kind in ("claims", "mentions", "corrections"):
            assert by_id(getattr(draft, kind)) == by_id(getattr(document, kind))
        assert all(people[speaker.id] == speaker for speaker in draft.speakers)


@given(contents())
def test_places_over_the_corrected_text_are_those_of_the_projection(content: Content) -> None:
    for line, document in zip(written(content)[0].split(b"\n"), content.items, strict=False):
        data, mapped = json.loads(line), PieceMap(document.source.text, replacements(document.corrections))
        assert data["corrected_text"] == mapped.text
        claims = by_id(document.claims)
        for claim in data["claims"]:
            for span, place in zip(claim["spans"], claims[claim["id"]].spans, strict=True):
                there = (span["corrected_start"], span["corrected_end"])
                assert there == (mapped.to_corrected(place.start, place.end) or (None, None))
        for correction in (each for each in document.corrections if each.applied):
            (written_as,) = (each for each in data["corrections"] if each["id"] == correction.id)
            for span in written_as["spans"]:
                quoted = mapped.text[span["corrected_start"] : span["corrected_end"]]
                assert quoted == (correction.replacement or "")


@given(contents())
def test_the_bytes_do_not_depend_on_the_order_in_which_records_come(content: Content) -> None:
    turned = [
        replace(d, mentions=d.mentions[::-1], claims=d.claims[::-1], corrections=d.corrections[::-1])
        for d in content.items
    ]
    assert written(Content(turned, content.people[::-1]))[0] == written(content)[0]


def test_awkward_characters_are_written_as_they_are_and_read_back() -> None:
    text = f"x{AWKWARD}y" * 2
    mention = Mention(id="m", article_id="a", annotator="B", spans=(anchor(text, 3, 12), anchor(text, 13, len(text))))
    data, _ = written(Content([Document(Article("a", AWKWARD), source("a", text), (mention,))]))
    assert data.count(b"\n") == 1
    assert "👨‍👩‍👧𠀀عربي\u2028" in data.decode()
    (draft,) = read(data)
    assert (draft.article.title, draft.source.text, draft.mentions[0].spans) == (AWKWARD, text, mention.spans)


def test_only_speakers_that_the_article_names_are_in_its_line_by_name() -> None:
    people = [Speaker("3", "Zoe"), Speaker("2", "Ann"), Speaker("1", "Ann"), Speaker("0", "Nobody"), Speaker("4", "Bo")]
    common = {"article_id": "a", "annotator": "B", "spans": (anchor("text", 0, 4),)}
    claim = Claim(id="c", chain=(Hop("3"), Hop("2")), **common)
    mentions = (Mention(id="m", speaker_id="1", **common), Mention(id="n", **common))
    first = Document(Article("a", "T"), source("a", "text"), mentions, (claim,))
    second = Document(
        Article("b", "U"), source("b", "text"), (replace(mentions[0], id="o", article_id="b", speaker_id="4"),)
    )
    data, writing = written(Content([first, second], people))
    lines = [json.loads(line) for line in data.splitlines()]
    assert [[speaker["id"] for speaker in line["speakers"]] for line in lines] == [["1", "2", "3"], ["4"]]
    assert writing.speakers == 4


OLD = Path(__file__).with_name("version_1.jsonl")
"""A line that the program wrote when the schema had version 1."""


def test_a_line_of_version_1_is_read_and_says_who_imported_what_it_does_not_tell() -> None:
    (draft,) = read(OLD.read_bytes())
    assert (draft.mentions[0].annotator, draft.mentions[0].origin, draft.mentions[0].guideline) == (
        "Cy",
        "imported",
        "7",
    )
    assert (draft.corrections[0].annotator, draft.corrections[0].origin) == ("Bo", "imported")
    assert (draft.claims[1].annotator, draft.claims[1].origin) == ("Bo", "suggested-edited")
    assert draft.claims[1].created == TIME
    assert draft.place == "gold.jsonl, line 1"
    document, speaker = full_document()
    assert [claim.chain for claim in draft.claims] == [claim.chain for claim in document.claims]
    assert [(c.spans, c.replacement, c.evidence) for c in draft.corrections] == [
        (c.spans, c.replacement, c.evidence) for c in document.corrections
    ]
    assert draft.speakers[0].roles == speaker.roles
    assert "note" in draft.untold["mention"]


def broken(**changes: object) -> Document:
    document, _ = full_document()
    return replace(document, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda d: replace(d, source=replace(d.source, text=d.source.text + "!")), "text_sha256"),
        (
            lambda d: replace(d, source=source("a1", "X" + d.source.text[1:]), claims=()),
            "",  # segments quote the text itself: still right
        ),
        (lambda d: replace(d, source=source("a1", "He" + d.source.text[1:])), "mentions[0].spans[0] (7–9) quotes “He”"),
        (lambda d: replace(d, source=source("a1", "short")), "is outside the"),
        (lambda d: replace(d, article=replace(d.article, segments=(Segment("body", 3, 3),))), "segments[0]"),
        (lambda d: replace(d, article=replace(d.article, published="yesterday")), "published must match pattern"),
        (lambda d: replace(d, article=replace(d.article, state="odd")), "state must be one of"),
        (lambda d: replace(d, claims=(replace(d.claims[1], form="Odd one"),)), "claims[0].form must match pattern"),
        (lambda d: replace(d, claims=d.claims[1:]), "claims[0].parent_id refers to 'c1'"),
        (lambda d: replace(d, claims=(replace(d.claims[0], parent_id="c2"), d.claims[1])), "sits inside itself"),
        (lambda d: replace(d, mentions=(replace(d.mentions[0], speaker_id="s9"),)), "mentions[0].speaker_id"),
        (lambda d: replace(d, mentions=d.mentions * 2), "has already"),
        (lambda d: replace(d, claims=d.claims[:1]), "corrections[1].claim_id refers to 'c2'"),
        (lambda d: replace(d, article=replace(d.article, title="a\0b")), "“title” has a NUL"),
        (lambda d: replace(d, article=replace(d.article, byline="\ud800")), "“byline” has a NUL or half"),
        (
            lambda d: replace(d, corrections=(d.corrections[0], replace(d.corrections[0], id="k9"))),
            "Two corrections overlap",
        ),
    ],
)  # fmt: skip
def test_a_line_that_would_be_wrong_is_refused_with_the_place(make, place: str) -> None:
    document, speaker = full_document()
    wrong = make(document)
    if not place:
        written(Content([replace(wrong, corrections=())], [speaker]))
        return
    with pytest.raises(ExportFailed) as error:
        written(Content([wrong], [speaker]))
    assert str(error.value).startswith("The article “")
    assert place in str(error.value)
    assert str(error.value).endswith(".")
