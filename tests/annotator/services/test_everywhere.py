import hashlib
from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Article, Document, SourceText
from annotator.services import corrections
from annotator.services.everywhere import correct, occurrences
from annotator.services.search import Query
from annotator.workspace import Workspace

QUERY = Query("Twould", case=True, words=True)


def document(id_, text, state="todo"):
    source = SourceText(id_, text, hashlib.sha256(text.encode()).hexdigest())
    return Document(Article(id_, id_.upper(), state=state), source)


@pytest.fixture
def documents():
    made = [
        document("a", "Twould go. 😀 Twould stay; Twoulds not."),
        document("b", "Nothing here."),
        document("c", "“Twould it?”"),
        document("d", "Twould be done.", "done"),
    ]
    return {d.article.id: d for d in made}


def test_every_free_place_is_found_with_what_stands_around_it(documents, author):
    ws = Workspace((), documents["a"])
    ws.apply(corrections.mark(ws, [(0, 6)], "I would", author))
    documents["a"] = ws.document()
    found = list(occurrences(documents.values(), QUERY))
    assert [(o.article_id, o.start, o.frozen) for o in found] == [("a", 13, False), ("c", 1, False), ("d", 0, True)]
    assert (found[0].before, found[0].exact, found[0].after) == ("Twould go. 😀 ", "Twould", " stay; Twoulds not.")


def test_all_are_corrected_in_one_step_but_those_in_articles_that_are_done(documents, author):
    chosen = list(occurrences(documents.values(), QUERY))
    edit = correct(documents, chosen, "I would", author)
    assert edit.title == "Correct 3 places in 2 articles"
    assert edit.article_ids == {"a", "c"}
    ws = Workspace((), documents["a"])
    ws.apply(edit)
    text = corrections.piece_map(ws.text, ws.corrections.values()).text
    assert text == "I would go. 😀 I would stay; Twoulds not."


def test_nothing_left_is_said(documents, author):
    chosen = [o for o in occurrences(documents.values(), QUERY) if o.frozen]
    with pytest.raises(InvalidEdit, match="nothing left"):
        correct(documents, chosen, "I would", author)
    gone = [replace(chosen[0], frozen=False)]
    with pytest.raises(InvalidEdit, match="nothing left"):
        correct({}, gone, "I would", author)


def test_what_reads_so_or_is_corrected_since_is_left_alone(documents, author):
    chosen = list(occurrences(documents.values(), Query("twould")))
    ws = Workspace((), documents["c"])
    ws.apply(corrections.mark(ws, [(1, 7)], "I would", author))
    documents["c"] = ws.document()
    edit = correct(documents, chosen, "I would", author)
    assert edit.article_ids == {"a"}
    assert len(edit.changes) == 3
    with pytest.raises(InvalidEdit, match="nothing left"):
        correct(documents, chosen, "Twould", author)
