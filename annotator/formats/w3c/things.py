"""One Web Annotation to an item or a link: by the recommendation, by our own terms, or as Hypothesis exports it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from annotator.formats.foreign_json import is_offset, pairs, raw, scalar
from annotator.formats.standoff.graph import Attributes, Item, Link, Place
from annotator.formats.w3c.common import CLASSIFYING, COMMENTING, EDITING, IDENTIFYING, LINKING, TAGGING, id_of
from annotator.text.wording import shorten

UNKNOWN: Place = (-1, -1)
"""The place of words that are only quoted: it fits nowhere, so that they are looked for."""
_CHARS = re.compile(r"char=(\d{1,15}),(\d{1,15})")
_MOST_REFINED = 8


class NotUnderstood(Exception):
    """The annotation is damaged; the text is a clause that says how."""


def types(data: dict[str, Any]) -> list[str]:
    """The types of a node, however they are written."""
    return [str(each) for each in _many(data.get("type", data.get("@type")))]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def source_of(annotation: dict[str, Any], page: dict[str, Any]) -> tuple[str, str | None]:
    """The name of the text that an annotation is about ("": none), and the text itself if it is embedded."""
    own = page.get("text")
    if isinstance(own, str):
        return own, None
    for target in _many(annotation["target"]):
        if isinstance(target, dict):
            source = target.get("source", target if "value" in target else target.get("id"))
            if isinstance(source, dict):
                value = source.get("value")
                return str(source.get("id", "")), value if isinstance(value, str) else None
            if isinstance(source, str) and not is_link(annotation):
                return source.partition("#")[0], None
        elif isinstance(target, str) and not is_link(annotation):
            return target.partition("#")[0], None
    return str(annotation.get("uri") or page.get("source") or ""), None


def title_of(annotation: dict[str, Any]) -> str | None:
    """The title that an annotation gives to the page it is on, as Hypothesis has it."""
    document = annotation.get("document")
    titles = _many(document.get("title")) if isinstance(document, dict) else []
    return titles[0] if titles and isinstance(titles[0], str) else None


def understood(annotation: dict[str, Any], number: int, taken: Collection[str]) -> Item | Link:
    """What the annotation is. Raises :class:`NotUnderstood`."""
    name = annotation.get("id", annotation.get("@id"))
    id_ = id_of(name) if isinstance(name, str) else f"annotation {number}"
    if id_ in taken:
        raise NotUnderstood(f"the id “{shorten(id_)}” is taken")
    label, attributes = _told(annotation)
    if is_link(annotation):
        return Link(id_, label, _ends(annotation), attributes)
    places, exact, context = _places(annotation["target"])
    if "quoted" in annotation:
        exact = tuple(str(each) for each in _many(annotation["quoted"]))
    return Item(id_, label, places, exact, attributes, context)


def is_link(annotation: dict[str, Any]) -> bool:
    """Whether the annotation joins others."""
    return LINKING in _many(annotation.get("motivation"))


def targets(annotation: dict[str, Any]) -> Iterator[str]:
    """The names of all that an annotation is about."""
    for target in _many(annotation["target"]):
        name = target.get("source", target.get("id")) if isinstance(target, dict) else target
        if isinstance(name, str):
            yield name


def _ends(annotation: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    ends = []
    for number, target in enumerate(_many(annotation["target"]), start=1):
        if isinstance(target, str):
            if "attributes" not in annotation:
                ends.append((f"target{number}", id_of(target)))
            continue
        source = target.get("source", target.get("id")) if isinstance(target, dict) else None
        if not isinstance(source, str):
            raise NotUnderstood("one of its ends has no id")
        ends.append((str(target.get("role", f"target{number}")), id_of(source)))
    bodies = [each for each in _many(annotation.get("body")) if isinstance(each, str)]
    return (*ends, *(("body", id_of(each)) for each in bodies))


# -- what is said -----------------------------------------------------------------------------------------------


def _told(annotation: dict[str, Any]) -> tuple[str, Attributes]:
    """The label, and the attributes: as this program wrote them, or what bodies say."""
    tags: list[str] = []
    classes: list[str] = []
    found: list[tuple[str, str]] = []
    bodies = _many(annotation.get("body")) or _of_hypothesis(annotation)
    for body in bodies:
        for purpose, said in _body(body):
            if purpose == TAGGING:
                tags.append(said)
            elif purpose == CLASSIFYING:
                classes.append(said)
            elif purpose == IDENTIFYING and _ADDRESS.match(said):  # a name it is not
                found.append((purpose, said))
            else:
                found.append((_NAMES.get(purpose, purpose), said))
    if isinstance(value := annotation.get("bodyValue"), str):
        found.append(("note", value))
    motivations = [str(each) for each in _many(annotation.get("motivation"))]
    if not tags:
        tags, classes = classes[:1], classes[1:]
    found += ((CLASSIFYING, each) for each in classes)
    label = tags[0] if tags else next(iter(motivations), "annotation")
    if "attributes" in annotation:
        try:
            return label, pairs(annotation["attributes"])
        except ValueError as error:
            raise NotUnderstood(str(error)) from error
    return label, (*found, *(("tag", tag) for tag in tags[1:]), *_creator(annotation))


_ADDRESS = re.compile(r"\w+:\S+\Z")
_NAMES = {"": "note", COMMENTING: "note", EDITING: "replacement", IDENTIFYING: "name", "describing": "note"}
"""What the bodies are called here, by purpose."""


def _of_hypothesis(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """The bodies that Hypothesis writes as ``tags`` and ``text``."""
    bodies = [{"value": tag, "purpose": TAGGING} for tag in _many(annotation.get("tags"))]
    text = annotation.get("text")
    return [*bodies, {"value": text, "purpose": COMMENTING}] if isinstance(text, str) and text else bodies


def _body(body: Any) -> Iterator[tuple[str, str]]:
    """(purpose, value) of a body; a choice has several."""
    if isinstance(body, str):
        yield "body", body
    elif isinstance(body, dict):
        value = body.get("value", body.get("source", body.get("id")))
        if isinstance(value, dict):
            value = value.get("label", value.get("value", value.get("id", raw(value))))
        purposes = _many(body.get("purpose")) or [""]
        if value is not None:
            yield str(purposes[0]), scalar(value)
        elif "items" in body:
            for each in _many(body["items"]):
                yield from _body(each) if not (isinstance(each, dict) and "items" in each) else ()


def _creator(annotation: dict[str, Any]) -> Attributes:
    creator = next(iter(_many(annotation.get("creator", annotation.get("user")))), None)
    if isinstance(creator, dict):
        creator = creator.get("name", creator.get("nickname", creator.get("id")))
    return (("creator", creator),) if isinstance(creator, str) else ()


# -- where ------------------------------------------------------------------------------------------------------

_Where = tuple[tuple[Place, ...], tuple[str, ...] | None, tuple[str, str]]


def _places(target: Any) -> _Where:
    """Places, quoted words and context of an annotation's targets, which are its parts."""
    found = [each for target in _many(target) if (each := _place(target)) is not None]
    places = tuple(place for place, _, _ in found)
    words = [exact for _, exact, _ in found]
    exact = tuple(each for each in words if each is not None) if None not in words and words else None
    if exact is None and UNKNOWN in places:
        raise NotUnderstood("one of its targets can only be found by words that are not quoted")
    return places, exact, found[0][2] if len(found) == 1 else ("", "")


