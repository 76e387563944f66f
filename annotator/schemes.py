"""The schemes a project can begin with. Each is a complete guideline with its vocabularies and checks."""

from __future__ import annotations

from importlib.resources import files

from annotator.model import CheckSetting, Scheme
from annotator.ports import Project
from annotator.vocabulary import DEFAULT_TERMS


def _guideline(name: str) -> str:
    return files("annotator").joinpath("guidelines", f"{name}.md").read_text("utf-8")


CLAIMS = Scheme(
    name="Claims and attribution",
    terms=DEFAULT_TERMS,
    guideline=_guideline("claims"),
)
"""What somebody is said to hold, through whom it came, and whether it could be checked."""

QUOTATIONS = Scheme(
    name="Quotations",
    terms=DEFAULT_TERMS,
    guideline=_guideline("quotations"),
    hidden=("claim.type", "claim.check_worthy", "claim.stance", "claim.text", "correction.verdict"),
)
"""Content, cue and source of every attribution, as PolNeAR's guideline has them."""

TRANSCRIPTION = Scheme(
    name="Transcription only",
    terms=DEFAULT_TERMS,
    guideline=_guideline("transcription"),
    checks=tuple(CheckSetting(name, "off") for name in ("unclaimed_quotation", "article_fields")),
    hidden=("claims", "speakers", "correction.verdict"),
)
"""Only what is wrong in the text, and what it should read."""

BY_KEY = {"claims": CLAIMS, "quotations": QUOTATIONS, "transcription": TRANSCRIPTION}
"""What a command calls them."""
PURPOSES = {
    "claims": "What somebody is said to hold, through whom it came, and whether it can be checked.",
    "quotations": "Content, cue and source of every attribution.",
    "transcription": "Only what is wrong in the text, and what it should read.",
}
"""What each is for, in one sentence."""
DEFAULT_SCHEME = CLAIMS


def scheme_of(project: Project) -> Scheme:
    """The scheme of a project: its own, or the one that a project has while nobody changed it."""
    own = project.get("scheme", DEFAULT_SCHEME.id)
    return own if isinstance(own, Scheme) else DEFAULT_SCHEME
