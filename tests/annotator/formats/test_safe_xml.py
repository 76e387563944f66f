"""XML is read without entities, to a depth, in encodings that are known; everything else is one clause."""

from __future__ import annotations

import pytest

from annotator.formats.safe_xml import parse_xml, walk

BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        (b"", "is no XML (line 1: no element found)"),
        (b"<a>\n<b></a>", "is no XML (line 2: mismatched tag)"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "is in an encoding that is not known here"),
        (
            b'<?xml version="1.0" encoding="utf-16"?><a/>',
            "is no XML (line 1: encoding specified in XML declaration is incorrect)",
        ),
        (
            f'<!DOCTYPE a [<!ENTITY l0 "lol">{BOMB}]><a>&l8;</a>'.encode(),
            "declares entities of its own, which are not read",
        ),
        (
            b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>&b;</a>',
            "declares or uses entities of its own, which are not read",
        ),
        (b"<a>&b;</a>", "is no XML (line 1: undefined entity)"),
        (b"<a>" * 501, "is nested too deeply"),
    ],
)
def test_what_is_not_read_is_one_clause(data: bytes, clause: str) -> None:
    with pytest.raises(ValueError) as told:  # noqa: PT011 -- its words are compared
        parse_xml(data)
    assert str(told.value) == clause


def test_a_document_type_may_be_refused_and_names_are_with_their_namespace() -> None:
    data = b'<!DOCTYPE a><a xmlns="urn:x" xmlns:y="urn:y" y:k="1" j="2">t</a>'
    root = parse_xml(data)
    assert (root.tag, root.attrib, root.text) == ("{urn:x}a", {"{urn:y}k": "1", "j": "2"}, "t")
    with pytest.raises(ValueError, match="has a document type declaration"):
        walk(data, lambda _tag, _attributes: None, lambda _tag: None, doctype=False)