_Part = tuple[Place, str | None, tuple[str, str]]


def _place(target: Any) -> _Part | None:
    """One part; None: the target is a text as a whole."""
    if isinstance(target, str):
        match = _CHARS.search(target.partition("#")[2])
        return ((int(match[1]), int(match[2])), None, ("", "")) if match else None
    if not isinstance(target, dict):
        raise NotUnderstood("a target is neither a name nor an object")
    selectors = _many(target.get("selector"))
    if not selectors:
        return None
    place: Place | None = None
    exact, context = None, ("", "")
    for selector in selectors:
        if not isinstance(selector, dict):
            continue
        at, words, around = _selected(selector, 0)
        place = place or at
        if words is not None:
            exact, context = words, around
    if place is None and exact is None:
        kinds = ", ".join(kind for each in selectors if isinstance(each, dict) for kind in types(each))
        raise NotUnderstood(f"what it selects cannot be found in a plain text ({kinds or 'nothing'})")
    return place or UNKNOWN, exact, context


def _selected(selector: dict[str, Any], depth: int) -> tuple[Place | None, str | None, tuple[str, str]]:
    """(place, words, context) as far as a selector says them; a refinement counts from where the outer one begins."""
    kinds = types(selector)
    place: Place | None = None
    exact: str | None = None
    context = ("", "")
    if "TextPositionSelector" in kinds:
        place = _position(selector)
    elif "TextQuoteSelector" in kinds:
        exact = selector.get("exact")
        if not isinstance(exact, str):
            raise NotUnderstood("it quotes no words")
        around = [selector.get(key, "") for key in ("prefix", "suffix")]
        context = (str(around[0] or ""), str(around[1] or ""))
    elif "FragmentSelector" in kinds and (match := _CHARS.fullmatch(str(selector.get("value")))):
        place = int(match[1]), int(match[2])
    refined = next((each for each in _many(selector.get("refinedBy")) if isinstance(each, dict)), None)
    if refined is None or depth > _MOST_REFINED:
        return place, exact, context
    inner, words, near = _selected(refined, depth + 1)
    moved = (place[0] + inner[0], place[0] + inner[1]) if place is not None and inner is not None else None
    return (moved, words, near) if words is not None or moved is not None else (place, exact, context)


def _position(selector: dict[str, Any]) -> Place:
    start, end = selector.get("start"), selector.get("end")
    if not is_offset(start) or not is_offset(end) or start > end:
        raise NotUnderstood("its place is no pair of offsets")
    return start, end
