from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit, InvalidSpan
from annotator.model import Hop, Segment
from annotator.services import annotate, articles, speakers


@pytest.fixture
def claim(ws, author, place):
    edit = annotate.mark_claim(ws, [place('"I would go,"')], author)
    ws.apply(edit)
    return edit.changes[0].id


def test_a_chain_line_creates_unknown_speakers_and_finds_known_ones_by_alias(ws, claim):
    edit = speakers.set_chain_line(ws, claim, "The Moscow Times > ria  novosti > Lavrov")
    assert [c.kind for c in edit.changes] == ["speaker", "claim"]
    ws.apply(edit)
    record = ws.claims[claim]
    assert speakers.chain_line(ws, record) == "The Moscow Times > RIA Novosti > Sergei Lavrov"
    assert speakers.source_of(record) == "s1"
    created = edit.changes[0].after
    assert (created.name, created.kind) == ("The Moscow Times", "media")
    assert not speakers.set_chain_line(ws, claim, speakers.chain_line(ws, record)), "the same line changes nothing"


def test_hops_keep_their_cues_when_the_chain_grows_or_a_source_is_renamed(ws, claim, place):
    ws.apply(speakers.set_chain_line(ws, claim, "Lavrov"))
    ws.apply(annotate.mark_cue(ws, claim, [place("said")]))
    ws.apply(speakers.set_chain_line(ws, claim, "RIA Novosti > Lavrov"))
    assert [[s.exact for s in hop.cue_spans] for hop in ws.claims[claim].chain] == [[], ["said"]]
    ws.apply(speakers.set_source(ws, claim, "Somebody Else"))
    assert speakers.chain_line(ws, ws.claims[claim]) == "RIA Novosti > Somebody Else"
    assert [s.exact for s in ws.claims[claim].chain[1].cue_spans] == ["said"]


def test_the_cue_of_a_source_not_yet_named_stays_when_the_whole_chain_is_typed(ws, claim, place):
    ws.apply(annotate.mark_cue(ws, claim, [place("said")]))
    ws.apply(speakers.set_chain_line(ws, claim, "The Moscow Times > RIA Novosti > Lavrov"))
    assert [[s.exact for s in hop.cue_spans] for hop in ws.claims[claim].chain] == [[], [], ["said"]]


@pytest.mark.parametrize(("words", "referring"), [("Lavrov", "explicit"), ("We", "anaphoric")])
def test_the_words_that_name_the_source_become_its_mention(ws, claim, place, words, referring):
    ws.apply(speakers.set_chain_line(ws, claim, "Lavrov", [place(words)]))
    hop = ws.claims[claim].chain[0]
    assert [s.exact for s in hop.mention_spans] == [words]
    assert hop.referring == referring


def test_a_speaker_twice_in_a_chain_is_refused(ws, claim):
    with pytest.raises(InvalidEdit, match="twice"):
        speakers.set_chain_line(ws, claim, "Lavrov > Sergei Lavrov")


def test_an_empty_line_takes_the_chain_away_and_a_question_mark_keeps_an_unknown_source(ws, claim):
    ws.apply(speakers.set_chain_line(ws, claim, "RIA Novosti > ?"))
    assert [hop.speaker_id for hop in ws.claims[claim].chain] == ["s2", None]
    ws.apply(speakers.set_chain_line(ws, claim, "  "))
    assert ws.claims[claim].chain == ()


def test_a_mention_is_linked_by_name_and_unlinked_by_nothing(ws, author, place):
    edit = annotate.mark_mention(ws, [place("He")], author)
    ws.apply(edit)
    mention = edit.changes[0].id
    ws.apply(speakers.assign(ws, mention, "lavrov"))
    assert ws.mentions[mention].speaker_id == "s1"
    ws.apply(speakers.assign(ws, mention, "New Person"))
    assert ws.speakers[ws.mentions[mention].speaker_id].name == "New Person"
    ws.apply(speakers.assign(ws, mention, ""))
    assert ws.mentions[mention].speaker_id is None


