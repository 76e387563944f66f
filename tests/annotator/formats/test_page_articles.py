"""Web pages and PDF documents: the article in its order, what was left out said, and nothing hostile gets anywhere."""

from __future__ import annotations

import builtins
import importlib
import re
from pathlib import Path

import pytest
from article_files import pdf, read

from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats import extras, html
from annotator.formats.found import Asked
from annotator.installing import how_to_install

BODY = "".join(f"<p>Paragraph {n} says that something happened in the capital on Monday evening.</p>" for n in range(6))
HEAD = """<title>Tram line approved | The Daily</title><meta property="og:title" content="Tram line approved">
<meta property="og:site_name" content="The Daily"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-05-01T10:00:00Z"><link rel="canonical" href="https://example.org/tram">"""
PAGE = (
    f'<!DOCTYPE html><html lang="en-GB"><head>{HEAD}</head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>'
    f"<article><h1>Tram line approved</h1>{BODY}</article><footer>Imprint and other matter</footer></body></html>"
)


# -- web pages ----------------------------------------------------------------------------------------------------


def test_the_article_of_a_page_and_what_the_page_says_of_it() -> None:
    (draft,) = read("html", PAGE.encode())
    article = draft.article
    assert draft.source.text.startswith("Tram line approved\n\nParagraph 0 says")
    assert "Imprint" not in draft.source.text
    assert (article.title, article.byline, article.outlet) == ("Tram line approved", "Jane Roe", "The Daily")
    assert (article.published, article.url, article.language) == ("2024-05-01", "https://example.org/tram", "en-GB")
    assert article.segments[0].kind == "headline"
    assert any(note.startswith("Left out what stands around the article: ") for note in article.import_notes)


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "iso-8859-1", "shift_jis", ""])
def test_the_encoding_that_a_page_declares_counts(declared: str) -> None:
    words = {"windows-1251": "Москва сегодня", "shift_jis": "東京の朝", "iso-8859-1": "“Zürich”"}.get(declared, "Łódź")
    codec = "cp1252" if declared == "iso-8859-1" else declared or "utf-8"
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><article>{BODY}<p>{words} {words} {words}.</p></article></body></html>"
    (draft,) = read("html", page.encode(codec))
    assert words in draft.source.text
    assert draft.source.encoding == codec.replace("windows-1251", "cp1251")
    (marked,) = read("html", b"\xef\xbb\xbf" + page.encode())  # the mark at the start is stronger than what is declared
    assert words in marked.source.text


def test_a_declared_encoding_that_does_not_fit_is_said_and_a_chosen_one_counts() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><article>{BODY}<p>Zürich, Köln.</p></article></body></html>'
    (draft,) = read("html", page.encode("cp1252"))
    assert "Zürich" in draft.source.text
    assert draft.article.import_notes[0] == "The file says that it is in utf-8, but its bytes are not."
    (draft,) = read("html", page.encode("cp1252"), encoding="cp1250")
    assert draft.source.encoding == "cp1250"
    assert "Read as cp1250, which was chosen by hand." in draft.article.import_notes


def test_scripts_never_run_and_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    read("html", PAGE.encode())  # whatever is read once is read now
    page = PAGE.replace("<article>", '<script>document.write("evil")</script><img src="http://localhost:9/x">'
                        '<iframe src="file:///etc/passwd"></iframe><article>')  # fmt: skip

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    (draft,) = read("html", page.encode())
    assert "evil" not in draft.source.text
    assert "root:" not in draft.source.text


def test_a_page_whose_article_cannot_be_told_is_taken_whole_and_an_empty_one_refused() -> None:
    (draft,) = read("html", b"<html><body><table><tr><td>a</td><td>b</td></tr></table></body></html>")
    assert draft.source.text == "a\tb" or "a" in draft.source.text
    for page in (b"<html></html>", b"<script>x</script>", b"<!-- only a comment -->"):
        with pytest.raises(ImportFailed, match="is a web page without text"):
            read("html", page)
    with pytest.raises(ImportFailed, match="nested more deeply"):
        read("html", b"<html><body>" + b"<div>" * 100_000 + BODY.encode())
    deep = "<div>" * 255 + BODY + "</div>" * 255
    assert "Paragraph 5 says" in read("html", f"<html><body>{deep}</body></html>".encode())[0].source.text


# -- PDF ----------------------------------------------------------------------------------------------------------


def column(x: float, words: str, first: int, top: float = 700) -> list[tuple[float, float, str]]:
    return [(x, top - 12 * n, f"{words} line {first + n} of running text here") for n in range(8)]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"line (\d+)", text)]


