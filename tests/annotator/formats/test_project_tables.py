"""A project as tables in CSV files and in Excel: nothing is lost, and no cell is a formula."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from article_samples import Content, characters, contents, full_document, source
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trip import FORMULAS, exported, hostile, trip, with_words

from annotator.errors import ExportFailed, ImportFailed
from annotator.formats import registry
from annotator.formats.base import Draft, Reading
from annotator.formats.drafts import drafts_of
from annotator.formats.shape import Keys, Several, Shape, Value, article_shape
from annotator.formats.tables import sheets
from annotator.formats.tables.cells import from_cell, guarded, to_cell
from annotator.formats.tables.relations import tables
from annotator.model import Document
from annotator.services.importing import import_files
from annotator.workspace import reading_order
from db.project import create_project
from seeds import sample_gold_path

TEXT = Value("string", optional=False)
MAYBE = Value("string", optional=True)


def full() -> Content:
    document, speaker = full_document()
    return Content([document], [speaker])


def read_csv(path: Path, name: str) -> list[dict[str, str]]:
    with (path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# -- the cells ----------------------------------------------------------------------------------------------------


@given(hostile | st.text(characters), st.booleans())
def test_a_text_comes_back_as_it_was_and_begins_no_formula(text: str, optional: bool) -> None:
    shape = Value("string", optional)
    cell = to_cell(text, shape)
    assert from_cell(cell, shape) == text
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@"}
    assert cell[:1] not in {"\t", "\r", "\n"}


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A", "\t1", "\r1", " =1", "\ufeff=1", "\u200b=1", "＝1", "﹣1", "'x"]
)
def test_what_a_spreadsheet_could_calculate_has_an_apostrophe_in_front(text: str) -> None:
    assert guarded(text, optional=False) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "1-2", "“Quote”", "– dash", "(=1)", "e@mail", ""])
def test_what_it_could_not_stays_as_it_is(text: str) -> None:
    assert guarded(text, optional=False) == text


def test_nothing_and_an_empty_text_are_told_apart() -> None:
    assert (to_cell(None, MAYBE), to_cell("", MAYBE), to_cell("", TEXT)) == ("", "'", "")
    assert (from_cell("", MAYBE), from_cell("'", MAYBE), from_cell("", TEXT)) == (None, "", "")


@pytest.mark.parametrize(
    ("cell", "shape", "clause"),
    [
        ("x", Value("integer", optional=False), "whole number"),
        ("-1", Value("integer", optional=True), "whole number"),
        ("", Value("integer", optional=False), "whole number"),
        ("yes", Value("boolean", optional=False), "true or false"),
        ("a, b", Several(TEXT), "list in JSON"),
    ],
)
def test_a_cell_that_cannot_be_is_said(cell: str, shape: Shape, clause: str) -> None:
    with pytest.raises(ValueError, match=clause):
        from_cell(cell, shape)


# -- the tables ---------------------------------------------------------------------------------------------------


def test_every_list_of_objects_in_the_schema_is_a_table_and_every_value_a_column() -> None:
    columns = {table.name: table.columns for table in tables()}

    def look(name: str, shape: Keys) -> None:
        for key, each in shape.keys.items():
            if isinstance(each, Several) and isinstance(each.item, Keys):
                look({"chain": "hops"}.get(key, "spans" if key.endswith("spans") else key), each.item)
            else:
                assert columns[name][key] == each

    look("articles", article_shape())


def test_the_tables_are_joined_by_ids_and_can_be_read_by_people(tmp_path: Path) -> None:
    exported("csv", full(), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{t.name}.csv" for t in tables())
    claim = next(row for row in read_csv(tmp_path / "out", "claims") if row["id"] == "c2")
    assert (claim["source"], claim["exact"], claim["start"], claim["end"]) == ("Ann", "Twould be 😀 nice", "17", "33")
    hops = [row for row in read_csv(tmp_path / "out", "hops") if row["claim_id"] == "c2"]
    assert [(hop["number"], hop["speaker_id"], hop["speaker"], hop["cue"]) for hop in hops] == [
        ("1", "s1", "Ann", "said"),
        ("2", "", "", ""),
    ]
    spans = read_csv(tmp_path / "out", "spans")
    (article,) = read_csv(tmp_path / "out", "articles")
    assert {(span["record"], span["role"]) for span in spans} == {
        ("mention", "content"), ("claim", "content"), ("claim", "source"), ("claim", "cue"), ("correction", "content"),
    }  # fmt: skip
    for span in spans:
        assert article["text"][int(span["start"]) : int(span["end"])] == span["exact"]


def test_csv_is_what_rfc_4180_says_with_a_byte_order_mark(tmp_path: Path) -> None:
    exported("csv", full(), tmp_path / "out")
    data = (tmp_path / "out" / "articles.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfschema_version,id,title,")
    header, rest = data.split(b"\r\n", 1)
    assert b"\n" not in header
    assert rest.endswith(b"\r\n")
    assert b'"Title\n\nHe said: ' in rest  # line feeds of the text stay what they are, inside quotes


@pytest.mark.parametrize(("name", "file"), [("csv", "out"), ("csv", "out.zip"), ("xlsx", "out.xlsx")])
@pytest.mark.parametrize("view", ["source", "corrected"])
def test_nothing_is_lost_of_a_document_that_uses_every_field(name: str, file: str, view: str) -> None:
    losses, drafts = trip(name, full(), file, view)
    assert [loss for loss in losses if not loss.startswith(("Left out", "In the corrected"))] == []
    assert len(drafts) == 1


@given(contents())
@settings(max_examples=examples(15))
def test_nothing_is_lost_in_csv(content: Content) -> None:
    losses, drafts = trip("csv", content, "out.zip")
    assert losses == []
    assert [draft.document for draft in drafts] == [replaced(document) for document in content.items]


@given(contents(), st.lists(hostile, min_size=5, max_size=30))
@settings(max_examples=examples(15))
def test_hostile_words_come_back_as_they_were(content: Content, words: list[str]) -> None:
    assert trip("csv", with_words(content, words), "out.zip")[0] == []


@given(contents(), st.lists(hostile, min_size=5, max_size=30))
@settings(max_examples=examples(6))
def test_nothing_is_lost_in_excel(content: Content, words: list[str]) -> None:
    losses, _ = trip("xlsx", with_words(content, words), "out.xlsx")
    assert [loss for loss in losses if "Control characters" not in loss] == []


def replaced(document: Document) -> Document:
    """As it is read: in the order of JSON Lines, and all articles in the first place."""
    return replace(
        document,
        article=replace(document.article, position=0),
        mentions=tuple(sorted(document.mentions, key=reading_order)),
        claims=tuple(sorted(document.claims, key=reading_order)),
        corrections=tuple(sorted(document.corrections, key=reading_order)),
    )


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, file in (("csv", "out.zip"), ("xlsx", "out.xlsx")):
        exported(name, full(), tmp_path / file)
        exported(name, full(), tmp_path / f"again-{file}")
        assert (tmp_path / file).read_bytes() == (tmp_path / f"again-{file}").read_bytes()


def test_a_speaker_of_several_articles_has_one_row(tmp_path: Path) -> None:
    document, speaker = full_document()
    other = replace(
        document,
        article=replace(document.article, id="a2"),
        source=source("a2", document.source.text),
        claims=(replace(document.claims[1], id="c9", article_id="a2", parent_id=None),),
        mentions=(),
        corrections=(),
    )
    exported("csv", Content([document, other], [speaker]), tmp_path / "out")
    assert [row["id"] for row in read_csv(tmp_path / "out", "speakers")] == ["s1"]
    assert len(read_csv(tmp_path / "out", "roles")) == 1


# -- Excel --------------------------------------------------------------------------------------------------------


def test_a_text_that_is_longer_than_a_cell_goes_on_in_another_sheet(tmp_path: Path) -> None:
    text = "=😀" * 20_000 + "'" + "=" * 60_000
    document, speaker = full_document()
    long = Document(replace(document.article, segments=()), source("a1", text))
    losses = exported("xlsx", Content([long], [speaker]), tmp_path / "out.xlsx")
    assert losses == [
        "The text of 1 article is longer than a cell of Excel can be; the rest is on the sheet “continued”.",
        "The corrected_text of 1 article is longer than a cell of Excel can be; the rest is on the sheet “continued”.",
    ]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert max(len(cell.value.encode("utf-16-le")) // 2 for cell in cells) <= sheets.LONGEST_CELL
    assert {cell.data_type for cell in cells} == {"s"}


def test_no_cell_of_the_workbook_is_a_formula_a_link_or_a_number_that_was_none(tmp_path: Path) -> None:
    document, speaker = full_document()
    articles = [
        Document(
            replace(document.article, id=f"a{n}", title=words, segments=()),
            source(f"a{n}", f"T {words}".replace("\r", "")),
        )
        for n, words in enumerate(FORMULAS)
    ]
    losses = exported("xlsx", Content(articles, [speaker]), tmp_path / "out.xlsx")
    assert len(losses) == 1
    assert losses[0].startswith("Control characters in ")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    titles = [row[2] for row in book["articles"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in titles} <= {"s", "n"}
    assert [cell.value for cell in titles if cell.data_type == "n"] == [None]  # the empty one
    assert all(cell.hyperlink is None for cell in titles)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)


def test_a_table_with_more_rows_than_a_sheet_can_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(ExportFailed, match="more rows than a sheet of Excel can have"):
        exported("xlsx", full(), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b"article_id,number", b"number,article_id"), r"segments\.csv has other columns"),
        ((b"a1,1,", b"a1,one,"), "row 2: the column “number” holds no whole number"),
        ((b"a1,1,", b"a1,1,1,"), "row 2: it has 9 cells, not 8"),
        ((b"a1,1,headline", b'a1,1,"head"line'), "damaged near its line "),
        ((b"a1,1,headline", b"a1,1,head\xff"), "damaged near its line"),
        ((b"a1,1,headline,0,5,Title", b"a1,1,headline,0,4,Title"), r"segments\[0\] \(0–4\) quotes"),
    ],
)
def test_tables_that_were_tampered_with_are_refused_in_one_sentence(
    tmp_path: Path, change: tuple[bytes, bytes], words: str
) -> None:
    exported("csv", full(), tmp_path)
    path = tmp_path / "segments.csv"
    assert change[0] in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(*change))
    with pytest.raises(ImportFailed, match=words):
        imported(tmp_path)


def test_tables_without_one_of_them_are_refused(tmp_path: Path) -> None:
    exported("csv", full(), tmp_path)
    (tmp_path / "hops.csv").unlink()
    with pytest.raises(ImportFailed, match=r"hops\.csv is missing beside articles\.csv"):
        imported(tmp_path)


def imported(folder: Path) -> list[Draft]:
    """``articles.csv`` in that folder, as an import reads it."""
    reading = Reading(
        "articles.csv", "Zoe", beside=lambda name: (folder / name).read_bytes() if (folder / name).exists() else None
    )
    with (folder / "articles.csv").open("rb") as stream:
        return list(drafts_of(registry.named("csv"), stream, reading))


def test_an_export_is_imported_again_whole(tmp_path: Path) -> None:
    document, _ = full_document()
    exported("csv", full(), tmp_path)
    exported("xlsx", full(), tmp_path / "out.xlsx")
    with (tmp_path / "out.xlsx").open("rb") as stream:
        (sheet,) = list(drafts_of(registry.named("xlsx"), stream, Reading("out.xlsx", "Zoe")))
    (draft,) = imported(tmp_path)
    assert draft.document == sheet.document == replaced(document)


def test_a_workbook_that_was_changed_is_refused_and_another_one_is_a_table_of_articles(tmp_path: Path) -> None:
    exported("xlsx", full(), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    book["segments"]["D2"] = 1.5
    book.save(tmp_path / "changed.xlsx")
    with (
        (tmp_path / "changed.xlsx").open("rb") as stream,
        pytest.raises(ImportFailed, match="sheet “segments”, row 2: the column “start” holds no whole"),
    ):
        list(drafts_of(registry.named("xlsx"), stream, Reading("changed.xlsx", "Zoe")))
    del book["continued"]
    book.create_sheet("other")
    book.save(tmp_path / "other.xlsx")
    with (tmp_path / "other.xlsx").open("rb") as stream:
        (draft,) = list(drafts_of(registry.named("xlsx"), stream, Reading("other.xlsx", "Zoe")))
    assert draft.claims == ()
    assert any("Columns that were not imported" in note for note in draft.article.import_notes)


@pytest.mark.parametrize("file", ["out", "out.zip", "out.xlsx"])
def test_a_project_goes_out_as_tables_and_comes_in_again(tmp_path: Path, file: str) -> None:
    first, second = (create_project(str(tmp_path / f"{name}.annotator")) for name in "ab")
    try:
        import_files(first, [sample_gold_path()], annotator="Ann")
        assert exported("xlsx" if file.endswith(".xlsx") else "csv", first, tmp_path / file) == []
        result = import_files(second, [tmp_path / file], annotator="Zoe")
        assert (len(result.imported), result.problems) == (1, [])
        (one,), (two,) = first.documents(), second.documents()
        assert replace(one, article=replace(one.article, position=0)) == two
    finally:
        first.close()
        second.close()


def test_a_table_without_the_articles_beside_it_is_refused(tmp_path: Path) -> None:
    exported("csv", full(), tmp_path)
    (tmp_path / "articles.csv").unlink()
    with (tmp_path / "claims.csv").open("rb") as stream, pytest.raises(ImportFailed, match="is not beside it"):
        list(drafts_of(registry.named("csv"), stream, Reading("claims.csv", "Zoe")))
