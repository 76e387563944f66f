"""Corrections as edits of tokens: ``NAME.m2`` for each article, beside ``NAME.txt``, its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.formats.base import Sink, Source, Writing
from annotator.formats.m2.common import type_of
from annotator.formats.sinks import file_name
from annotator.formats.writing import documents
from annotator.model import Correction, Document
from annotator.text.corrected import Replacement, overlaps
from annotator.text.sentences import sentences
from annotator.text.tokens import Grid, Token, tokens
from annotator.workspace import reading_order

_NOOP = "A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0"


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write every article. In the corrected text nothing is left to correct but regularisations."""
    for number, (document, _) in enumerate(documents(source, writing), start=1):
        name = file_name(document.article.title, number, 10_000)
        with sink.open(f"{name}.txt") as stream:
            stream.write(document.source.text.encode())
        with sink.open(f"{name}.m2") as stream:
            stream.write(page(document, corrected=writing.view == "corrected").encode())


@dataclass(frozen=True, slots=True)
class _Edit:
    """Tokens ``[begin, end)`` of the article read ``words``."""

    begin: int
    end: int
    words: tuple[str, ...]
    cause: str | None
    coder: int

    def line(self, first: int) -> str:
        type_ = type_of(self.end - self.begin, len(self.words), self.cause, regularises=self.coder == 1)
        place = f"{self.begin - first} {self.end - first}"
        return f"A {place}|||{type_}|||{' '.join(self.words)}|||REQUIRED|||-NONE-|||{self.coder}"


def page(document: Document, *, corrected: bool = False) -> str:
    """The file of an article. Annotator 0 corrects the transcription, annotator 1 regularises."""
    text = document.source.text
    found = tokens(text)
    grid = Grid(found)
    fixes = [] if corrected else [c for c in document.corrections if c.applied]
    regular = [c for c in document.corrections if c.kind == "regularisation" and c.status != "rejected"]
    edits = [*_edits(text, found, fixes, 0), *_edits(text, found, regular, 1)]
    lines = []
    for first, last in _sentences(text, grid, len(found), edits):
        lines.append(f"S {' '.join(text[start:end] for start, end in found[first:last])}")
        own = [
            edit
            for edit in edits
            if first <= edit.begin and edit.end <= last and (edit.begin < last or last == len(found))
        ]
        lines += [edit.line(first) for edit in own] or [_NOOP]
        lines.append("")
        edits = [edit for edit in edits if edit not in own]
    return "\n".join(lines) + "\n" if lines else "S \n" + _NOOP + "\n\n"


def _edits(text: str, found: Sequence[Token], corrections: Iterable[Correction], coder: int) -> Iterator[_Edit]:
    """The edits that corrections make of tokens; changes of the same words are one, those of blanks alone none."""
    causes = {correction.id: correction.cause for correction in corrections}
    grid = Grid(found)
    for start, end, changes in _regions(text, _changes(corrections)):
        begin, stop = grid.of(start, end)
        old = [text[s:e] for s, e in found[begin:stop]]
        new = _words(text, start, end, changes)
        while old and new and old[0] == new[0]:
            old, new, begin = old[1:], new[1:], begin + 1
        while old and new and old[-1] == new[-1]:
            old, new, stop = old[:-1], new[:-1], stop - 1
        if old or new:
            yield _Edit(begin, stop, tuple(new), causes[changes[0].correction_id], coder)


def _changes(corrections: Iterable[Correction]) -> list[Replacement]:
    """What corrections change, in text order; of regularisations that overlap, the first counts."""
    found: list[Replacement] = []
    changes = [
        Replacement(span.start, span.end, correction.replacement or "", correction.id)
        for correction in sorted(corrections, key=reading_order)
        for span in correction.spans
    ]
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if not found or not overlaps(found[-1].start, found[-1].end, change.start, change.end):
            found.append(change)
    return found


def _regions(text: str, changes: Iterable[Replacement]) -> list[tuple[int, int, list[Replacement]]]:
    """Stretches from blank to blank with the changes in them."""
    found: list[tuple[int, int, list[Replacement]]] = []
    for change in changes:
        start, end = change.start, change.end
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if found and start <= found[-1][1]:
            before = found.pop()
            found.append((before[0], max(end, before[1]), [*before[2], change]))
        else:
            found.append((start, end, [change]))
    return found


def _words(text: str, start: int, end: int, changes: Iterable[Replacement]) -> list[str]:
    """The tokens that a region has when it is changed."""
    parts, at = [], start
    for change in changes:
        parts += [text[at : change.start], change.text]
        at = change.end
    new = "".join((*parts, text[at:end]))
    following = text[end : end + 40]  # whether “5.” is one token hangs on what follows
    return [new[s:e] for s, e in tokens(new + following) if e <= len(new)]


def _sentences(text: str, grid: Grid, count: int, edits: Iterable[_Edit]) -> list[tuple[int, int]]:
    """The tokens of each sentence, those joined that an edit reaches over."""
    begins = {grid.of(start, end)[0] for start, end in sentences(text)} | {0}
    for edit in edits:
        begins -= set(range(edit.begin + 1, edit.end))
    firsts = sorted(begin for begin in begins if begin < count)
    return list(zip(firsts, [*firsts[1:], count], strict=True)) if firsts else []
