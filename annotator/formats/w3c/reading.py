"""Web Annotations to standoffs: one for each text that they are about, which stands beside them or inside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import load, pairs, raw
from annotator.formats.standoff.graph import Attributes, Item, Link, Standoff, Unread
from annotator.formats.w3c import things
from annotator.formats.w3c.common import TEXT_SUFFIX
from annotator.text.decode import decode_page
from annotator.text.wording import counted, shorten


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """A standoff for each text that annotations of the file are about."""
    data = load(whole(stream, reading.name), reading.name)
    found = list(_annotations(data, {}, 0))
    if not found and not _is_list_of_pages(data):
        raise ImportFailed(f"{reading.name} holds no web annotations.")
    sources: dict[str, _Text] = {}
    places: dict[str, str] = {}
    """The name of the text that an annotation is about, by its id: links are where their ends are."""
    for number, (annotation, page) in sorted(enumerate(found, start=1), key=lambda pair: things.is_link(pair[1][0])):
        name, about = things.source_of(annotation, page)
        if not name and things.is_link(annotation):
            name = next((places[end] for end in things.targets(annotation) if end in places), "")
        places[str(annotation.get("id"))] = name
        text = sources.setdefault(name, _Text(name, page))
        text.embedded = text.embedded or about
        text.annotations.append((number, annotation))
    if not found and isinstance(data, dict):
        sources |= _without_annotations(data, reading)
    return _standoffs(sources.values(), reading)


def _without_annotations(data: dict[str, Any], reading: Reading) -> dict[str, _Text]:
    """The text of an empty page; none of a collection whose pages are files beside it."""
    if isinstance(own := data.get("text"), str):
        return {own: _Text(own, data)}
    first = data.get("first")
    if "AnnotationCollection" not in things.types(data) or not isinstance(first, str):
        raise ImportFailed(f"{reading.name} holds no web annotations.")
    if reading.beside(first) is None:
        raise ImportFailed(f"{reading.name} lists pages of annotations that are not beside it: {shorten(first)}.")
    return {}


def _is_list_of_pages(data: Any) -> bool:
    """Whether there may be no annotations: an empty page, or a collection whose pages are files of their own."""
    return isinstance(data, dict) and any(kind in things.types(data) for kind in _LISTS)


_LISTS = ("AnnotationPage", "AnnotationCollection")
_DEEPEST = 16


def _annotations(data: Any, page: dict[str, Any], depth: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every annotation of a file with the page that it stands on."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _annotations(each, page, depth + 1)
    elif isinstance(data, dict):
        inner = [data[key] for key in ("first", "items", "rows", "@graph", "annotations", "resources") if key in data]
        if "target" in data:
            yield data, page
        elif inner:
            for each in inner:
                if not isinstance(each, str):
                    yield from _annotations(each, data, depth + 1)


@dataclass(slots=True)
class _Text:
    """What annotations are about."""

    name: str
    page: dict[str, Any]
    embedded: str | None = None
    annotations: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


def _standoffs(sources: Iterable[_Text], reading: Reading) -> list[Standoff]:
    made: list[Standoff] = []
    missing: list[_Text] = []
    for source in sources:
        text = _text(source, reading)
        if text is None:
            missing.append(source)
        else:
            made.append(_standoff(source, *text, reading))
    if missing and not made:
        raise ImportFailed(f"{reading.name} annotates {_named(missing[0])}, which is not there; {_where(reading)}.")
    notes = tuple(
        f"Left out {counted(len(each.annotations), 'annotation')} of {_named(each)}, a text that is not there."
        for each in missing
    )
    return [_with_notes(each, notes if index == 0 else ()) for index, each in enumerate(made)]


def _named(source: _Text) -> str:
    return f"“{shorten(source.name)}”" if source.name else "a text without a name"


def _where(reading: Reading) -> str:
    return f"put its text beside it, as “{PurePosixPath(reading.name).stem}{TEXT_SUFFIX}” or under its own name"


def _with_notes(standoff: Standoff, notes: tuple[str, ...]) -> Standoff:
    return Standoff(
        standoff.name,
        standoff.text,
        standoff.items,
        standoff.links,
        standoff.fields,
        standoff.unread,
        (*standoff.notes, *notes),
    )


def _text(source: _Text, reading: Reading) -> tuple[str, Attributes, tuple[str, ...]] | None:
    """The text, where it came from, and notes; None: it is not to be had."""
    if source.embedded is not None:
        return source.embedded, (), ()
    for name in _candidates(source.name, reading.name):
        data = reading.beside(name)
        if data is None:
            continue
        wanted = source.page.get("sha256")
        if wanted == hashlib.sha256(data).hexdigest():
            return data.decode(), (), ()
        decoded = decode_page(data, name, reading.encoding)
        told = () if wanted is None else (f"{name} is not the text that was annotated; its hash differs.",)
        return decoded.text, (("file_name", name), ("encoding", decoded.encoding)), (*told, *decoded.notes)
    return None


def _candidates(source: str, file: str) -> Iterator[str]:
    """The names under which the text may stand beside the file."""
    last = PurePosixPath(unquote(urlsplit(source).path)).name if source else ""
    own = PurePosixPath(file.rpartition(": ")[2]).stem
    ends = (".txt", ".text")
    names = [last] if last.endswith(ends) else [f"{last}.txt", f"{PurePosixPath(last).stem}.txt"] if last else []
    yield from dict.fromkeys((*names, own + TEXT_SUFFIX, f"{own}.txt"))


def _standoff(source: _Text, text: str, origin: Attributes, notes: tuple[str, ...], reading: Reading) -> Standoff:
    items: list[Item] = []
    links: list[Link] = []
    unread: list[Unread] = []
    taken: set[str] = set()
    for number, annotation in source.annotations:
        try:
            thing = things.understood(annotation, number, taken)
        except things.NotUnderstood as error:
            unread.append(Unread(raw(annotation), str(error), f"annotation {number}"))
            continue
        taken.add(thing.id)
        if isinstance(thing, Item):
            items.append(thing)
        else:
            links.append(thing)
    fields = _fields(source, origin, reading.name)
    name = f"{reading.name}: {shorten(source.name)}" if source.name else reading.name
    return Standoff(name, text, tuple(items), tuple(links), fields, tuple(unread), notes)


def _fields(source: _Text, origin: Attributes, name: str) -> Attributes:
    """What is known of the article: as this program wrote it, else from what tools say of the annotated page."""
    if "article" in source.page:
        try:
            return pairs(source.page["article"])
        except ValueError as error:
            raise ImportFailed(f"{name}: what is said of the article is damaged: {error}.") from error
    fields = list(origin)
    if source.name.startswith(("http://", "https://")):
        fields.append(("url", source.name))
    titles = [title for _, annotation in source.annotations if (title := things.title_of(annotation))]
    return (*fields, *((("title", titles[0]),) if titles else ()))