def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file() -> None:
    left, right = column(50, "Left", 1), column(310, "Right", 9)
    mixed = [each for pair in zip(right, left, strict=True) for each in pair]
    (draft,) = read("pdf", pdf([*mixed, (50, 740, "A headline that runs over both of the columns of the page")]))
    text = draft.source.text
    assert text.startswith("A headline that runs over both")
    assert numbers(text) == list(range(1, 17))
    assert "\n\nLeft line 1 of running text here\nLeft line 2" in text


def browsers(number: int, of: int, body: list[tuple[float, float, str]], stamp: str = "30/11/2026, 10:12"):
    """A page as browsers print it: stamp and title on top, address and number of the page at the foot."""
    edges = [
        (28, 820, stamp),
        (220, 820, "Tram line opens"),
        (28, 18, "https://x.org/a-1?b=2"),
        (560, 18, f"{number}/{of}"),
    ]
    return [*edges, *body]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("stamp", ["30/11/2026, 10:12", "11/30/26, 10:12 AM", "2026-11-30 10:12"])
def test_what_a_browser_prints_at_the_edges_is_left_out_and_told(count: int, stamp: str) -> None:
    bodies = [column(50, "Page", 8 * n - 7) for n in range(1, count + 1)]
    bodies[0].insert(0, (50, 740, "Tram line opens"))
    (draft,) = read("pdf", pdf(*(browsers(n, count, body, stamp) for n, body in enumerate(bodies, start=1))))
    text = draft.source.text
    assert text.startswith("Tram line opens\n\nPage line 1 of")
    assert numbers(text) == list(range(1, 8 * count + 1))
    assert not any(each in text for each in (stamp, "https", f"1/{count}"))
    assert draft.article.url == "https://x.org/a-1?b=2"
    pages = "1 page" if count == 1 else f"{count} pages"
    assert draft.article.import_notes[0] == (
        f"Left out what a browser printed at the edges of {pages}: “{stamp} Tram line opens” and "
        f"“https://x.org/a-1?b=2 1/{count}”."
    )


def test_a_date_an_address_or_a_number_alone_is_the_articles() -> None:
    lines = [(50, 800, "30/11/2026, 10:12"), *column(50, "Page", 1)]
    (draft,) = read("pdf", pdf(lines))
    assert draft.source.text.startswith("30/11/2026, 10:12")
    (draft,) = read("pdf", pdf([*column(50, "Page", 1), (50, 500, "https://x.org/a")]))
    assert draft.source.text.endswith("https://x.org/a")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("30/11/2026, 10:12 The minister said", "1"),
        ("https://x.org/a has", "1"),
        ("30/11/2026, 10:12 He", "https://x.org/a"),
    ],
)
def test_running_text_that_looks_like_what_a_browser_prints_stays(first: str, last: str) -> None:
    """Close to the text it is the article's, and so is a time that stands apart over a page with a number."""
    (draft,) = read("pdf", pdf([(50, 712, first), (310, 712, "words beside"), *column(50, "Page", 1), (50, 604, last)]))
    assert draft.source.text.startswith(first)
    assert "words beside" in draft.source.text
    assert draft.source.text.endswith(last)
    (draft,) = read("pdf", pdf([(50, 750, "30/11/2026, 10:12"), *column(50, "Page", 1), (300, 30, "1")]))
    assert draft.source.text.startswith("30/11/2026, 10:12")


def test_lines_hyphens_and_paragraphs_stay_as_they_are_printed() -> None:
    lines = [
        (50, 700, "The govern-"),
        (50, 688, "ment said so."),
        (50, 664, "A new one be-"),
        (50, 652, "gins \\(here\\)."),
    ]
    (draft,) = read("pdf", pdf(lines))
    assert draft.source.text == "The govern-\nment said so.\n\nA new one be-\ngins (here)."


def test_what_repeats_at_the_edges_is_left_out_and_pages_are_told() -> None:
    pages = [[(50, 800, "The Daily"), (500, 30, str(n)), *column(50, "Page", 8 * n - 7)] for n in (1, 2, 3)]
    (draft,) = read("pdf", pdf(*pages))
    text, notes = draft.source.text, draft.article.import_notes
    assert numbers(text) == list(range(1, 25))
    assert "The Daily" not in text
    assert "Left out “The Daily” and its like, which stands at the edge of 3 pages." in notes
    assert "Left out “1” and its like, which stands at the edge of 3 pages." in notes
    told = [int(place.replace(",", "")) for place in re.findall(r"at character ([\d,]+)", notes[-1])]
    assert [text[place : place + 11] for place in told] == ["Page line 9", "Page line 1"]


