"""The report: one page that runs and loads nothing, shows the article as it is annotated, and escapes everything."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from article_samples import Content, contents, full_document, source
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trip import exported, with_words

from annotator.formats import registry
from annotator.formats.base import Reading, Writing
from annotator.formats.report import page
from annotator.formats.report.back import read_back
from annotator.formats.report.markup import allowed, link, tag, text
from annotator.model import Correction, Document, Evidence
from annotator.text.anchors import anchor

HOSTILE = ("<script>alert(1)</script>",
           '"><img src=x onerror=alert(1)>', "</style><script>", "&amp;&lt;", "javascript:alert(1)",
           "' onclick='x", "]]>", "<!--", "\x01\x85\ufffe", "\u202e", "</div>")  # fmt: skip


def full() -> Content:
    document, speaker = full_document()
    return Content([document], [speaker])


def written(content: Content, view: str = "source") -> str:
    stream = io.BytesIO()
    page.write(content, stream, Writing(view))
    return stream.getvalue().decode()


def article_text(html: str) -> str:
    found = re.search(r'<div class="text".*?</div>', html, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_text_is_shown_with_its_claims_sources_cues_and_changes() -> None:
    shown = article_text(written(full()))
    assert '<span class="mention source">He</span> <span class="cue">said</span>' in shown
    assert '<a class="n" href="#a1c1">1</a>' in shown
    assert '<del class="claim gone" title="Claim 1, Claim 2">' in shown
    assert "<ins>I would</ins>" in shown


def test_the_corrected_text_is_shown_without_what_was_wrong() -> None:
    shown = article_text(written(full(), "corrected"))
    assert "Twould" not in shown
    assert re.search(r'<ins class="(claim )?put"[^>]*>I', shown)
    assert "<del" not in shown


def test_chains_corrections_speakers_and_figures_are_listed() -> None:
    html = written(full())
    assert re.search(r'<ol class="chain"><li data-record="hop">.*?<bdi>Ann</bdi>.*?an unnamed source', html)
    assert '<del><data value="17-23" data-field="spans">Twould</data></del>' in html
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">' in html
    assert "Not enough evidence" not in html
    assert ">Refuted</data>" in html
    assert "<dt>claims</dt><dd>2</dd>" in html
    assert '<tr data-record="speaker" data-id="s1">' in html


def test_the_page_needs_nothing_and_allows_nothing() -> None:
    html = written(full())
    assert not re.search(r"<(script|link|img|iframe|object|form|base)\b", html)
    assert not re.search(r"(?i)url\(|@import|\son[a-z]+=", html)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src &#39;none&#39;; style-src &#39;sha256-{digest}&#39;" in html
    assert "prefers-color-scheme: dark" in style[1]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_words(words: str) -> None:
    escaped = text(words)
    assert "<" not in escaped
    assert '"' not in escaped
    assert tag("p", words, title=words) == f'<p title="{escaped}">{escaped}</p>'


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://e.org/" x', "https://e.org/<", "//e.org"]
)
def test_only_plain_web_addresses_are_links(address: str) -> None:
    assert link(address) == text(address)
    assert link("https://e.org/a?b=c#d").startswith('<a href="https://e.org/a?b=c#d"')


@given(st.text(max_size=20))
def test_characters_that_no_page_may_hold_are_replaced_one_for_one(words: str) -> None:
    kept = allowed(words)
    assert len(kept) == len(words)
    assert all(a in (b, "\ufffd") for a, b in zip(kept, words, strict=True))
    assert not any(ord(c) < 32 and c not in "\t\n" for c in kept)


WHAT_IT_LEAVES_OUT = (
    "mention",
    "time of making",
    "guideline",
    "origin",
    "segments",
    "import notes",
    "original file",
    "roles",
)


@given(contents(), st.lists(st.sampled_from(HOSTILE), min_size=5, max_size=20))
@settings(max_examples=examples(15))
def test_what_is_shown_is_what_is_there(content: Content, words: list[str]) -> None:
    hostile = with_words(content, words)
    drafts = read_back(io.BytesIO(written(hostile).encode()), Reading("out.html", ""))
    for document, draft in zip(hostile.items, drafts, strict=True):
        assert draft.source.text == allowed(document.source.text)
        assert draft.article.title == allowed(document.article.title)
        claims = {claim.id: claim for claim in draft.claims}
        for claim in document.claims:
            read = claims[claim.id]
            assert [(s.start, s.end) for s in read.spans] == [(s.start, s.end) for s in claim.spans]
            assert (read.form, read.type, read.stance, read.parent_id, read.unsure) == (
                claim.form, claim.type, claim.stance, claim.parent_id, claim.unsure,
            )  # fmt: skip
            assert [hop.speaker_id for hop in read.chain] == [hop.speaker_id for hop in claim.chain]
            assert read.note == allowed(claim.note)
        assert {c.id: (c.kind, c.verdict, c.claim_id) for c in draft.corrections} == {
            c.id: (c.kind, c.verdict, c.claim_id) for c in document.corrections
        }


def test_what_the_page_does_not_show_is_told(tmp_path: Path) -> None:
    losses = exported("report", full(), tmp_path / "out.html")
    assert losses
    assert all(any(word in loss for word in WHAT_IT_LEAVES_OUT) for loss in losses)
    assert [loss for loss in losses if loss.startswith("Changed")] == [
        "Changed: the guideline version and origin of 1 claim (Twould be 😀 nice)."
    ]


def test_the_same_content_gives_the_same_bytes_and_the_name_chooses_the_format() -> None:
    assert written(full()) == written(full())
    chosen = registry.for_export("out.html")
    assert chosen is not None
    assert chosen.name == "report"
    assert registry.for_import("out.html").name == "html"


def test_insertions_stand_where_they_belong_and_evidence_says_what_it_is() -> None:
    whole = "One three"
    common = {"article_id": "a1", "annotator": "Bo"}
    insert = Correction(id="k1", spans=(anchor(whole, 4, 4),), replacement="two ", **common)
    claim = replace(full_document()[0].claims[0], spans=(anchor(whole, 4, 9),), id="c1")
    checked = Correction(
        id="k2", spans=(), kind="factual", claim_id="c1", verdict="refuted",
        evidence=(Evidence("javascript:x", None, "", "published_correction"),), **common,
    )  # fmt: skip
    document = Document(
        replace(full_document()[0].article, segments=()), source("a1", whole), (), (claim,), (insert, checked)
    )
    html = written(Content([document], []))
    assert 'One <ins>two </ins><a class="n" href="#a1c1">1</a><span class="claim" title="Claim 1">three</span>' in html
    assert 'Published correction</data>, <data value="javascript:x" data-field="url">javascript:x</data>' in html
