"""Which claims are listed, in what order, under which headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.services import annotate, speakers
from ui.models.claim_shape import FORM, SPEAKER, TAGS, UNSURE, WORDS, Arranger, Shape
from ui.models.claims import ClaimsModel


@pytest.fixture
def store(open_store):
    return open_store()


@pytest.fixture
def claims(store):
    """Four claims: one of Lavrov, two of Émile, one of nobody; in reading order a, b, c, d."""
    ws, found = store.workspace, {}
    for name, words in (("a", "Russia agreed"), ("b", "I would go"), ("c", "We hear 😀 this"), ("d", "He left")):
        start = ws.text.index(words)
        edit = annotate.mark_claim(ws, [(start, start + len(words))], store.author)
        store.edit(edit)
        found[name] = edit.changes[-1].id if edit.changes[-1].kind == "claim" else edit.changes[0].id
    for name, who in (("a", "Émile Zola"), ("b", "Sergei Lavrov"), ("d", "Émile Zola")):
        store.edit(speakers.set_source(ws, found[name], who))
    store.edit(annotate.change(ws, found["a"], form="indirect", tags=("war",)))
    store.edit(annotate.change(ws, found["b"], form="direct", unsure=True, note="ask Ann"))
    return found


def listed(store, claims, shape, troubled=()):
    keys, headings = Arranger(store.workspace, store.outline).arrange(shape, troubled)
    names = {id_: name for name, id_ in claims.items()}
    return "".join(names[key] for key in keys), {names[key]: words for key, words in headings.items()}


def test_what_is_asked_for_is_listed(store, claims):
    zola = speakers.find(store.workspace.speakers.values(), "Émile Zola").id
    for shape, expected in (
        (Shape(), "abcd"),
        (Shape(text="zola"), "ad"),  # who says it, without the accent
        (Shape(text="ASK ann"), "b"),
        (Shape(text="war"), "a"),
        (Shape(text="nothing like it"), ""),
        (Shape(speaker=zola), "ad"),
        (Shape(speaker=zola, form="indirect"), "a"),
        (Shape(unsure=True), "b"),
        (Shape(no_speaker=True), "c"),
    ):
        assert listed(store, claims, shape)[0] == expected, shape
    assert listed(store, claims, Shape(problems=True), {claims["d"]})[0] == "d"


def test_what_is_not_set_comes_last(store, claims):
    for column, expected in ((SPEAKER, "adbc"), (FORM, "bacd"), (UNSURE, "bacd"), (TAGS, "abcd"), (WORDS, "dbac")):
        assert listed(store, claims, Shape(column=column))[0] == expected, column
    assert listed(store, claims, Shape(descending=True))[0] == "dcba"


def test_groups_come_as_their_first_claims_do_and_nobody_last(store, claims):
    shape = Shape(grouped=True)
    assert listed(store, claims, shape) == (
        "adbc",
        {"a": "Émile Zola · 2", "b": "Sergei Lavrov · 1", "c": "No speaker · 1"},
    )
    assert listed(store, claims, replace(shape, descending=True))[0] == "dabc"


def test_words_are_found_again_after_an_edit(store, claims):
    arranger = Arranger(store.workspace, store.outline)
    assert not arranger.ready
    assert len(list(arranger.prepare())) == 4
    assert arranger.ready
    assert arranger.arrange(Shape(text="peace"), ())[0] == []
    store.edit(annotate.change(store.workspace, claims["c"], text="They want peace."))
    assert arranger.arrange(Shape(text="peace"), ())[0] == [claims["c"]]


def test_a_narrowed_list_follows_edits_and_keeps_the_numbers(store, claims):
    model = ClaimsModel(store.workspace, store.outline)
    store.changed.connect(model.apply)
    model.arrange(Shape(unsure=True))
    assert model.keys == [claims["b"]]
    assert model.card(claims["b"]).number == 2
    store.edit(annotate.change(store.workspace, claims["d"], unsure=True))
    assert model.keys == [claims["b"], claims["d"]]
    store.edit(annotate.change(store.workspace, claims["b"], unsure=False))
    assert model.keys == [claims["d"]]
    assert next(label for _, label, _ in model.names.choices()).startswith("1 · Russia agreed"), "a choice offers all"


def test_tags_of_the_project_are_known_the_most_used_first(store, claims):
    store.edit(annotate.change(store.workspace, claims["b"], tags=("visit", "war")))
    assert store.tally.tags() == ["war", "visit"]
    store.edit(annotate.change(store.workspace, claims["b"], tags=()))
    assert store.tally.tags() == ["war"]
