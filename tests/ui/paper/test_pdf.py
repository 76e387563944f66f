"""The PDF, read back by another program than Qt."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import pypdfium2
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reader import plain, read_pdf
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from annotator.errors import ExportFailed
from annotator.model import Article, Claim, Correction, Document, Evidence, Mention, Segment, SourceText, Speaker
from annotator.services.corrections import piece_map
from annotator.text.anchors import anchor
from ui.paper import entries
from ui.paper.manuscript import Manuscript
from ui.paper.pages import paginate
from ui.paper.pdf import write_pdf
from ui.paper.sheet import PaperSheet, page_layout
from ui.paper.spread import Spread
from ui.paper.story import Story
from ui.paper.type import paper_typography

ARABIC = "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 \u0642\u0627\u0644\n"
HEBREW = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u05d0\u05de\u05e8 \u05d4\u05e9\u05e8\n"


def article(text: str, *, title: str = "Title", claims=(), mentions=(), corrections=(), speakers=()) -> Document:
    source = SourceText("a", text, hashlib.sha256(text.encode()).hexdigest())
    return Document(
        Article("a", title, outlet="The Paper", published="2026-05-01", segments=(Segment("body", 0, len(text)),)),
        source, tuple(mentions), tuple(claims), tuple(corrections), tuple(speakers),
    )  # fmt: skip


def common(id_: str, text: str, *places: tuple[int, int]) -> dict:
    return {
        "id": id_,
        "article_id": "a",
        "annotator": "Ann",
        "spans": tuple(anchor(text, start, end) for start, end in places),
    }


def numbered(count: int, every: int = 60) -> str:
    """Words that can be told apart, in paragraphs."""
    words = [f"w{number:05d}" for number in range(count)]
    return "\n\n".join(" ".join(words[start : start + every]) for start in range(0, count, every)) + "\n"


def paragraphs(text: str) -> list[str]:
    return [plain(part) for part in text.split("\n\n") if part.strip()]


def test_the_article_stands_on_the_pages_whole_and_in_order(make_pdf, document) -> None:
    page = make_pdf(document)[0]
    place = 0
    for paragraph in paragraphs(document.source.text):
        assert paragraph in page[place:]
        place = page.index(paragraph, place) + len(paragraph)
    assert plain("I would") in page[place:]  # the replacements, then the numbers
    assert page.endswith(str(len(document.claims)))


def test_the_corrected_text_is_printed_instead(make_pdf, document) -> None:
    page = make_pdf(document, "corrected")[0]
    for paragraph in paragraphs(piece_map(document.source.text, document.corrections).text):
        assert paragraph in page
    assert "Twould" not in page
    assert plain("Corrected text") in page


def test_both_texts_are_printed_side_by_side(make_pdf, document) -> None:
    pages = make_pdf(document, "both")
    corrected = piece_map(document.source.text, document.corrections).text
    article_pages = [page for page in pages if page.count(plain("Corrected text")) and "Legend" not in page]
    letters = Counter("".join(article_pages))
    wanted = Counter(plain(document.source.text)) + Counter(plain(corrected))
    assert all(letters[letter] >= count for letter, count in wanted.items())
    assert len(article_pages) >= 2
    for page in article_pages:
        assert plain("Source text") in page


def test_side_by_side_no_line_is_lost_however_pages_break(fonts, document) -> None:
    for width, height in ((700, 300), (1200, 190), (500, 90)):
        spread = Spread(
            Manuscript(document, "P", "both", "today", paper_typography(document.source.text)).scenes, width
        )
        for _ in spread.steps():
            pass
        shown = [story_lines(spread, page) for page in paginate(spread.lines, height)]
        for side in (0, 1):
            numbers = [number for page in shown for number in page[side]]
            assert numbers == list(range(len(spread.stories[side].lines)))
        assert len(shown) > 3


def story_lines(spread, page) -> tuple[list[int], list[int]]:
    return spread.numbers(0, page.first, page.last), spread.numbers(1, page.first, page.last)


def test_every_page_says_what_it_is_of_and_which(make_pdf, document) -> None:
    pages = make_pdf(document)
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert page.startswith(plain(document.article.title))
        assert plain(f"{document.article.outlet} · {document.article.published}") in page
        assert plain("Source text · Project P · printed 1 May 2026 · Article Annotator") in page
        assert f"Page{number}of{len(pages)}" in page


def test_the_legend_names_every_speaker_claim_and_correction(make_pdf, document) -> None:
    legend = "".join(make_pdf(document)[1:])
    assert legend.count("Legend") == 1
    for speaker in document.speakers:
        assert plain(speaker.name) in legend
    for number, claim in enumerate(document.claims, start=1):
        assert plain(claim.note) in legend
        assert re.search(rf"(\D|of\d){number}TheMoscowTimes", legend)
    assert plain("SergeiLavrov Person · claims 4–7, 9, 10, 16") in legend
    assert plain("Twould → I would") in legend
    assert plain("Transcription · OCR error") in legend
    wraps = sum(len(correction.spans) for correction in document.corrections if correction.cause == "line_break")
    assert plain(f"{wraps} line ends are read as a space each") in legend


def test_the_legend_can_be_left_out(make_pdf, document) -> None:
    pages = make_pdf(document, legend=False)
    assert len(pages) == 1
    assert "Legend" not in pages[0]


def test_corrections_about_facts_are_listed_with_their_evidence(make_pdf) -> None:
    text = "The bridge is safe.\n"
    claim = Claim(**common("c", text, (0, 18)), form="narration")
    evidence = Evidence("https://example.org/report", "2026-04-01", "Chapter 3")
    fact = Correction(**common("f", text), kind="factual", claim_id="c", verdict="refuted", evidence=(evidence,))
    pages = make_pdf(article(text, claims=[claim], corrections=[fact]))
    assert plain("Corrections about facts (1)") in pages[-1]
    assert (
        plain("1 Refuted page 1 The bridge is safe Evidence: https://example.org/report · 2026-04-01 · Chapter 3")
        in (pages[-1])
    )


def test_every_word_of_a_long_article_is_printed_once(make_pdf) -> None:
    text = numbered(2000)
    pages = make_pdf(article(text), legend=False)
    assert len(pages) > 4
    assert re.findall(r"w\d{5}", "".join(pages)) == text.split()


def test_a_long_paragraph_goes_over_the_pages(make_pdf) -> None:
    text = numbered(1500, every=1500)
    pages = make_pdf(article(text), paper="A5", legend=False)
    assert len(pages) > 4
    assert re.findall(r"w\d{5}", "".join(pages)) == text.split()


def test_a_claim_that_goes_on_has_its_number_again_and_the_list_its_page(make_pdf) -> None:
    text = numbered(700, every=700)
    claims = [Claim(**common("c1", text, (0, 4000))), Claim(**common("c2", text, (4151, 4157)))]
    first, second, *rest = make_pdf(article(text, claims=claims), paper="A5")
    assert first.endswith("1")
    assert second.endswith(plain("…1"))
    assert plain("1 The article itself, or nobody named page 1") in "".join(rest)
    page = next(number for number, page in enumerate([first, second, *rest], start=1) if text[4151:4157] in page)
    assert plain(f"2 The article itself, or nobody named page {page} {text[4151:4157]}") in "".join(rest)


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        HEBREW,
        "Caf\u00e9 e\u0301 \U0001f600 \u4e2d\u6587 a\x00b\u2028c \ufffc",
        "\n \n",
        "",
    ],
)
def test_any_script_is_printed(make_pdf, text: str) -> None:
    places = [(0, min(5, len(text)))] if text.strip() else []
    claims = [Claim(**common("c", text, place), note=text) for place in places]
    pages = make_pdf(article(text, title=text.strip() or "Nothing", claims=claims))
    assert len(pages) == 2
    letters = {c for c in plain(text) if "\u05d0" <= c <= "\u05ea" or (c.isascii() and c.isalpha())}
    assert letters <= set(pages[0])


def test_text_stays_letters_that_can_be_searched(make_pdf) -> None:
    """Letters that a font joins (fi, ft) or swaps for others beside digits and capitals are still those letters."""
    text = "After the office (AFT-OP) filed 2018-04-20, staff offered (Op-ed) affidavits."
    assert plain(text) in make_pdf(article(text), legend=False)[0]


def test_fonts_are_embedded_and_nothing_is_a_picture(make_pdf, document, tmp_path) -> None:
    make_pdf(document)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        kinds = {item.type for page in pdf for item in page.get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_TEXT in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    data = (tmp_path / "out.pdf").read_bytes()
    assert data.count(b"/FontFile2") == len(set(re.findall(rb"/FontName /([\w+-]+)", data))) > 2


# ---- no line is cut


def picture(story: Story, first: int, last: int, top: float, height: float) -> QImage:
    image = QImage(800, int(height), QImage.Format.Format_ARGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.translate(0, -top)
    story.paint(painter, first, last)
    painter.end()
    return image


def laid_out(document: Document, view="source") -> Story:
    story = Story(Manuscript(document, "P", view, "today", paper_typography(document.source.text)).scenes[0], 700)
    for _ in story.steps():
        pass
    return story


@pytest.mark.parametrize("view", ["source", "corrected"])
@pytest.mark.parametrize("height", [150, 237, 400])
def test_pages_put_together_are_the_article(fonts, document, view, height) -> None:
    """Each page shows its lines whole, as the whole article does, and nothing of its neighbours' words."""
    story = laid_out(document, view)
    whole = picture(story, 0, len(story.lines), 0, story.lines[-1].bottom + 10)
    pages = list(paginate(story.lines, height))
    assert len(pages) > 1
    for page in pages:
        top, bottom = round(story.lines[page.first].top + 2), round(story.lines[page.last - 1].bottom)
        image = picture(story, page.first, page.last, 0, story.lines[-1].bottom + 10)
        strip = QRectF(80, top, 720, bottom - top - 6).toRect()  # beside the gutter, where numbers are repeated
        assert image.copy(strip) == whole.copy(strip)
        above = image.copy(0, 0, 800, max(1, top - 8))  # two rows of numbers are a little higher than their line
        below = image.copy(0, bottom + 1, 800, image.height() - bottom - 1)
        assert is_blank(above)
        assert is_blank(below)


