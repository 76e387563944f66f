"""Make ``seeds/examples.gold.jsonl`` from the texts in ``seeds/examples`` and the marks beside them.

The marks (``NAME.toml``) quote the words that they are about; ``seeds/README.md`` describes the notation. Everything is
annotated by the same services that the window uses, so that nothing can come about here that could not there.
With ``--check`` nothing is written: the program says whether the file is what the marks make.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from annotator import codec  # noqa: E402 -- the program may not be installed yet
from annotator.edits import Edit  # noqa: E402
from annotator.formats import jsonl  # noqa: E402
from annotator.formats.base import Writing  # noqa: E402
from annotator.model import (  # noqa: E402
    Annotation,
    Article,
    Document,
    Evidence,
    Hop,
    Role,
    Segment,
    Speaker,
)
from annotator.services import annotate, articles, corrections, speakers  # noqa: E402
from annotator.services.annotate import Author  # noqa: E402
from annotator.services.importing import read_text_file  # noqa: E402
from annotator.text import anchors  # noqa: E402
from annotator.workspace import Workspace  # noqa: E402
from seeds import example_text_paths, examples_gold_path  # noqa: E402

AUTHOR = Author("Guideline")
MADE = "2026-04-28T12:00:00.000Z"
"""When all of it was made: a rebuild changes no byte."""
Marks = dict[str, Any]
Range = tuple[int, int]
_KINDS = {"names": "name", "nouns": "nominal", "pronouns": "pronoun"}
_NAMED_BY_NOUNS = {"unnamed", "group", "artifact"}
"""Kinds of speakers that have no name: the noun phrase that brings them in names them."""


def stable(*parts: object) -> str:
    """The id that a record always gets."""
    return str(uuid5(NAMESPACE_URL, "article-annotator/examples/" + "/".join(map(str, parts))))


def place(text: str, quote: str) -> Range:
    """Where the words of ``quote`` stand, or the part of it in [brackets]: whole words.

    Any white space stands for any other, so that a quote may run over line ends.

    Raises:
        ValueError: they stand nowhere, or in several places.
    """
    before, mark, rest = quote.partition("[")
    inner, _, after = rest.partition("]") if mark else (quote, "", "")
    parts = (re.split(r"\s+", part) for part in (before if mark else "", inner, after))
    whole = r"(?<!\w)" if inner[:1].isalnum() else "", r"(?!\w)" if inner[-1:].isalnum() else ""
    left, middle, right = (r"\s+".join(map(re.escape, words)) for words in parts)
    pattern = f"({left}){whole[0]}({middle}){whole[1]}({right})"
    found = [match.span(2) for match in re.finditer(pattern, text)]
    if len(found) != 1:
        raise ValueError(f"“{quote}” stands in {len(found)} places.")
    return found[0]


def places(text: str, quotes: str | list[str]) -> list[Range]:
    """The same for one quote or several."""
    return [place(text, quote) for quote in ([quotes] if isinstance(quotes, str) else quotes)]


class Annotating:
    """One article being annotated."""

    def __init__(self, path: Path, registry: dict[str, Speaker]) -> None:
        self.name = path.stem
        self.marks: Marks = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
        document = read_text_file(path, AUTHOR).document
        self.ws = Workspace(registry.values(), document)
        self.registry = registry
        self.source = document.source
        self.text = document.source.text
        self.ids: dict[str, str] = {document.article.id: stable(self.name)}
        self.claims: dict[int, str] = {}

    def annotated(self) -> Document:
        """The article with everything that its marks say, under ids and times that stay."""
        self._details()
        for key, groups in self.marks.get("mentions", {}).items():
            for group, quotes in groups.items():
                for start, end in places(self.text, quotes):
                    self._mention(key, _KINDS[group], start, end)
        for claim in self.marks["claim"]:
            self._claim(claim)
        for number, correction in enumerate(self.marks.get("correction", ()), start=1):
            self._correction(correction, number)
        return self._document()

    def _details(self) -> None:
        fields = {"outlet": self.registry[self.marks["outlet"]].name, **self.marks.get("article", {})}
        segments = list(self.article.segments)
        for kind, quotes in self.marks.get("segments", {}).items():
            for start, end in places(self.text, quotes):
                segments = [part for segment in segments for part in _cut(self.text, segment, start, end)]
                segments.append(Segment(kind, start, end))
        segments.sort(key=lambda segment: segment.start)
        self.ws.apply(articles.change(self.ws, **fields, segments=tuple(segments), state="done"))

    @property
    def article(self) -> Article:
        """What is known about the article by now."""
        if self.ws.article is None:
            raise ValueError("no article is open.")
        return self.ws.article

    def _mention(self, key: str, kind: str, start: int, end: int) -> None:
        edit = annotate.mark_mention(self.ws, [(start, end)], AUTHOR, self.registry[key].id, kind)
        self._made(edit, f"mention/{start}-{end}/{key}")

    def _claim(self, marks: Marks) -> None:
        number = marks["id"]
        id_ = self._made(annotate.mark_claim(self.ws, places(self.text, marks["words"]), AUTHOR), f"claim/{number}")
        self.claims[number] = id_
        form, type_, check_worthy, *stance = marks["is"].split(", ")
        parent = self.claims[marks["in"]] if "in" in marks else None
        edit = annotate.change(
            self.ws,
            id_,
            form=form,
            type=type_,
            check_worthy=check_worthy,
            stance=stance[0] if stance else "asserts",
            certainty=marks.get("certainty", "high"),
            text=marks.get("text"),
            note=marks.get("note", ""),
            tags=tuple(marks.get("tags", ())),
            parent_id=parent,
            chain=tuple(self._chain(marks, parent)),
        )
        self.ws.apply(edit)

    def _chain(self, marks: Marks, parent: str | None) -> Iterator[Hop]:
        """The hops: those of the claim that it follows, sits in or goes on from, then its own."""
        if "same" in marks:
            yield from self.ws.claims[self.claims[marks["same"]]].chain
        elif "carried" in marks:
            for hop in self.ws.claims[self.claims[marks["carried"]]].chain:
                yield replace(hop, mention_spans=(), cue_spans=(), referring="implicit")
        elif parent is not None:
            yield from self.ws.claims[parent].chain
        else:
            yield Hop(self.registry[self.marks["outlet"]].id, referring="implicit")
        for hop in marks.get("chain", ()):
            yield self._hop(hop)

    def _hop(self, marks: Marks) -> Hop:
        speaker = self.registry[marks["who"]] if "who" in marks else None
        mentions = places(self.text, marks.get("named", []))
        cues = places(self.text, marks.get("cue", []))
        return Hop(
            speaker.id if speaker else None,
            anchors.tidy(self.text, mentions),
            anchors.tidy(self.text, cues),
            marks.get("referring") or self._referring(speaker, mentions),
            marks.get("medium"),
            self.registry[marks["to"]].id if "to" in marks else None,
            marks.get("date"),
        )

    def _referring(self, speaker: Speaker | None, ranges: list[Range]) -> str:
        """What the mention says; whatever names a source must be marked as a mention of it."""
        if speaker is None or not ranges:
            return "implicit"
        marked = [m for m in self.ws.mentions.values() if [(s.start, s.end) for s in m.spans] == ranges]
        mention = next((m for m in marked if m.speaker_id == speaker.id), None)
        if mention is None:
            raise ValueError(f"{speaker.name}: “{self.text[slice(*ranges[0])]}” is not marked as a mention.")
        first = min(
            (m for m in self.ws.mentions.values() if m.speaker_id == speaker.id), key=lambda m: m.spans[0].start
        )
        names = mention.kind == "name" or (speaker.kind in _NAMED_BY_NOUNS and mention is first)
        return "explicit" if names else "anaphoric"

    def _correction(self, marks: Marks, number: int) -> None:
        about = self.claims.get(marks.get("claim", 0))
        if about is not None:
            edit = corrections.factual(self.ws, about, AUTHOR, marks["verdict"])
        else:
            edit = corrections.mark(self.ws, self._damage(marks), marks["read"], AUTHOR, marks["cause"])
        id_ = self._made(edit, f"correction/{number}")
        evidence = tuple(Evidence(**item) for item in marks.get("evidence", ()))
        kind = marks.get("kind", "factual" if about else "transcription")
        self.ws.apply(annotate.change(self.ws, id_, kind=kind, evidence=evidence, note=marks.get("note", "")))

    def _damage(self, marks: Marks) -> list[Range]:
        if marks["words"] != "wraps":
            return places(self.text, marks["words"])
        bodies = [segment for segment in self.article.segments if segment.kind in {"headline", "body"}]
        return [
            match.span()
            for segment in bodies
            for match in re.finditer(r"(?<![-\n])\n(?!\n)", self.text[: segment.end])
            if match.start() > segment.start
        ]

    def _made(self, edit: Edit, name: str) -> str:
        """Apply an edit that makes one record; its id, which becomes the stable one of ``name`` in the end."""
        self.ws.apply(edit)
        (change,) = edit.changes
        self.ids[change.id] = stable(self.name, name)
        return change.id

    def _document(self) -> Document:
        ws, id_ = self.ws, stable(self.name)
        return Document(
            replace(self.article, id=id_, created=MADE, updated=MADE),
            replace(self.source, id=id_),
            tuple(self._settled(mention) for mention in ws.mentions.values()),
            tuple(self._settled(claim) for claim in ws.claims.values()),
            tuple(self._settled(correction) for correction in ws.corrections.values()),
            tuple(self.registry.values()),
        )

    def _settled(self, record: Annotation) -> Any:
        kind = type(record).__name__.lower()
        data = json.dumps(codec.encode(replace(record, status="accepted", created=MADE, updated=MADE)))
        for made, kept in self.ids.items():
            data = data.replace(made, kept)
        return codec.decode(kind, json.loads(data))


def _cut(text: str, segment: Segment, start: int, end: int) -> Iterator[Segment]:
    """What is left of a segment beside another one."""
    if segment.end <= start or end <= segment.start:
        yield segment
        return
    for low, high in ((segment.start, start), (end, segment.end)):
        low, high = anchors.trim(text, low, max(low, high))  # noqa: PLW2901
        if low < high:
            yield replace(segment, start=low, end=high)


def read_registry(path: Path) -> dict[str, Speaker]:
    """The speakers of all articles by their keys in the marks."""
    ws, found = Workspace(), {}
    for key, marks in tomllib.loads(path.read_text("utf-8")).items():
        edit = speakers.create(ws, marks["name"], marks["kind"])
        ws.apply(edit)
        made = edit.changes[0].id
        rest = {name: marks[name] for name in ("affiliation", "note") if name in marks}
        aliases = tuple(marks.get("aliases", ()))
        roles = tuple(Role(**role) for role in marks.get("roles", ()))
        ws.apply(speakers.change(ws, made, aliases=aliases, roles=roles, wikidata="none", **rest))
        found[key] = replace(ws.speakers[made], id=stable("speaker", key), created=MADE, updated=MADE)
    return found


class Examples:
    """The articles as the exporter reads a project."""

    def __init__(self, paths: Iterable[Path]) -> None:
        paths = list(paths)
        self._registry = read_registry(paths[0].with_name("speakers.toml"))
        self._documents = [self._document(path) for path in paths]

    def documents(self) -> list[Document]:
        return self._documents

    def speakers(self) -> list[Speaker]:
        return list(self._registry.values())

    def _document(self, path: Path) -> Document:
        try:
            return Annotating(path, self._registry).annotated()
        except (ValueError, KeyError) as error:
            raise SystemExit(f"{path.stem}: {error}") from error


def main(arguments: list[str]) -> int:
    """0 when the file is, or has been made, what the marks say."""
    stream = io.BytesIO()
    jsonl.write(Examples(example_text_paths()), stream, Writing())
    target = examples_gold_path()
    if "--check" in arguments:
        same = target.read_bytes() == stream.getvalue()
        print(f"{target.name} is {'what' if same else 'not what'} the marks make.")
        return 0 if same else 1
    target.write_bytes(stream.getvalue())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