def test_names_stay_unique_and_wikidata_ids_well_formed(ws):
    with pytest.raises(InvalidEdit, match="already a speaker"):
        speakers.change(ws, "s1", name="ria novosti")
    with pytest.raises(InvalidEdit, match="needs a name"):
        speakers.change(ws, "s1", name="  ")
    with pytest.raises(InvalidEdit, match="Wikidata"):
        speakers.change(ws, "s1", wikidata="58217")
    for wrong in ({"kind": None}, {"kind": "odd"}, {"name": None}, {"note": "\ud800"}, {"created": "now"}):
        with pytest.raises(InvalidEdit):
            speakers.change(ws, "s1", **wrong)
    ws.apply(speakers.change(ws, "s1", wikidata="none", name="Sergey Lavrov"))
    assert (ws.speakers["s1"].wikidata, ws.speakers["s1"].name) == ("none", "Sergey Lavrov")


def test_deleting_a_speaker_unlinks_its_uses_and_undo_restores_them(ws, author, claim, place):
    ws.apply(speakers.set_chain_line(ws, claim, "RIA Novosti > Lavrov"))
    ws.apply(annotate.mark_mention(ws, [place("Lavrov")], author, "s1"))
    before = (ws.document(), dict(ws.speakers))
    uses = [*ws.claims.values(), *ws.mentions.values()]
    edit = speakers.delete(ws, "s1", uses)
    ws.apply(edit)
    assert "s1" not in ws.speakers
    assert [hop.speaker_id for hop in ws.claims[claim].chain] == ["s2", None]
    ws.apply(edit.inverted())
    assert (ws.document(), ws.speakers) == before


def test_article_fields_are_checked_and_the_first_annotation_starts_the_article(ws, author, place):
    with pytest.raises(InvalidEdit, match="not a date"):
        articles.change(ws, published="April 20")
    for wrong in ({"state": None}, {"title": None}, {"position": 3}, {"published": "2018-02-31"}, {"import_notes": ()}):
        with pytest.raises(InvalidEdit):
            articles.change(ws, **wrong)
    with pytest.raises(InvalidSpan):
        articles.change(ws, segments=(Segment("body", 0, len(ws.text) + 1),))
    with pytest.raises(InvalidEdit, match="needs a title"):
        articles.change(ws, title=" ")
    ws.apply(articles.change(ws, title="New  title", published="2018-04-20", outlet="The Moscow Times"))
    assert (ws.article.title, ws.article.published) == ("New title", "2018-04-20")
    edit = articles.with_start(lambda _: ws.article, annotate.mark_claim(ws, [place("agreed")], author))
    ws.apply(edit)
    assert ws.article.state == "in_progress"
    ws.apply(edit.inverted())
    assert (ws.article.state, ws.claims) == ("todo", {})


def test_an_unchanged_line_and_namesakes_keep_the_chain_as_it_is(ws, claim, place):
    ws.speakers["s3"] = replace(ws.speakers["s1"], id="s3")
    ws.apply(annotate.change(ws, claim, chain=(Hop("s3"),)))
    ws.apply(annotate.mark_cue(ws, claim, [place("said")]))
    assert not speakers.set_chain_line(ws, claim, "Sergei Lavrov")
    ws.apply(speakers.set_chain_line(ws, claim, "TASS > Sergei Lavrov"))
    hop = ws.claims[claim].chain[-1]
    assert (hop.speaker_id, [s.exact for s in hop.cue_spans]) == ("s3", ["said"])


@pytest.mark.parametrize("name", ["A > B", "A→B", "?", "\u200b", "..."])
def test_a_name_that_could_not_stand_in_a_chain_is_refused(ws, name):
    with pytest.raises(InvalidEdit):
        speakers.create(ws, name)
    with pytest.raises(InvalidEdit):
        speakers.change(ws, "s1", name=name)
