"""What the program makes of a project file that anything may have happened to."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hostile_projects import made, mutate

from annotator.errors import AnnotatorError
from annotator.services.verify import verify
from db.project import open_project
from db.sql_project import SqlProject

_WORDS = "Traceback", "sqlite3.", "sqlalche", "SELECT ", "object at 0x"


@dataclass
class Examined:
    """What came of many."""

    outcomes: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


def examine_mutated(folder: Path, count: int, seed: int) -> Examined:
    """Damage a sound project so many times, each time from the beginning, and read all of it."""
    sound_one = folder / "sound.annotator"
    if not sound_one.exists():
        made(sound_one)
    data, dice, found = sound_one.read_bytes(), random.Random(seed), Examined()
    place = folder / "mutated"
    for number in range(count):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        (place / "m.annotator").write_bytes(mutate(data, dice))
        try:
            found.outcomes[examine(place / "m.annotator")] += 1
        except Exception as error:
            found.complaints.append(f"seed {seed}, project {number}: {type(error).__name__}: {error}"[:500])
    return found


def examine(path: Path) -> str:
    """Open a project and read all of it, as the window does; what came of it. Anything but our errors is raised."""
    try:
        project = open_project(str(path))
    except AnnotatorError as error:
        said(error)
        return "refused"
    try:
        told = 0
        for reads in (project.summaries, project.speakers, project.history, project.head, project.count_tags):
            told += failed(reads)
        for id_ in project.article_ids() if not failed(project.article_ids) else ():
            told += failed(lambda id_=id_: project.document(id_))
        told += failed(lambda: [said(problem) for problem in verify(project)])
        return "read with problems" if told or not sound(project) else "read"
    finally:
        project.close()


def sound(project: SqlProject) -> bool:
    try:
        return not list(verify(project))
    except AnnotatorError:
        return False


def failed(reads: Callable[[], object]) -> bool:
    try:
        reads()
    except AnnotatorError as error:
        said(error)
        return True
    except KeyError:  # an article that is not there
        return True
    return False


def said(error: object) -> None:
    """It is one sentence that a person can read, not a value, a statement or a traceback."""
    sentence = str(error)
    assert len(sentence) < 1_000, sentence[:300]
    assert sentence.isprintable(), ascii(sentence)
    assert not any(word in sentence for word in _WORDS), sentence