def is_blank(image: QImage) -> bool:
    blank = QImage(image.size(), image.format())
    blank.fill(0xFFFFFFFF)
    return image == blank


# ---- files


def test_a_file_appears_whole_or_not_at_all(qapp, document, tmp_path) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(b"before")
    manuscript = Manuscript(document, "P", "source", "today", paper_typography(document.source.text))
    steps = write_pdf(path, "T", [manuscript], PaperSheet(page_layout("A4")), lambda *_: None)
    painted = 0
    for painted, _ in enumerate(steps):
        if painted == 40:
            break
    steps.close()
    assert painted == 40
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["out.pdf"]


def test_a_place_that_cannot_be_written_is_named(qapp, document, tmp_path) -> None:
    manuscript = Manuscript(document, "P", "source", "today", paper_typography(document.source.text))
    with pytest.raises(ExportFailed, match=r"the directory .* does not exist"):
        next(write_pdf(tmp_path / "no" / "x.pdf", "T", [manuscript], PaperSheet(page_layout("A4")), lambda *_: None))


# ---- entries


@given(st.sets(st.integers(1, 60)))
@settings(max_examples=examples(80))
def test_numbers_are_spelt_so_that_they_can_be_read_back(numbers: set[int]) -> None:
    read: set[int] = set()
    for part in entries.spell(sorted(numbers)).split(", "):
        if part:
            low, _, high = part.partition("–")
            read |= set(range(int(low), int(high or low) + 1))
    assert read == numbers


