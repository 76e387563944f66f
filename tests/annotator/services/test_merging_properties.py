"""Speakers merged and split, whatever their uses: nothing is named twice, nothing is lost, and all of it comes back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Article, Claim, Document, Hop, Mention, Record, SourceText, Speaker
from annotator.services import merging, speakers
from annotator.text.anchors import anchor
from annotator.workspace import Workspace

TEXT = "Anna told Boris that Cora said so. " * 3
IDS = ("anna", "boris", "cora")
who = st.sampled_from([*IDS, None])
places = st.integers(0, len(TEXT) - 5).map(lambda start: (anchor(TEXT, start, start + 4),))
hops = st.builds(Hop, speaker_id=who, cue_spans=places, addressee_id=who, medium=st.sampled_from([None, "letter"]))


def unrepeated(chain: list[Hop]) -> bool:
    named = [hop.speaker_id for hop in chain if hop.speaker_id is not None]
    return len(named) == len(set(named)) and all(hop.addressee_id in (None, *IDS) for hop in chain)


chains = st.lists(hops, max_size=4).filter(unrepeated).map(tuple)


@st.composite
def projects(draw: st.DrawFn) -> Workspace:
    known = [Speaker(id_, id_.capitalize(), aliases=(f"{id_} the elder",)) for id_ in IDS]
    shared = {"article_id": "a", "annotator": "Ann"}
    claims = [
        Claim(id=f"c{n}", spans=spans, chain=draw(chains), **shared)
        for n, spans in enumerate(draw(st.lists(places, max_size=4)))
    ]
    mentions = [
        Mention(id=f"m{n}", spans=spans, speaker_id=draw(who), **shared)
        for n, spans in enumerate(draw(st.lists(places, max_size=4)))
    ]
    article, source = Article(id="a", title="T"), SourceText("a", TEXT, "")
    return Workspace(known, Document(article, source, tuple(mentions), tuple(claims)))


def names_of(record: Record) -> list[str | None]:
    """Everybody whom a record names, in its order."""
    if isinstance(record, Claim):
        return [id_ for hop in record.chain for id_ in (hop.speaker_id, hop.addressee_id)]
    return [record.speaker_id] if isinstance(record, Mention) else []


def uses(ws: Workspace, id_: str) -> list[Record]:
    records: list[Record] = [*ws.mentions.values(), *ws.claims.values()]
    return [record for record in records if id_ in names_of(record)]


def state(ws: Workspace) -> tuple[object, ...]:
    """The records as they are, whenever they were changed."""
    tables = (ws.speakers, ws.mentions, ws.claims)
    return tuple({id_: replace(one, updated="") for id_, one in table.items()} for table in tables)


def cues(ws: Workspace) -> dict[str, set[object]]:
    return {claim.id: {span for hop in claim.chain for span in hop.cue_spans} for claim in ws.claims.values()}


@given(projects())
def test_whoever_was_named_by_either_is_named_by_the_one_that_stays(ws: Workspace) -> None:
    before, words = state(ws), cues(ws)
    touched = {record.id for id_ in ("anna", "boris") for record in uses(ws, id_)}
    edit = merging.merge(ws, "anna", "boris", uses(ws, "boris"))
    ws.apply(edit)
    assert not uses(ws, "boris")
    assert {record.id for record in uses(ws, "anna")} == touched
    assert cues(ws) == words, "no words that attribute are lost, also where two hops became one"
    assert {"Boris", "boris the elder"} <= set(ws.speakers["anna"].aliases)
    ws.apply(edit.inverted())
    assert state(ws) == before


@given(projects(), st.data())
def test_what_is_split_off_and_merged_again_is_as_it_was(ws: Workspace, data: st.DataObject) -> None:
    taken = [record for record in uses(ws, "anna") if data.draw(st.booleans(), label=f"take {record.id}")]
    if not taken:
        return
    before = state(ws)
    ws.apply(merging.split(ws, "anna", "Dora", taken, aliases=["anna the elder"]))
    dora = speakers.find(ws.speakers.values(), "Dora")
    assert dora is not None
    assert {record.id for record in uses(ws, dora.id)} == {record.id for record in taken}
    assert (dora.aliases, ws.speakers["anna"].aliases) == (("anna the elder",), ())
    ws.apply(merging.merge(ws, "anna", dora.id, uses(ws, dora.id)))
    assert state(ws)[1:] == before[1:]
    assert set(ws.speakers["anna"].aliases) == {"anna the elder", "Dora"}
