"""Splits: the same for the same seed, nothing of one split in another, every outlet and year in its share."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.release.splitting import SPLITS, Member, Plan, split
from annotator.text.likeness import runs_of

WORDS = [f"w{n}" for n in range(400)]


def member(
    number: int, text: str | None = None, speakers: tuple[str, ...] = (), strata: tuple[str, ...] = ()
) -> Member:
    own = " ".join(WORDS[number % 13 :: 7]) + f" {number} " * 5 if text is None else text
    return Member(f"a{number:03}", runs_of(own), frozenset(speakers), strata)


def distinct(number: int) -> str:
    return " ".join(f"{word}-{number}" for word in WORDS[:30])


members = st.lists(
    st.builds(
        lambda n, text, speakers, stratum: (n, text, speakers, stratum),
        st.integers(0, 200), st.integers(0, 12), st.sets(st.sampled_from("pqrstuvw"), max_size=2),
        st.sampled_from("AB"),
    ),
    unique_by=lambda each: each[0], max_size=40,
)  # fmt: skip


@given(members, st.text(max_size=4), st.tuples(*[st.floats(0, 5)] * 3).filter(any))
def test_every_article_is_in_one_split_and_likes_stay_together(found, seed, shares) -> None:
    all_ = [member(n, distinct(text), tuple(speakers), (stratum,)) for n, text, speakers, stratum in found]
    plan = Plan(shares, seed)
    done = split(all_, plan)
    assert done.of.keys() == {each.id for each in all_}
    assert set(done.of.values()) <= {name for name, share in zip(SPLITS, shares, strict=True) if share}
    assert split(all_[::-1], plan).of == done.of
    for one in all_:
        for other in all_:
            if one.runs == other.runs or one.speakers & other.speakers:
                assert done.of[one.id] == done.of[other.id]


def test_splits_have_their_share_of_all_and_of_every_stratum() -> None:
    all_ = [member(n, distinct(n), (), (f"outlet {n % 3}", f"year {n % 5}")) for n in range(300)]
    done = split(all_, Plan((0.8, 0.1, 0.1)))
    counts = Counter(done.of.values())
    assert counts == {"train": 240, "dev": 30, "test": 30}
    assert done.notes == ()
    for stratum in {stratum for each in all_ for stratum in each.strata}:
        inside = [each for each in all_ if stratum in each.strata]
        of = Counter(done.of[each.id] for each in inside)
        for name, share in zip(SPLITS, (0.8, 0.1, 0.1), strict=True):
            assert abs(of[name] - share * len(inside)) <= 3, (stratum, of)


def test_another_seed_is_another_split() -> None:
    all_ = [member(n, distinct(n)) for n in range(50)]
    assert split(all_, Plan(seed="1")).of != split(all_, Plan(seed="2")).of


def test_a_near_copy_goes_where_its_like_is_also_through_a_third() -> None:
    words = distinct(1).split()
    chain = [" ".join(words), " ".join([*words[2:], "x1", "x2"]), " ".join([*words[4:], "x1", "x2", "y1", "y2"])]
    all_ = [member(n, text) for n, text in enumerate(chain)] + [member(n, distinct(n)) for n in range(10, 40)]
    done = split(all_, Plan())
    assert len({done.of[f"a00{n}"] for n in range(3)}) == 1
    assert done.groups == (("a000", "a001", "a002"),)


def test_what_cannot_be_as_asked_is_said() -> None:
    all_ = [member(n, distinct(n), ("Reuters",)) for n in range(20)]
    done = split(all_, Plan())
    assert (
        done.notes[0]
        == "The split “train” has 20 articles where 16.0 were asked; 20 of 20 articles must stay together."
    )


@pytest.mark.parametrize("shares", [(0, 0, 0), (1, -1, 0)])
def test_shares_are_weights(shares) -> None:
    with pytest.raises(ValueError, match="shares"):
        split([member(1)], Plan(shares))


@given(members, st.dictionaries(st.integers(0, 200).map("a{:03}".format), st.sampled_from(SPLITS), max_size=20))
def test_what_was_in_a_split_before_stays_there_unless_it_must_stay_together_with_more(found, before) -> None:
    all_ = [member(n, distinct(text), tuple(speakers), (stratum,)) for n, text, speakers, stratum in found]
    done = split(all_, Plan(), before)
    together = {id_: group for group in done.groups for id_ in group}
    for each in all_:
        group = together.get(each.id, (each.id,))
        told = {before[id_] for id_ in group if id_ in before}
        assert {done.of[id_] for id_ in group} == {done.of[each.id]}
        if len(told) == 1:
            assert done.of[each.id] in told
        elif each.id in before and done.of[each.id] != before[each.id]:
            assert sum(before.get(id_) == done.of[each.id] for id_ in group) >= 1
            assert any(note.startswith(f"The article {each.id} was in") for note in done.notes)
    assert split(all_[::-1], Plan(), before) == done
