"""Any sequence of edits: memory and disk agree, undo restores, redo brings it back."""

from __future__ import annotations

import dataclasses
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from db_samples import commit, sha256
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.edits import Change, Changeset, Edit
from annotator.model import Article, Claim, Correction, Evidence, Hop, Mention, Role, SourceText, Speaker, new_id
from annotator.text.anchors import anchor
from annotator.workspace import Workspace
from db.project import create_project, open_project

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
maybe = st.none() | words


@st.composite
def spans(draw, text: str):
    places = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3))
    return tuple(anchor(text, min(place), max(place)) for place in places)


@st.composite
def speakers(draw, id_: str):
    roles = st.lists(st.builds(Role, words, maybe, maybe), max_size=2).map(tuple)
    aliases = st.lists(words, max_size=2).map(tuple)
    return Speaker(id_, draw(words), draw(words), draw(aliases), draw(roles), draw(maybe), draw(maybe), draw(words))


@st.composite
def annotations(draw, kind: str, id_: str, workspace: Workspace):
    text = workspace.text
    speaker_ids = st.none() | st.sampled_from(sorted(workspace.speakers)) if workspace.speakers else st.none()
    others = sorted(set(workspace.claims) - {id_})
    claim_ids = st.none() | st.sampled_from(others) if others else st.none()
    shared = {
        "id": id_,
        "article_id": workspace.article.id,
        "annotator": draw(words),
        "spans": draw(spans(text)),
        "certainty": draw(maybe),
        "note": draw(words),
    }
    if kind == "mention":
        return Mention(**shared, speaker_id=draw(speaker_ids))
    if kind == "correction":
        evidence = draw(st.lists(st.builds(Evidence, maybe, maybe, words), max_size=2).map(tuple))
        return Correction(**shared, replacement=draw(maybe), claim_id=draw(claim_ids), evidence=evidence)
    hops = st.builds(Hop, speaker_ids, spans(text), spans(text), maybe, maybe)
    chain = draw(st.lists(hops, max_size=3).map(tuple))
    tags = draw(st.lists(words, max_size=2).map(tuple))
    return Claim(
        **shared, text=draw(maybe), unsure=draw(st.booleans()), parent_id=draw(claim_ids), chain=chain, tags=tags
    )


def unlinked(workspace: Workspace, kind: str, id_: str) -> list[Change]:
    """The changes that free a record from all links to it, so that it can be deleted."""
    if kind == "speaker":
        mentions = [m for m in workspace.mentions.values() if m.speaker_id == id_]
        claims = [c for c in workspace.claims.values() if any(hop.speaker_id == id_ for hop in c.chain)]
        return [
            *(Change(m, dataclasses.replace(m, speaker_id=None)) for m in mentions),
            *(Change(c, dataclasses.replace(c, chain=tuple(_freed(hop, id_) for hop in c.chain))) for c in claims),
        ]
    if kind == "claim":
        children = [c for c in workspace.claims.values() if c.parent_id == id_]
        corrections = [c for c in workspace.corrections.values() if c.claim_id == id_]
        return [
            *(Change(c, dataclasses.replace(c, parent_id=None)) for c in children),
            *(Change(c, dataclasses.replace(c, claim_id=None)) for c in corrections),
        ]
    return []


def _freed(hop: Hop, speaker_id: str) -> Hop:
    return dataclasses.replace(hop, speaker_id=None) if hop.speaker_id == speaker_id else hop


def an_edit(data: st.DataObject, workspace: Workspace, number: int) -> Edit:
    kind = data.draw(st.sampled_from(["speaker", "mention", "claim", "correction", "article"]))
    if kind == "article":
        article = workspace.article
        return Edit("A", (Change(article, dataclasses.replace(article, title=data.draw(words), url=data.draw(maybe))),))
    held = getattr(workspace, f"{kind}s")
    id_ = data.draw(st.sampled_from([*sorted(held), None]))
    before = held.get(id_)
    if before is not None and data.draw(st.booleans()):
        return Edit("Delete", (*unlinked(workspace, kind, id_), Change(before, None)))
    new_id_ = id_ or f"{kind}-{number}"
    after = data.draw(speakers(new_id_) if kind == "speaker" else annotations(kind, new_id_, workspace))
    return Edit("Change", (Change(before, after),))


def same(workspace: Workspace, project, article_id: str) -> None:
    assert project.document(article_id) == workspace.document()
    assert {speaker.id: speaker for speaker in project.speakers()} == workspace.speakers


@settings(max_examples=examples(10))
@given(st.data())
def test_memory_and_disk_agree_through_edits_undo_and_redo(data):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:  # a drawing may end it anywhere
        location = str(Path(folder) / "p.annotator")
        project = opened.enter_context(closing(create_project(location)))
        text, article = data.draw(texts), Article(new_id(), "T")
        first = Edit("Import", (Change(None, SourceText(article.id, text, sha256(text))), Change(None, article)))
        commit(project, Changeset.of(first, "a"))
        workspace = Workspace([], project.document(article.id))
        done = []
        for number in range(data.draw(st.integers(1, 12))):
            edit = an_edit(data, workspace, number)
            workspace.apply(edit)
            done.append(Changeset.of(edit, "a"))
            commit(project, done[-1])
        same(workspace, project, article.id)
        project.close()
        project = opened.enter_context(closing(open_project(location)))
        same(workspace, project, article.id)
        for changeset in reversed(done):
            inverse = project.changeset(changeset.id).edit.inverted()
            commit(project, Changeset.of(inverse, "a", "undo", changeset.id))
        assert project.document(article.id).article == article
        assert project.summaries()[0] == dataclasses.replace(
            project.summaries()[0], claims=0, mentions=0, corrections=0
        )
        assert project.speakers() == []
        commit(project, *(Changeset.of(changeset.edit, "a", "redo", changeset.id) for changeset in done))
        same(workspace, project, article.id)
        assert project.check_storage() == []