def close_paragraphs(x: float, number: int, indent: float = 0) -> list[tuple[float, float, str]]:
    """A column of three paragraphs without room between them: full lines, the last of each short, one of one line."""
    full = "Words of running text that fill line"
    lines = [*[full] * 3, "the end.", *[full] * 2, "of the next.", "Short one.", *[full] * 2, "last."]
    starts = (0, 4, 7, 8)
    return [
        (
            x + (indent if index in starts else 0),
            700 - 12 * index,
            f"{words} {number + index}" if words == full else words,
        )
        for index, words in enumerate(lines)
    ]


@pytest.mark.parametrize("indent", [0, 12])
@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_without_room_between_them_are_parted(indent: float, columns: int) -> None:
    lines = [each for n in range(columns) for each in close_paragraphs(50 + 250 * n, 10 + 20 * n, indent)]
    (draft,) = read("pdf", pdf(lines))
    ends = [part.splitlines()[-1] for part in draft.source.text.split("\n\n")]
    assert ends == ["the end.", "of the next.", "Short one.", "last."] * columns


def test_lines_that_end_anywhere_are_no_paragraphs() -> None:
    verses = ["Rain fell.", "It was the longest of all days.", "Nobody came.", "They waited by the sea.", "Then went.",
              "And no one ever spoke of it again.", "So it was."]  # fmt: skip
    (draft,) = read("pdf", pdf([(50, 700 - 12 * number, verse) for number, verse in enumerate(verses)]))
    assert draft.source.text == "\n".join(verses)


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3 of 12"])
def test_the_number_of_an_only_page_is_left_out_and_told(number: str) -> None:
    (draft,) = read("pdf", pdf([*column(50, "Page", 1), (290, 30, number)]))
    assert draft.source.text.endswith("line 8 of running text here")
    assert f"Left out “{number}” at the edge of the page, as its number." in draft.article.import_notes
    (draft,) = read("pdf", pdf([*column(50, "Page", 1), (290, 30, number), (320, 30, "of May")]))
    assert number in draft.source.text  # it is not alone there
    (draft,) = read("pdf", pdf([*column(50, "Page", 1), (50, 602, number)]))
    assert draft.source.text.endswith(number)  # it is close to the text


def test_documents_without_text_locked_or_broken_are_one_sentence_each() -> None:
    good = pdf(column(50, "Page", 1))
    for data, words in (
        (pdf([]), "has no text, only pictures of it"),
        (b"no pdf", "is no PDF document, or a damaged one"),
        (b"%PDF-1.4\n%%EOF", "is no PDF document, or a damaged one"),
        (good[:200], "damaged"),
    ):
        with pytest.raises(ImportFailed, match=words):
            read("pdf", data)
    assert numbers(read("pdf", good.replace(b"startxref", b"startxxxx"))[0].source.text) == list(range(1, 9))


def test_a_missing_package_is_one_sentence_that_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def missing(name: str) -> object:
        if name.partition(".")[0] in {"pypdfium2", "trafilatura", "ftfy", "openpyxl"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    for name, data, options, extra in (
        ("html", PAGE.encode(), {}, "articles"),
        ("pdf", b"%PDF", {}, "articles"),
        ("xlsx", b"PK", {}, "tables"),
        ("text", b"text", {"repair": True}, "articles"),
    ):
        with pytest.raises(ExtraMissing, match=f"needs something more: {re.escape(how_to_install(extra))}"):
            read(name, data, **options)


def test_importing_the_formats_loads_no_package_of_an_extra() -> None:
    import subprocess
    import sys

    code = (
        "import sys, annotator.formats.registry as r; r.formats(); print([m for m in sys.argv[1:] if m in sys.modules])"
    )
    names = ["trafilatura", "lxml", "pypdfium2", "openpyxl", "ftfy"]
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def page_of(inside: str) -> bytes:
    return f"<html><body><article><h1>The tram</h1>{inside}</article></body></html>".encode()


@pytest.mark.parametrize(
    "inside", ["<p>" + "<b>said</b> " * 6_000 + "</p>", "<div><p>It was said.</p></div>" * 11_000], ids=["row", "many"]
)
def test_a_page_of_more_elements_than_an_article_is_taken_whole(inside: str) -> None:
    (found,) = html.extract(page_of(inside), Asked("a.html"))
    assert found.text.count("said") >= 6_000
    assert found.notes[-1].startswith("The article could not be told from the rest of the page")


def test_an_element_of_more_attributes_than_any_is_refused_before_the_page_is_looked_at() -> None:
    many = " ".join(f"a{n}=1" for n in range(2_000))
    with pytest.raises(ImportFailed, match="an element has more attributes than in any real page"):
        html.extract(page_of(f"<p {many}>It was said.</p>"), Asked("a.html"))
    picture = "".join(f"{n} {n}," for n in range(5_000))
    (found,) = html.extract(page_of(f'<svg><path d="{picture}"/></svg><p>It was said.</p>'), Asked("a.html"))
    assert "It was said." in found.text
