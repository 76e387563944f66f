import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.sentences import quotation_around, sentence_around
from seeds import sample_text_path


def around(find, text, words):
    place = find(text, text.index(words))
    return None if place is None else text[slice(*place)]


def test_a_sentence_ends_neither_at_an_initial_nor_at_its_hard_wraps():
    text = sample_text_path().read_text(encoding="utf-8")
    sentence = around(sentence_around, text, "counterpart")
    assert sentence.startswith(("U.S. President", "April"))
    assert sentence.endswith("citing the Russian Foreign Ministry.")
    assert around(sentence_around, text, "spoke by phone") == "Trump and Putin spoke by phone on March 20."


@pytest.mark.parametrize(
    ("text", "words", "quotation"),
    [
        ('He said: "We go." Then left.', "go", '"We go."'),
        ('He said: "We go." Then left.', "left", None),
        ("“We go,” he said, “now.”", "now", "“now.”"),
        ("„Wir gehen“, sagte er.", "gehen", "„Wir gehen“"),
        ("«Мы «идём» туда», — сказал он.", "туда", "«Мы «идём» туда»"),
        ('"We go, he said.\n\nNext one.', "go", '"We go, he said.'),
        ('We go," he said.', "go", 'We go,"'),
        ('Lavrov said. \'"We also hear this."', "hear", '"We also hear this."'),
        ('"We go, he said. He added "nothing" and left.', "go", '"We go, he said.'),
        ('"We go, he said. He added "nothing" and left.', "nothing", '"nothing"'),
        ('"We go, he added, "and left."', "go", '"We go, he added,'),
        ('"We go, he added, "and left."', "left", '"and left."'),
        ('"We go ," he said, "now ".', "now", '"now "'),
    ],
)
def test_the_quotation_under_the_caret_also_when_a_mark_is_missing(text, words, quotation):
    assert around(quotation_around, text, words) == quotation


@given(st.text('ab ."“”„«»\n', max_size=40), st.integers(0, 40))
def test_a_quotation_lies_around_the_place_and_never_crosses_a_paragraph(text, offset):
    place = quotation_around(text, min(offset, len(text)))
    if place is not None:
        assert place[0] <= min(offset, len(text)) < place[1]
        assert "\n\n" not in text[slice(*place)]
