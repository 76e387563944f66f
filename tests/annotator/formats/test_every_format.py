"""Every format that is registered, by one measure: what its loss report says is so. ``tests/fuzz`` damages their files.

The measure is independent of :mod:`annotator.formats.losses`: what was written and what is read again, by the way that
a person imports it, are compared as sorted values, references being what they refer to.
"""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from article_samples import TIME, Content, contents, source
from hypothesis import HealthCheck, given, settings

from annotator.formats import extras, jsonl, registry
from annotator.formats.base import Draft, Format, Reading
from annotator.formats.losses import _PLURALS, _noun, _word
from annotator.model import (
    RECORD_TYPES,
    Article,
    Claim,
    Correction,
    Document,
    Hop,
    Mention,
    Quarantined,
    Record,
    Speaker,
    kind_of,
)
from annotator.services.annotate import Author
from annotator.services.exporting import export
from annotator.services.importing import read_files
from annotator.text.anchors import anchor
from annotator.text.normalise import normalise
from annotator.vocabulary import Vocabulary
from seeds import examples_gold_path, sample_gold_path

pytestmark = pytest.mark.no_cover  # the tests of each format run all of this, too
WRITABLE = [form.name for form in registry.writable()]
FOLDERS = {form.name for form in registry.writable() if form.write_files is not None}
TARGETS = [(name, zipped) for name in WRITABLE for zipped in ((False, True) if name in FOLDERS else (False,))]
CARRYING_ALL = {
    *("jsonl", "csv", "xlsx", "parquet", "brat", "w3c", "tei"),
    *("inception-xmi", "inception-json", "webanno-tsv", "label-studio", "doccano"),
}
"""Formats in which nothing of the seeds is lost."""
NEVER_COMPARED = {"id", "article_id", "position", "import_notes", "text_sha256"}
REFERENCES = {"speaker_id", "addressee_id", "parent_id", "claim_id"}


def usable(name: str) -> Format:
    form = registry.named(name)
    if not extras.present(form.modules):
        pytest.skip(f"{form.title} needs the extra “{form.extra}”")
    return form


def file_name(form: Format, *, zipped: bool = False) -> str:
    if form.write_files is None:
        return f"out{form.extensions[0]}"
    return "out.zip" if zipped else "out"


@cache
def seed_articles() -> Content:
    """The 21 seed articles with their gold annotation."""
    drafts: list[Draft] = []
    for path in (sample_gold_path(), examples_gold_path()):
        drafts += jsonl.read(io.BytesIO(path.read_bytes()), Reading(path.name, "Bo"))
    people = {speaker.id: speaker for draft in drafts for speaker in draft.speakers}
    return Content([draft.document for draft in drafts], list(people.values()))


HARD = normalise(
    "Ab😀👨‍👩‍👧𠀀é\u0301 \u202eעברית\u202c \u2028two\u2029three\x85\x0b\x0c\rsix\n\n\x01\x1f\x7f \ufeffbom \ufdd0"
    "\uffff 😀"
)[0]
ODD_NAMES = (
    "../../x",
    "CON",
    "x" * 300,
    "",
    "\u202eרTL",
    "a/b\\c:*?<>|",
    "same",
    "same",
    "Same",
    "..",
    "-rf",
    "=1+1",
    "a\tb\nc",
)


