"""What is done is frozen until it is reopened; what is labelled is in progress."""

from dataclasses import replace

import pytest

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.services import annotate, articles, merging, restoring, scheme, speakers


@pytest.fixture
def find(ws):
    return lambda id_: ws.article if ws.article and ws.article.id == id_ else None


@pytest.fixture
def claim(ws, place, author):
    edit = annotate.mark_claim(ws, [place("Russia agreed")], author)
    ws.apply(edit)
    return edit.changes[0].after


def test_an_article_that_is_done_is_frozen_until_reopened(ws, place, author, claim, find):
    ws.apply(articles.change(ws, state="done"))
    older = replace(claim, note="older")
    for edit in (
        annotate.delete(ws, [claim.id]),
        annotate.mark_claim(ws, [place("He left")], author),
        speakers.set_chain_line(ws, claim.id, "Somebody New"),
        articles.change(ws, title="Other"),
        restoring.restore(ws, older),
    ):
        with pytest.raises(InvalidEdit, match="reopen it"):
            articles.check_open(find, edit)
        with pytest.raises(InvalidEdit, match="reopen it"):
            articles.check_open(find, edit.inverted(), undoes=True)
    articles.check_open(find, articles.change(ws, state="in_progress"))
    articles.check_open(find, articles.delete(ws.document()))
    articles.check_open(find, speakers.change(ws, "s1", name="S. Lavrov"))
    ws.apply(articles.change(ws, state="in_progress"))
    articles.check_open(find, annotate.delete(ws, [claim.id]))


def test_what_takes_from_the_whole_project_goes_through_what_is_done_and_back(ws, claim, find):
    ws.apply(speakers.set_chain_line(ws, claim.id, "RIA Novosti"))
    ws.apply(annotate.change(ws, claim.id, form="indirect"))
    uses = list(ws.claims.values())
    ws.apply(articles.change(ws, state="done"))
    for edit in (
        speakers.delete(ws, "s2", uses),
        merging.merge(ws, "s1", "s2", uses),
        scheme.rename_value(ws, "claim.form", "indirect", "reported_speech", uses),
    ):
        assert claim.article_id in edit.article_ids
        articles.check_open(find, edit)
        articles.check_open(find, edit.inverted(), undoes=True)
        articles.check_open(find, edit)  # redone
    split = merging.split(ws, "s2", "Somebody", uses)
    with pytest.raises(InvalidEdit, match="reopen it"):
        articles.check_open(find, split)


def test_an_undo_does_not_reopen_what_it_has_no_say_in(ws, place, author, find):
    """The first annotation put it in progress; somebody else has finished it since."""
    first = articles.with_start(find, annotate.mark_claim(ws, [place("He left")], author))
    assert [change.kind for change in first.changes] == ["claim", "article"]
    ws.apply(first)
    ws.apply(articles.change(ws, state="done"))
    with pytest.raises(InvalidEdit, match="reopen it"):
        articles.check_open(find, first.inverted(), undoes=True)


def test_every_article_that_is_annotated_is_in_progress(ws, place, author):
    known = {id_: replace(ws.article, id=id_, state=state) for id_, state in (("a", "todo"), ("b", "needs_review"))}
    mark = annotate.mark_claim(ws, [place("agreed")], author).changes[0]
    elsewhere = Edit("x", tuple(replace(mark, after=replace(mark.after, article_id=id_)) for id_ in ("a", "b", "new")))
    started = articles.with_start(known.get, elsewhere)
    assert started.changes[:3] == elsewhere.changes
    assert [(c.id, c.before, c.after.state) for c in started.changes[3:]] == [("a", known["a"], "in_progress")]
    assert articles.with_start(known.get, elsewhere.inverted()) == elsewhere.inverted()


def test_who_follows_a_change_of_the_whole_project_is_not_started_by_it(ws, claim, find):
    ws.apply(annotate.change(ws, claim.id, form="indirect"))
    edit = scheme.rename_value(ws, "claim.form", "indirect", "told", list(ws.claims.values()))
    assert ws.article.state == "todo"
    assert articles.with_start(find, edit) == edit


def test_the_articles_that_are_done_are_named_or_counted(ws, claim):
    one = replace(ws.article, title="Talks", state="done")
    assert articles.done_among({"art": one}.get, [claim, ws.speakers["s1"]]) == "“Talks”, which is done"
    assert articles.done_among({"art": replace(one, state="todo")}.get, [claim]) == ""
    both = [claim, replace(claim, article_id="b")]
    assert articles.done_among({"art": one, "b": one}.get, both) == "2 articles that are done"
