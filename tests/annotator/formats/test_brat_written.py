"""brat standoff, written: what is in an article comes back whole, under any labels, with what brat has no room for."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from article_samples import TIME, Content, contents, full_document, source
from foreign_samples import exported
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import brat
from annotator.formats.base import Reading, Writing
from annotator.formats.brat.own import fragments
from annotator.formats.brat.pages import Kinds, page
from annotator.formats.brat.reading import standoff
from annotator.formats.sinks import unreserved
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.model import Article, Document, Speaker


class Folder:
    """A sink in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        stream = io.BytesIO()
        yield stream
        assert name not in self.files
        self.files[name] = stream.getvalue()


class People:
    """A project as a writer sees it."""

    def __init__(self, documents: list[Document], speakers: list[Speaker]) -> None:
        self._documents, self._speakers = documents, speakers

    def documents(self) -> list[Document]:
        return self._documents

    def speakers(self) -> list[Speaker]:
        return self._speakers


def told(found: Standoff) -> object:
    """All that a standoff says, whatever its ids are and in whatever order attributes of different names stand."""
    things = (*found.items, *found.links)
    shape = {item.id: (item.label, item.places) for item in found.items} | {link.id: link.label for link in found.links}

    def attributes(thing: Item | Link) -> object:
        return sorted((name, thing.all(name)) for name in {name for name, _ in thing.attributes})

    def words(item: Item) -> tuple[str, ...]:
        return item.exact or tuple(found.text[start:end] for start, end in item.places)

    items = [(item.label, item.places, words(item), attributes(item), item.context) for item in found.items]
    links = [
        (link.label, [(role, shape.get(id_, "lost")) for role, id_ in link.ends], attributes(link))
        for link in found.links
    ]
    assert len({thing.id for thing in things}) == len(things)
    return sorted(items, key=repr), sorted(links, key=repr), sorted(found.fields)


def back(given_: Standoff) -> Standoff:
    found = standoff(given_.name, given_.text, page(given_, Kinds()))
    assert not found.unread
    assert not found.notes
    return found


NAMES = st.text("abT1:# \tß", max_size=4)
LABELS = st.one_of(st.sampled_from(["Claim", "Hop", "Inside", "Equiv", "Article", "Content2", "trigger"]), NAMES)
VALUES = st.one_of(st.sampled_from(["true", "", "direct", "a b", "Wikipedia:1\tAnn", "Speaker:x"]), st.text(max_size=5))
KEYS = st.one_of(st.sampled_from(["note", "name", "speaker", "Reference", "#Note", "uuid", "form"]), NAMES)
ATTRIBUTES = st.lists(st.tuples(KEYS, VALUES), max_size=4).map(tuple)


@st.composite
def standoffs(draw: st.DrawFn) -> Standoff:
    text = draw(st.text("ab \n\t\u2028🌧", min_size=1, max_size=12)) + "."
    offsets = st.integers(0, len(text))
    place = st.tuples(offsets, offsets).map(lambda pair: (min(pair), max(pair)))
    items = [
        Item(f"i{n}" if draw(st.booleans()) else f"T{n}", draw(LABELS), draw(st.lists(place, max_size=3).map(tuple)),
             None, draw(ATTRIBUTES))
        for n in range(1, draw(st.integers(0, 4)) + 1)
    ]  # fmt: skip
    ids = [item.id for item in items]
    links: list[Link] = []
    for n in range(draw(st.integers(0, 3)) if ids else 0):
        roles = st.one_of(
            st.sampled_from(["trigger", "member", "Content", "Content2", "Arg1", "Arg2", "child", "parent"]), NAMES
        )
        ends = draw(st.lists(st.tuples(roles, st.sampled_from(ids)), max_size=3).map(tuple))
        links.append(Link(f"k{n}", draw(LABELS), ends, draw(ATTRIBUTES)))
        ids.append(f"k{n}")
    return Standoff("a", text, tuple(items), tuple(links), draw(ATTRIBUTES))


@given(standoffs())
def test_any_standoff_comes_back(given_: Standoff) -> None:
    assert told(back(given_)) == told(given_)


