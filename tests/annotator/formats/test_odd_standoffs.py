"""What damaged files bring into a standoff: ids twice, characters that nothing stores, dates that are none, loops."""

from __future__ import annotations

import json
from itertools import pairwise

from annotator.formats.base import Draft, Reading
from annotator.formats.standoff import labels
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Attributes, Item, Link, Place, Standoff, Unread
from annotator.rules import find_cycle
from annotator.text.corrected import replacements
from annotator.text.storable import storable

TEXT = "He said that it was nice, and left."
HALF = "a\ud800\0"
WHOLE = "a\ufffd\ufffd"


def item(id_: str, label: str = labels.CLAIM, place: Place = (0, 2), **attributes: str) -> Item:
    return Item(id_, label, (place,), attributes=tuple(attributes.items()))


def read(*items: Item, links: tuple[Link, ...] = (), unread: tuple[Unread, ...] = (), fields: Attributes = ()) -> Draft:
    return decode(Standoff("a.x", TEXT, items, links, fields, unread), Reading("a.x", "Zoe"))


def test_an_id_that_is_there_twice_counts_once() -> None:
    held = [item(id_, "X", uuid="q") for id_ in "45"]
    draft = read(item("1", uuid="c"), item("2", uuid="c"), item("3", labels.MENTION, uuid="c"), *held)
    first, second = draft.claims
    assert (first.id, [mention.id for mention in draft.mentions]) == ("c", ["c"])
    assert second.id not in ("c", "")
    assert len({each.id for each in draft.quarantined}) == 2


def test_what_cannot_be_stored_is_replaced_wherever_it_stands() -> None:
    odd = item("1", uuid=HALF, note=HALF, **{f"x{HALF}": HALF}, tag=HALF)
    evidence = json.dumps({"url": HALF, "note": HALF})
    fix = item("2", labels.TRANSCRIPTION, uuid=f"k{HALF}", replacement=HALF, evidence=evidence)
    draft = read(
        odd,
        fix,
        item("3", f"label {HALF}"),
        unread=(Unread(HALF, HALF, HALF),),
        links=(Link("4", f"x{HALF}", (("a", "1"), ("b", HALF)), (("uuid", HALF),)),),
        fields=(("id", HALF), ("title", HALF), ("published", HALF), ("language", HALF)),
    )
    told = repr(draft)
    assert told == storable(told)
    assert "\\ud800" not in told
    assert "\\x00" not in told
    assert (draft.article.id, draft.article.title, draft.claims[0].id) == (WHOLE, WHOLE, WHOLE)
    assert len(draft.quarantined) == 3


def test_a_date_of_evidence_that_is_none_stands_in_the_note() -> None:
    evidence = json.dumps({"url": "http://x.org", "date": "soon"})
    (fix,) = read(item("1", labels.FACTUAL, evidence=evidence)).corrections
    assert [(each.url, each.date) for each in fix.evidence] == [("http://x.org", None)]
    assert fix.note == "evidence[0].date = soon"


def test_evidence_nested_more_deeply_than_can_be_read_is_kept_in_the_note() -> None:
    (fix,) = read(item("1", labels.FACTUAL, evidence="[" * 100_000)).corrections
    assert (fix.evidence, fix.note[:12]) == ((), "evidence = [")


def test_a_claim_inside_itself_is_not_put_inside_and_that_is_kept() -> None:
    names = [f"c{n}" for n in range(50)]
    round_ = [*pairwise(names), (names[-1], names[0]), ("c3", "c3")]
    links = tuple(Link(f"l{n}", labels.INSIDE, (("child", a), ("parent", b))) for n, (a, b) in enumerate(round_))
    draft = read(*(item(name, uuid=name) for name in names), links=links)
    assert find_cycle({claim.id: claim.parent_id for claim in draft.claims}) is None
    assert [claim.parent_id for claim in draft.claims] == [*names[1:], None]
    assert [held.reason for held in draft.quarantined] == [
        "the claim would be inside itself", "it does not join one claim to the one around it"]  # fmt: skip


def test_of_corrections_that_overlap_the_first_stays() -> None:
    places = [(5, 9), (8, 12), (9, 12), (0, 6), (2, 2), (2, 2), (12, 12), (11, 13), (20, 24), (20, 24)]
    draft = read(*(item(f"k{n}", labels.TRANSCRIPTION, place, uuid=f"k{n}") for n, place in enumerate(places)))
    assert [fix.id for fix in draft.corrections] == ["k0", "k2", "k4", "k6", "k8"]
    assert {held.reason for held in draft.quarantined} == {"another correction stands at its place"}
    assert len(replacements(draft.corrections)) == 5


def test_notes_that_quote_the_file_can_neither_break_a_line_nor_turn_it() -> None:
    draft = read(item("1", **{"a\u202eb\u2028": "x"}), fields=(("published", "\x1b[31mred"),))
    assert draft.article.import_notes == (
        "The date “\ufffd[31mred” is not a date this program knows; it was left out.",
        "“a\ufffdb⏎” of 1 annotation has no field here; it stands in the note.",
    )


def test_a_state_that_the_project_does_not_have_is_left_out_and_said() -> None:
    article = read(fields=(("title", "T"), ("state", "{done"))).article
    assert (article.state, article.import_notes) == (
        "todo",
        ("There is no state “{done” of an article; it was left out.",),
    )
