"""The ``standOff`` of a TEI document: speakers, the features of all items and links, and places that the text lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from urllib.parse import quote

from annotator.formats.standoff.graph import Attributes, Item, Link, Standoff
from annotator.formats.standoff.labels import SPEAKER
from annotator.formats.tei.common import (
    ARTICLE,
    EXACT,
    ITEMS,
    LINK_ROLE,
    LINKS,
    TEXT_ID,
    content,
    element,
    name_of,
    speaker_id,
)
from annotator.formats.tei.shapes import ORGANISATIONS

MISSING = "urn:article-annotator:missing:"
"""What a link leads to that is not there: its id follows."""


def written(
    standoff: Standoff,
    names: Mapping[str, str],
    in_text: Collection[str],
    ranges: Callable[[int, int], tuple[int, int]],
) -> str:
    """The element; ``in_text`` are the ids of the items whose places are elements there."""
    spans = [_span(item, names, ranges) for item in standoff.items if item.places and item.id not in in_text]
    parts = (
        *_speakers(standoff.items, names),
        _lines("spanGrp", (("type", "places"),), spans) if spans else "",
        *_links(standoff.links, names),
        _features(ARTICLE, standoff.fields, ()),
        _lines("fvLib", (("n", ITEMS),), (_item(item, names) for item in standoff.items)),
        _lines("fvLib", (("n", LINKS),), (_of(link, link.attributes, names) for link in standoff.links)),
    )
    return _lines("standOff", (), (part for part in parts if part))


def _lines(name: str, attributes: Iterable[tuple[str, str]], inside: Iterable[str]) -> str:
    return element(name, attributes, "\n", *(f"{each}\n" for each in inside))


# -- features ---------------------------------------------------------------------------------------------------


def _item(item: Item, names: Mapping[str, str]) -> str:
    quoted = item.exact if item.exact is not None and not item.places else ()
    return _of(item, (*item.attributes, *((EXACT, words) for words in quoted)), names)


def _of(thing: Item | Link, attributes: Attributes, names: Mapping[str, str]) -> str:
    return _features(thing.label, attributes, (("xml:id", names[thing.id]), ("n", thing.id)))


def _features(label: str, attributes: Attributes, own: Iterable[tuple[str, str]]) -> str:
    features = (
        element("f", (("name", name if name == EXACT else name_of(name)),), _string(value))
        for name, value in attributes
    )
    return element("fs", (*own, ("type", name_of(label))), *features)


def _string(value: str) -> str:
    return f"<string>{content(value)}</string>"


# -- places and links -------------------------------------------------------------------------------------------


def _span(item: Item, names: Mapping[str, str], ranges: Callable[[int, int], tuple[int, int]]) -> str:
    targets = (f"#string-range({TEXT_ID},{first},{length})" for first, length in (ranges(*p) for p in item.places))
    return element("span", (("target", " ".join(targets)), ("ana", f"#{names[item.id]}")))


def _links(links: Iterable[Link], names: Mapping[str, str]) -> Iterator[str]:
    joined = (link for link in links if link.ends)
    for (label, roles), group in groupby(joined, key=lambda link: (link.label, tuple(role for role, _ in link.ends))):
        functions = " ".join((LINK_ROLE, *map(name_of, roles)))
        yield _lines(
            "linkGrp", (("type", name_of(label)), ("targFunc", functions)), (_link(link, names) for link in group)
        )


def _link(link: Link, names: Mapping[str, str]) -> str:
    ends = (f"#{names[id_]}" if id_ in names else MISSING + quote(id_, safe="") for _, id_ in link.ends)
    return element("link", (("target", " ".join((f"#{names[link.id]}", *ends))),))


# -- speakers ---------------------------------------------------------------------------------------------------


def _speakers(items: Iterable[Item], names: Mapping[str, str]) -> Iterator[str]:
    """The speakers as readers of TEI expect them; their features say the same in full."""
    speakers = [item for item in items if item.label == SPEAKER]
    persons = [item for item in speakers if item.get("kind") not in ORGANISATIONS]
    organisations = [item for item in speakers if item.get("kind") in ORGANISATIONS]
    if persons:
        yield _lines("listPerson", (), (_speaker(item, "person", "persName", names) for item in persons))
    if organisations:
        yield _lines("listOrg", (), (_speaker(item, "org", "orgName", names) for item in organisations))


def _speaker(item: Item, whole: str, name: str, names: Mapping[str, str]) -> str:
    wikidata, note = item.get("wikidata") or "", item.get("note")
    return element(
        whole,
        (("xml:id", speaker_id(names[item.id])), ("ana", f"#{names[item.id]}")),
        element(name, (), content(item.get("name") or "")),
        *(element(name, (("type", "alias"),), content(alias)) for alias in item.all("alias")),
        element("idno", (("type", "wikidata"),), content(wikidata)) if wikidata.startswith("Q") else "",
        element("note", (), content(note)) if note else "",
    )
