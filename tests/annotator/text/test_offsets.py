from hypothesis import given
from hypothesis import strategies as st

from annotator.text.offsets import Utf16Map

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_every_offset_equals_the_encoded_length_of_what_is_before_it(text):
    offsets = Utf16Map(text)
    for offset in range(len(text) + 1):
        assert offsets.to_utf16(offset) == utf16_units(text[:offset])
        assert offsets.to_code_point(offsets.to_utf16(offset)) == offset
    assert offsets.length == len(text)
    assert offsets.utf16_length == utf16_units(text)


def test_inside_a_surrogate_pair_is_its_start():
    offsets = Utf16Map("a😀𠀀b")
    assert [offsets.to_code_point(n) for n in range(7)] == [0, 1, 1, 2, 2, 3, 4]
