"""XML that is no TEI, with quotations marked in its text: who said them comes with it; without any it is refused."""

from __future__ import annotations

import io

import pytest

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.relabelling import proposed
from annotator.formats.tei.reading import read

NOVEL = """<doc><characters><character id="c1" name="Ann Lee"/><character id="c2" name="Bo"/></characters>
<text><p><mention id="m1" entity="c1" connection="q1">Miss Lee</mention> said:
<quote id="q1" speaker="c1" connection="m1"> It rains. </quote></p>
<p><quote id="q2" speaker="c2">No!</quote></p></text></doc>"""
NEWS = (
    '<news><article id="1">A <quote speaker="Bo">b</quote></article><article id="2"><quote>c</quote> d</article></news>'
)


def test_quotations_with_their_speakers_and_mentions() -> None:
    (standoff,) = read(io.BytesIO(NOVEL.encode()), Reading("a.xml", ""))
    assert standoff.text.split() == ["Miss", "Lee", "said:", "It", "rains.", "No!"]
    assert "Left out 2 elements “character” without words." in standoff.notes
    draft = decode(proposed(standoff), Reading("a.xml", ""))
    names = {speaker.id: speaker.name for speaker in draft.speakers}
    told = [
        (claim.spans[0].exact, [(names[str(h.speaker_id)], [s.exact for s in h.mention_spans]) for h in claim.chain])
        for claim in draft.claims
    ]
    assert told == [("It rains.", [("Ann Lee", ["Miss Lee"])]), ("No!", [("Bo", [])])]
    assert not draft.quarantined


def test_each_article_of_a_file_is_one() -> None:
    found = read(io.BytesIO(NEWS.encode()), Reading("a.xml", ""))
    assert [(each.name, each.text) for each in found] == [("a.xml, text 1", "A b"), ("a.xml, text 2", "c d")]


def test_xml_without_quotations_is_no_article() -> None:
    with pytest.raises(ImportFailed, match="is no TEI P5 document: its root is “project”"):
        read(io.BytesIO(b"<project><target>x</target></project>"), Reading("a.xml", ""))
