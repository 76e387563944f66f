"""How much of two texts is the same: exact on what is told, and next to nothing near the same is missed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.likeness import ALIKE, Alike, runs_of, share

WORDS = [f"word{n}" for n in range(400)]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def test_texts_that_are_near_the_same_are_found_among_many_and_the_share_is_exact() -> None:
    alike = Alike()
    for seed in range(300):
        alike.add(str(seed), runs_of(" ".join(text(seed))))
    for seed in range(0, 300, 7):
        changed = text(seed)
        changed[100:110] = ["changed"] * 10
        runs = runs_of("Another head. " + " ".join(changed))
        found = alike.nearest(runs)
        assert found == (str(seed), share(runs, runs_of(" ".join(text(seed)))))
        assert ALIKE <= found[1] < 1
    assert alike.nearest(runs_of(" ".join(text(999)))) is None
    assert alike.nearest(set()) is None


@given(st.integers(0, 60))
def test_a_text_is_near_the_same_exactly_when_its_share_says_so(changes: int) -> None:
    words = text(1, 60)
    other = ["new"] * changes + words[changes:]
    alike = Alike()
    alike.add("a", runs_of(" ".join(words)))
    exact = share(runs_of(" ".join(words)), runs_of(" ".join(other)))
    assert (alike.nearest(runs_of(" ".join(other))) is not None) == (exact >= ALIKE)


@pytest.mark.parametrize("words", ["one two three four five", "一二三四五六", "Ein Wort", "x"])
def test_case_and_punctuation_do_not_count_and_short_texts_have_runs_too(words: str) -> None:
    assert runs_of(words) == runs_of(f"„{words.upper()}!“") != set()
    assert share(runs_of(words), runs_of(words)) == 1.0
    assert share(set(), set()) == 0.0


def test_a_notice_that_thousands_of_texts_have_makes_none_of_them_alike() -> None:
    notice = " ".join(WORDS[:30])
    alike = Alike()
    for seed in range(600):
        alike.add(str(seed), runs_of(f"{' '.join(text(seed, 100))} {notice}"))
    assert alike.nearest(runs_of(f"{' '.join(text(700, 100))} {notice}")) is None
