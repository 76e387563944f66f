"""A mapping as choices: whatever is chosen, the mapping can be used and kept, and its rows say what was chosen."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.base import Reading
from annotator.formats.standoff import mapping_file
from annotator.formats.standoff.choosing import ATTRIBUTE, GIVEN, ITEM, LINK, ROLE, VALUE, Choosing, Row
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.mapping import LEAVE_OUT, problems
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.proposing import propose
from annotator.formats.standoff.survey import Survey

TEXT = "The office said it rains. Rain again."
ITEMS = (
    Item("T1", "Source", ((0, 10),), attributes=(("Gender", "f"),)),
    Item("T2", "Cue", ((11, 15),)),
    Item("T3", "Content", ((16, 25),), attributes=(("QuoteType", "Indirect"), ("Who", "Office"))),
    Item("T4", "Content", ((26, 37),), attributes=(("QuoteType", "Odd"),)),
    Item("T5", "Weather", ((26, 30),), attributes=(("Level", "3"),)),
    Item("T6", "GPE", ((0, 10),)),
)
LINKS = (
    Link("R1", "Attribution", (("Source", "T1"), ("Content", "T3"), ("Cue", "T2")), (("Mood", "sad"),)),
    Link("R2", "Near", (("Arg1", "T5"), ("Arg2", "T6"))),
)
STANDOFF = Standoff("a.ann", TEXT, ITEMS, LINKS)


def choosing() -> Choosing:
    survey = Survey()
    survey.add(STANDOFF)
    return Choosing(survey, propose([STANDOFF]))


def every(rows: list[Row]) -> list[Row]:
    return [each for row in rows for each in (row, *row.children)]


def row_of(work: Choosing, key: tuple[str, ...]) -> Row:
    return next(row for row in every(work.rows()) if row.key == key)


def test_labels_links_and_attributes_are_rows_with_counts_and_examples():
    rows = choosing().rows()
    labels = [row.title for row in rows]
    assert {row.title for row in rows if row.unsure} == {
        "Label “GPE”", "Label “Weather”", "Link “Near”", "Attribute “QuoteType” of “Content”",
        "Attribute “Gender” of “Source”", "Attribute “Mood” of “Attribution”",
    }  # fmt: skip
    assert all(row.unsure for row in rows[:6])
    content = rows[labels.index("Label “Content”")]
    assert (content.count, content.example, content.value) == (2, "it rains.", "Claim")
    link = rows[labels.index("Link “Attribution”")]
    assert {row.title: row.value for row in link.children if row.key[0] == ROLE} == {
        "role “Source”": "source", "role “Content”": "claim", "role “Cue”": "cue",
    }  # fmt: skip
    assert {row.title: row.example for row in link.children if row.key[0] == ROLE} == {
        "role “Source”": "The office (Source)", "role “Content”": "it rains. (Content)", "role “Cue”": "said (Cue)",
    }  # fmt: skip
    quote = rows[labels.index("Attribute “QuoteType” of “Content”")]
    assert [(row.title, row.value) for row in quote.children] == [("“Indirect”", "indirect"), ("“Odd”", "")]


def test_each_sort_of_choice_changes_what_an_import_makes():
    work = choosing()
    work.choose((ITEM, "Weather", "-1"), "Mention")
    index = next(i for i, rule in enumerate(work.mapping.items) if rule.label == "Weather")
    work.choose((GIVEN, ITEM, str(index), "kind"), "nominal")
    work.choose((VALUE, "Claim", "QuoteType", "Odd"), "direct")
    work.choose((ATTRIBUTE, "Mention", "Level"), LEAVE_OUT)
    work.choose((LINK, "Near", "-1"), LEAVE_OUT)
    draft = decode(to_ours(STANDOFF, work.mapping).standoff, Reading("a", "Ann"))
    assert [mention.kind for mention in draft.mentions if mention.spans[0].exact == "Rain"] == ["nominal"]
    assert sorted(str(claim.form) for claim in draft.claims) == ["direct", "indirect"]
    assert not draft.quarantined
    work.choose((ITEM, "Weather", str(index)), "")
    assert row_of(work, (ITEM, "Weather", "-1")).value == ""
    assert any(
        held.label == "Weather"
        for held in decode(to_ours(STANDOFF, work.mapping).standoff, Reading("a", "A")).quarantined
    )


@given(st.data())
def test_whatever_is_chosen_can_be_used_kept_and_is_shown(data):
    work = choosing()
    for _ in range(data.draw(st.integers(1, 12))):
        row = data.draw(st.sampled_from(every(work.rows())))
        value = data.draw(st.sampled_from([value for value, _ in row.choices]))
        work.choose(row.key, value)
        assert not list(problems(work.mapping))
        assert mapping_file.loads(mapping_file.write(work.mapping)) == work.mapping
        shown = [each.value for each in every(work.rows()) if each.key == row.key]
        if row.key[0] not in (ITEM, LINK) or (row.key[2] != "-1" and value):
            assert shown == [value]
        assert all(each.value in dict(each.choices) for each in every(work.rows()))
    draft = decode(to_ours(STANDOFF, work.mapping).standoff, Reading("a.ann", "Ann"))
    assert draft.source.text == TEXT


def test_thousands_of_labels_cost_no_more_than_their_number():
    def cost(count: int) -> float:
        items = tuple(Item(f"T{n}", f"Person {n}", ((0, 10),), attributes=(("Level", str(n)),)) for n in range(count))
        standoff, survey = Standoff("a", TEXT, items), Survey()
        survey.add(standoff)
        work = Choosing(survey, propose([standoff]))
        start = process_time()
        for key in ((ITEM, "Person 1", "-1"), (ITEM, "Person 2", "-1")):
            work.choose(key, "Claim")
            work.rows()
        return process_time() - start

    cost(10)
    assert min(cost(4_000) for _ in range(3)) < 40 * min(cost(400) for _ in range(3))  # memory is swept now and then


def test_the_remark_about_words_that_name_nobody_says_where_that_is_chosen():
    standoff, survey = Standoff("a", TEXT, (Item("T1", "Source", ((0, 10),)),)), Survey()
    survey.add(standoff)
    row = Choosing(survey, propose([standoff])).rows()[-1]
    (remark,) = propose([standoff]).remarks
    assert f"“{row.title}”: “{dict(row.choices)['words']}”" in remark
    assert '"names": "words"' in remark
