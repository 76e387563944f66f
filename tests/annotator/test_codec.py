"""Records as text: made in one pass, the same as by way of JSON data."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.codec import canonical_json, decode, encode, text_of
from annotator.errors import InvalidEdit
from annotator.model import (
    Article,
    Claim,
    Correction,
    Evidence,
    Hop,
    Role,
    Scheme,
    Segment,
    Span,
    Speaker,
    Term,
    kind_of,
)
from annotator.packed import at_position, columns_of, pack, pack_checked, unpack

words = st.text(max_size=6)
maybe = st.none() | words
spans = st.lists(st.builds(Span, st.integers(), st.integers(), words, words, words), max_size=3).map(tuple)
common = {"id": words, "article_id": words, "annotator": words, "spans": spans, "note": words}
hops = st.lists(st.builds(Hop, maybe, spans, spans, maybe), max_size=2).map(tuple)
records = st.one_of(
    st.builds(Claim, **common, unsure=st.booleans(), chain=hops, tags=st.lists(words, max_size=2).map(tuple)),
    st.builds(Correction, **common, evidence=st.lists(st.builds(Evidence, maybe), max_size=2).map(tuple)),
    st.builds(Speaker, words, words, roles=st.lists(st.builds(Role, words, maybe), max_size=2).map(tuple)),
    st.builds(Scheme, terms=st.lists(st.builds(Term, words, words, words, words, st.booleans())).map(tuple)),
)


@given(records)
def test_the_text_of_a_record_is_its_canonical_json(record) -> None:
    text = text_of(record)
    assert text == canonical_json(encode(record))
    assert decode(kind_of(record), json.loads(text)) == record
    (packed,) = pack([record])
    assert (packed.texts, unpack(packed)) == ([text], [record])
    told = dict(zip(columns_of(packed.kind), packed.rows[0], strict=True))
    assert {
        name: json.loads(value) if type(getattr(record, name)) is tuple else value for name, value in told.items()
    } == {name: value for name, value in encode(record).items() if name != "chain"}


def test_lists_and_what_is_no_record_are_written_the_same() -> None:
    for value in ((), ("a", "\n"), (Segment("body", 0, 3),), ["x", {"b": 1, "a": None}], 1.5, True):
        assert text_of(value) == canonical_json(encode(value))


def test_a_packed_article_moves_to_its_place_in_the_list() -> None:
    article = Article("a", ',"position":0,', import_notes=('"position":0,', "position"), position=0)
    (packed,) = pack([article])
    (elsewhere,) = pack([replace(article, position=12)])
    moved = at_position(packed, 12)
    assert (moved.rows, list(moved.texts)) == (elsewhere.rows, elsewhere.texts)


@given(st.lists(records, max_size=5))
def test_records_are_packed_together_as_each_alone(some) -> None:
    together, alone = pack(some), [packed for record in some for packed in pack([record])]
    for column in ("ids", "article_ids", "texts", "rows", "hops"):
        told, each = (list(chain.from_iterable(getattr(one, column) for one in all_)) for all_ in (together, alone))
        assert told == each
    assert len({id(packed) for packed in together}) == len(list(groupby(some, kind_of)))


@pytest.mark.parametrize("wrong", [1.5, ["x"], b"x"])
def test_what_no_record_holds_is_not_packed(wrong: object) -> None:
    with pytest.raises(TypeError, match="a value of a strange type"):
        pack([Article("a", wrong)])  # type: ignore[arg-type]
    with pytest.raises(InvalidEdit, match=r"The article 'a' cannot be stored"):
        pack_checked([Article("b", "b"), Article("a", wrong)])  # type: ignore[arg-type]
    with pytest.raises(InvalidEdit):
        pack_checked([Article("b", "b"), Article("a", "\ud800")])
    with pytest.raises(InvalidEdit):
        pack_checked([Article("b", "b"), Article("a", "\0")])
    assert pack_checked([Article("a", "\\u0000")])[0].texts[0].count("\\") == 2
    with pytest.raises(TypeError, match="a value of a strange type"):
        pack([Article("a", "", segments=None)])  # type: ignore[arg-type]
