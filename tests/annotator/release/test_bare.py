"""A release without texts has no word of an article; with the texts it is the full one again, byte for byte."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from release_samples import contents

from annotator.errors import ImportFailed
from annotator.release.checking import check
from annotator.release.rebuilding import rebuild
from db.project import SqlProject
from seeds import example_text_paths, examples_gold_path, sample_gold_path, sample_text_path

_WORD = re.compile(r"\w+")


def runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in strings(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in strings(inner)]
    return [value] if isinstance(value, str) else []


def own_words(data: dict) -> list[str]:
    """What is said about an article and is none of its words: its details, and what annotators wrote."""
    said = [data["title"], data["byline"] or "", data["outlet"] or "", *data["import_notes"], data["file_name"] or ""]
    for claim in data["claims"]:
        said += [claim["text"] or "", claim["note"], *claim["tags"], *(hop["medium"] or "" for hop in claim["chain"])]
    for correction in data["corrections"]:
        said += [correction["replacement"] or "", correction["note"], *strings(correction["evidence"])]
    return [*said, *(each["note"] for each in data["mentions"]), *strings(data["speakers"])]


def test_no_five_words_of_any_article_are_anywhere(whole: SqlProject, bare: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra parquet)")
    of_articles: set[tuple[str, ...]] = set()
    for document in whole.documents():
        of_articles |= runs(document.source.text)
    assert len(of_articles) > 2_000
    allowed: set[tuple[str, ...]] = set()
    for path in (bare / "data").glob("*.jsonl"):
        for line in path.read_bytes().splitlines():
            for said in own_words(json.loads(line)):
                allowed |= runs(said)
    guideline = runs((bare / "guideline.md").read_text("utf-8"))  # it is the same whatever the articles are
    searched = 0
    for path in bare.rglob("*"):
        if path.suffix == ".parquet":
            found = "\n".join(strings(pyarrow.read_table(path).to_pylist()))
        elif path.is_file():
            found = path.read_text("utf-8")
        else:
            continue
        searched += 1
        assert not (runs(found) & of_articles) - allowed - guideline, path
    assert searched == len(contents(bare))


def test_all_quotations_are_null(bare: Path) -> None:
    def quotes(value: object) -> list[object]:
        if isinstance(value, dict):
            own = [value[key] for key in ("exact", "corrected_text") if key in value]
            return own + [each for inner in value.values() for each in quotes(inner)]
        return [each for inner in value for each in quotes(inner)] if isinstance(value, list) else []

    found = [
        each
        for path in (bare / "data").glob("*.jsonl")
        for line in path.read_bytes().splitlines()
        for each in [json.loads(line)["text"], *quotes(json.loads(line))]
    ]
    assert len(found) > 1_000
    assert set(found) == {None}


def test_with_its_texts_it_is_the_full_release_again(bare: Path, full: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number, path in enumerate(example_text_paths()):
        data = path.read_bytes()
        (texts / path.name).write_bytes(
            data.replace(b"\n", b"\r\n") if number % 2 else data
        )  # as another system has it
    with zipfile.ZipFile(tmp_path / "sample.zip", "w") as archive:
        archive.write(sample_text_path(), "news/sample.txt")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-")
    done = rebuild(bare, [texts, tmp_path / "sample.zip", tmp_path / "broken.pdf"], tmp_path / "again")
    assert contents(done.folder) == contents(full)
    assert len(done.unread) == 1
    assert check(done.folder).problems == []


def test_texts_that_are_missing_or_another_are_named(bare: Path, tmp_path: Path) -> None:
    changed = tmp_path / "sample.txt"
    changed.write_bytes(sample_text_path().read_bytes().replace(b"Russia", b"Rusia", 1))
    with pytest.raises(ImportFailed, match=r"The text of 1 article is not there: “Russia Says"):
        rebuild(bare, [changed, examples_gold_path()], tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_only_a_sound_release_without_texts_is_rebuilt(bare: Path, full: Path, tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="has its texts"):
        rebuild(full, [sample_gold_path()], tmp_path / "again")
    copy = Path(shutil.copytree(bare, tmp_path / "copy"))
    (copy / "splits.csv").unlink()
    with pytest.raises(ImportFailed, match=r"splits\.csv is missing"):
        rebuild(copy, [sample_gold_path()], tmp_path / "again")
