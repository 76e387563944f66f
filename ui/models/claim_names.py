"""How a claim is called in lists: by its number and its words."""

from __future__ import annotations

from annotator.model import Claim
from annotator.workspace import Workspace
from ui.outline import Outline
from ui.widgets.paint import one_line

_CHARACTERS = 60


def quote_of(claim: Claim) -> str:
    """The claim's words in one line, its parts joined by “ … ”."""
    return " … ".join(one_line(span.exact) for span in claim.spans)


class ClaimNames:
    """Names for the claims of the open article."""

    def __init__(self, ws: Workspace, outline: Outline) -> None:
        self._ws = ws
        self._outline = outline

    def of(self, claim_id: str) -> str:
        """``12 · its words``, cut after 60 characters; "" when it is not there."""
        number = self._outline.number(claim_id)
        if not number:
            return ""
        words = quote_of(self._ws.claims[claim_id])
        return f"{number} · {words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1] + '…'}"

    def choices(self) -> list[tuple[str, str, str]]:
        """Every claim, in reading order, as ``(id, "12 · its words", "")``."""
        return [(claim_id, self.of(claim_id), "") for claim_id in self._outline.claims.ids()]
