"""Articles to TEI documents, one a file."""

from __future__ import annotations

from annotator.formats.base import Sink, Source, Writing
from annotator.formats.sinks import file_name
from annotator.formats.standoff.graph import Standoff
from annotator.formats.tei import beside
from annotator.formats.tei.body import Body
from annotator.formats.tei.common import NOT_XML, SCHEME_FILE, TEXT_ID, tag
from annotator.formats.tei.header import begin, header, scheme_document
from annotator.formats.tei.inline import pieces
from annotator.formats.tei.shapes import Shapes
from annotator.formats.writing import standoffs
from annotator.text.wording import counted, shorten

_MOST = 999_999
"""Articles for which the names of the files sort as the articles do."""


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """``NAME.xml`` for each article, and ``scheme.xml`` where the scheme is known."""
    if writing.scheme is not None:
        with sink.open(SCHEME_FILE) as stream:
            stream.write(scheme_document(writing.scheme).encode())
    for number, (_, standoff) in enumerate(standoffs(source, writing), start=1):
        lost = len(NOT_XML.findall(standoff.text))
        if lost:
            told = f"{counted(lost, 'character')} of “{shorten(standoff.name)}” that XML cannot hold"
            writing.losses.append(f"Changed: {told} became “\ufffd”.")
        with sink.open(f"{file_name(standoff.name, number, _MOST)}.xml") as stream:
            stream.write(document(standoff, has_scheme=writing.scheme is not None, head=writing.change_log()).encode())


def document(standoff: Standoff, *, has_scheme: bool = False, head: str = "") -> str:
    """The TEI document of an article."""
    names = {item.id: f"i{number}" for number, item in enumerate(standoff.items, start=1)}
    names |= {link.id: f"l{number}" for number, link in enumerate(standoff.links, start=1)}
    annotators = dict.fromkeys(name for item in standoff.items if (name := item.get("annotator")))
    people = {name: f"r{number}" for number, name in enumerate(annotators, start=1)}
    shapes = Shapes(standoff, names, people)
    found = pieces(standoff.text, standoff.items, shapes.element)
    body = Body(standoff.text, shapes.of)
    solid = [number for number, piece in enumerate(found) if not piece.is_blank]
    for number, piece in enumerate(found):
        if piece.is_blank:
            body.raw(standoff.text[piece.start : piece.end])
            continue
        shape = shapes.block(piece.segment, is_first=number == solid[0], has_more=number < solid[-1])
        body.raw(tag(shape.name, shape.attributes))
        body.fill(piece)
        body.raw(f"</{shape.name}>")
    if not solid:
        body.raw("<ab/>")  # a body without a block would be no TEI
    in_text = {part.item.id for piece in found for part in piece.parts}
    in_text |= {piece.segment.id for piece in found if piece.segment is not None}
    start = tag(TEXT_ID, (("xml:id", TEXT_ID), ("xml:space", "preserve")))
    told = beside.written(standoff, names, in_text, body.string_ranges())
    top = header(standoff, people, has_scheme=has_scheme, head=head)
    return f"{begin()}{top}{start}<body>{body}</body></text>\n{told}\n</TEI>\n"
