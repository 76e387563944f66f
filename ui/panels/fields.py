"""Which fields the panels edit, declared: each table makes a form (see ``ui.panels.form``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotator.model import Role


def _text(value: Any) -> str:
    return value or ""


def optional(typed: str) -> str | None:
    """Typed words without white space around them, None when there are none."""
    return typed.strip() or None


def _same(value: Any) -> Any:
    return value


def split_list(typed: str) -> tuple[str, ...]:
    """``"a, b,, a"`` as ``("a", "b")``."""
    items = (" ".join(item.split()) for item in re.split(r"[,;\n]", typed))
    return tuple(dict.fromkeys(item for item in items if item))


def show_list(items: tuple[str, ...]) -> str:
    """The reverse of :func:`split_list`."""
    return ", ".join(items)


_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_DATES = re.compile(rf"^\s*(?:({_DATE})?\s*[–—-]\s*({_DATE})?|({_DATE}))\s*$")


def parse_roles(typed: str) -> tuple[Role, ...]:
    """One role a line: ``Foreign Minister, 2004–`` or ``Envoy to the UN, 1994–2004``; the dates may be left out."""
    roles = []
    for line in typed.splitlines():
        title, comma, dates = line.rpartition(",")
        found = _DATES.match(dates) if comma else None
        if found is None or not title.strip():
            title, since, until = line, None, None
        else:
            since, until = found.group(1) or found.group(3), found.group(2) or found.group(3)
        if title.strip():
            roles.append(Role(" ".join(title.split()), since, until))
    return tuple(roles)


def show_roles(roles: tuple[Role, ...]) -> str:
    """The reverse of :func:`parse_roles`."""
    return "\n".join(f"{role.title}{_dates(role)}" for role in roles)


def _dates(role: Role) -> str:
    if not role.since and not role.until:
        return ""
    if role.since == role.until:
        return f", {role.since}"
    return f", {role.since or ''}–{role.until or ''}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    ``editor`` is line, text (Enter commits), lines (Enter starts a line), spaces (text with visible white space),
    choice, check, speaker, chain, claim or wikidata. ``show`` makes the record's value what the editor holds,
    ``parse`` the reverse; a ``ValueError`` of ``parse`` is a sentence for the user.
    """

    name: str
    label: str
    editor: str
    vocabulary: str | None = None
    placeholder: str = ""
    unset: str | None = "Not set"
    """What stands for None in a choice; None: there is always a value."""
    beside: bool = False
    """Stands in the same row as the field before."""
    show: Callable[[Any], Any] = _text
    parse: Callable[[Any], Any] = optional


def note(placeholder: str = "Note for the reviewer") -> Field:
    """The field for remarks that every record has."""
    return Field("note", "Note", "text", placeholder=placeholder, parse=str.strip)


def choice(name: str, label: str, vocabulary: str, unset: str | None = "Not set", *, beside: bool = False) -> Field:
    """A field whose values are a vocabulary."""
    return Field(name, label, "choice", vocabulary, unset=unset, beside=beside, show=_same, parse=_same)


CLAIM_MAIN = (
    Field("source", "Speaker", "speaker", placeholder="Who says it", parse=str.strip),
    Field("chain_line", "Chain", "chain", placeholder="Newspaper > Agency > Speaker", parse=str.strip),
    choice("form", "Kind", "claim.form", "Form"),
    choice("check_worthy", "Checkable", "claim.check_worthy", "Checkable?", beside=True),
    note(),
)
CLAIM_MORE = (
    choice("type", "Type", "claim.type", "Type"),
    choice("stance", "Stance", "claim.stance", "Stance", beside=True),
    choice("certainty", "Certainty", "certainty", "Certainty"),
    Field("unsure", "Unsure", "check", beside=True, show=bool, parse=bool),
    Field("text", "Sentence", "text", placeholder="The claim as a sentence of its own"),
    Field("tags", "Tags", "line", placeholder="diplomacy, visit", show=show_list, parse=split_list),
    choice("status", "Status", "status", None),
    Field("parent_id", "Inside", "claim", unset="No other claim", show=_same, parse=_same),
)
HOP = (
    choice("referring", "Source is", "hop.referring", "Referring"),
    Field("medium", "Medium", "line", placeholder="Medium", beside=True),
)
SPEAKER = (
    Field("name", "Name", "line", parse=str.strip),
    choice("kind", "Kind", "speaker.kind", None),
    Field("aliases", "Aliases", "line", placeholder="Lavrov, the minister", show=show_list, parse=split_list),
    Field("roles", "Roles", "lines", placeholder="Foreign Minister, 2004–", show=show_roles, parse=parse_roles),
    Field("affiliation", "Affiliation", "line", placeholder="Ministry, company, newspaper"),
    Field("wikidata", "Wikidata", "wikidata", placeholder="Q58217"),
    note("Note on this speaker"),
)
MENTION = (
    Field("speaker", "Speaker", "speaker", placeholder="Who is meant", parse=str.strip),
    choice("kind", "Kind", "mention.kind", None),
)
CORRECTION = (
    choice("kind", "Kind", "correction.kind", None),
    choice("status", "Status", "status", None, beside=True),
    # What is typed is kept to the character: the space may be the correction.
    Field("replacement", "New text", "spaces", placeholder="Nothing: deletes it", parse=_same),
    choice("cause", "Reason", "correction.cause"),
    choice("certainty", "Certainty", "certainty"),
    note(),
)
FACTUAL = (
    Field("claim_id", "Claim", "claim", unset="No claim", show=_same, parse=_same),
    choice("verdict", "Verdict", "correction.verdict", "Verdict"),
)
EVIDENCE = (
    Field("url", "Address", "line", placeholder="Web address of the evidence"),
    Field("date", "Date", "line", placeholder="2018-04-20"),
    Field("note", "What it shows", "line", placeholder="What it shows", beside=True, parse=str.strip),
)
