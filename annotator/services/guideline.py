"""The project's guideline in parts: what is shown at a field, and what at F1."""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.model import Scheme

_HEADING = re.compile(r"^##[ \t]+(?P<field>[^\n]+?)[ \t]*$", re.MULTILINE)


def sections(scheme: Scheme) -> dict[str, str]:
    """Field or panel name → what the guideline says of it, in Markdown; under "" what stands before all of them."""
    return dict(_sections(scheme.guideline))


@lru_cache(maxsize=2)
def _sections(text: str) -> dict[str, str]:
    """The same of one text; forms ask again for every field they have."""
    found = list(_HEADING.finditer(text))
    parts = {"": text[: found[0].start() if found else len(text)].strip()}
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    for heading, end in zip(found, ends[: len(found)], strict=True):
        parts[heading["field"]] = text[heading.end() : end].strip()
    return parts


def title(field: str) -> str:
    """What a section is called for people: ``claim.check_worthy`` → ``Claim: check worthy``."""
    owner, _, name = field.rpartition(".")
    words = name.removesuffix("_id").replace("_", " ")
    return f"{owner.capitalize()}: {words}" if owner else words[:1].upper() + words[1:]


def titled(text: str) -> str:
    """The guideline with its sections' headings as people read them."""
    return _HEADING.sub(lambda heading: f"## {title(heading['field'])}", text)


def nearest(scheme: Scheme, field: str) -> str:
    """The section to read about a field: its own, that of the panel it is in, or the beginning ("")."""
    there = sections(scheme)
    owner = field.partition(".")[0]
    panel = {"hop": "claim", "evidence": "correction", "mention": "speaker"}.get(owner, owner) + "s"
    return next((name for name in (field, f"{owner}.kind", panel) if name in there), "")


def section(scheme: Scheme, field: str) -> str:
    """What the guideline says of a field (``claim.form``); "" when it says nothing."""
    return _sections(scheme.guideline).get(field, "")


@lru_cache(maxsize=128)
def plain(markdown: str) -> str:
    """Markdown as words alone, without its signs for emphasis; list points keep a bullet."""
    bare = re.sub(r"(\*\*|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", re.sub(r"\*\*", "", markdown))
    return re.sub(r"^[-*][ \t]+", "• ", re.sub(r"\n(?=[ \t]+\S)", "", bare), flags=re.MULTILINE)
