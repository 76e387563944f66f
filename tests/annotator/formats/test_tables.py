"""Tables: one article a row, columns told from their headers or chosen, everything else in them said."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from article_files import packed, read

from annotator.errors import ImportFailed
from annotator.formats import registry
from annotator.formats.tables.columns import propose

STORY = "Something happened in the capital on Monday. Nobody said why."
CSV = (
    f'Headline,Body,Date,Paper,Id\nFirst,"{STORY}\nAnd a line.",2024-05-01,The Daily,7\n'
    f"Second,Other {STORY},May 2024,,8\n"
)


def test_each_row_is_an_article_with_its_fields() -> None:
    one, two = read("csv", CSV.encode())
    assert one.source.text == f"{STORY}\nAnd a line."
    assert (one.article.title, one.article.published, one.article.outlet) == ("First", "2024-05-01", "The Daily")
    assert (one.place, two.place) == ("a.csv, row 2", "a.csv, row 3")
    assert one.article.import_notes[:2] == (
        "Columns of the table: text from “Body”, title from “Headline”, outlet from “Paper”, published from “Date”.",
        "Columns that were not imported: “Id”.",
    )
    assert "“May 2024” in the table is no date that can be read." in two.article.import_notes
    assert one.source.bytes_sha256 == two.source.bytes_sha256


def test_a_heading_stands_over_the_text_where_a_person_wants_it() -> None:
    columns = {"text": "Body", "title": "Headline", "heading": "Headline"}
    data = CSV + f'Third,"Third\n\n{STORY}",,,\n,{STORY},,,\n'
    one, _, third, last = read("csv", data.encode(), columns=columns)
    assert one.source.text == f"First\n\n{STORY}\nAnd a line."
    assert (one.article.title, one.article.segments[0].kind, one.article.segments[0].end) == ("First", "headline", 5)
    assert third.source.text == f"Third\n\n{STORY}"  # it is there already
    assert last.source.text == STORY


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_what_parts_the_columns_is_told_from_the_first_row(delimiter: str) -> None:
    row = delimiter.join
    (draft,) = read("csv", f"{row(['title', 'text'])}\r\n{row(['A, b', STORY])}\r\n".encode("utf-8-sig"))
    assert (draft.article.title, draft.source.text) == ("A, b", STORY)


def test_a_person_chooses_other_columns_and_an_encoding() -> None:
    data = f"Überschrift;Ort;Langtext\nZürich;Köln;{STORY}\n".encode("cp1252")
    (draft,) = read("csv", data, columns={"text": "Langtext", "outlet": "Ort"}, encoding="cp1252")
    assert (draft.source.text, draft.article.outlet) == (STORY, "Köln")
    for columns, words in (
        ({"text": "x"}, "no column “x”"),
        ({}, "no column that could be"),
        ({"y": "Ort"}, "nothing that"),
    ):
        with pytest.raises(ImportFailed, match=words):
            read("csv", data, columns=columns)


def test_letters_of_the_fields_are_repaired_with_those_of_the_text() -> None:
    table = "title;byline;text\nCafé à Évian;José;Le café est fermé.\n".encode().decode("latin-1").encode()
    (as_is,), (mended,) = read("csv", table), read("csv", table, repair=True)
    assert as_is.article.title.startswith("CafÃ©")
    assert (mended.article.title, mended.article.byline) == ("Café à Évian", "José")
    assert mended.source.text == "Le café est fermé."


def test_columns_are_proposed_by_name_and_the_text_else_by_length() -> None:
    assert propose(["ID", "HEADLINE", "full_text", "pub-date"], []) == {
        "title": "HEADLINE", "text": "full_text", "published": "pub-date",
    }  # fmt: skip
    assert propose(["a", "b", "Titel"], [["x", "longer words", "the longest of all"]]) == {
        "title": "Titel",
        "text": "b",
    }
    assert propose([], []) == {}


def test_rows_without_text_are_named_and_odd_rows_do_no_harm() -> None:
    drafts = read("csv", f"title,text,text\nA,{STORY},x\nB\n\nC,,y\n,{STORY} Two.,,,,\n".encode())
    assert [draft.place for draft in drafts] == ["a.csv, row 2", "a.csv, row 6"]
    assert any(
        "Left out 2 of the table's rows, which have no text (3, 5)." in n for n in drafts[0].article.import_notes
    )


def test_lines_of_json_of_other_programs_are_a_table_and_our_own_are_not() -> None:
    line = f'{{"title": "First", "content": "{STORY}", "tags": ["a", "b"], "year": 2024, "none": null}}\n'.encode()
    assert registry.for_import("a.jsonl", line).name == "jsonl_table"
    assert registry.for_import("a.jsonl", b'{"schema_version": 1, "text": "x"}').name == "jsonl"
    assert registry.for_import("a.jsonl", b"{}\n").name == registry.for_import("a.jsonl", b"junk").name == "jsonl"
    assert registry.for_import("a.jsonl", b'{"text": "' + b"x" * 4086).name == "jsonl_table"
    (draft,) = read("jsonl_table", line)
    assert (draft.article.title, draft.source.text, draft.place) == ("First", STORY, "a.jsonl, line 1")
    for data, words in ((line + b"[1]\n", "line 2: it is no object"), (line + b"{", "line 2: it is not valid JSON"),
                        (b'{"text":' + b"[" * 100_000, "nested too deeply")):  # fmt: skip
        with pytest.raises(ImportFailed, match=words):
            read("jsonl_table", data)


def test_excel_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Title", "Text", "Date", "Number"])
    sheet.append(["First", f"{STORY}\nTwo lines.", date(2024, 5, 1), 3.0])
    sheet.append(["Second", f"Other {STORY}", datetime(2024, 5, 2, 10, 30, tzinfo=None), None])  # noqa: DTZ001 -- sheets know no zone
    more = book.create_sheet("More")
    more.append(["a"])
    more.append(["b"])
    stream = io.BytesIO()
    book.save(stream)
    one, two = read("xlsx", stream.getvalue())
    assert (one.article.title, one.article.published, two.article.published) == ("First", "2024-05-01", "2024-05-02")
    assert one.source.text == f"{STORY}\nTwo lines."
    assert two.place == "a.xlsx, row 3"
    assert "Read the sheet “Sheet”; others with rows were left out: “More”." in one.article.import_notes


def test_only_so_many_columns_are_looked_at() -> None:
    (draft,) = read("csv", ",".join(["text", *(f"c{n}" for n in range(100_000))]).encode() + f"\n{STORY}\n".encode())
    assert draft.source.text == STORY
    assert any("and 489 more" in note for note in draft.article.import_notes)


def test_what_is_no_table_is_one_sentence() -> None:
    cases = (
        ("csv", b"title,text\n", "has no rows below"),
        ("csv", b'title,text\na,"' + b"x" * 10_000_000, "row 2: a cell is longer than 4,000,000 characters"),
        ("csv", b"a,b\n,\n , \n", "no column that could be"),
        ("csv", b"text\n \n", "no row with a text"),
        ("xlsx", b"PK", "is no Excel table"),
        ("xlsx", packed(xl__workbook_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "declares entities"),
        ("xlsx", packed(xl__workbook_dot_xml=b"<a>" + bytes(60_000_000)), "would grow to 57 MB"),
    )
    for name, data, words in cases:
        with pytest.raises(ImportFailed, match=words):
            read(name, data)


def test_a_table_with_a_word_in_each_row_is_refused_unless_its_column_is_chosen() -> None:
    rows = "".join(f"{n},word{n},NN\n" for n in range(40)).encode()
    data = b"number,look,sort\n" + rows
    with pytest.raises(ImportFailed, match=r"has a word in each row .* not an article"):
        read("csv", data)
    assert len(read("csv", data, columns={"text": "look"})) == 40


def test_a_table_of_claims_has_its_text_in_the_claims() -> None:
    assert propose(["id", "label", "claim", "evidence"], [["1", "SUPPORTS", "It rains.", "[[[1, 2, 3], [4, 5]]]"]]) == {
        "text": "claim"
    }


def test_data_in_a_cell_is_no_text_and_words_in_a_list_are_one() -> None:
    line = '{"sentences": "It rains.", "ners": [[0, 1, "A"], [3, 7, "B"], [3, 8, "C"]]}\n'
    (draft,) = read("jsonl_table", line.encode())
    assert draft.source.text == "It rains."
    (draft,) = read("jsonl_table", b'{"tokens": ["It", "rains", "."], "authors": ["A B", "C D"]}\n')
    assert (draft.source.text, draft.article.byline) == ("It rains .", "A B, C D")
