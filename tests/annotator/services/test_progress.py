from datetime import UTC, date, datetime

import pytest

from annotator.model import Article, ArticleSummary
from annotator.services.progress import IDLE, Stopwatch, duration, next_unfinished, progress


def row(state, updated=""):
    return ArticleSummary(Article(id=state + updated, title="T", state=state, updated=updated))


def test_articles_are_counted_by_state_and_by_the_day_they_were_done():
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    today = noon.astimezone().date()
    rows = [row("done", noon.isoformat()), row("done", "2020-01-01T00:00:00Z"), row("todo"), row("done", "damaged")]
    found = progress(rows, today)
    assert (found.articles, found.done, found.done_today) == (4, 3, 1)
    assert progress([], date(2026, 1, 1)).articles == 0


@pytest.mark.parametrize(
    ("signs", "seconds"),
    [([0, 10, 20], 20), ([0, IDLE, 2 * IDLE], 2 * IDLE), ([0, IDLE + 1], 0), ([0, 5, IDLE + 6, IDLE + 9], 8), ([], 0)],
)
def test_a_stopwatch_counts_while_somebody_is_there(signs, seconds):
    watch = Stopwatch()
    for at in signs:
        watch.sign(at)
    assert watch.take() == seconds
    assert watch.take() == 0


def test_what_lies_between_two_articles_does_not_count():
    watch = Stopwatch()
    watch.sign(0)
    watch.stop()
    watch.sign(50)
    watch.sign(51)
    assert watch.take() == 1


def test_the_next_unfinished_article_comes_round_and_what_is_listed_comes_first():
    def article(id_, state="todo"):
        return Article(id=id_, title="T", state=state)

    ordered = [article("a"), article("b", "done"), article("c", "needs_review"), article("d"), article("e", "done")]
    everything = "abcde"
    assert next_unfinished(ordered, "b", everything) == "d"
    assert next_unfinished(ordered, "d", everything) == "a"
    assert next_unfinished(ordered, "d", "c") == "c"
    assert next_unfinished(ordered, None, "") == "a"
    assert next_unfinished(ordered, "gone", everything) == "a"
    assert next_unfinished([article("a"), article("b", "done")], "a", everything) is None
    assert next_unfinished([], None, "") is None


def test_how_long_it_took_in_words():
    assert [duration(s) for s in (0, 59.9, 60, 3599, 3600, 4000)] == [
        *("less than a minute", "less than a minute", "1 min", "59 min", "1 h 00 min", "1 h 06 min")
    ]
