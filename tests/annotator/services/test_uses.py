"""How the uses of a speaker are listed and counted."""

from __future__ import annotations

from dataclasses import replace

from annotator.model import Claim, Hop, Mention, Span
from annotator.services.uses import arranged, names, part_of, summed_up, words


def mention(id_, article="a", start=0, **values):
    span = Span(start, start + 3, "He\n", "then ", " said")
    return Mention(id=id_, article_id=article, annotator="Ann", spans=(span,), speaker_id="s", **values)


def claim(id_, *hops, article="a", start=0, exact="it rains"):
    span = Span(start, start + len(exact), exact, "that ", ".")
    return Claim(id=id_, article_id=article, annotator="Ann", spans=(span,), chain=hops)


def test_uses_stand_by_article_and_as_the_text_runs():
    uses = [mention("m2", start=9), claim("c", Hop("s"), article="b"), mention("m1"), mention("gone", article="x")]
    assert [use.id for use in arranged(uses, ["b", "a"])] == ["c", "m1", "m2", "gone"]


def test_what_the_speaker_is_there():
    source, carrier = claim("1", Hop("o"), Hop("s")), claim("2", Hop("s"), Hop("o"))
    told = claim("3", Hop("o", addressee_id="s"))
    assert [part_of(use, "s") for use in (mention("m"), source, carrier, told)] == [
        "Mention",
        "Claim",
        "Passes on",
        "Is told",
    ]
    assert [names(use, "s") for use in (mention("m"), source, carrier, told)] == [True] * 4
    assert not any(names(use, "x") for use in (mention("m"), source, carrier, told, None))


def test_words_stand_on_one_line_and_are_cut():
    assert words(mention("m")) == ("then ", "He ", " said")
    far = Span(99, 101, "it", "ar away and long before it was, ", " was, and a long time after it w")
    assert words(replace(mention("m"), spans=(far,))) == (
        "…away and long before it was, ",
        "it",
        " was, and a long time after it…",
    )
    assert len(words(claim("c", exact="x" * 5000))[1]) == 200


def test_they_are_counted_for_people():
    assert summed_up([]) == "no mention and no claim"
    assert summed_up([mention("m")]) == "1 mention in 1 article"
    both = [mention("m"), mention("n", article="b"), claim("c", Hop("s"))]
    assert summed_up(both) == "2 mentions and 1 claim in 2 articles"
