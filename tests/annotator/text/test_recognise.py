"""Fields and blocks proposed from a text: the seed exactly, other layouts, and what must not be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.dates import parse_date
from annotator.text.language import guess_language
from annotator.text.recognise import recognise
from annotator.vocabulary import DEFAULT
from seeds import sample_text_path

SEED = sample_text_path().read_bytes().decode()
INSERTED_URL = "https://www.themoscowtimes.com/2026/04/28/in-syria-moscow-is-defending-a-narrative-not-a-country-op-ed"


def blocks(text: str) -> list[tuple[str, str]]:
    return [(segment.kind, text[segment.start : segment.end]) for segment in recognise(text).segments]


def test_the_seeds_fields() -> None:
    found = recognise(SEED)
    assert found.title == "Russia Says Trump Invited Putin to U.S. During Phone Call"
    assert found.published == "2018-04-20"
    assert found.language == "en"
    assert (found.byline, found.outlet) == (None, None)
    assert found.url is None  # the address in the middle is inserted matter, not the article's own


def test_the_seeds_segments() -> None:
    found = blocks(SEED)
    assert [kind for kind, _ in found] == [
        "headline", "dateline", "body", "body", "related_link", "body", "url", "body", "body", "body", "body",
    ]  # fmt: skip
    assert found[0] == ("headline", "Russia Says Trump Invited Putin to U.S.\nDuring Phone Call")
    assert found[1] == ("dateline", "April 20,2018")
    assert found[2][1].startswith("U.S. President Donald Trump")
    assert found[2][1].endswith("citing the Russian Foreign Ministry.")
    assert found[4][1] == "Related article: In Syria, Moscow Is Defending a Narrative, Not a Country (Op-ed)"
    assert found[6] == ("url", INSERTED_URL)
    assert found[10] == ("body", "Trump and Putin spoke by phone on March 20.")


@given(st.text(st.sampled_from("a .:/,\n\t\u00a0\u2028é😀1A") | st.characters(exclude_categories=["Cs"]), max_size=99))
def test_segments_are_in_order_apart_trimmed_and_leave_only_white_space(text: str) -> None:
    check_segments(text)


@given(
    st.lists(
        st.sampled_from(
            ["", "", "April 20, 2018", "By Jane Doe", "https://example.org/a", "Related article: More", "Short title",
             "A sentence that goes on and ends.", "Source: https://example.org", "x" * 300, "Photo: a man", " a"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_segments_hold_in_any_arrangement_of_lines(lines: list[str]) -> None:
    check_segments("\n".join(lines))


def check_segments(text: str) -> None:
    position = 0
    for segment in recognise(text).segments:
        assert segment.start >= position
        assert not text[position : segment.start].strip()
        exact = text[segment.start : segment.end]
        assert exact
        assert exact == exact.strip()
        assert segment.kind in DEFAULT.values("segment.kind")
        position = segment.end
    assert not text[position:].strip()


def test_byline_and_date_in_the_headlines_block() -> None:
    text = "Headline here\nBy Jane Doe and John Smith\nApril 3, 2020\n\nBody text of the thing.\nMore of it.\n"
    found = recognise(text)
    assert (found.title, found.byline, found.published) == ("Headline here", "Jane Doe and John Smith", "2020-04-03")
    assert [kind for kind, _ in blocks(text)] == ["headline", "byline", "dateline", "body"]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe, John Smith and Ann O’Neil", "Jane Doe, John Smith and Ann O’Neil"),
        ("By J. R. Ewing | April 3, 2020", "J. R. Ewing"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("Von Max von der Leyen", "Max von der Leyen"),
        ("By Friday the war was over.", None),
        ("By the river", None),
        ("By Monday", None),
    ],
)
def test_bylines(line: str, byline: str | None) -> None:
    assert recognise(f"A headline\n\n{line}\n\nThe body comes here. It is long.").byline == byline


def test_a_sentence_inside_the_article_is_no_byline_and_no_dateline() -> None:
    text = "A headline\n\nThe body begins here and goes on.\n\nBy Jane Doe\n\nApril 3, 2020"
    found = recognise(text)
    assert (found.byline, found.published) == (None, None)
    assert {kind for kind, _ in blocks(text)[1:]} == {"body"}


def test_an_address_above_the_text_or_labelled_is_the_articles_own() -> None:
    above = recognise("https://example.org/a\n\nHello World\n\nSome body. It is long.")
    assert (above.url, above.title) == ("https://example.org/a", "Hello World")
    below = recognise("Hello World\n\nSome body. It is long.\n\nSource: https://example.org/b\nOutlet: The Times")
    assert (below.url, below.outlet) == ("https://example.org/b", "The Times")
    bare = recognise("Hello World\n\nSome body. It is long.\n\nhttps://example.org/c")
    assert bare.url is None


def test_a_text_without_a_headline_gets_its_first_words_as_a_title_and_no_headline_block() -> None:
    text = "This is a paragraph that ends.\n\nSecond paragraph here.\n\nThird."
    assert recognise(text).title == "This is a paragraph that ends."
    assert [kind for kind, _ in blocks(text)] == ["body"] * 3
    long = recognise("word " * 60)
    assert long.title is not None
    assert len(long.title) <= 101
    assert long.title.endswith("word…")


def test_one_paragraph_a_line() -> None:
    first, second = "The president said so. " * 12, "Then he did not do so. " * 12
    text = f"Big news today\n{first}\n{second}"
    assert blocks(text) == [("headline", "Big news today"), ("body", first.strip()), ("body", second.strip())]


def test_a_hard_wrapped_paragraph_alone_has_no_headline() -> None:
    text = "The president said that he would go\nto the moon on a rocket made\nof cheese."
    assert blocks(text) == [("body", text)]


def test_inserted_matter_and_notes() -> None:
    text = (
        "Headline\n\nThe body is here. It is long.\n\n"
        "Read more: Something else that is so very long that\nit was wrapped\n\n"
        "Photo: A man\n\n(Reporting by X; Editing by Y)\n\nЧитайте также: Другое"
    )
    kinds = [kind for kind, _ in blocks(text)]
    assert kinds == ["headline", "body", "related_link", "caption", "note", "related_link"]
    assert blocks(text)[2][1].endswith("it was wrapped")


def test_nothing_in_nothing() -> None:
    assert recognise("").title is None
    assert recognise(" \n\t\n").segments == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("April 20,2018", "2018-04-20"),
        ("April 20, 2018", "2018-04-20"),
        ("Apr. 20, 2018", "2018-04-20"),
        ("Friday, April 20, 2018", "2018-04-20"),
        ("20 April 2018", "2018-04-20"),
        ("20th April 2018", "2018-04-20"),
        ("2018-04-20", "2018-04-20"),
        ("2018-04-20T10:15:00Z", "2018-04-20"),
        ("2018/04/20", "2018-04-20"),
        ("20.04.2018", "2018-04-20"),
        ("20.4.2018, 10:15", "2018-04-20"),
        ("20 апреля 2018", "2018-04-20"),
        ("20 апреля 2018 года", "2018-04-20"),
        ("Пятница, 20 апреля 2018 г.", "2018-04-20"),
        ("Published: April 20, 2018 at 10:15 a.m. EST", "2018-04-20"),
        ("4/20/2018", "2018-04-20"),
        ("20/4/2018", "2018-04-20"),
        ("4/5/2018", None),
        ("February 30, 2018", None),
        ("April 2018", None),
        ("On April 20, 2018 he said so", None),
        ("20.13.2018", None),
        ("1234567890", None),
        ("x" * 5000, None),
    ],
)
def test_dates(line: str, date: str | None) -> None:
    assert parse_date(line) == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SEED, "en"),
        ("Президент США Дональд Трамп пригласил его в Белый дом, и он не сказал, что это так. Как он и думал.", "ru"),
        ("Президент сказав, що він не поїде до Києва, і це не так, як він думав про це за рік. Та й усе.", "uk"),
        ("Der Präsident hat sich mit dem Kanzler in der Stadt getroffen, und er ist nicht zufrieden.", "de"),
        ("Le président a dit dans la ville que les relations avec la Russie et les États-Unis ne sont pas.", "fr"),
        ("ロシア外務省は、トランプ大統領がプーチン大統領を招待したと発表した。", "ja"),
        ("俄罗斯外交部表示特朗普总统在电话中邀请普京访问白宫拉夫罗夫说", "zh"),
        ("러시아 외무부는 트럼프 대통령이 푸틴을 초청했다고 밝혔다고 말했다", "ko"),
        ("Ο πρόεδρος των ΗΠΑ κάλεσε τον Ρώσο ομόλογό του στον Λευκό Οίκο", "el"),
        ("Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor", None),
        ("Hi", None),
        ("12345 67890 ... !!!", None),
        ("Hello world this Россия пригласила всех", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert guess_language(text) == language
