"""Annotations that belong together by their ids: columns that name them by number, TEI's plain ids, features."""

from __future__ import annotations

from io import BytesIO

from annotator.formats.base import Reading
from annotator.formats.conll import FORMAT as CONLL
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Standoff
from annotator.formats.standoff.labels import CLAIM
from annotator.formats.standoff.mapping import LEAVE_OUT
from annotator.formats.standoff.proposing import propose
from annotator.formats.standoff.relabelling import proposed
from annotator.formats.standoff.same_id import links_by_id
from annotator.formats.tei import FORMAT as TEI
from annotator.model import Claim

ROWS = """tok	lemma	sentstart	stwr	frame	speaker	intexpr
Bo	Bo	yes	-	frame.1	speaker.1_2	-
sagte	sagen	no	-	frame.1	-	intexpr.1
:	:	no	-	frame.1	-	-
Nein	nein	no	direct.speech.1	-	-	-
,	,	no	-	-	-	-
er	er	no	reported.thought.2.nonfact.border=state	-	-	-
ging	gehen	no	reported.thought.2.nonfact.border=state	-	-	intexpr.2
.	.	no	-	-	-	-
Gut	gut	yes	direct.speech.1|indirect freeIndirect.writing.3	-	speaker.	-
"""
ROWS += "".join(f"w{n}\tw\tno\t-\t-\tspeaker.1{n}\t-\n" for n in range(9))
PAGE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p><seg id="1 2" type="speaker">Bo</seg>
<seg id="1" type="intExpr">sagte</seg>: <said id="1" mode="direct">Nein</said>, rief er,
<said id="1" mode="direct">nie</said>.
<said id="2" mode="reported">Er <seg id="2" type="intExpr">dachte</seg> daran.</said></p></body></text></TEI>"""


def claims_of(standoff: Standoff) -> list[Claim]:
    return sorted(decode(proposed(standoff), Reading("a", "")).claims, key=lambda claim: claim.spans[0].start)


def chain(claim: Claim) -> list[tuple[list[str], list[str]]]:
    return [([s.exact for s in hop.mention_spans], [s.exact for s in hop.cue_spans]) for hop in claim.chain]


def test_columns_that_name_annotations_by_number_become_claims_with_source_and_cue() -> None:
    (standoff,) = CONLL.read_standoff(BytesIO(ROWS.encode()), Reading("a.tsv", ""))  # type: ignore[misc]
    assert CONLL.sniff is not None
    assert CONLL.sniff(ROWS.encode())
    assert standoff.text == "Bo sagte : Nein , er ging .\nGut w0 w1 w2 w3 w4 w5 w6 w7 w8"
    no, went, good = claims_of(standoff)
    assert [(claim.form, [span.exact for span in claim.spans]) for claim in (no, went, good)] == [
        ("direct", ["Nein", "Gut"]), ("reported", ["er ging"]), ("free_indirect", ["Gut"]),
    ]  # fmt: skip
    assert [chain(claim) for claim in (no, went, good)] == [[(["Bo"], ["sagte"])], [(["Bo"], ["ging"])], []]
    assert "border = state" in went.note
    assert "kind = thought" in went.note
    assert "Left out 2 columns: “lemma”, “sentstart”." in standoff.notes
    (unread,) = standoff.unread
    assert "“speaker.” in the column “speaker” names no annotation by number" in unread.reason
    draft = decode(proposed(standoff), Reading("a", ""))
    assert {held.label for held in draft.quarantined} == {"frame", "Unread"}
    assert len(draft.mentions) == 9  # speakers of nothing


def test_ids_without_a_namespace_join_what_tei_says_of_one_quotation_and_its_parts() -> None:
    (standoff,) = TEI.read_standoff(BytesIO(PAGE.encode()), Reading("a.xml", ""))  # type: ignore[misc]
    no, thought = claims_of(standoff)
    assert [span.exact for span in no.spans] == ["Nein", "nie"]
    assert (no.form, thought.form) == ("direct", "reported")
    assert [chain(no), chain(thought)] == [[(["Bo"], ["sagte"])], [(["Bo"], ["dachte"])]]


def test_features_named_after_their_layer_are_ids_and_others_are_not() -> None:
    quote = Item("1", "Stwr", ((0, 2),), attributes=(("RType", "direct"), ("StwrID", "7")))
    speaker = Item("2", "Speaker", ((3, 5),), attributes=(("SpeakerID", "7 8"), ("WikiID", "7")))
    other = Item("3", "Place", ((3, 5),), attributes=(("identifier", "7"),))
    (link,) = links_by_id((quote, speaker, other))
    assert link.ends == (("Stwr", "1"), ("Speaker", "2"))
    mapping = propose([Standoff("a", "ab cd", (quote, speaker, other), (link,))])
    assert dict(mapping.links[0].roles) == {"Stwr": "claim", "Speaker": "source"}
    assert [(rule.label, rule.to, rule.when) for rule in mapping.items if rule.to == CLAIM] == [
        ("Stwr", CLAIM, (("RType", "direct"),))
    ]
    assert {rule.name for rule in mapping.attributes if rule.to == LEAVE_OUT} == {"StwrID", "SpeakerID"}


def test_a_label_on_every_word_tells_of_the_text_and_is_left_out_with_a_remark() -> None:
    text = " ".join(["word"] * 40)
    words = [Item(f"t{n}", "CabToken", ((5 * n, 5 * n + 4),)) for n in range(40)]
    few = [Item(f"w{n}", "Weather", ((5 * n, 5 * n + 4),)) for n in range(30)]
    mapping = propose([Standoff("a", text, (*words, *few))])
    assert {rule.label: rule.to for rule in mapping.items} == {"CabToken": LEAVE_OUT}
    assert any(remark.startswith("“CabToken” (40 times) was left out; it covers") for remark in mapping.remarks)
