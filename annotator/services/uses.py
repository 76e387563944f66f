"""Where a speaker is named in a project: its mentions and claims as they are listed and counted for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.model import Claim, Mention, Record
from annotator.services.speakers import source_of
from annotator.text.anchors import CONTEXT
from annotator.text.wording import counted
from annotator.workspace import reading_order

Use = Mention | Claim
"""What names a speaker."""
_CUT = 200
"""Characters of a claim's words that are shown."""


def arranged(uses: Iterable[Record], articles: Iterable[str]) -> list[Use]:
    """The mentions and claims in the order of the articles (ids), in each as its text runs."""
    order: Mapping[str, int] = {id_: place for place, id_ in enumerate(articles)}
    found = [use for use in uses if isinstance(use, Mention | Claim)]
    found.sort(key=lambda use: (order.get(use.article_id, len(order)), use.article_id, reading_order(use)))
    return found


def names(record: Record | None, speaker_id: str) -> bool:
    """Whether the record names the speaker."""
    if isinstance(record, Mention):
        return record.speaker_id == speaker_id
    if isinstance(record, Claim):
        return any(speaker_id in (hop.speaker_id, hop.addressee_id) for hop in record.chain)
    return False


def part_of(use: Use, speaker_id: str) -> str:
    """What the speaker is there, in a word or two."""
    if isinstance(use, Mention):
        return "Mention"
    if source_of(use) == speaker_id:
        return "Claim"
    return "Passes on" if any(hop.speaker_id == speaker_id for hop in use.chain) else "Is told"


def words(use: Use) -> tuple[str, str, str]:
    """What stands before, at and after a use, each on one line and cut at a word."""
    if not use.spans:
        return "", "", ""
    before, after = _line(use.spans[0].prefix), _line(use.spans[-1].suffix)
    if len(before) >= CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(after) >= CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    exact = " … ".join(_line(span.exact[: _CUT + 1]) for span in use.spans[:9])
    if len(exact) > _CUT:
        exact = exact[: _CUT - 1] + "…"
    return before, exact, after


def summed_up(uses: Iterable[Use]) -> str:
    """``3 mentions and 1 claim in 2 articles``; ``no mention and no claim`` when there is none."""
    listed = list(uses)
    if not listed:
        return "no mention and no claim"
    mentions = sum(isinstance(use, Mention) for use in listed)
    claims = len(listed) - mentions
    parts = [counted(number, noun) for number, noun in ((mentions, "mention"), (claims, "claim")) if number]
    return f"{' and '.join(parts)} in {counted(len({use.article_id for use in listed}), 'article')}"


def _line(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)
