"""CoNLL columns: any scheme of tags is understood, the text is put together and it is said, ours come back."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest
from article_samples import TIME, Content, contents, full_document, source
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import ImportFailed
from annotator.formats import conll, registry
from annotator.formats.base import Reading, Writing
from annotator.formats.conll.columns import escaped, unescaped
from annotator.formats.standoff.chunks import chunks
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping import ItemRule, Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose
from annotator.model import Article, Document, Mention
from annotator.text.anchors import anchor
from annotator.text.tokens import tokens


def read(text: str, name: str = "a.conll") -> list[Standoff]:
    return conll.FORMAT.read_standoff(io.BytesIO(text.encode()), Reading(name, "Zoe"))  # type: ignore[misc]


def told(found: Standoff) -> list[tuple[str, str]]:
    return [(item.label, found.text[slice(*item.places[0])]) for item in found.items]


def written(content: Content) -> bytes:
    stream = io.BytesIO()
    conll.FORMAT.write(content, stream, Writing())  # type: ignore[misc]
    return stream.getvalue()


@pytest.mark.parametrize(
    "tags",
    [
        "B-PER I-PER O B-LOC B-LOC",  # IOB2
        "I-PER I-PER O I-LOC B-LOC",  # IOB1
        "B-PER E-PER O S-LOC S-LOC",  # IOBES
        "B-PER L-PER O U-LOC U-LOC",  # BILOU
        "PER PER O LOC B-LOC",  # labels alone
    ],
)
def test_every_scheme_says_the_same(tags: str) -> None:
    found = [(chunk.label, chunk.first, chunk.last) for chunk in chunks(tags.split())]
    assert found == [("PER", 0, 1), ("LOC", 3, 3), ("LOC", 4, 4)]


def test_conll_2003() -> None:
    first, second = read(
        "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\nGerman JJ I-NP I-MISC\n\nNo DT I-NP O\n"
        "-DOCSTART- -X- O O\n\n# NN I-NP O\nBonn NNP I-NP I-LOC\n"
    )
    assert (first.text, second.text) == ("EU rejects German\nNo", "# Bonn")
    assert told(first) == [("ORG", "EU"), ("MISC", "German")]
    assert told(second) == [("LOC", "Bonn")]
    assert first.name == "a.conll, document 1"
    assert "Column 3 holds the chunks of syntax; it was left out." in first.notes
    assert "The text of 2 sentences was put together from the words, a blank between each two." in first.notes


def test_conll_2012() -> None:
    (found,) = read(
        "#begin document (bn/abc/00); part 000\n"
        "bn 0 0 Ann NNP (TOP* - - - - (PERSON* (0\n"
        "bn 0 1 Lee NNP * - - - - *) 0)\n"
        "bn 0 2 left VBD *) leave 01 1 - * -\n\n"
        "bn 0 0 She PRP (TOP* - - - A * (ARG0*) * (0)|(1\n"  # a column more for each predicate
        "bn 0 1 said VBD * say 01 1 A * (V*) * 1)\n"
        "bn 0 2 so RB *) - - - A * * (V*) (2)\n\n"
        "#end document\n"
    )
    assert told(found) == [
        ("PERSON", "Ann Lee"),
        ("Coreference Mention", "Ann Lee"),
        ("Coreference Mention", "She said"),
        ("Coreference Mention", "She"),
        ("Coreference Mention", "so"),
    ]
    assert [(link.label, [id_ for _, id_ in link.ends]) for link in found.links] == [("Coreference", ["C1", "C3"])]
    assert (found.text, found.unread) == ("Ann Lee left\nShe said so", ())
    draft = decode(to_ours(found, propose([found])).standoff, Reading("a.conll", "Zoe"))
    assert [speaker.name for speaker in draft.speakers] == ["Ann Lee"]


def test_coreference_goes_on_over_the_end_of_a_sentence() -> None:
    rows = "bn 0 0 {} NN * - - - - * {}\n"
    text = "\n".join(rows.format(*each) for each in (("a", "(1"), ("b", "(2"), ("c", "1)"), ("d", "3)|(4")))
    (found,) = read(f"#begin document (a); part 000\n{text}")
    assert told(found) == [("Coreference Mention", "a\nb\nc")]
    assert found.notes[-1] == "Left out 3 brackets of the column of coreference without a counterpart."


def test_labels_of_another_tool_go_out_in_columns_of_their_own() -> None:
    document, speaker = full_document()
    mapping = Mapping(items=(ItemRule("PER", "Mention"), ItemRule("Quote", "Claim", (), (("form", "direct"),))))
    stream = io.BytesIO()
    writing = Writing(relabel=lambda standoff: to_theirs(standoff, mapping))
    conll.FORMAT.write(Content([document], [speaker]), stream, writing)  # type: ignore[misc]
    lines = stream.getvalue().decode().split("\n")
    assert lines[0] == "# global.columns = FORM START END MISC LABEL"
    assert [line.split("\t")[4] for line in lines if line.startswith(("He\t", "I\t"))] == ["B-PER"]
    (found,) = read(stream.getvalue().decode())
    document_text = document.source.text
    assert [(item.label, document_text[slice(*item.places[0])]) for item in found.items] == [
        ("PER", "He"), ("Quote", document_text[17:33]),
    ]  # fmt: skip


def test_a_comment_that_ends_like_a_tag_is_no_row() -> None:
    long = "# a summary of a text in very many words that says how one moves, in a rented U-Haul"
    for comment in (long, "# a short U-Haul"):
        (found,) = read(f"{long}\nAnn NN B-PER\n{comment}\nleft VV O\n# # O\n\nShe PR O\n")
        assert (found.text, found.unread) == ("Ann left #\nShe", ())


def test_mentions_of_corefud_are_read_with_what_is_said_of_them() -> None:
    rows = [
        ("Ann", "Entity=(e1-person-1(e2-place-1-x-y)"), ("Lee", "SpaceAfter=No|Entity=e1)"), (",", "_"),
        ("she", "Entity=(e1[1/2]-person-1)"), ("said", "_"), ("too", "Entity=(e1[2/2]-person-1)"),
    ]  # fmt: skip
    lines = "\n".join(f"{n}\t{word}\t_\tX\t_\t_\t0\troot\t_\t{misc}" for n, (word, misc) in enumerate(rows, start=1))
    (found,) = read(f"# global.Entity = eid-etype-head-other\n# newdoc id = a\n{lines}\n", "a.conllu")
    assert found.text == "Ann Lee, she said too"
    assert [([found.text[slice(*place)] for place in item.places], dict(item.attributes)) for item in found.items] == [
        (["Ann Lee"], {"etype": "person"}),
        (["Ann"], {"etype": "place", "other": "x-y"}),
        (["she", "too"], {"etype": "person"}),
    ]
    assert [[id_ for _, id_ in link.ends] for link in found.links] == [["C1", "C3"]]
    assert not [note for note in found.notes if "nothing is labelled" in note]


def test_conll_2012_without_columns_of_predicates_and_speakers() -> None:
    (found,) = read(
        "#begin document (a); part 000\n"
        "a 0 0 Ann NE (NP* ann sg fem (PER*) (0)\n"
        "a 0 1 left VV *) - - - - -\n\n"
        "#end document\n"
    )
    assert told(found) == [("PER", "Ann"), ("Coreference Mention", "Ann")]


def test_germeval_has_numbers_and_two_layers() -> None:
    (found,) = read("#\thttp://a.de\t[2009]\n1\tBayern\tB-ORG\tB-LOC\n2\tMünchen\tI-ORG\tB-LOC\n3\tspielt\tO\tO\n")
    assert told(found) == [("ORG", "Bayern München"), ("LOC", "Bayern"), ("LOC", "München")]


def test_the_text_is_the_files_own_where_it_tells_it() -> None:
    lines = "# newdoc id = d1\n# text = Yes, Ann.\n1\tYes\tO\t{}\n2\t,\tO\t_\n3\tAnn\tB-PER\t{}\n4\t.\tO\t_\n"
    for gap in ("_", "SpaceAfter=No"):
        (found,) = read(lines.format(gap, gap))
        assert found.text == "Yes, Ann."
    (found,) = read(lines.format("SpaceAfter=No", "SpaceAfter=No").replace("# text = Yes, Ann.\n", ""))
    assert found.text == "Yes, Ann."
    assert not [note for note in found.notes if "put together" in note]
    assert told(found) == [("PER", "Ann")]


def test_broken_rows_are_kept_with_their_line() -> None:
    (found,) = read("a\tx\tO\nb\tB-PER\nc\tx\tB-LOC\nd\tx\tO\n" + "e\tx\tO\n" * 30 + "f\tx\tP-ER\n")
    assert [(unread.place, unread.reason) for unread in found.unread] == [
        ("line 2", "it lacks 1 of 3 columns; only its word was taken"),
        ("line 35", "“P-ER” is no tag"),
    ]
    assert found.notes[-1].startswith("In quarantine 2 rows, such as line 2: it lacks 1 of 3 columns; only")
    assert found.text.startswith("a b c d e")
    assert told(found) == [("LOC", "c")]


def test_a_row_that_lacks_a_tag_costs_no_more_than_that_row() -> None:
    short = "Ann\tNN\tB-PER\nsaid\tVB\nso\tRB\tO\n.\t.\tO\n"
    assert registry.for_import("a.tsv", short.encode()).name == "conll"
    for head in ("", "word\tpos\tner\n"):
        (found,) = read(head + short)
        assert (told(found), found.text) == ([("PER", "Ann")], "Ann said so .")
        assert [each.place for each in found.unread] == [f"line {3 if head else 2}"]
    (found,) = read("word\tpos\tner\nAnn\tNN\nsaid\tVB\tO\n")  # the first row is the short one
    assert found.unread[0].reason == "it lacks 1 of 3 columns; only its word was taken"


def test_a_first_line_that_names_more_or_fewer_columns_than_there_are() -> None:
    (found,) = read("word\tpos\tner\tmore\nAnn\tNN\tB-PER\nsaid\tVB\tO\n")
    assert (told(found), found.text, found.unread) == ([("PER", "Ann")], "Ann said", ())
    assert found.notes[0].endswith("names 4 columns, most others have 3: the names were taken for the first of these.")
    (found,) = read("word\tpos\tner\n1\tAnn\tNN\tB-PER\n2\tsaid\tVB\tO\n")  # as R writes tables
    assert (told(found), found.text, found.unread) == ([("PER", "Ann")], "Ann said", ())


def test_what_is_no_such_file() -> None:
    with pytest.raises(ImportFailed, match=r"^a\.conll holds no words in lines\."):
        read("\n\n")
    rows = b"a O\nb B-PER\nc O\n"
    assert registry.for_import("a.txt", rows) is conll.FORMAT
    assert registry.for_import("a.conll", rows) is conll.FORMAT
    assert registry.for_import("a.txt", b"Plain words in a line.\nAnd another one here.\n") is not conll.FORMAT
    assert registry.for_import("a.tsv", b"title\ttext\nA\tB\n") is not conll.FORMAT


def test_what_is_written() -> None:
    document, speaker = full_document()
    lines = written(Content([document], [speaker])).decode().split("\n")
    assert lines[:5] == [
        r"# global.columns = FORM START END MISC CLAIM CLAIM:2 SOURCE CUE MENTION",
        "# newdoc id = a1",
        "# title = Title",
        "# text = Title",
        "Title\t0\t5\t" + r"SpacesAfter=\n\n" + "\tO\tO\tO\tO\tO",
    ]
    assert "He\t7\t9\t_\tO\tO\tB-source\tO\tB-pronoun" in lines
    assert "Twoul\t17\t22\tSpaceAfter=No\tI-claim\tB-direct\tO\tO\tO" in lines


@given(contents())
def test_text_and_layers_come_back(content: Content) -> None:
    data = written(content)
    assert data == written(content)
    for document, found in zip(content.items, read(data.decode()), strict=True):
        assert found.text == document.source.text
        words = {n for place in tokens(found.text) for n in range(*place)}

        def parts(label: str, found: Standoff = found, words: set[int] = words) -> Counter[tuple[int, ...]]:
            items = [item for item in found.items if item.label == label]
            return Counter(tuple(n for n in range(*item.places[0]) if n in words) for item in items)

        def spans(records: object, words: set[int] = words) -> Counter[tuple[int, ...]]:
            kept = [tuple(n for n in range(s.start, s.end) if n in words) for r in records for s in r.spans]  # type: ignore[attr-defined]
            return Counter(each for each in kept if each)

        assert parts("Claim") == spans(document.claims)
        assert parts("Mention") == spans(document.mentions)
        assert not found.unread


@given(st.text())
@example("\x1f0")
def test_fields_hold_any_text(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not any(each.isspace() for each in escaped(text))


@pytest.mark.parametrize("form", ["\x1f0", "\x1c", "a b", "O", "\\", "\u2028x"])
def test_a_value_with_any_character_is_a_tag(form: str) -> None:
    document, speaker = full_document()
    first, *others = document.claims
    odd = replace(document, claims=(replace(first, form=form), *(replace(each, form="direct") for each in others)))
    (found,) = read(written(Content([odd], [speaker])).decode())
    assert {item.get("form") for item in found.items if item.label == "Claim"} == {form, "direct"}
    assert found.unread == ()


def test_words_with_a_label_each_and_files_of_conll_2003_are_no_tables() -> None:
    rows = "".join(f"word{n}\t{'person' if n % 5 == 0 else 'O'}\n" + ("\n" if n % 6 == 5 else "") for n in range(30))
    assert registry.for_import("a.tsv", rows.encode()).name == "conll"
    assert registry.for_import("eng.testa", b"-DOCSTART- -X- O O\n").name == "conll"


def test_a_file_of_nothing_but_the_names_of_columns_is_said_to_be_empty() -> None:
    with pytest.raises(ImportFailed, match="holds no words in lines"):
        read("# global.columns = FORM START END MISC CLAIM")


HIPE = """TOKEN\tNE-COARSE-LIT\tNE-NESTED\tNEL-LIT\tMISC
# language = de
# newspaper = NZZ
# date = 1918-11-08
# document_id = NZZ-1
# segment_iiif_link = _
In\tO\tO\t_\t_
Genf\tB-loc\tO\tQ71\tNoSpaceAfter
.\tO\tO\t_\tEndOfLine

