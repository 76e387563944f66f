"""Every check finds its case, nothing else, and each of its fixes settles it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from annotator.checks.table import blocking, problems
from annotator.edits import Change, Edit
from annotator.known_checks import BLOCKING, CHECKS, OFF
from annotator.model import Article, CheckSetting, Document, Evidence, Hop, Role, Segment, SourceText, Speaker
from annotator.schemes import DEFAULT_SCHEME
from annotator.services import annotate, articles, corrections, speakers
from annotator.services.annotate import Author
from annotator.services.importing import read_file
from annotator.text.anchors import anchor
from annotator.workspace import Workspace
from seeds import sample_gold_path

ANN = Author("Ann")
TEXT = (
    '"We will sign it soon," Anna Berg told RIA. The "deal" is old.\n\n'
    "Related article: The deal explained\n\n"
    "Berg said the tieaty was ready. A tieaty is a tieaty.\n"
)
KNOWN = Article(id="a", title="T", outlet="Post", published="2026", language="en")


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


@pytest.fixture
def ws() -> Workspace:
    source = SourceText("a", TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    link = at("Related article: The deal explained")
    article = replace(KNOWN, segments=(Segment("related_link", *link),))
    found = Workspace([Speaker("s1", "Anna Berg"), Speaker("s2", "RIA")], Document(article, source))
    claim(found, '"We will sign it soon,"', Hop("s1", cue_spans=(anchor(TEXT, *at("told")),)))
    return found


def claim(ws: Workspace, words: str, *chain: Hop):
    edit = annotate.mark_claim(ws, [at(words)], ANN)
    ws.apply(edit)
    made = edit.changes[0].after
    ws.apply(annotate.change(ws, made.id, chain=chain))
    return ws.claims[made.id]


def found(ws: Workspace) -> list[tuple[str, str]]:
    return [(p.check, p.message) for p in problems(ws, ANN)]


def settles(ws: Workspace, index: int = 0, *, fix: int = 0) -> None:
    """Do a fix of a problem; the problem is gone, and no other one came of it."""
    before = problems(ws, ANN)
    make = before[index].fixes[fix].make
    assert make is not None
    ws.apply(make(ws))
    assert problems(ws, ANN) == [p for p in before if p != before[index]]


def test_an_article_without_problems_has_none(ws):
    assert found(ws) == []


def test_a_quotation_in_no_claim(ws):
    (only,) = ws.claims
    ws.apply(annotate.delete(ws, [only]))
    assert found(ws) == [("unclaimed_quotation", "The quotation “We will sign it soon,” is in no claim.")]
    make = problems(ws, ANN)[0].fixes[0].make
    ws.apply(make(ws))
    assert [check for check, _ in found(ws)] == ["empty_chain"]
    settles(ws, fix=1)


def test_an_empty_chain_and_one_that_ends_in_nobody(ws):
    claim(ws, "the tieaty was ready")
    claim(ws, "is old", Hop("s2", cue_spans=(anchor(TEXT, *at("said")),)), Hop())
    assert [check for check, _ in found(ws)] == ["without_speaker", "empty_chain"]
    settles(ws, 1, fix=1)
    settles(ws, 0, fix=1)


def test_a_gap_in_a_chain_is_filled_or_taken_out(ws):
    cue = (anchor(TEXT, *at("said")),)
    made = claim(ws, "the tieaty was ready", Hop(), Hop("s1", cue_spans=cue))
    assert found(ws) == [("chain_gap", "Hop 1 of the chain names no source.")]
    settles(ws, fix=2)
    assert len(ws.claims[made.id].chain) == 1
    ws.apply(annotate.change(ws, made.id, chain=(Hop(), Hop("s1", cue_spans=cue))))
    settles(ws, fix=1)
    assert ws.claims[made.id].chain[0].referring == "implicit"


def test_nobody_is_a_source_of_their_own(ws):
    cue = (anchor(TEXT, *at("said")),)
    claim(ws, "the tieaty was ready", Hop("s1", referring="implicit"), Hop("s1", cue_spans=cue))
    assert found(ws) == [("chain_circle", "Anna Berg stands 2 times in the chain: nobody is a source of their own.")]
    assert [p.check for p in blocking(ws, ANN)] == ["chain_circle"]
    assert [fix.title for fix in problems(ws, ANN)[0].fixes] == [
        *("Take source 1 out", "Take source 2 out", "Name the source…"),
    ]
    settles(ws)


def test_a_missing_cue(ws):
    claim(ws, "the tieaty was ready", Hop("s2"))
    assert found(ws) == [("missing_cue", "No words say that RIA said it.")]
    assert problems(ws, ANN)[0].fixes[0].request == "mark_cue"
    settles(ws, fix=1)


def test_a_cue_used_twice(ws):
    cue = (anchor(TEXT, *at("said")),)
    made = claim(ws, "the tieaty was ready", Hop("s2", referring="implicit", cue_spans=cue), Hop("s1", cue_spans=cue))
    assert found(ws) == [("shared_cue", "“said” is the cue of two sources in one chain.")]
    settles(ws)
    assert [bool(hop.cue_spans) for hop in ws.claims[made.id].chain] == [False, True]


def test_a_speaker_named_inside_its_own_claim(ws):
    cue, mention = (anchor(TEXT, *at("said")),), (anchor(TEXT, *at("Berg", 1)),)
    claim(ws, "Berg said the tieaty was ready", Hop("s1", mention, cue))
    assert [check for check, _ in found(ws)] == ["speaker_inside"]
    assert [fix.title for fix in problems(ws, ANN)[0].fixes] == [
        *("Cut “Berg” out of the claim", "“Berg” does not name Anna Berg"),
    ]
    before = ws.copy()
    settles(ws)
    settles(before, fix=1)


def test_a_claim_that_is_nothing_but_a_name_is_not_cut_away(ws):
    claim(ws, "Berg said", Hop("s1", (anchor(TEXT, *at("Berg said")),), (anchor(TEXT, *at("told")),)))
    assert [fix.title for fix in problems(ws, ANN)[0].fixes] == ["“Berg said” does not name Anna Berg"]
    settles(ws)


def test_a_claim_that_reaches_into_inserted_matter(ws):
    claim(ws, "is old.\n\nRelated article: The deal", Hop("s1", referring="implicit"))
    assert found(ws) == [("inserted_matter", "The claim reaches into inserted matter (related link).")]
    settles(ws)


def test_a_claim_that_is_nothing_but_inserted_matter_is_deleted(ws):
    made = claim(ws, "The deal explained", Hop("s1", referring="implicit"))
    settles(ws)
    assert made.id not in ws.claims


def test_a_claim_outside_the_one_it_is_said_to_be_in(ws):
    (outer,) = ws.claims
    inner = claim(ws, "is old", Hop(referring="implicit"))
    ws.apply(annotate.change(ws, inner.id, parent_id=outer))
    assert [check for check, _ in found(ws)] == ["outside_parent"]
    settles(ws)


def test_a_mention_of_nobody(ws):
    ws.apply(annotate.mark_mention(ws, [at("Anna Berg")], ANN))
    assert found(ws) == [("unassigned_mention", "“Anna Berg” is a mention of nobody yet.")]
    (mention_id,) = ws.mentions
    settles(ws)
    assert ws.mentions[mention_id].speaker_id == "s1"


def test_a_mention_of_nobody_known_is_asked_for_or_deleted(ws):
    ws.apply(annotate.mark_mention(ws, [at("tieaty")], ANN))
    assert problems(ws, ANN)[0].fixes[0].request == "assign_mention"
    settles(ws, fix=1)
    assert not ws.mentions


def test_one_name_of_two_speakers(ws):
    ws.apply(speakers.change(ws, "s1", aliases=("ria", "Berg")))
    assert found(ws) == [("shared_alias", "“ria” is a name of 2 speakers: Anna Berg, RIA.")]
    settles(ws, fix=1)
    assert ws.speakers["s1"].aliases == ("Berg",)


def test_a_name_with_letters_that_deceive(ws):
    ws.apply(Edit("Test", (Change(None, Speaker("s3", "L\u0430vr\u200bov")),)))
    shown = "L[Cyrillic \u0430]vr[U+200B]ov"
    assert found(ws) == [("disguised_name", f"The name {shown} holds characters that cannot be seen or told apart.")]
    settles(ws)
    assert ws.speakers["s3"].name == "Lavrov"


def test_two_names_that_look_the_same(ws):
    ws.apply(
        Edit("Test", (Change(None, Speaker("s3", "\u0420\u0415\u0422\u0410")), Change(None, Speaker("s4", "PETA"))))
    )
    assert found(ws) == [("disguised_name", "РЕТА (Cyrillic) and PETA (Latin) look the same.")]
    assert problems(ws, ANN)[0].fixes[0].request == "merge_speakers"


def test_two_speakers_of_one_name_are_one_problem(ws):
    ws.apply(Edit("Test", (Change(None, Speaker("s3", "Ann Lee")), Change(None, Speaker("s4", "Ann Lee")))))
    assert found(ws) == [("shared_alias", "“Ann Lee” is a name of 2 speakers: Ann Lee, Ann Lee.")]


def test_an_outlet_with_a_hidden_character(ws):
    ws.apply(articles.change(ws, outlet="Po\u202est"))
    assert found(ws) == [
        ("disguised_name", "The outlet Po[U+202E]st holds characters that cannot be seen or told apart.")
    ]
    settles(ws)
    assert ws.article.outlet == "Post"


def test_words_corrected_here_and_left_standing_there(ws):
    ws.apply(corrections.mark(ws, [at("tieaty")], "treaty", ANN))
    assert found(ws) == [("half_corrected", "“tieaty” is corrected in 1 place but stands in 2 others.")]
    rejected = corrections.mark(ws, [at("tieaty", 1)], "treaty", ANN)
    ws.apply(rejected)
    ws.apply(corrections.set_status(ws, [rejected.changes[0].after.id], "rejected"))
    assert found(ws) == [("half_corrected", "“tieaty” is corrected in 1 place but stands in 1 other.")]
    settles(ws)
    assert len(ws.corrections) == 3


def test_a_correction_of_a_mark_alone_is_not_looked_for_elsewhere(ws):
    ws.apply(corrections.mark(ws, [at('"')], "“", ANN))
    assert found(ws) == []


def test_a_verdict_needs_evidence(ws):
    (about,) = ws.claims
    edit = corrections.factual(ws, about, ANN, "refuted")
    ws.apply(edit)
    id_ = edit.changes[0].after.id
    assert found(ws) == [("no_evidence", "A verdict needs evidence with an address and a date.")]
    assert problems(ws, ANN)[0].fixes[0].request == "evidence"
    before = ws.copy()
    settles(before, fix=1)
    assert before.corrections[id_].verdict is None
    ws.apply(annotate.change(ws, id_, evidence=(Evidence("https://example.org", "2026-01-02"),)))
    assert found(ws) == []
    ws.apply(annotate.change(ws, id_, verdict="not_enough_evidence", evidence=()))
    assert found(ws) == []
    ws.apply(annotate.delete(ws, [about]))
    assert ("no_evidence", "A factual correction is about no claim.") in found(ws)
    lost = next(index for index, (check, _) in enumerate(found(ws)) if check == "no_evidence")
    assert problems(ws, ANN)[lost].fixes[0].request == "factual_claim"
    settles(ws, lost, fix=1)


def test_what_waits_for_the_lead(ws):
    (only,) = ws.claims
    ws.apply(annotate.change(ws, only, unsure=True, note="who is it?"))
    assert found(ws) == [("unsure", "Unsure, ask the lead: who is it?")]
    settles(ws)


def test_what_is_not_known_about_the_article(ws):
    ws.article = replace(ws.article, outlet=None, language=None)
    assert found(ws) == [("article_fields", "The article has no outlet and no language.")]


def test_a_project_chooses_its_checks(ws):
    claim(ws, "is old")
    ws.set_scheme(replace(DEFAULT_SCHEME, checks=(CheckSetting("empty_chain", BLOCKING),)))
    assert [p.check for p in blocking(ws, ANN)] == ["empty_chain"]
    ws.set_scheme(replace(DEFAULT_SCHEME, checks=(CheckSetting("empty_chain", OFF),)))
    assert found(ws) == []


def test_every_check_has_a_name_of_its_own():
    assert len({check.id for check in CHECKS}) == len({check.title for check in CHECKS}) == len(CHECKS)


def test_the_gold_annotation_has_no_open_problems():
    (draft,) = read_file(sample_gold_path(), ANN)
    assert found(Workspace(draft.speakers, draft.document)) == []


def test_a_role_is_no_name(ws):
    ws.apply(speakers.change(ws, "s1", roles=(Role("RIA"),)))
    assert found(ws) == []
