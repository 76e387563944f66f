"""Label Studio's exports to standoffs: one for each annotation of each task, so that nobody's work is mixed up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import load, pairs, rows, scalar
from annotator.formats.label_studio.common import ARTICLE, BOOKKEEPING
from annotator.formats.label_studio.dialogue import KIND, dialogue
from annotator.formats.label_studio.hypertext import text_of_html
from annotator.formats.label_studio.regions import Regions
from annotator.formats.label_studio.small import holds_results, results
from annotator.formats.standoff.article_data import LONGEST, article_fields, said_beside
from annotator.formats.standoff.binary import links as links_of
from annotator.formats.standoff.binary import with_attributes, with_parts
from annotator.formats.standoff.graph import Attributes, Standoff
from annotator.formats.standoff.loose import BESIDE, tightened
from annotator.text.wording import counted, shorten


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """A standoff for each annotation, or for a task without any."""
    content = whole(stream, reading.name)
    if reading.name.casefold().endswith(".jsonl"):
        found = [row for row, _ in rows(content, reading.name)]
    else:
        data = load(content, reading.name)
        found = data if isinstance(data, list) else [data]
    if not found or not all(isinstance(row, dict) for row in found):
        raise ImportFailed(f"{reading.name} is no export of Label Studio.")
    return [each for number, row in enumerate(found, start=1) for each in _of_task(row, number, reading.name)]


@dataclass(slots=True)
class _Task:
    """One row of an export."""

    name: str
    data: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def _of_task(row: dict[str, Any], number: int, file: str) -> Iterator[Standoff]:
    name = f"{file}, task {scalar(row.get('id', number))}"
    every = row.get("annotations", row.get("completions"))
    data = row.get("data")
    if not isinstance(data, dict):
        if "annotations" in row or "completions" in row or not any(isinstance(each, str) for each in row.values()):
            raise ImportFailed(f"{name}: this is no task of Label Studio, for it has no data.")
        data = {key: each for key, each in row.items() if key not in BOOKKEEPING and not holds_results(each)}
        found = list(results(row))
        yield _standoff(_Task(name, data, (_SMALL,) if found else ()), found, _by(row.get("annotator")))
        return
    found = [each for each in every if isinstance(each, dict)] if isinstance(every, list) else []
    done = [each for each in found if not each.get("was_cancelled")]
    notes = []
    if len(found) > len(done):
        notes.append(f"Left out {counted(len(found) - len(done), 'annotation')} that somebody skipped.")
    more = {what: row[f"{what}s"] for what in ("prediction", "draft") if isinstance(row.get(f"{what}s"), list)}
    notes += (f"Left out {counted(len(each), what)}." for what, each in more.items() if each)
    for index, annotation in enumerate(done, start=1):
        own = f"{name}, annotation {index} of {len(done)}" if len(done) > 1 else name
        result = annotation.get("result")
        by = _by(annotation.get("completed_by"))
        yield _standoff(_Task(own, data, tuple(notes)), result if isinstance(result, list) else [], by)
    if not done:
        yield _standoff(_Task(name, data, tuple(notes)), [], ())


def _by(who: Any) -> tuple[str, ...]:
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return () if who is None else (f"Annotated in Label Studio by {scalar(who)}.",)


_SMALL = (
    "Label Studio’s JSON-MIN has no relations and does not tell of which stretch an answer is. "
    "Export as JSON to keep both."
)


def _standoff(task: _Task, result: Sequence[Any], notes: tuple[str, ...]) -> Standoff:
    said = dialogue(task.data)
    if said is not None and (any(_is_of_a_dialogue(each) for each in result) or not _texts(task.data)):
        task = replace(task, data={**task.data, said.key: said.text})
        result = list(said.placed(result))
    else:
        said = None
    regions = Regions(result)
    key, text, is_html = _text(task, regions)
    if is_html:
        text = text_of_html(text)
    items, relations = tuple(regions.items(text)), tuple(regions.relations)
    is_own = isinstance(task.data.get(ARTICLE), list)
    if is_own:
        items, relations = with_parts(items, relations)
    items, links = with_attributes(items, links_of(relations))
    unread = list(regions.unread)
    beside = tightened(task.data.get(BESIDE), unread)
    fields = _fields(task, key)
    answers = tuple(
        f"Of the whole text, Label Studio says: {name} = {shorten(value, LONGEST)}." for name, value in regions.answers
    )
    also = () if is_own else said_beside(task.data, {key})
    return Standoff(
        task.name,
        text,
        (*(said.authors if said is not None and key == said.key else ()), *items, *beside[0]),
        (*links, *beside[1]),
        fields,
        tuple(unread),
        (*task.notes, *notes, *answers, *also),
    )


_MEDIA = "png|jpe?g|gif|bmp|webp|svg|tiff?|wav|mp3|flac|ogg|m4a|mp4|webm|avi|mov|pdf"
_ADDRESS = re.compile(rf"\s*|(\w+://|data:|/data/)\S+|\S+\.({_MEDIA})", re.IGNORECASE)
"""What is no text: nothing, or where a picture or a sound is."""


def _is_of_a_dialogue(result: Any) -> bool:
    return isinstance(result, dict) and result.get("type") == KIND


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key, value in data.items() if isinstance(value, str) and not _ADDRESS.fullmatch(value)}


def _text(task: _Task, regions: Regions) -> tuple[str, str, bool]:
    """The key of the text among the data, the text, and whether it is HTML."""
    own = task.data.get("text")
    if isinstance(task.data.get(ARTICLE), list) and isinstance(own, str):
        return "text", own, regions.are_html
    texts = _texts(task.data)
    if not texts:
        raise ImportFailed(f"{task.name} has no text among its data.")
    wanted = regions.source.removeprefix("$")
    if wanted not in texts:
        fits = {key: regions.fitting(value) for key, value in texts.items()}
        preferred = ("text", "html", "content", "body")
        order = sorted(texts, key=lambda key: (-fits[key], key not in preferred, -len(texts[key])))
        wanted = order[0]
    return wanted, texts[wanted], regions.are_html


def _fields(task: _Task, text_key: str) -> Attributes:
    own = task.data.get(ARTICLE)
    if isinstance(own, list):
        try:
            return pairs(own)
        except ValueError as error:
            raise ImportFailed(f"{task.name}: what is said of the article is damaged: {error}.") from error
    return article_fields(task.data, text_key)
