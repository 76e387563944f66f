"""The articles that the article view is measured on: made up, the same in every run, each with its annotations.

.venv/bin/python benchmarks/texts.py CASE FOLDER     writes the project, the text and the spans of one case
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PROJECT, TEXT, SPANS = "case.annotator", "text.txt", "spans.json"
MEGABYTE = 1_000_000
"""Bytes of UTF-8: the same file is a third as many Chinese characters."""
_HAN = [chr(0x4E00 + i) for i in range(3000)]
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvw"
Word = Callable[[random.Random], str]


@dataclass(frozen=True)
class Case:
    title: str
    spans: int
    text: Callable[[], str]
    slack: int = 1
    """How many times the aims are allowed."""


# -- texts ----------------------------------------------------------------------------------------------------------


def latin(rng: random.Random) -> str:
    return "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(rng.randint(1, 4)))[: rng.randint(2, 8)]


def han(rng: random.Random) -> str:
    return "".join(rng.choices(_HAN, k=rng.randint(4, 12))) + "，"


def arabic(rng: random.Random) -> str:
    """A joined word; now and then a Latin name or a number, so that lines run both ways."""
    if rng.random() < 0.03:
        return rng.choice((latin(rng).title(), str(rng.randint(10, 9999))))
    return "".join(rng.choices(_ARABIC, k=rng.randint(2, 8)))


def sentences(word: Word, space: str, stop: str) -> Iterator[str]:
    rng = random.Random(3)
    while True:
        words = [word(rng) for _ in range(rng.randint(8, 24) if space else rng.randint(2, 5))]
        yield space.join(words).removesuffix("，").capitalize() + stop


def compose(size: int, word: Word = latin, space: str = " ", stop: str = ".", *, paragraphs: bool = True) -> str:
    """A headline and sentences, five to a paragraph (or all in one), ``size`` bytes of UTF-8."""
    out, length = [], 0
    for number, sentence in enumerate(sentences(word, space, stop)):
        end = "\n\n" if number == 0 else "\n" if paragraphs and number % 5 == 0 else space
        headline = sentence.rstrip(stop) if number == 0 else sentence
        out.append(headline + end)
        length += len(out[-1].encode())
        if length >= size:
            return "".join(out).rstrip() + "\n"
    raise AssertionError


CASES: dict[str, Case] = {
    "short": Case("600 words, 25 spans", 25, lambda: compose(3_150)),
    "long": Case("10,000 words, 500 spans", 500, lambda: compose(53_000)),
    "book": Case("1 MB, 10,000 overlapping spans", 10_000, lambda: compose(MEGABYTE)),
    "paragraph": Case("1 MB in one paragraph", 10_000, lambda: compose(MEGABYTE, paragraphs=False), slack=2),
    "cjk": Case("1 MB of Chinese", 10_000, lambda: compose(MEGABYTE, han, "", "。")),
    "rtl": Case("1 MB right-to-left", 10_000, lambda: compose(MEGABYTE, arabic)),
}


# -- annotations ----------------------------------------------------------------------------------------------------


class Annotating:
    """Puts ``count`` spans on a draft: of ten, six of claims, two mentions, one cue and one correction."""

    def __init__(self, draft, count: int) -> None:
        from annotator.model import Speaker, new_id, now

        self.draft, self.text = draft, draft.source.text
        self.rng = random.Random(7)
        self.body = self.text.index("\n") + 2
        self.common = {"article_id": draft.article.id, "annotator": "Benchmark", "created": now(), "updated": now()}
        self.speakers = [Speaker(new_id(), f"Speaker {n}", created=now(), updated=now()) for n in range(24)]
        self.claims = self._claims(count * 6 // 10, count // 10)
        self.corrections = self._corrections(count // 10)
        self.mentions = self._mentions(count - count * 6 // 10 - 2 * (count // 10))

    def annotated(self):
        return replace(
            self.draft,
            speakers=tuple(self.speakers),
            claims=tuple(self.claims),
            mentions=tuple(self.mentions),
            corrections=tuple(self.corrections),
        )

    def _place(self, shortest: int, longest: int) -> tuple[int, int]:
        start = self.rng.randrange(self.body, len(self.text) - longest - 1)
        return start, start + self.rng.randint(shortest, longest)

    def _claims(self, spans: int, cues: int) -> list:
        """Claims in threes that begin within one sentence; of twenty, one in two parts and one the child of another."""
        from annotator.model import Claim, Hop, new_id
        from annotator.text.anchors import tidy

        claims, used, start = [], 0, 0
        while used < spans:
            number = len(claims)
            fresh, length = self._place(40, 240)[0], self.rng.randint(40, 240)
            start = min(start + self.rng.randint(1, 60), len(self.text) - 600) if number % 3 else fresh
            ranges = [(start, start + length)]
            if number % 20 == 7 and used + 2 <= spans:
                ranges.append((start + length + 30, start + length + 90))
            cue = tidy(self.text, [(max(self.body, start - 14), start)]) if number < cues else ()
            hop = Hop(self.rng.choice(self.speakers).id, cue_spans=cue)
            parent = claims[-1].id if number % 20 == 5 else None
            made = tidy(self.text, ranges)
            claims.append(Claim(id=new_id(), spans=made, chain=(hop,), parent_id=parent, **self.common))
            used += len(ranges)
        return claims

    def _mentions(self, count: int) -> list:
        from annotator.model import Mention, new_id
        from annotator.text.anchors import anchor

        places: set[tuple[int, int]] = set()
        while len(places) < count:
            places.add(self._place(6, 18))
        return [
            Mention(
                id=new_id(),
                spans=(anchor(self.text, *place),),
                speaker_id=self.rng.choice(self.speakers).id,
                **self.common,
            )
            for place in sorted(places)
        ]

    def _corrections(self, count: int) -> list:
        """Words that were read wrongly, evenly spread: two corrections may not overlap."""
        from annotator.model import Correction, new_id
        from annotator.text.anchors import anchor

        made, step = [], (len(self.text) - self.body - 40) // count
        for number in range(count):
            start = self.body + number * step
            while "\n" in self.text[start : start + 5]:
                start += 1
            spans = (anchor(self.text, start, start + 5),)
            made.append(Correction(id=new_id(), spans=spans, replacement="amended", cause="ocr", **self.common))
        return made


# -- files ----------------------------------------------------------------------------------------------------------


def write(case: Case, folder: Path) -> None:
    """The project (a one-line article first, then the case), and text and spans for those who read no project."""
    from annotator.edits import Changeset
    from annotator.services.annotate import Author
    from annotator.services.importing import import_edit, read_text_file
    from annotator.text.anchors import spans_of
    from db.project import create_project

    author = Author("Benchmark")
    text = case.text()
    for name, content in (("cover.txt", "A line.\n"), (TEXT, text)):
        (folder / name).write_text(content, encoding="utf-8", newline="")
    draft = Annotating(read_text_file(folder / TEXT, author), case.spans).annotated()
    project = create_project(str(folder / PROJECT))
    edit, report = import_edit([read_text_file(folder / "cover.txt", author), draft], project)
    assert len(report.imported) == 2, report
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, author.name, "start"))
        unit.commit()
    project.close()
    records = (*draft.claims, *draft.mentions, *draft.corrections)
    spans = [(span.start, span.end) for record in records for span in spans_of(record)]
    (folder / SPANS).write_text(json.dumps(spans), encoding="utf-8")
    print(
        f"{len(text):,} characters, {len(text.encode()):,} bytes, {text.count(chr(10)):,} lines, {len(spans):,} spans"
    )


if __name__ == "__main__":
    write(CASES[sys.argv[1]], Path(sys.argv[2]))
