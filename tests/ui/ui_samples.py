"""A text with hard cases and projects that hold it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from annotator.edits import Change, Changeset, Edit
from annotator.model import Article, Segment, SourceText, new_id, now
from annotator.services import annotate, articles, corrections, speakers
from annotator.services.annotate import Author
from annotator.workspace import Workspace
from db.project import SqlProject, create_project, open_project
from ui.store import Store

SIX = (
    "Talks Will Resume\n\n"
    "The ministry said on Monday that Sergei Lavrov had told RIA Novosti that Donald Trump wanted to “meet Putin "
    "soonn” and, according to aides, that the sanctions would end. Nobody denied it.\n\n"
    "Related article: What the talks are about\n"
)
"""Six claims overlap in its long sentence; :func:`label_six` marks them."""
TEXT = 'Russia agreed.\n\n"I would go," Sergei Lavrov said.\n"We hear 😀 this." He left.\n'


_made: dict[tuple[str, ...], tuple[bytes, set[Path]]] = {}
"""The project file of such texts, and the folders in which there is one."""
_six: list[tuple[bytes, dict[str, str]]] = []
"""The labelled project of ``SIX``, made when it is first asked for."""


def seed(path: Path, *texts: str) -> None:
    """A project at ``path`` with one article for each text.

    It is made once and copied for every other test; two in one folder are different projects.
    """
    data, folders = _made.get(texts, (b"", set()))
    if data and path.parent not in folders:
        copy(data, path)
    else:
        project = create_project(str(path))
        fill(project, *texts)
        project.close()
        _made[texts] = path.read_bytes(), folders
    folders.add(path.parent)


def seed_six(path: Path) -> dict[str, str]:
    """A project at ``path`` whose article is ``SIX``, labelled by :func:`label_six`, which says what comes back."""
    if _six:
        copy(_six[0][0], path)
    else:
        seed(path, SIX)
        project = open_project(str(path))
        ids = label_six(Desk(project))
        project.close()
        _six.append((path.read_bytes(), ids))
    return dict(_six[0][1])


def copy(data: bytes, path: Path) -> None:
    """Another project with the same records."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA synchronous=OFF")
        file.execute("UPDATE project SET value = ? WHERE key = 'id'", (new_id(),))


class Desk:
    """Where the one article of a project is labelled without a window, as the store would do it."""

    def __init__(self, project: SqlProject) -> None:
        self.project, self.author, self.workspace = project, Author("Ann"), Workspace()
        self.workspace.show(project.document(project.article_ids()[0]))

    def edit(self, edit: Edit) -> None:
        whole = articles.with_start(lambda _: self.workspace.article, edit)
        self.workspace.apply(whole)
        with self.project.begin() as unit:
            unit.apply(Changeset.of(whole, self.author.name))
            unit.commit()


def fill(project: SqlProject, *texts: str) -> None:
    """Put one article for each text into an empty project."""
    changes: list[Change] = []
    for number, text in enumerate(texts):
        id_ = new_id()
        digest = hashlib.sha256(text.encode()).hexdigest()
        segments = _segments(text)
        article = Article(
            id=id_, title=f"Article {number + 1}", segments=segments, position=number, created=now(), updated=now()
        )
        changes += [Change(None, article), Change(None, SourceText(id=id_, text=text, text_sha256=digest))]
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Import", tuple(changes)), "seed"))
        unit.commit()


def _segments(text: str) -> tuple[Segment, ...]:
    """All of a text is body, except in ``SIX``."""
    if text != SIX:
        return (Segment("body", 0, len(text)),) if text else ()
    found, start = [], 0
    for block, kind in zip(SIX.split("\n\n"), ("headline", "body", "related_link"), strict=True):
        found.append(Segment(kind, start, start + len(block.rstrip())))
        start += len(block) + 2
    return tuple(found)


def label_six(store: Store | Desk) -> dict[str, str]:
    """Mark the open article, whose text is ``SIX``; what came to be: name → id.

    Claims ``a`` to ``f``, each of ``b`` to ``d`` inside the one before, ``b`` and ``c`` in two parts, ``e`` and ``f``
    across their ends; mentions, cues and a correction inside them.
    """
    end, found = "that the sanctions would end", {}
    parts = {
        "a": ["that Sergei Lavrov had told RIA Novosti that Donald Trump wanted to “meet Putin soonn” and"],
        "b": ["Sergei Lavrov had told RIA Novosti that Donald Trump wanted to “meet Putin soonn”", end],
        "c": ["Donald Trump wanted to “meet Putin soonn”", end],
        "d": ["meet Putin soonn"],
        "e": [f"Putin soonn” and, according to aides, {end}"],
        "f": ["soonn” and, according"],
    }
    chains = {
        "a": "The Moscow Times",
        "b": "The Moscow Times > The ministry",
        "c": "The Moscow Times > The ministry > RIA Novosti > Sergei Lavrov",
        "d": "The ministry > Sergei Lavrov > Donald Trump",
        "e": "aides",
    }
    names = {
        "The ministry": "The ministry",
        "Lavrov": "Sergei Lavrov",
        "agency": "RIA Novosti",
        "Trump": "Donald Trump",
    }

    def place(words: str) -> tuple[int, int]:
        at = SIX.index(words)
        return at, at + len(words)

    def make(name: str, edit: Edit) -> None:
        store.edit(edit)
        found[name] = edit.changes[0].id

    ws, author = store.workspace, store.author
    for name, where in names.items():
        store.edit(speakers.create(ws, where))
        who = next(id_ for id_, speaker in ws.speakers.items() if speaker.name == where)
        make(name, annotate.mark_mention(ws, [place(where)], author, who))
    for name, words in parts.items():
        make(name, annotate.mark_claim(ws, [place(w) for w in words], author))
        if name in chains:
            store.edit(speakers.set_chain_line(ws, found[name], chains[name]))
    for child, parent in (("b", "a"), ("c", "b"), ("d", "c")):
        store.edit(annotate.change(ws, found[child], parent_id=found[parent]))
    for name, cue in (("b", "said"), ("c", "told"), ("d", "wanted"), ("e", "according to")):
        store.edit(annotate.mark_cue(ws, found[name], [place(cue)]))
    for name in ("b", "c", "d"):
        claim = ws.claims[found[name]]
        said = {m.speaker_id: m.spans for m in ws.mentions.values()}
        chain = tuple(replace(hop, mention_spans=said.get(hop.speaker_id, ())) for hop in claim.chain)
        store.edit(annotate.change(ws, claim.id, chain=chain))
    make("soon", corrections.mark(ws, [place("soonn")], "soon", author))
    return found
