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


def split_lines(typed: str) -> tuple[str, ...]:
    """One name a line, since a name may have a comma ("Lavrov, S.")."""
    names = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(name for name in names if name))


def write_roles(roles: tuple[Role, ...]) -> str:
    """What the rows of roles hold: a role a line, tabs between its title, its beginning and its end."""
    return "\n".join("\t".join((" ".join(r.title.split()), r.since or "", r.until or "")) for r in roles)


def read_roles(typed: str) -> tuple[Role, ...]:
    """The reverse of :func:`write_roles`. Raises ValueError where a role has dates and no title."""
    roles = []
    for line in typed.split("\n") if typed else ():
        title, since, until = line.split("\t")
        if not title:
            raise ValueError(f"Say what the role was, {_dates(Role(title, since or None, until or None))}.")
        roles.append(Role(title, since or None, until or None))
    return tuple(roles)


def show_roles(roles: tuple[Role, ...]) -> str:
    """A role a line, for reading: ``Foreign Minister, 2004–``."""
    return "\n".join(", ".join(part for part in (role.title, _dates(role)) if part) for role in roles)


def _dates(role: Role) -> str:
    if not role.since and not role.until:
        return ""
    return role.since or "" if role.since == role.until else f"{role.since or ''}–{role.until or ''}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    ``editor`` is line, text (Enter commits), lines (Enter starts a line), spaces (text with visible white space),
    choice, check, speaker, chain, tags, claim, wikidata or roles. ``show`` makes the record's value what the editor
    holds, ``parse`` the reverse; a ``ValueError`` of ``parse`` is a sentence for the user.
    """

    name: str
    label: str
    editor: str
    vocabulary: str | None = None
    placeholder: str = ""
    unset: str | None = "Not set"
    """What stands for None in a choice; None: there is always a value."""
    hint: str = ""
    """How it is written, shown below the editor all the time."""
    caption: str = ""
    """What stands beside a box to tick, when it is not the label."""
    beside: bool = False
    """Stands in the same row as the field before."""
    topic: str = ""
    """What the scheme calls it (``claim.form``): it can hide it, and its guideline tells of it."""
    show: Callable[[Any], Any] = _text
    parse: Callable[[Any], Any] = optional


def note(placeholder: str = "Note for the reviewer", topic: str = "") -> Field:
    """The field for remarks that every record has."""
    return Field("note", "Note", "text", placeholder=placeholder, topic=topic, parse=str.strip)


def choice(name: str, label: str, vocabulary: str, unset: str | None = "Not set", topic: str = "") -> Field:
    """A field whose values are a vocabulary, which is its topic, too, if no other one is given."""
    return Field(name, label, "choice", vocabulary, unset=unset, topic=topic or vocabulary, show=_same, parse=_same)


_CHAIN = "claim.chain"


CLAIM_MAIN = (
    Field("source", "Speaker", "speaker", placeholder="Who says it", topic=_CHAIN, parse=str.strip),
    Field("chain_line", "Chain", "chain", placeholder="Newspaper > Agency > Speaker", topic=_CHAIN, parse=str.strip),
    choice("form", "Form", "claim.form"),
    choice("check_worthy", "Checkable", "claim.check_worthy"),
    note(topic="claim.note"),
)
CLAIM_MORE = (
    choice("type", "Type", "claim.type"),
    choice("stance", "Stance", "claim.stance"),
    choice("certainty", "Certainty", "certainty", topic="claim.certainty"),
    Field("unsure", "Unsure", "check", caption="Ask the lead", topic="claim.unsure", show=bool, parse=bool),
    Field("text", "Sentence", "text", placeholder="The claim as a sentence of its own", topic="claim.text"),
    Field("tags", "Tags", "tags", placeholder="diplomacy, visit", topic="claim.tags", show=show_list, parse=split_list),
    choice("status", "Status", "status", None),
    Field("parent_id", "Inside", "claim", unset="No other claim", topic="claim.parent_id", show=_same, parse=_same),
)
BULK = (
    choice("form", "Form", "claim.form"),
    choice("type", "Type", "claim.type"),
    choice("check_worthy", "Checkable", "claim.check_worthy"),
    choice("stance", "Stance", "claim.stance"),
    choice("certainty", "Certainty", "certainty", topic="claim.certainty"),
    Field("unsure", "Unsure", "check", caption="Ask the lead", topic="claim.unsure", show=bool, parse=bool),
    Field("chain_line", "Chain", "chain", placeholder="Newspaper > Agency > Speaker", topic=_CHAIN, parse=str.strip),
    Field("add_tags", "Add tags", "tags", placeholder="diplomacy, visit", topic="claim.tags", parse=split_list),
    Field("remove_tags", "Remove tags", "tags", placeholder="diplomacy, visit", topic="claim.tags", parse=split_list),
    choice("status", "Status", "status", None),
)
"""What can be set for several claims at once."""
HOP = (
    Field("speaker", "Speaker", "speaker", placeholder="Who it is", topic=_CHAIN, parse=str.strip),
    choice("referring", "Source is", "hop.referring"),
    Field("medium", "Medium", "line", placeholder="interview, statement, tweet", topic="hop.medium"),
    Field(
        "addressee", "Told to", "speaker", placeholder="Who was spoken to", topic="hop.addressee_id", parse=str.strip
    ),
    Field("date", "Said on", "line", placeholder="2018-04-20", topic="hop.date"),
)
SPEAKER = (
    Field("name", "Name", "line", topic="speaker.name", parse=str.strip),
    choice("kind", "Kind", "speaker.kind", None),
    Field(
        "aliases",
        "Aliases",
        "lines",
        placeholder="Other names, one a line",
        topic="speaker.aliases",
        show="\n".join,
        parse=split_lines,
    ),
    Field(
        *("roles", "Roles", "roles"),
        topic="speaker.roles",
        hint="Dates as far as they are known: 2004, 2004-03 or 2004-03-09",
        show=write_roles,
        parse=read_roles,
    ),
    Field(
        "affiliation", "Affiliation", "line", placeholder="Ministry, company, newspaper", topic="speaker.affiliation"
    ),
    Field("wikidata", "Wikidata", "wikidata", placeholder="Q58217", topic="speaker.wikidata"),
    note("Note on this speaker", topic="speaker.note"),
)
MENTION = (
    Field("speaker", "Speaker", "speaker", placeholder="Who is meant", topic="mention.speaker_id", parse=str.strip),
    choice("kind", "Kind", "mention.kind", None),
)
CORRECTION = (
    choice("kind", "Kind", "correction.kind", None),
    choice("status", "Status", "status", None),
    # What is typed is kept to the character: the space may be the correction.
    Field(
        "replacement",
        "New text",
        "spaces",
        placeholder="Nothing: deletes it",
        topic="correction.replacement",
        parse=_same,
    ),
    choice("cause", "Reason", "correction.cause"),
)
REMARKS = (
    choice("certainty", "Certainty", "certainty", topic="correction.certainty"),
    note(topic="correction.note"),
)
"""What every correction has besides, whatever its kind."""
FACTUAL = (
    Field("claim_id", "Claim", "claim", unset="No claim", topic="correction.claim_id", show=_same, parse=_same),
    choice("verdict", "Verdict", "correction.verdict"),
)
EVIDENCE = (
    Field("url", "Address", "line", placeholder="Web address"),
    Field("date", "Date", "line", placeholder="2018-04-20"),
    Field(*("kind", "What it is", "choice", "evidence.kind"), unset=None, beside=True, show=_same, parse=_same),
    Field("note", "Shows", "text", placeholder="What it shows", parse=str.strip),
)
