"""A project as GNQA's JSON: a file for each article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.formats.base import Sink, Source, Writing
from annotator.formats.foreign_json import dumps
from annotator.formats.gnqa import common
from annotator.formats.sinks import file_name
from annotator.formats.standoff.encode import places
from annotator.formats.standoff.graph import Place
from annotator.formats.writing import documents, tell_no_text
from annotator.model import Claim, Document, Hop
from annotator.text.tokens import Grid, Token, parted
from annotator.text.wording import shorten
from annotator.workspace import reading_order

_ROLES = ("addressee", "cue", "frame", "quote", "speaker")
_TOLD = frozenset({common.ORDER, common.NESTED, common.NESTING, common.TYPE})


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write every article with a text. Claims that are no quotations (``narration``) or have no words are not in it."""
    for number, (document, _) in enumerate(documents(source, writing), start=1):
        if not document.source.text.strip():
            tell_no_text(document, writing)
            continue
        moved = writing.view == "corrected" and any(correction.applied for correction in document.corrections)
        page = _Page(document, moved=moved)
        with sink.open(f"{file_name(document.article.title, number, 10_000)}.json") as stream:
            stream.write(dumps(page.data()))
        writing.losses += page.losses


class _Page:
    def __init__(self, document: Document, *, moved: bool) -> None:
        """``moved``: the text is the corrected one, so that places in notes are of another."""
        self.losses: list[str] = []
        self._document, self._text = document, document.source.text
        claims = [claim for claim in document.claims if claim.form != "narration" and claim.spans]
        self._noted = {claim.id: self._places_in_note(claim) for claim in claims}
        self._claims = sorted(claims, key=lambda claim: _order(claim, self._told(claim)))
        words, begins = common.divided(self._text, () if moved else document.article.import_notes)
        edges = (edge for claim in claims for found in self._roles(claim).values() for place in found for edge in place)
        self._words = parted(words, edges)
        self._grid = Grid(self._words)
        self._begins = begins

    def data(self) -> dict[str, Any]:
        """What the file holds."""
        around = {claim.parent_id for claim in self._claims}
        ids = {claim.id for claim in self._claims}
        sentences = self._sentences()
        return {
            "annotations": [
                self._quotation(number, claim, is_nested=claim.parent_id in ids, has_nested=claim.id in around)
                for number, claim in enumerate(self._claims)
            ],
            "documentName": self._document.article.title,
            "originalText": self._text,
            "sentences": [self._sentence(number, ids, sentences) for number, ids in enumerate(sentences)],
            "tokens": [
                {"charBegin": start, "charEnd": end, "id": id_, "sentence": n, "text": self._text[start:end], "word": w}
                for n, sentence in enumerate(sentences, start=1)
                for w, id_ in enumerate(sentence, start=1)
                for start, end in (self._words[id_],)
            ],
        }

    def _quotation(self, number: int, claim: Claim, *, is_nested: bool, has_nested: bool) -> dict[str, Any]:
        roles = self._roles(claim)
        told = self._told(claim)
        return {
            **{role: self._role(roles[role]) for role in _ROLES},
            "hasNested": told[common.NESTING] == "true" if common.NESTING in told else has_nested,
            "id": number,
            "isNested": told[common.NESTED] == "true" if common.NESTED in told else is_nested,
            "medium": _medium(claim),
            "type": _type(claim, told),
        }

    # -- places -------------------------------------------------------------------------------------------------

    def _roles(self, claim: Claim) -> dict[str, Sequence[Place]]:
        hop = claim.chain[-1] if claim.chain else Hop()
        noted = self._noted[claim.id]
        return {
            "addressee": noted.get("addressee", ()),
            "cue": places(hop.cue_spans),
            "frame": noted.get("frame", ()),
            "quote": places(claim.spans),
            "speaker": places(hop.mention_spans),
        }

    def _places_in_note(self, claim: Claim) -> dict[str, list[Place]]:
        found = {}
        for line in claim.note.split("\n"):
            if line.startswith(tuple(f"{role} = " for role in common.NOTED)):
                told = common.places_noted(self._text, line)
                if told is None:
                    self.losses.append(
                        f"The words noted at the claim “{_words(claim)}” are not there: {shorten(line)}."
                    )
                else:
                    found[told[0]] = told[1]
        return found

    @staticmethod
    def _told(claim: Claim) -> Mapping[str, str]:
        lines = (line.partition(" = ") for line in claim.note.split("\n"))
        return {name: value for name, _, value in lines if name in _TOLD}

    def _role(self, found: Iterable[Place]) -> dict[str, Any]:
        spans = []
        for start, end in found:
            begin, stop = self._grid.of(start, end)
            if begin < stop:
                spans.append((begin, stop, self._words[begin][0], self._words[stop - 1][1]))
        return {
            "spans": [{"begin": b, "charBegin": s, "charEnd": e, "end": n} for b, n, s, e in spans],
            "text": " ".join(self._text[s:e] for _, _, s, e in spans),
            "tokenIds": [n for begin, stop, _, _ in spans for n in range(begin, stop)],
        }

    # -- sentences ----------------------------------------------------------------------------------------------

    def _sentences(self) -> list[range]:
        """The ids of the words of each sentence."""
        firsts = sorted({0, *(self._first(begin) for begin in self._begins)})
        return [
            range(first, last)
            for first, last in zip(firsts, [*firsts[1:], len(self._words)], strict=True)
            if first < last
        ]

    def _first(self, begin: int) -> int:
        return self._grid.of(begin, begin + 1)[0]

    def _sentence(self, number: int, ids: range, sentences: Sequence[range]) -> dict[str, Any]:
        words: list[Token] = [self._words[id_] for id_ in ids]
        following = number + 1 < len(sentences)
        end = self._words[sentences[number + 1][0]][0] if following else len(self._text)
        return {
            "begin": ids[0],
            "charBegin": words[0][0],
            "charEnd": words[-1][1],
            "end": ids[-1] + 1,
            "id": number,
            "text": self._text[words[0][0] : end].rstrip("\n"),
            "tokenIds": list(ids),
            "tokens": [self._text[start:end] for start, end in words],
        }


def _order(claim: Claim, told: Mapping[str, str]) -> tuple[object, ...]:
    """As the text runs; of claims on the same words, as the file had them."""
    start, end, id_ = reading_order(claim)
    number = told.get(common.ORDER, "")
    return start, end, int(number) if number.isdecimal() else -1, id_


def _words(claim: Claim) -> str:
    return shorten(" … ".join(span.exact for span in claim.spans), 30)


def _medium(claim: Claim) -> str:
    medium = claim.chain[-1].medium if claim.chain else None
    return medium if medium in common.MEDIUMS else common.NO_MEDIUM


def _type(claim: Claim, told: Mapping[str, str]) -> str | None:
    if claim.form == "free_indirect" and common.UNDECIDED in claim.tags:
        return common.UNDECIDED
    if claim.form is None:
        return told.get(common.TYPE)
    theirs = {ours: name for name, ours in common.FORMS}
    return theirs.get(claim.form, "Indirect")