@given(contents())
def test_records_come_back_as_they_were(content: Content) -> None:
    sink, source = Folder(), People(list(content.items), list(content.people))
    writing = Writing()
    write = brat.FORMAT.write_files
    assert write is not None
    write(source, sink, writing)
    again = Folder()
    write(source, again, Writing())
    assert again.files == sink.files
    by_id = {}
    for name in sink.files:
        if name.endswith(".ann"):
            text, lines = sink.files[name[:-3] + "txt"].decode(), sink.files[name].decode()
            draft = decode(standoff(name, text, lines), Reading(name, "Zoe"))
            by_id[draft.article.id] = draft.document
    assert writing.articles == len(content.items)
    for document in content.items:
        found = by_id[document.article.id]
        for kind in ("mentions", "claims", "corrections", "quarantined"):
            assert {r.id: r for r in getattr(found, kind)} == {r.id: r for r in getattr(document, kind)}
        assert found.source == document.source
        assert found.article == document.article


@pytest.mark.parametrize(
    ("text", "places", "shown"),
    [
        ("abc\ndef", ((1, 6),), ((1, 3), (4, 6))),
        ("abc\r\ndef", ((1, 6),), ((1, 3), (5, 6))),
        ("abc\u2028def", ((0, 7),), ((0, 3), (4, 7))),
        ("abcdef", ((4, 6), (0, 2)), ((0, 2), (4, 6))),
        ("abcdef", ((0, 4), (2, 6)), ((0, 6),)),
        ("abcdef", ((0, 2), (2, 4)), ((0, 2), (2, 4))),
        ("abcdef", ((3, 3),), ((3, 4),)),
        ("abc\n", ((4, 4),), ((2, 3),)),
        ("ab\ncd", ((2, 3),), ((3, 4),)),
        ("\n", ((0, 1),), ()),
    ],
)
def test_places_are_shown_as_brat_can(text: str, places: tuple[tuple[int, int], ...], shown: object) -> None:
    assert fragments(text, places) == shown


def test_what_somebody_moved_in_brat_is_believed() -> None:
    """The note tells the places of no width and over line ends; the line itself wins when it was changed."""
    given_ = Standoff("a", "ab\ncd ef", (Item("T1", "Claim", ((0, 5),)),))
    lines = page(given_, Kinds())
    assert "T1\tClaim 0 2;3 5\tab cd" in lines
    assert standoff("a", given_.text, lines).items[0].places == ((0, 5),)
    moved = lines.replace("0 2;3 5\tab cd", "6 8\tef")
    assert standoff("a", given_.text, moved).items[0].places == ((6, 8),)


OVERLAPS = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"


def test_the_configuration_names_all_that_is_written() -> None:
    hop = Link("h", "Hop", (("claim", "c"), ("cue", "q")), (("medium", "interview"), ("order", "1")))
    inside = Link("i", "Inside", (("child", "c"), ("parent", "d")))
    items = (
        Item("c", "Claim", ((0, 2),), None, (("form", "direct"), ("unsure", "true"))),
        Item("d", "Claim", ((0, 5),), None, (("form", "mixed"),)),
        Item("q", "Cue", ((6, 7),)),
    )
    kinds = Kinds()
    page(Standoff("a", "ab cd ef", items, (hop, inside)), kinds)
    conf = brat.writing.annotation_conf(kinds).splitlines()
    assert conf == [
        "[entities]", "", "Claim", "Cue", "",
        "[relations]", "", OVERLAPS, "Inside\tArg1:<ANY>, Arg2:<ANY>", "",
        "[events]", "", "Hop\tclaim*:<ANY>, cue*:<ANY>", "",
        "[attributes]", "",
        "form\tArg:<ANY>, Value:direct|mixed", "medium\tArg:<ANY>, Value:interview", "unsure\tArg:<ANY>",
    ]  # fmt: skip
    visual = brat.writing.visual_conf(kinds)
    assert all(f"{name} | {name}" in visual and f"{name}\tbgColor:#" in visual for name in ("Claim", "Cue", "Hop"))


def test_what_is_said_to_be_the_same_is_in_the_configuration() -> None:
    kinds = Kinds()
    same = Link("e", "Equiv", (("member", "c"), ("member", "d")))
    page(Standoff("a", "ab cd", (Item("c", "X", ((0, 2),)), Item("d", "X", ((3, 5),))), (same,)), kinds)
    conf = brat.writing.annotation_conf(kinds).splitlines()
    assert conf[conf.index(OVERLAPS) + 1] == "Equiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive"


