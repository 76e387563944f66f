"""Word, OpenDocument and EPUB: the text that a reader sees, and a sentence for everything that is not in it."""

from __future__ import annotations

import pytest
from article_files import docx, epub, odt, packed, read

from annotator.errors import ImportFailed

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
CORE = (
    '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Told title</dc:title><dc:creator>Typist</dc:creator></p>'
)
STORY = (
    "<h1>A {0} headline</h1><p>Something   happened\n in {0}&nbsp;town.</p>"
    "<ul><li>One</li><li>Two &amp; a half</li></ul>"
)


def test_word_paragraphs_breaks_tables_and_the_title_style() -> None:
    styles = '<w:styles xmlns:w="x"><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    body = (
        '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>The title</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">One </w:t></w:r><w:hyperlink><w:r><w:t>two</w:t></w:r></w:hyperlink>'
        "<w:r><w:br/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t><w:tab/><w:t>five</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{P.format('a')}</w:tc><w:tc>{P.format('b')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{P.format('c')}</w:tc><w:tc>{P.format('d')}</w:tc></w:tr></w:tbl><w:p/>"
    )
    (draft,) = read("docx", docx(body, word__styles_dot_xml=styles, docProps__core_dot_xml=CORE))
    assert draft.source.text == "The title\n\nOne two\nthree\u2011four\tfive\n\na\tb\nc\td"
    assert draft.article.title == "The title"
    assert draft.article.byline is None
    assert next(segment.kind for segment in draft.article.segments) == "headline"
    assert any("“Typist” as its author" in note for note in draft.article.import_notes)


def test_word_changes_notes_and_edges_are_said() -> None:
    body = (
        "<w:p><w:r><w:t>He said</w:t></w:r><w:ins><w:r><w:t> never</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> always</w:delText></w:r></w:del>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:commentReference/></w:r></w:p>"
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>First.</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    notes = f'<w:footnotes xmlns:w="x"><w:footnote w:id="2">{P.format("A note.")}</w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="x">{P.format("The Daily")}</w:hdr>'
    (draft,) = read("docx", docx(body, word__footnotes_dot_xml=notes, word__header1_dot_xml=header))
    assert draft.source.text == "He said never[1].\n\nFirst.\n\n[1] A note."
    assert draft.article.import_notes == (
        "1 change tracked as inserted: part of the text.",
        "1 change tracked as deleted: left out.",
        "Left out 1 comment.",
        "Left out hidden text in 1 place.",
        "Numbers or bullets of 1 list item are made by Word and are not part of the text.",
        "1 note at the end; “[1]” and so on mark their places.",
        "Left out “The Daily”, which stands at the edge of the pages.",
    )


def test_opendocument_text_with_its_changes_and_notes() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:style-name="Title">The   title</text:h>'
        '<text:p>One<text:s text:c="2"/>two<text:line-break/>three <text:span>four</text:span>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note>\n  five</text:p><text:list><text:list-item><text:p>a</text:p></text:list-item>"
        "<text:list-item><text:p>b</text:p></text:list-item></text:list>"
    )
    (draft,) = read("odt", odt(body, meta_dot_xml=CORE))
    assert draft.source.text == "The title\n\nOne  two\nthree four[1] five\n\na\nb\n\n[1] A note."
    assert draft.article.title == "The title"
    assert draft.article.import_notes == (
        "1 change tracked as deleted: left out.",
        "Numbers or bullets of 1 list are not part of the text.",
        "1 note at the end; “[1]” and so on mark their places.",
    )


def test_each_chapter_of_a_book_is_an_article() -> None:
    metadata = "<dc:title>Weekly</dc:title><dc:creator>Jane Roe</dc:creator><dc:date>2024-05-01T00:00:00Z</dc:date>"
    data = epub("<h1>Cover</h1>", STORY.format("first"), STORY.format("second"), metadata=metadata)
    one, two = read("epub", data)
    assert one.source.text == "A first headline\n\nSomething happened in first\u00a0town.\n\nOne\nTwo & a half"
    assert (one.article.title, one.article.byline, one.article.published) == (
        "A first headline",
        "Jane Roe",
        "2024-05-01",
    )
    assert (one.place, two.place) == ("a.epub, chapter 1", "a.epub, chapter 2")
    assert "Left out pages of the book without running text: c 0.xhtml." in one.article.import_notes


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    "<x>&c;</x>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE])
def test_entities_are_refused(xml: str) -> None:
    container = {"META-INF__container_dot_xml": '<c><rootfile full-path="b.opf"/></c>', "b_dot_opf": xml}
    for name, data in (
        ("docx", packed(word__document_dot_xml=xml)),
        ("odt", packed(content_dot_xml=xml)),
        ("epub", packed(**container)),
    ):
        with pytest.raises(ImportFailed, match=r"^a\.\w+ cannot be read: its part .* declares entities of its own"):
            read(name, data)


def test_what_is_no_document_is_one_sentence_each() -> None:
    deep = "<w:sdt>" * 100_000
    protected = {"META-INF__encryption_dot_xml": '<e><CipherReference URI="OEBPS/c%200.xhtml"/></e>'}
    cases = (
        ("docx", b"no zip", "is no Word document, or a damaged one"),
        ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "is locked with a password, or of an old version"),
        ("docx", packed(x="y"), "is no Word document"),
        ("docx", docx(""), "has no text"),
        ("docx", docx(deep), "nested too deeply"),
        ("docx", packed(word__document_dot_xml="<a"), "is no XML"),
        ("docx", packed(word__document_dot_xml=b"<a>" + bytes(50_000_000)), "would grow to 47 MB"),
        ("odt", odt("x", **{"META-INF__manifest_dot_xml": "<encryption-data/>"}), "locked with a password"),
        ("odt", odt(""), "has no text"),
        ("epub", packed(x="y"), "is no EPUB book"),
        ("epub", epub("<p></p>"), "has no text"),
        ("epub", epub(STORY, **protected), "protected against copying"),
        ("docx", docx(P.format("a"))[:-40], "is no Word document"),
        ("docx", b"", "is empty"),
    )
    for name, data, words in cases:
        with pytest.raises(ImportFailed, match=words):
            read(name, data)
