"""Tables and Parquet, read by readers that this program did not write: pandas, datasets, pyarrow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from article_samples import Content, full_document
from round_trip import exported

from annotator.formats.article_json import encode
from annotator.formats.published import schema

pytestmark = pytest.mark.interop


def full() -> Content:
    document, speaker = full_document()
    return Content([document], [speaker])


def line() -> Any:
    document, speaker = full_document()
    return json.loads(json.dumps(encode(document, {speaker.id: speaker})))


@pytest.fixture
def pandas() -> Any:
    return pytest.importorskip("pandas", reason="pandas is not installed (dependency group interop)")


def test_pandas_joins_the_tables_of_csv(pandas: Any, tmp_path: Path) -> None:
    exported("csv", full(), tmp_path)
    read = {path.stem: pandas.read_csv(path, keep_default_na=False) for path in tmp_path.glob("*.csv")}
    claims = read["claims"].merge(read["articles"], left_on="article_id", right_on="id", suffixes=("", "_article"))
    assert next(iter(read["articles"].columns)) == "schema_version"  # the byte order mark is no part of it
    hops = read["hops"].merge(read["speakers"], left_on="speaker_id", right_on="id", how="left")
    assert list(hops["name"].fillna("")) == ["Ann", ""]
    spans = read["spans"].merge(claims, left_on="record_id", right_on="id", suffixes=("", "_claim"))
    assert len(spans) == 5
    assert all(row["text_article"][row["start"] : row["end"]] == row["exact"] for _, row in spans.iterrows())


def test_pandas_reads_every_sheet_of_excel(pandas: Any, tmp_path: Path) -> None:
    exported("xlsx", full(), tmp_path / "out.xlsx")
    sheets = pandas.read_excel(tmp_path / "out.xlsx", sheet_name=None, keep_default_na=False)
    texts = [line()["text"][16:22], line()["text"][23:25]]
    assert list(sheets["claims"]["exact"]) == [" … ".join(texts), "Twould be 😀 nice"]
    assert next(iter(sheets["spans"]["start"])) == line()["mentions"][0]["spans"][0]["start"]
    assert len(sheets["continued"]) == 0


def test_pandas_and_pyarrow_read_parquet(pandas: Any, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra parquet)")
    exported("parquet", full(), tmp_path / "out.parquet")
    (row,) = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    jsonschema.Draft7Validator(schema("article-v2")).validate(row)
    assert row == line()
    frame = pandas.read_parquet(tmp_path / "out.parquet")
    assert frame["claims"][0][1]["chain"][0]["speaker_id"] == "s1"
    exploded = frame.explode("claims")["claims"].map(lambda claim: claim["form"])
    assert list(exploded)[1] == "direct"


def test_datasets_loads_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed (dependency group interop)")
    exported("parquet", full(), tmp_path / "out.parquet")
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # a thread that it leaves behind
    loaded = datasets.load_dataset(
        "parquet", data_files=str(tmp_path / "out.parquet"), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert loaded[0] == line()
    assert loaded.features["text"].dtype == "string"
