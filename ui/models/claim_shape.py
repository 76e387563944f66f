"""In what order claims are listed, which of them, and under which headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from annotator.model import Claim
from annotator.services.speakers import source_of
from annotator.text.wording import fold
from annotator.workspace import Workspace
from ui.models.claim_names import quote_of
from ui.outline import Outline

NUMBER, WORDS, SPEAKER, FORM, TYPE, CHECKABLE, STANCE, UNSURE, CERTAINTY, TAGS = range(10)
FIELDS = {
    SPEAKER: "source",
    FORM: "form",
    TYPE: "type",
    CHECKABLE: "check_worthy",
    STANCE: "stance",
    UNSURE: "unsure",
    CERTAINTY: "certainty",
    TAGS: "tags",
}
"""The field of each column that can be edited."""
VOCABULARIES = {
    FORM: "claim.form",
    TYPE: "claim.type",
    CHECKABLE: "claim.check_worthy",
    STANCE: "claim.stance",
    CERTAINTY: "certainty",
}
NOBODY = "No speaker"
_LAST = chr(0x10FFFF)
"""Sorts after every name."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the user wants to see of the claims. As it is made here: all of them, in reading order."""

    column: int = 0
    """The column by which they are sorted; 0, the number: in reading order."""
    descending: bool = False
    text: str = ""
    """Stands in the claim's words, sentence, note, tags or speaker, accents and case aside."""
    speaker: str | None = None
    """The id of the source."""
    form: str | None = None
    type: str | None = None
    unsure: bool = False
    no_speaker: bool = False
    problems: bool = False
    grouped: bool = False
    """Under a heading for each source, in the order they come in the article."""

    @property
    def narrow(self) -> bool:
        """Whether it leaves any claims out."""
        return bool(self.text.strip() or self.criteria)

    @property
    def criteria(self) -> int:
        """How many things are asked of a claim, its words aside."""
        asked = (self.speaker, self.form, self.type, self.unsure, self.no_speaker, self.problems)
        return sum(bool(value) for value in asked)

    @property
    def plain(self) -> bool:
        """Whether it is all claims in reading order."""
        return not (self.narrow or self.grouped or self.column or self.descending)


class Arranger:
    """Lists the claims of the open article in a shape."""

    def __init__(self, ws: Workspace, outline: Outline) -> None:
        self._ws = ws
        self._outline = outline
        self._folded: dict[str, tuple[Claim, str]] = {}
        """Claim id → the claim, and its words as they are looked through: folding takes long for many claims."""

    def arrange(self, shape: Shape, troubled: Collection[str]) -> tuple[list[str], dict[str, str]]:
        """The ids to list, in order, and for each that begins a group its heading. ``troubled`` have problems."""
        ws, keys = self._ws, self._outline.claims.ids()
        if shape.plain:
            return keys, {}
        claims = [ws.claims[key] for key in keys]
        if shape.narrow:
            claims = [claim for claim in claims if _fits(shape, claim, troubled)]
            if wanted := fold(shape.text):
                names = {id_: wanted in fold(ws.name_of(id_) or "") for id_ in {source_of(claim) for claim in claims}}
                claims = [claim for claim in claims if wanted in self._words(claim) or names[source_of(claim)]]
        if shape.column:
            claims.sort(key=_sorter(ws, shape.column), reverse=shape.descending)
        elif shape.descending:
            claims.reverse()
        return _grouped(ws, claims) if shape.grouped else ([claim.id for claim in claims], {})

    # -- words --------------------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether words are found at once."""
        return len(self._folded) >= len(self._ws.claims)

    def prepare(self) -> Iterator[None]:
        """Make ready to find words, in small steps."""
        for claim in list(self._ws.claims.values()):
            self._words(claim)
            yield None

    def forget(self) -> None:
        """The claims are others: another article is open."""
        self._folded.clear()

    def _words(self, claim: Claim) -> str:
        known = self._folded.get(claim.id)
        if known is None or known[0] is not claim:
            words = (*(span.exact for span in claim.spans), claim.text, claim.note, *claim.tags)
            known = self._folded[claim.id] = claim, fold("\n".join(part for part in words if part))
        return known[1]


def _fits(shape: Shape, claim: Claim, troubled: Collection[str]) -> bool:
    """Whether it is one of those asked for, its words aside."""
    source = source_of(claim)
    return not (
        (shape.speaker is not None and source != shape.speaker)
        or (shape.form is not None and claim.form != shape.form)
        or (shape.type is not None and claim.type != shape.type)
        or (shape.unsure and not claim.unsure)
        or (shape.no_speaker and source is not None)
        or (shape.problems and claim.id not in troubled)
    )


def _sorter(ws: Workspace, column: int) -> Callable[[Claim], Any]:
    """The sorting key of a column of the claims' table; what is not set comes last."""
    if column in VOCABULARIES:
        name = FIELDS[column]
        ranks = {value: n for n, value in enumerate(ws.vocabulary.values(VOCABULARIES[column]))}
        return lambda claim: ranks.get(getattr(claim, name), len(ranks))
    if column == SPEAKER:
        names = {source: fold(ws.name_of(source) or "") for source in map(source_of, ws.claims.values())}
        return lambda claim: names[source_of(claim)] or _LAST
    if column == UNSURE:
        return lambda claim: not claim.unsure
    if column == TAGS:
        return lambda claim: ", ".join(claim.tags).casefold() or _LAST
    return lambda claim: quote_of(claim).casefold()


def _grouped(ws: Workspace, claims: list[Claim]) -> tuple[list[str], dict[str, str]]:
    groups: dict[str | None, list[str]] = {}
    for claim in claims:
        source = source_of(claim)
        groups.setdefault(source if source in ws.speakers else None, []).append(claim.id)
    nobody = groups.pop(None, None)
    if nobody:
        groups[None] = nobody
    headings = {
        ids[0]: f"{ws.speakers[source].name if source else NOBODY} · {len(ids):,}" for source, ids in groups.items()
    }
    return [id_ for ids in groups.values() for id_ in ids], headings
