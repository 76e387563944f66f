"""Pieces of sentences: what is quoted can neither break a line, nor turn it, nor colour a terminal."""

from __future__ import annotations

import pytest

from annotator.errors import ImportFailed
from annotator.text.storable import is_storable
from annotator.text.wording import listed, plain, sentence


@pytest.mark.parametrize(
    "code", [*range(32), *range(0x7F, 0xA0), 0x200E, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xD800, 0xDFFF]
)
def test_characters_that_trick_are_shown_as_replaced(code: int) -> None:
    assert plain(f"a{chr(code)}b") == "a\ufffdb"
    assert is_storable(sentence(chr(code)))


def test_a_sentence_stays_as_it_is_but_for_them() -> None:
    whole = "“Zoë’s 😀 עברית\u200c” costs 3\u00a0€."
    assert sentence(whole) == plain(whole) == whole
    assert sentence("a\tb\r\nc\x1b[31m") == "a b  c\ufffd[31m"


def test_what_is_said_of_a_file_that_cannot_be_imported_quotes_it_without_harm() -> None:
    assert str(ImportFailed("a.txt: \u202egpj.\nexe\ud800")) == "a.txt: \ufffdgpj. exe\ufffd"


def test_things_are_listed_as_people_do() -> None:
    assert [listed("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
