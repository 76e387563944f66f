"""Traps that no dice throw: one clear sentence each, little memory, nothing read or written elsewhere."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from article_files import pdf
from bench import _is_odd

from annotator.formats import registry
from annotator.services.annotate import Author
from annotator.services.importing import ReadResult, read_files

STORY = "A headline\n\nSomething happened in town on that day.\n"


def read(*paths: Path, form: str | None = None) -> ReadResult:
    result = read_files(paths, Author("Ann", "1"), registry.named(form) if form else None)
    assert not [each for each in (*result.problems, *result.notes) if any(map(_is_odd, each))]
    return result


@pytest.mark.parametrize(
    ("name", "most"),
    [
        *((f"a.{end}", 512) for end in ("csv", "tsv", "json", "xlsx", "conll")),
        *((f"a.{end}", 256) for end in ("txt", "html", "xml", "pdf", "xmi")),
        *((f"a.{end}", 128) for end in ("jsonl", "ndjson")),
    ],
)
def test_a_line_of_a_gigabyte_is_one_sentence_and_little_memory(tmp_path: Path, name: str, most: int) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(10**9)  # sparse: takes no room on the disk
    tracemalloc.start()
    result = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(result.drafts), len(result.problems)) == (0, 1)
    assert result.problems[0].startswith(name)
    assert f" is larger than {most} MB, too large " in result.problems[0]
    assert peak < (300 if most == 128 else 20) << 20


def test_a_page_nested_255_deep_is_read_and_a_deeper_one_refused(tmp_path: Path) -> None:
    body = "<p>Something happened in the capital on Monday evening, it was said.</p>" * 3
    for depth in (255, 100_000):
        (tmp_path / f"{depth}.html").write_text(f"<html><body>{'<div>' * depth}{body}{'</div>' * depth}</body></html>")
    result = read(tmp_path / "255.html", tmp_path / "100000.html")
    assert [draft.place for draft in result.drafts] == ["255.html"]
    assert result.problems == ["100000.html cannot be read: its elements are nested more deeply than in any real page."]


def test_a_pdf_that_grows_a_thousand_times_or_loops_stops_no_other(tmp_path: Path) -> None:
    good = pdf([(50, 700, "Words of the page")])
    bomb = zlib.compress(zlib.compress(bytes(200 << 20), 9), 9)
    start, end = good.index(b"<< /Length"), good.index(b"endstream")
    filters = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(bomb)
    (tmp_path / "bomb.pdf").write_bytes(good[:start] + filters + bomb + b"\n" + good[end:])
    (tmp_path / "loop.pdf").write_bytes(good.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))
    (tmp_path / "good.pdf").write_bytes(good)
    result = read(*(tmp_path / f"{name}.pdf" for name in ("bomb", "loop", "good")))
    assert [draft.place for draft in result.drafts] == ["good.pdf"]
    assert [sentence.split(" ")[0] for sentence in result.problems] == ["bomb.pdf", "loop.pdf"]


def test_headers_of_an_archive_that_lie_about_sizes(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 50_000_000)
        archive.writestr("b.txt", STORY)
    lying = bytearray(path.read_bytes())
    struct.pack_into("<I", lying, lying.index(b"PK\x01\x02") + 24, 1000)  # 50 MB that say they are 1,000 bytes
    path.write_bytes(lying)
    tracemalloc.start()
    result = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [draft.place for draft in result.drafts] == ["a.zip: b.txt"]
    assert result.problems == ["a.zip: a.txt is damaged in the archive."]
    assert peak < 20 << 20


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "a\u202etxt.exe.txt", "a\x1b[31m.txt", "-rf.txt", "CON.txt", "a\u2028b.txt"]
)
def test_names_that_trick_are_shown_as_they_are(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / name).write_text(STORY)
    (folder / f"empty {name}").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, STORY)
        archive.writestr(f"empty {name}", b"")
    result = read(folder, tmp_path / "a.zip")
    assert (len(result.drafts), len(result.problems)) == (2, 2)
    for draft in result.drafts:
        assert not any(map(_is_odd, draft.source.file_name or ""))
    assert len(list(folder.iterdir())) == 2