def test_a_place_outside_the_text_is_no_line_of_its_own() -> None:
    """brat's server calls such a line a syntax error and shows it to whoever opens the text."""
    far = Item("T1", "L", ((1, 999),), None, (("note", "x"),))
    lines = page(Standoff("a", "ab cd", (far,)), Kinds())
    assert [line for line in lines.splitlines() if line[0] == "T"] == ["T1\tArticle 0 1\ta"]
    (back,) = standoff("a", "ab cd", lines).items
    assert (back.label, back.places, back.attributes) == (far.label, far.places, far.attributes)


def test_the_speaker_of_a_hop_is_a_normalisation_and_the_rest_is_json() -> None:
    hop = Link("h", "Hop", (("claim", "c"),), (("order", "1"), ("speaker", "s-1"), ("name", "Ann Lee")))
    lines = page(Standoff("a", "ab cd", (Item("c", "Claim", ((0, 2),)),), (hop,)), Kinds()).splitlines()
    assert lines[:3] == ["T1\tClaim 0 2\tab", "E1\tHop:T2 claim:T1", "T2\tHop 0 2\tab"] or lines[:3] == [
        "T1\tClaim 0 2\tab", "T2\tHop 0 2\tab", "E1\tHop:T2 claim:T1",
    ]  # fmt: skip
    assert "N1\tReference E1 Speaker:s-1\tAnn Lee" in lines
    (own,) = (line for line in lines if "ArticleAnnotator" in line)
    assert json.loads(own.split("\t")[2]) == {"made": "T2", "attributes": [["order", "1"]]}


def test_links_at_one_place_share_their_trigger() -> None:
    """brat's checker warns of two triggers with the same words and label."""
    hops = tuple(Link(f"h{n}", "Hop", (("claim", c), ("cue", "q")), (("order", "1"),)) for n, c in enumerate("cd"))
    items = (Item("c", "Claim", ((0, 2),)), Item("d", "Claim", ((3, 5),)), Item("q", "Cue", ((6, 8),)))
    given_ = Standoff("a", "ab cd ef", items, hops)
    lines = page(given_, Kinds())
    assert [line.split("\t")[0] for line in lines.splitlines() if "\tHop 6 8\t" in line] == ["T4"]
    back = standoff("a", given_.text, lines)
    assert [item.label for item in back.items] == ["Claim", "Claim", "Cue"]
    assert [[role for role, _ in link.ends] for link in back.links] == [["claim", "cue"]] * 2
    without = "".join(line for line in lines.splitlines(keepends=True) if "E2" not in line)  # one deleted in brat
    assert [item.label for item in standoff("a", given_.text, without).items] == ["Claim", "Claim", "Cue"]
    forgotten = "".join(line for line in lines.splitlines(keepends=True) if "ArticleAnnotator E2" not in line)
    assert [link.of_role("trigger") for link in standoff("a", given_.text, forgotten).links] == [(), ("T4",)]


@pytest.mark.parametrize(
    ("stem", "fit"),
    [("CON", "CON_"), ("con.v2", "con_.v2"), ("COM¹", "COM¹_"), ("console", "console"), ("a.con", "a.con")],
)
def test_no_file_is_called_as_a_device_of_windows_is(stem: str, fit: str) -> None:
    assert unreserved(stem) == fit
    document, speaker = full_document()
    document = replace(document, source=replace(document.source, file_name=f"{stem}.txt"))
    sink = Folder()
    brat.FORMAT.write_files(People([document], [speaker]), sink, Writing())
    assert {f"{fit}.ann", f"{fit}.txt"} < sink.files.keys()


def test_a_text_of_nothing_but_control_characters_goes_out_and_comes_back(tmp_path: Path) -> None:
    article = Article("a1", "\x1f\x02", created=TIME, updated=TIME)
    content = Content([Document(article, source("a1", "\x1f\x02\x03"))], [])
    assert exported(brat.FORMAT, content, tmp_path / "out").losses == ()
