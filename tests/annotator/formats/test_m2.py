"""ERRANT's M2: corrections become edits of tokens, and edits corrections that make the same words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import ANY, MemorySink
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ImportFailed
from annotator.formats import m2
from annotator.formats.base import Draft, Reading, Writing
from annotator.formats.m2.writing import page
from annotator.model import Correction, Document
from annotator.text.anchors import anchor
from annotator.text.corrected import PieceMap, replacements
from annotator.text.tokens import tokens

FOREIGN = """S This are gramamtical sentence .
A 1 2|||R:VERB:SVA|||is|||REQUIRED|||-NONE-|||0
A 2 2|||M:DET|||a|||REQUIRED|||-NONE-|||0
A 2 3|||R:SPELL|||grammatical|||REQUIRED|||-NONE-|||0
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||1

S And and more of it
A 0 1|||U:CONJ||||||REQUIRED|||-NONE-|||0
A 4 5|||U:PRON||||||REQUIRED|||-NONE-|||0
A 1 2|||R:CONJ|||yet|||REQUIRED|||-NONE-|||1
A 5 5|||M:PUNCT|||.|||REQUIRED|||-NONE-|||0
"""


def read(text: str, **beside: bytes) -> Draft:
    files = {key.replace("_", "."): value for key, value in beside.items()}
    reading = Reading("a.m2", "Zoe", beside=files.get)
    (draft,) = m2.FORMAT.read(io.BytesIO(text.encode()), reading)  # type: ignore[misc]
    return draft


def corrected(draft: Draft) -> str:
    return PieceMap(draft.source.text, replacements(draft.corrections)).text


def with_fix(text: str, start: int, end: int, replacement: str, cause: str | None = "ocr") -> Document:
    document, _ = full_document()
    fix = Correction(
        id="k", article_id="a1", annotator="Bo", spans=(anchor(text, start, end),), replacement=replacement, cause=cause
    )
    return replace(document, source=replace(document.source, text=text), corrections=(fix,))


def test_files_of_others_are_articles_with_corrections() -> None:
    draft = read(FOREIGN)
    assert draft.source.text == "This are gramamtical sentence .\nAnd and more of it"
    assert corrected(draft) == "This is a grammatical sentence .\nand more of ."
    by_words = {c.spans[0].exact: c for c in draft.corrections if c.spans[0].exact}
    assert by_words["gramamtical"].cause == "spelling"
    assert by_words["are"].note == "error_type = R:VERB:SVA"
    assert [(held.label, held.exact) for held in draft.quarantined] == [("Edit of annotator 1", "")]
    assert [held.reason for held in draft.quarantined] == ["it is a further annotator's, and a text is corrected once"]
    assert any(
        "1 further annotator are" in note or "1 further annotator" in note for note in draft.article.import_notes
    )


@pytest.mark.parametrize(
    ("text", "place", "replacement", "edit"),
    [
        ("Tbe end.", (0, 3), "The", "0 1|||R:OCR|||The"),
        ("Tbe end.", (1, 2), "h", "0 1|||R:OCR|||The"),
        ("the the end", (3, 7), "", "1 2|||U:OCR|||"),
        ("the end", (4, 4), "bad ", "1 1|||M:OCR|||bad"),
        ("in-\nstalled by", (2, 4), "", "0 2|||R:OCR|||installed"),
        ("One. Two it.", (3, 5), ", ", "1 2|||R:OCR|||,"),
        ("a\nb c", (1, 2), " ", None),
    ],
)
def test_a_correction_is_an_edit_of_tokens(
    text: str, place: tuple[int, int], replacement: str, edit: str | None
) -> None:
    lines = page(with_fix(text, *place, replacement)).split("\n")
    told = [line for line in lines if line.startswith("A ") and "noop" not in line]
    assert told == ([f"A {edit}|||REQUIRED|||-NONE-|||0"] if edit else [])


def test_an_edit_over_two_sentences_joins_them() -> None:
    assert page(with_fix("One. Two.", 0, 8, "Onetwo")).count("S ") == 1
    assert page(with_fix("One. Two.", 0, 3, "Once")).count("S ") == 2


def test_broken_lines_are_kept_with_the_reason() -> None:
    draft = read("S a b\nA 0 9|||R|||c|||REQUIRED|||-NONE-|||0\nA x|||R|||c|||||||||0\nX\n")
    assert sorted((held.place, held.reason) for held in draft.quarantined) == [
        ("a.m2, line 2", "its sentence has only 2 tokens"),
        ("a.m2, line 3", "it is no edit: two numbers, a type and a correction, parted by |||"),
        ("a.m2, line 4", "it begins with neither S nor A"),
    ]
    with pytest.raises(ImportFailed, match=r"^a\.m2 has no line that begins with “S ”"):
        read("nothing")


def test_the_text_beside_counts_when_it_has_the_same_words() -> None:
    assert read(FOREIGN, a_txt=b"x").source.text.startswith("This are")
    text = b"This  are gramamtical sentence.\n\nAnd and more\nof it"
    assert corrected(read(FOREIGN, a_txt=text)) == "This  is a grammatical sentence.\n\nand more\nof ."


def test_words_after_each_other_are_deleted_one_by_one() -> None:
    edits = "".join(f"A {n} {n + 1}|||U:OTHER|||-NONE-|||REQUIRED|||-NONE-|||0\n" for n in range(3))
    reading = Reading("a.m2", "Zoe", "9", ANY)
    (draft,) = m2.FORMAT.read(io.BytesIO(f"S one two three four\n{edits}\n".encode()), reading)  # type: ignore[misc]
    assert [[(span.start, span.end) for span in each.spans] for each in draft.corrections] == [
        [(0, 4)], [(4, 7)], [(7, 13)],
    ]  # fmt: skip
    assert PieceMap(draft.source.text, replacements(draft.corrections)).text.strip() == "four"


@given(contents())
def test_the_corrected_words_come_back(content: Content) -> None:
    sink = MemorySink()
    m2.FORMAT.write_files(content, sink, Writing())  # type: ignore[misc]
    names = [name for name in sorted(sink.files) if name.endswith(".m2")]
    for document, name in zip(content.items, names, strict=True):
        reading = Reading(name, "Zoe", "9", ANY, beside=sink.files.get)
        (draft,) = m2.FORMAT.read(io.BytesIO(sink.files[name]), reading)  # type: ignore[misc]
        assert draft.source.text == document.source.text
        if not tokens(document.source.text):
            continue  # where there are no words none can be put beside them
        truth = PieceMap(document.source.text, replacements(document.corrections)).text
        applied = PieceMap(draft.source.text, replacements(draft.corrections)).text
        assert _letters(applied) == _letters(truth)
        assert not [held for held in draft.quarantined if held.label == "Unread"]


def _letters(text: str) -> str:
    """The words of a text without what parts them."""
    return "".join(text[start:end] for start, end in tokens(text))


EDITS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 2), st.sampled_from(["x", "y z", ""])).filter(lambda e: e[1] or e[2]),
    max_size=3,
)


@given(EDITS)
def test_edits_of_others_go_out_as_they_came(drawn: list[tuple[int, int, str]]) -> None:
    """As long as they are apart: neighbours become one."""
    lines, at = [], 0
    for gap, length, words in sorted(drawn):
        begin = at + gap + 1
        type_ = "M" if not length else "U" if not words else "R"
        lines.append(f"A {begin} {begin + length}|||{type_}:OTHER|||{words}|||REQUIRED|||-NONE-|||0")
        at = begin + length + 1
    sentence = "S " + " ".join("w" * (n + 1) for n in range(at + 8))
    draft = read("\n".join([sentence, *lines]))
    assert not draft.quarantined
    back = page(draft.document).strip().split("\n")
    assert back == [sentence, *(lines or ["A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0"])]
