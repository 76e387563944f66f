"""In what order claims are listed, which of them, and under which headings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from annotator.model import Claim
from annotator.services.speakers import source_of
from annotator.text.wording import fold
from annotator.workspace import Workspace
from ui.outline import Outline
from ui.widgets.paint import one_line

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


def quote_of(claim: Claim) -> str:
    """The claim's words in one line, its parts joined by “ … ”."""
    return " … ".join(one_line(span.exact) for span in claim.spans)


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


def arrange(
    ws: Workspace, outline: Outline, shape: Shape, troubled: Collection[str]
) -> tuple[list[str], dict[str, str]]:
    """The ids to list, in order, and for each that begins a group its heading. ``troubled`` have problems."""
    keys = outline.claims.ids()
    if shape.plain:
        return keys, {}
    claims = [ws.claims[key] for key in keys]
    if shape.narrow:
        claims = [claim for claim in claims if _fits(ws, shape, claim, troubled)]
    if shape.column:
        claims.sort(key=_sorter(ws, shape.column), reverse=shape.descending)
    elif shape.descending:
        claims.reverse()
    return _grouped(ws, claims) if shape.grouped else ([claim.id for claim in claims], {})


def _fits(ws: Workspace, shape: Shape, claim: Claim, troubled: Collection[str]) -> bool:
    source = source_of(claim)
    if shape.speaker is not None and source != shape.speaker:
        return False
    if shape.form is not None and claim.form != shape.form:
        return False
    if shape.type is not None and claim.type != shape.type:
        return False
    if (shape.unsure and not claim.unsure) or (shape.no_speaker and source is not None):
        return False
    if shape.problems and claim.id not in troubled:
        return False
    return not shape.text.strip() or _holds(ws, claim, source, fold(shape.text))


def _holds(ws: Workspace, claim: Claim, source: str | None, wanted: str) -> bool:
    speaker = ws.speakers.get(source or "")
    words = (*(span.exact for span in claim.spans), claim.text, claim.note, *claim.tags, speaker and speaker.name)
    return wanted in fold("\n".join(part for part in words if part))


def _sorter(ws: Workspace, column: int) -> Callable[[Claim], Any]:
    """The sorting key of a column of the claims' table; what is not set comes last."""
    if column in VOCABULARIES:
        name = FIELDS[column]
        ranks = {value: n for n, value in enumerate(ws.vocabulary.values(VOCABULARIES[column]))}
        return lambda claim: ranks.get(getattr(claim, name), len(ranks))
    if column == SPEAKER:
        return lambda claim: _name(ws, claim, _LAST)
    if column == UNSURE:
        return lambda claim: not claim.unsure
    if column == TAGS:
        return lambda claim: ", ".join(claim.tags).casefold() or _LAST
    return lambda claim: quote_of(claim).casefold()


def _name(ws: Workspace, claim: Claim, nobody: str) -> str:
    speaker = ws.speakers.get(source_of(claim) or "")
    return speaker.name.casefold() if speaker else nobody


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
