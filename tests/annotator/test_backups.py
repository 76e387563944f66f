"""Which backups are kept: over any sequence of times, and whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.backups import kept

START = datetime(2026, 1, 1, tzinfo=UTC)
steps = st.one_of(
    st.integers(1, 3_600), st.integers(600, 90_000), st.integers(50_000, 900_000), st.integers(10**6, 8 * 10**6)
).map(lambda seconds: timedelta(seconds=seconds))
jumps = steps | steps.map(lambda step: -step)


def made(gaps: list[timedelta]) -> list[datetime]:
    times = [START]
    for gap in gaps:
        times.append(times[-1] + gap)
    return times


def tidied(times: list[datetime]) -> set[datetime]:
    """What is left when each was made and the rest tidied at once."""
    left: set[datetime] = set()
    for when in times:
        time = when
        while time in left:
            time += timedelta(milliseconds=1)
        left = kept({*left, time}, time)
        assert time in left, "the one made just now stays"
    return left


@given(st.lists(steps, max_size=120))
def test_what_tidying_leaves_is_what_the_rules_say_of_all_that_ever_were(gaps):
    times = made(gaps)
    left, last = tidied(times), times[-1]
    assert left == kept(times, last), "nothing goes that a later tidying would have kept"
    for key, most in (
        (lambda time: time.date(), 14),
        (lambda time: time.isocalendar()[:2], 8),
        (lambda time: (time.year, time.month), 12),
    ):
        stretches = sorted({key(time) for time in times}, reverse=True)[:most]
        for stretch in stretches:
            assert max(time for time in times if key(time) == stretch) in left
    day = [time for time in times if time > last - timedelta(days=1)]
    for hour in {(time.date(), time.hour) for time in day}:
        assert max(time for time in day if (time.date(), time.hour) == hour) in left
    assert {time for time in times if time > last - timedelta(hours=1)} <= left
    older = [time for time in left if time <= last - timedelta(hours=1)]
    assert len(older) <= 25 + 14 + 8 + 12


@given(st.lists(jumps, max_size=80))
def test_a_clock_that_goes_back_removes_nothing_that_was_to_stay(gaps):
    times = made(gaps)
    left = tidied(times)
    assert times[-1] in left
    past = [time for time in times if time <= times[-1]]
    assert max(left) >= max(past)


@given(st.lists(steps, min_size=1, max_size=60), st.lists(steps, min_size=1, max_size=60), steps)
def test_a_clock_that_was_ahead_takes_the_place_of_one_day_one_week_and_one_month(before, after, ahead):
    """The same is kept of the other true times whether or not the clock was ahead for a while."""
    true = made(before)
    wrong = [true[-1] + 20 * timedelta(days=365) + ahead]
    later = [true[-1] + sum(after[: n + 1], timedelta()) for n in range(len(after))]
    left = tidied([*true, *wrong, *later])
    assert wrong[0] in left
    lost = tidied([*true, *later]) - left
    hours = {time for time in true if time > true[-1] - timedelta(days=1)}
    assert len(lost - hours) <= 3, "beside hours of the day before the wrong moment the oldest of each, and no more"
