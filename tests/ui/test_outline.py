"""The outline and the marks after any edits are those of a fresh look at the article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.edits import Change, Edit
from annotator.model import Article, Claim, Correction, Document, Hop, Mention, SourceText, Speaker
from annotator.services import annotate, corrections, speakers
from annotator.text.anchors import anchor
from annotator.workspace import Workspace, reading_order
from ui.outline import Outline, places
from ui.presenter import Presenter
from ui.text.marks import MarkIndex

TEXT = "Russia agreed to the talks, said Lavrov. He would go, the agency wrote."
CLAIMS, MENTIONS, CORRECTIONS, PEOPLE = "cde", "mn", "xy", "ABC"
FIELDS = ("spans", "chain", "parent_id", "speaker_id", "replacement", "status", "name", "outlet", "note")

spans = st.sampled_from([(0, 6), (0, 3), (4, 9)]).map(lambda where: (anchor(TEXT, *where),))
"""Few places, so that annotations often stand at the same one."""
some_spans = st.one_of(st.just(()), spans)
who = st.sampled_from([None, *PEOPLE])
hops = st.builds(Hop, speaker_id=who, mention_spans=some_spans, cue_spans=some_spans)
base = {"article_id": st.just("art"), "annotator": st.just("Ann"), "spans": spans, "note": st.sampled_from(["", "n"])}
claims = st.builds(
    Claim,
    id=st.sampled_from(CLAIMS),
    chain=st.lists(hops, max_size=3).map(tuple),
    parent_id=st.sampled_from([None, *CLAIMS]),
    **base,
)
mentions = st.builds(Mention, id=st.sampled_from(MENTIONS), speaker_id=who, **base)
fixes = st.builds(
    Correction,
    id=st.sampled_from(CORRECTIONS),
    kind=st.sampled_from(["transcription", "factual"]),
    status=st.sampled_from(["draft", "rejected"]),
    replacement=st.sampled_from([None, "y"]),
    **base,
)
people = st.builds(
    Speaker, id=st.sampled_from(PEOPLE), name=st.sampled_from(["Times", "Lavrov"]), created=st.sampled_from("12")
)
articles = st.builds(Article, id=st.just("art"), title=st.just("T"), outlet=st.sampled_from([None, "times"]))
records = st.one_of(claims, claims, mentions, fixes, people, articles)
wishes = st.lists(st.tuples(st.sampled_from(["delete", "all", *FIELDS]), records), min_size=1, max_size=3)


def workspace() -> Workspace:
    """Two speakers; two claims that name them where a mention stands and where none does; and that mention."""
    article = Article(id="art", title="T", outlet="Times")
    here, there = (anchor(TEXT, 0, 6),), (anchor(TEXT, 4, 9),)
    common = {"article_id": "art", "annotator": "Ann", "spans": here}
    first = Claim(id="c", chain=(Hop("A", here, there), Hop("B", there)), **common)
    second = Claim(id="d", chain=(Hop("B", there),), parent_id="c", **common)
    mention = Mention(id="m", speaker_id="A", **common)
    source = SourceText(id="art", text=TEXT, text_sha256="")
    known = [Speaker(id="A", name="Times", created="1"), Speaker(id="B", name="Lavrov", created="1")]
    return Workspace(known, Document(article, source, (mention,), (first, second)))


def edit_of(ws: Workspace, wanted: list[tuple[str, object]]) -> Edit:
    """Create these records, or where they are there already delete them or change them in all fields or in one."""
    changes: dict[str, Change] = {}
    for how, record in wanted:
        before = ws.get(Change(None, record).kind, record.id)
        after = record
        if before is not None and how == "delete" and not isinstance(record, Article):
            after = None
        elif before is not None and hasattr(record, how):
            after = replace(before, **{how: getattr(record, how)})
        changes[record.id] = Change(before, after)
    return Edit("Edit", tuple(changes.values()))


def of(outline: Outline, ws: Workspace) -> dict[str, object]:
    """All answers of an outline."""
    return {
        "orders": [order.ids() for order in (outline.claims, outline.mentions, outline.corrections)],
        "numbers": [outline.number(id_) for id_ in CLAIMS],
        "hues": list(outline.hues.items()),
        "children": [outline.children(id_) for id_ in CLAIMS],
        "claims of": [outline.claims_of(id_) for id_ in PEOPLE],
        "mentions of": [outline.mentions_of(id_).ids() for id_ in (None, *PEOPLE)],
        "at": {m.id: outline.mention_at(places(m.spans)) for m in ws.mentions.values()},
        "naming": [
            outline.claims_naming(places(hop.mention_spans)) for claim in ws.claims.values() for hop in claim.chain
        ],
    }


def place(mark):
    return [(number, start, end) for number, (start, end) in enumerate(mark.parts)]


def shown(index: MarkIndex) -> dict[str, object]:
    return {placed.mark.id: (placed.mark, placed.lane, placed.depth) for placed in index}


@settings(max_examples=examples(80))
@given(st.lists(st.one_of(wishes, st.none()), min_size=1, max_size=8))
def test_after_any_edits_all_is_as_if_looked_at_afresh(steps):
    ws = workspace()
    outline = Outline(ws)
    presenter = Presenter(ws, outline)
    index, done = MarkIndex(place, lambda start, end: (start, end)), []
    index.load(presenter.marks())
    for step in steps:
        if step is None and not done:
            continue
        edit = done.pop().inverted() if step is None else edit_of(ws, step)
        if step is not None:
            done.append(edit)
        ws.apply(edit)
        outline.apply(edit)
        fresh_outline = Outline(ws)
        assert of(outline, ws) == of(fresh_outline, ws)
        if presenter.is_seen(edit):
            index.update(*presenter.follow(edit))
        fresh, other = MarkIndex(place, lambda start, end: (start, end)), Presenter(ws, fresh_outline)
        fresh.load(other.marks())
        assert shown(index) == shown(fresh)
        for placed in index:
            id_ = placed.mark.id
            assert [f(id_) for f in (presenter.number, presenter.hue, presenter.relations, presenter.label)] == [
                f(id_) for f in (other.number, other.hue, other.relations, other.label)
            ]


@given(st.lists(wishes, max_size=8))
def test_numbers_and_counts_are_those_of_the_records(steps):
    ws = workspace()
    outline = Outline(ws)
    for step in steps:
        edit = edit_of(ws, step)
        ws.apply(edit)
        outline.apply(edit)
    ordered = sorted(ws.claims.values(), key=reading_order)
    assert [outline.number(claim.id) for claim in ordered] == list(range(1, len(ordered) + 1))
    for id_ in PEOPLE:
        assert outline.claims_of(id_) == sum(speakers.source_of(claim) == id_ for claim in ordered)
    assert {id_ for id_ in outline.hues if id_} == {
        id_
        for id_ in ws.speakers
        if any(m.speaker_id == id_ for m in ws.mentions.values())
        or any(hop.speaker_id == id_ for claim in ordered for hop in claim.chain)
    }


@pytest.fixture
def store(open_store):
    return open_store()


def test_the_store_keeps_its_outline_through_edits_undo_and_another_article(store, qtbot):
    ws, outline = store.workspace, store.outline
    heard = []
    store.changed.connect(lambda _: heard.append(outline.claims.ids() == Outline(ws).claims.ids()))
    store.edit(annotate.mark_claim(ws, [(17, 27)], store.author))
    store.edit(annotate.mark_claim(ws, [(0, 6)], store.author))
    first, second = ws.claims
    assert (outline.number(first), outline.number(second)) == (2, 1)
    store.undo()
    assert (outline.number(first), outline.number(second)) == (1, None)
    assert heard == [True, True, True]
    with qtbot.waitSignal(store.article_opened):
        store.open_article(store.tally.ordered()[1].article.id)
    assert outline.claims.ids() == []
    with qtbot.waitSignal(store.article_opened):
        store.open_article(store.tally.ordered()[0].article.id)
    assert outline.claims.ids() == [first]
    store.close_article()
    assert outline.number(first) is None


def test_notes_and_tags_are_not_seen_but_words_places_and_sources_are(store):
    ws = store.workspace
    presenter = Presenter(ws, store.outline)
    store.edit(annotate.mark_claim(ws, [(17, 27)], store.author))
    store.edit(corrections.mark(ws, [(0, 6)], "Russland", store.author))
    claim, fix = next(iter(ws.claims)), next(iter(ws.corrections))
    unseen = [
        annotate.change(ws, claim, note="x"),
        annotate.change(ws, claim, tags=("a",), form="direct"),
        annotate.change(ws, fix, note="x"),
    ]
    seen = [
        annotate.set_spans(ws, claim, [(17, 20)]),
        speakers.set_source(ws, claim, "Lavrov"),
        annotate.change(ws, fix, status="rejected"),
        annotate.delete(ws, [claim]),
    ]
    assert [presenter.is_seen(edit) for edit in unseen] == [False] * 3
    assert [presenter.is_seen(edit) for edit in seen] == [True] * 4


def test_what_is_elsewhere_is_not_filed():
    ws = workspace()
    outline = Outline(ws)
    claim = Claim(id="e", article_id="another", annotator="Ann", spans=(anchor(TEXT, 0, 6),), chain=(Hop("A"),))
    edit = Edit("Elsewhere", (Change(None, claim), Change(claim, replace(claim, note="x"))))
    ws.apply(edit)
    outline.apply(edit)
    assert outline.claims.ids() == ["c", "d"]
    assert outline.claims_of("A") == 0
    assert not Presenter(ws, outline).is_seen(edit)