def test_numbers_are_spelt_short() -> None:
    assert entries.spell([1, 4, 7, 8, 9, 11, 12]) == "1, 4, 7–9, 11, 12"


def test_words_from_right_to_left_do_not_turn_a_chain_around() -> None:
    assert entries.isolated("Ann") == "Ann"
    assert entries.isolated(HEBREW) == f"\u2068{HEBREW}\u2069"


def test_a_speaker_who_only_passes_claims_on_is_listed(qapp) -> None:
    from annotator.model import Hop
    from annotator.workspace import Workspace
    from ui.outline import Outline

    text = "He said it is so."
    speakers = [Speaker("s1", "Agency", "media"), Speaker("s2", "He")]
    claim = Claim(**common("c", text, (8, 16)), chain=(Hop("s1"), Hop("s2")))
    mention = Mention(**common("m", text, (0, 2)), speaker_id="s2")
    ws = Workspace(speakers, article(text, claims=[claim], mentions=[mention], speakers=speakers))
    found = {each.name: each.facts for each in entries.speakers(ws, Outline(ws))}
    assert found == {"Agency": "Media · passes on claim 1", "He": "Person · claim 1 · 1 mention"}


def test_read_pdf_reads_pages(make_pdf, tmp_path) -> None:
    make_pdf(article("One word."), legend=False)
    assert len(read_pdf(tmp_path / "out.pdf")) == 1
