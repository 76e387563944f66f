"""Parquet: everything in and out, columns as the published schema has them, bad files refused in one sentence."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from article_samples import Content, contents, full_document, source
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trip import exported, hostile, trip, with_words

from annotator.errors import ImportFailed
from annotator.formats import parquet
from annotator.formats.article_json import encode
from annotator.formats.base import Reading, Writing
from annotator.formats.published import schema
from annotator.model import Document

arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra parquet)")
pq = pytest.importorskip("pyarrow.parquet")


def full() -> Content:
    document, speaker = full_document()
    return Content([document], [speaker])


def rows(count: int) -> Content:
    document, speaker = full_document()
    texts = (f"Text {n} 😀" for n in range(count))
    articles = [
        Document(replace(document.article, id=f"a{n}", segments=()), source(f"a{n}", text))
        for n, text in enumerate(texts)
    ]
    return Content(articles, [speaker])


@given(contents(), st.lists(hostile, min_size=5, max_size=30))
@settings(max_examples=examples(15))
def test_nothing_is_lost(content: Content, words: list[str]) -> None:
    assert trip("parquet", with_words(content, words), "out.parquet")[0] == []


def test_the_columns_are_the_keys_of_the_published_schema_and_the_rows_lines_of_json(tmp_path: Path) -> None:
    exported("parquet", full(), tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    published = schema("article-v2")
    assert table.column_names == published["required"]
    assert table.schema.metadata[b"json_schema"].decode() == published["$id"]
    document, speaker = full_document()
    assert table.to_pylist() == [json.loads(json.dumps(encode(document, {speaker.id: speaker})))]
    assert not table.schema.field("title").nullable
    assert table.schema.field("byline").nullable


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    exported("parquet", full(), tmp_path / "out.parquet")
    exported("parquet", full(), tmp_path / "again.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "again.parquet").read_bytes()


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 2)
    exported("parquet", rows(5), tmp_path / "out.parquet")
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3
    monkeypatch.setattr(parquet, "_GROUP_CHARACTERS", 1)
    exported("parquet", rows(5), tmp_path / "out.parquet")
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 5


def test_it_is_imported_as_it_was(tmp_path: Path) -> None:
    exported("parquet", full(), tmp_path / "out.parquet")
    with (tmp_path / "out.parquet").open("rb") as stream:
        (draft,) = list(parquet.read(stream, Reading("out.parquet", "Zoe")))
    document, _ = full_document()
    assert draft.document.claims == document.claims
    assert draft.place == "out.parquet, row 1"
    exported("parquet", full(), tmp_path / "out.parquet", "corrected")
    with (tmp_path / "out.parquet").open("rb") as stream, pytest.raises(ImportFailed, match="holds the corrected text"):
        list(parquet.read(stream, Reading("out.parquet", "Zoe")))


def refused(data: bytes) -> str:
    with pytest.raises(ImportFailed) as raised:
        list(parquet.read(io.BytesIO(data), Reading("a.parquet", "Zoe")))
    sentence = str(raised.value)
    assert "\n" not in sentence
    return sentence


def table_bytes(table: object) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def test_bad_files_are_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is no Parquet file, or a damaged one" in refused(b"")
    assert "is no Parquet file, or a damaged one" in refused(b"PAR1 nothing PAR1")
    exported("parquet", full(), tmp_path / "out.parquet")
    data = (tmp_path / "out.parquet").read_bytes()
    assert "damaged" in refused(data[:-20])
    assert "a table of another kind" in refused(table_bytes(arrow.table({"text": ["a"]})))
    assert "row 1: " in refused(table_bytes(arrow.table({"schema_version": [2]})))
    (line,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    other = {**line, "claims": [{**line["claims"][0], "spans": [{**line["claims"][0]["spans"][0], "exact": "x"}]}]}
    assert "row 1: claims[0].spans[0] (16–22) quotes “x”" in refused(table_bytes(arrow.Table.from_pylist([other])))
    assert "NUL" in refused(table_bytes(arrow.Table.from_pylist([{**line, "title": "a\0"}])))
    assert "holds no article" in refused(table_bytes(arrow.Table.from_pylist([line]).slice(0, 0)))
    monkeypatch.setattr(parquet, "MOST_VALUES", 10)
    assert "would grow to" in refused(data)


@given(st.data())
@settings(max_examples=examples(30))
def test_a_damaged_file_is_refused_or_read_but_nothing_else(data: st.DataObject) -> None:
    stream = io.BytesIO()
    parquet.write(full(), stream, Writing())
    whole = bytearray(stream.getvalue())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ImportFailed):
        list(parquet.read(io.BytesIO(bytes(whole)), Reading("a.parquet", "Zoe")))


def test_pyarrow_is_imported_only_when_it_is_needed() -> None:
    code = "import sys; from annotator.formats import registry; registry.formats(); assert 'pyarrow' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
