"""What other tools write to say which entry of Wikidata words are: ``Q42``, ``Wikidata:Q42``, an address."""

from __future__ import annotations

import re
from typing import NamedTuple

WIKIDATA = "wikidata"
"""The attribute of ours at a mention or source: the entry of the speaker that it names."""
_ENTRY = re.compile(
    r"(?P<before>(?:https?://(?:\w+\.)?wikidata\.org/(?:wiki/|entity/)|wikidata:|wd:)?)(?P<id>Q[1-9]\d{0,11})"
    r"(?:\t(?P<name>[^\t\n]*))?",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """An entry, and what the file calls it ("": it does not say)."""

    id: str
    name: str
    template: str
    """How the file writes an entry, with ``{id}`` and ``{name}`` in their places."""


def entry(value: str) -> Entry | None:
    """The entry that a value says; None: it says none."""
    match = _ENTRY.fullmatch(value.strip())
    if match is None:
        return None
    template = f"{match['before']}{{id}}" + ("" if match["name"] is None else "\t{name}")
    return Entry(match["id"].upper(), (match["name"] or "").strip(), template)


def written(template: str, id_: str, name: str) -> str:
    """An entry as a file writes it."""
    return (template or "{id}").replace("{id}", id_).replace("{name}", name)