def hard_articles() -> Content:
    """What formats trip over: odd characters each with a claim of its own, odd names, nested things."""
    common = {"article_id": "a1", "annotator": "Bo", "created": TIME, "updated": TIME}
    places = [(n, n + 1) for n in range(len(HARD))] + [(n, len(HARD) - n) for n in range(len(HARD) // 2)]
    spans = [(anchor(HARD, *place),) for place in places]
    spans += [tuple(anchor(HARD, n, n + 1) for n in range(0, len(HARD), 2)), ()]
    claims = tuple(
        Claim(id=f"c{n:03d}", spans=each, parent_id=f"c{n - 1:03d}" if n > len(HARD) else None, **common)
        for n, each in enumerate(spans)
    )
    end = len(HARD)
    fixes = tuple(
        Correction(id=f"k{n}", spans=(anchor(HARD, start, stop),), replacement=words, **common)
        for n, (start, stop, words) in enumerate([(0, 0, "\u2028"), (2, 3, ""), (5, 5, "\ufeff"), (end, end, "😀")])
    )
    odd = ("[1,", "{}", '{"is":"item","places":[[1,999]],"placed":true,"exact":null,"attributes":[]}')
    held = tuple(Quarantined(f"q{n}", "a1", "why", "L", "é", data, "p", TIME) for n, data in enumerate(odd))
    article = Article("a1", "Hard", created=TIME, updated=TIME)
    first = Document(article, source("a1", HARD), (), claims, fixes, quarantined=held)
    others = [
        Document(
            Article(f"id {name}", name, created=TIME, updated=TIME),
            source(f"id {name}", f"Text {n}"),
            (Mention(id=f"m{name}", spans=(), **{**common, "article_id": f"id {name}"}, speaker_id=f"s{name}"),),
            (Claim(id=f"c{name}", spans=(), **{**common, "article_id": f"id {name}"}, chain=(Hop(f"s{name}"),)),),
        )
        for n, name in enumerate(dict.fromkeys(ODD_NAMES))
    ]
    people = [Speaker(f"s{name}", name or "nobody", created=TIME, updated=TIME) for name in dict.fromkeys(ODD_NAMES)]
    return Content([first, *others], people)


# -- the measure ----------------------------------------------------------------------------------------------------


def compared(documents: Iterable[Document], people: dict[str, Speaker]) -> Counter[tuple[str, str, str]]:
    """(kind, field, value) of every record, a reference being where the record it names stands or what it is called."""
    found: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        inside = (*document.claims, *document.mentions, *document.corrections)
        signs = {record.id: repr([(s.start, s.end) for s in record.spans]) for record in inside}
        signs.update((id_, f"speaker {person.name}") for id_, person in people.items())
        named = {id_ for record in inside for id_ in references(record)} & people.keys()
        records: tuple[Record, ...] = (document.article, document.source, *inside, *document.quarantined)
        for record in (*records, *(people[id_] for id_ in named)):
            found.update(values(record, signs))
    return found


def references(record: Any) -> Iterator[str]:
    for name in REFERENCES & set(type(record).__slots__):
        yield from [getattr(record, name)] if getattr(record, name) is not None else []
    for hop in getattr(record, "chain", ()):
        yield from references(hop)


def values(record: Any, signs: dict[str, str], kind: str = "") -> Iterator[tuple[str, str, str]]:
    kind = kind or kind_of(record)
    yield kind, "", ""
    for item in fields(record):
        value = getattr(record, item.name)
        if item.name == "chain":
            for number, hop in enumerate(value):
                yield from ((k, name, f"{number} {told}") for k, name, told in values(hop, signs, "hop"))
        elif item.name in REFERENCES:
            yield kind, item.name, signs.get(value, "?") if value is not None else "None"
        elif item.name not in NEVER_COMPARED:
            yield kind, item.name, repr(value)


def unsaid(losses: list[str], written: Counter[tuple[str, str, str]], read: Counter[tuple[str, str, str]]) -> list[str]:
    """What differs and stands in no sentence of the loss report."""
    said = [loss for loss in losses if loss.startswith(("Not carried: ", "Changed: ", "Added: "))]
    missing = [loss for loss in said if not loss.startswith(("Changed: ", "Not carried: the "))]
    nouns = {_noun(kind) for kind in (*RECORD_TYPES, "hop")}
    whole = {noun for noun in nouns if any(tells_of(loss, noun) for loss in missing)}
    silent = {"more articles than there were"} if (read - written)["article", "", ""] else set()
    for kind, name, _value in (written - read) + (read - written):
        noun = _noun(kind)
        if "article" in whole or noun in whole or (noun == "hop" and "claim" in whole):
            continue
        word = "source text" if (kind, name) == ("source_text", "text") else _word(name, kind)
        if name in REFERENCES and any(" name" in loss and " speaker" in loss for loss in said):
            continue  # speakers are told by their names here
        if not any(tells_of(loss, noun) and (not name or word in loss) for loss in said):
            silent.add(f"{kind}.{name}")
    return sorted(silent)


def tells_of(loss: str, noun: str) -> bool:
    return f" {noun}" in loss or f" {_PLURALS.get(noun, noun)}" in loss


def read_again(path: Path, form: Format, losses: list[str]) -> list[Draft]:
    """As a person imports it, with whatever values there are. Only what the report says is missing may be refused."""
    result = read_files([path], Author("Bo", "1"), form, vocabulary=Vocabulary(()))
    assert result.problems == [] or any("Not carried: " in loss and " article" in loss for loss in losses)
    return result.drafts


def judged(form: Format, content: Content, *, zipped: bool = False) -> list[str]:
    """Export, import, compare; gives the loss report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(form, zipped=zipped)
        losses = list(export(content, path, form).losses)
        if form.readable:
            drafts = read_again(path, form, losses)
            people = {person.id: person for draft in drafts for person in draft.speakers}
            everybody = {person.id: person for person in content.people}
            read = compared((draft.document for draft in drafts), people)
            assert unsaid(losses, compared(content.items, everybody), read) == [], losses
    return losses


def bytes_of(form: Format, content: Content, *, zipped: bool = False) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(form, zipped=zipped)
        export(content, path, form)
        files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


# -- what is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITABLE)
def test_every_difference_of_the_seeds_is_in_the_loss_report(name: str) -> None:
    losses = judged(usable(name), seed_articles())
    assert losses == [] or name not in CARRYING_ALL


@pytest.mark.parametrize(("name", "zipped"), TARGETS)
def test_every_difference_of_hard_articles_is_in_the_loss_report(name: str, zipped: bool) -> None:
    judged(usable(name), hard_articles(), zipped=zipped)


@pytest.mark.parametrize("name", WRITABLE)
@settings(max_examples=max(4, settings().max_examples // 10), suppress_health_check=[HealthCheck.too_slow])
@given(content=contents())
def test_every_difference_of_any_articles_is_in_the_loss_report(name: str, content: Content) -> None:
    judged(usable(name), content)


@pytest.mark.parametrize(("name", "zipped"), TARGETS)
def test_the_same_content_gives_the_same_bytes(name: str, zipped: bool) -> None:
    form = usable(name)
    assert bytes_of(form, hard_articles(), zipped=zipped) == bytes_of(form, hard_articles(), zipped=zipped)