# language = fr
# newspaper = GDL
# date = 1878-02-22
# document_id = GDL-2
Lausanne\tB-loc\tB-org\tQ807\tNoSpaceAfter|EndOfLine
Ville\tI-loc\tO\t_\t_
"""


def test_newspapers_of_hipe_are_articles_with_their_text_and_what_is_said_of_them() -> None:
    first, second = read(HIPE)
    assert (first.text, second.text) == ("In Genf.", "Lausanne\nVille")
    assert [(item.label, first.text[slice(*item.places[0])]) for item in first.items] == [("loc", "Genf")]
    assert [(item.label, item.places) for item in second.items] == [("loc", ((0, 14),)), ("org", ((0, 8),))]
    assert [dict(each.fields) for each in (first, second)] == [
        {"language": "de", "outlet": "NZZ", "published": "1918-11-08"},
        {"language": "fr", "outlet": "GDL", "published": "1878-02-22"},
    ]
    assert [item.attributes for item in first.items] == [(("NEL-LIT", "Q71"),)]
    assert (first.notes, second.notes) == ((), ())
    later = HIPE.replace("# document_id = GDL-2\n", "").replace("# language = fr", "# document_id = G\n# language = fr")
    assert read(later.replace("# ", "# hipe2022:"))[1].fields == second.fields


def test_columns_that_a_comment_names_are_no_header_row() -> None:
    (found,) = read(
        "# global.columns = FORM LEMMA UPOS NER MISC\nGenf\tGenf\tPROPN\tB-LOC\tSpaceAfter=No\n.\t.\tX\tO\t_\n"
    )
    assert (found.text, found.unread) == ("Genf.", ())
    assert told(found) == [("LOC", "Genf")]


def test_what_begins_an_article_elsewhere_may_be_a_word() -> None:
    text = "said-DOCSTART- again"
    said = Mention(id="m", article_id="a1", annotator="Bo", spans=(anchor(text, 0, 4),), created=TIME, updated=TIME)
    content = Content([Document(Article("a1", "T", created=TIME, updated=TIME), source("a1", text), (said,))], [])
    data = written(content).decode()
    assert "\n-DOCSTART-\t" in data
    assert [found.text for found in read(data)] == [text]


def test_what_is_said_of_a_sentence_is_not_said_of_the_next_article() -> None:
    row = "\t".join(["1", "Yes", "yes", "X", *"____", "_", "_"])
    said = "# date = 2002-02-02\n# title = A heading"
    _, second = read(f"# newdoc id = a\n{row}\n\n{said}\n{row}\n\n# newdoc id = b\n{row}\n")
    assert second.fields == ()


def test_what_stands_above_the_line_that_begins_an_article_is_said_of_it() -> None:
    rows = "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nacts VBZ I-VP O\n\n"
    found = read(f"# title = One\n{rows}# title = Two\n{rows}")
    assert [(each.text, each.fields) for each in found] == [("EU acts", (("title", each),)) for each in ("One", "Two")]


@pytest.mark.parametrize("end", ["test", "dev"])
def test_plain_text_that_ends_as_such_files_do_stays_plain_text(end: str) -> None:
    assert registry.for_import(f"x.{end}", b"A test of the new tram.\nIt went well.\n").name == "text"
    assert registry.for_import(f"x.{end}", b"EU B-ORG\nacts O\n\nPeter B-PER\nran O\n").name == "conll"
