"""A large project: an article of 10,000 claims, 10,000 speakers, 2,000 articles, a change log of 50,000 steps.

.venv/bin/python benchmarks/large.py FOLDER     writes the project; half a minute or more
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from texts import MEGABYTE, PROJECT, compose, latin

CLAIMS, CORRECTIONS, SPEAKERS, ARTICLES, WITH_ERROR, STEPS = 10_000, 10_000, 10_000, 2_000, 1_000, 50_000
WRONG = "teh"
"""The same error in 1,000 articles."""
MANY, OTHER = "Overall Spokesperson", "Another Spokesperson"
"""The speaker with 10,000 uses, and one with few."""
_AT_ONCE = 500
_NAMES = 200


def names(rng: random.Random) -> list[str]:
    """Names of people, first and last, no two alike."""
    first = [latin(rng).title() for _ in range(_NAMES)]
    found: dict[str, None] = dict.fromkeys((MANY, OTHER))
    while len(found) < SPEAKERS:
        found[f"{rng.choice(first)} {latin(rng).title()}{latin(rng)}"] = None
    return list(found)


def annotated(draft):
    """The draft with claims that all have one source and no cue, and as many corrections to be accepted."""
    from annotator.model import Claim, Correction, Hop, Mention, Speaker, new_id, now
    from annotator.text.anchors import anchor, tidy

    rng, text = random.Random(5), draft.source.text
    common = {"article_id": draft.article.id, "annotator": "Benchmark", "created": now(), "updated": now()}
    speakers = [Speaker(new_id(), name, created=now(), updated=now()) for name in names(rng)]
    body = text.index("\n") + 2
    step = (len(text) - body - 300) // CLAIMS
    claims, corrections = [], []
    for number in range(CLAIMS):
        start = body + number * step
        spans = tidy(text, [(start, start + rng.randint(30, 140))])
        form = rng.choice(("direct", "indirect"))
        claims.append(Claim(id=new_id(), spans=spans, chain=(Hop(speakers[0].id),), form=form, **common))
        while "\n" in text[start : start + 5]:
            start += 1
        wrong = (anchor(text, start, start + 5),)
        corrections.append(Correction(id=new_id(), spans=wrong, replacement="amended", cause="ocr", **common))
    mentions = [
        Mention(id=new_id(), spans=(anchor(text, at, at + 8),), speaker_id=rng.choice(speakers[:40]).id, **common)
        for at in range(body, len(text) - 100, len(text) // 400)
    ]
    return replace(
        draft,
        speakers=tuple(speakers),
        claims=tuple(claims),
        mentions=tuple(mentions),
        corrections=tuple(corrections),
    )


def shorts() -> Iterator[tuple[str, str]]:
    """Name and text of each short article; every other one has the error twice."""
    rng = random.Random(11)
    for number in range(ARTICLES):
        words = [latin(rng) for _ in range(120)]
        if number % (ARTICLES // WITH_ERROR) == 0:
            words[30] = words[90] = WRONG
        yield f"short{number:05}.txt", f"{' '.join(words[:6]).title()} {number}\n\n{' '.join(words[6:])}.\n"


def log(project, speaker) -> None:
    """50,000 steps: a note on a speaker, again and again, in few transactions."""
    from annotator.edits import Change, Changeset, Edit

    before = speaker
    for start in range(0, STEPS, _AT_ONCE):
        with project.begin() as unit:
            for number in range(start, start + _AT_ONCE):
                after = replace(before, note=f"Seen {number} times")
                unit.apply(Changeset.of(Edit("Change note", (Change(before, after),)), "Benchmark"))
                before = after
            unit.commit()


def write(folder: Path) -> None:
    from annotator.edits import Changeset
    from annotator.services.annotate import Author
    from annotator.services.importing import import_edit, read_text_file
    from db.project import create_project

    author = Author("Benchmark")
    (folder / "large.txt").write_text(compose(MEGABYTE), encoding="utf-8", newline="")
    drafts = [annotated(read_text_file(folder / "large.txt", author))]
    for name, text in shorts():
        (folder / name).write_text(text, encoding="utf-8", newline="")
        drafts.append(read_text_file(folder / name, author))
        (folder / name).unlink()
    project = create_project(str(folder / PROJECT))
    edit, report = import_edit(drafts, project)
    assert len(report.imported) == ARTICLES + 1, report
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, author.name, "start"))
        unit.commit()
    log(project, next(speaker for speaker in project.speakers() if speaker.name == OTHER))
    project.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
