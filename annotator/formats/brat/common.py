"""What reader and writer of brat's files must agree about."""

from __future__ import annotations

import re

from annotator.formats.standoff.labels import ROLES

OWN_NOTE = "ArticleAnnotator"
"""The type of a note that holds, as JSON, what brat has no room for."""
HUMAN_NOTE = "AnnotatorNotes"
"""The type of a note that a person wrote: the attribute ``note``."""
ARTICLE = "Article"
"""The label of the one item, on the text's first character, whose note holds what stands on no words."""
REFERENCE = "Reference"
"""The attribute in which a normalisation stands: ``Wikipedia:534366``, a tab, and its name if it has one."""
SPEAKER_BASE = "Speaker"
"""The data base of a normalisation that names the speaker of a mention or hop, by id and name."""
EQUIV_ROLE = "member"
YES = "true"
"""The value of an attribute that is only there or not."""


PLAIN_ROLES = ("Arg1", "Arg2")
"""The roles of every relation that most readers of brat's files know."""


def meant(label: str, roles: list[str]) -> list[str]:
    """The roles that are read from a relation's: this program's own relations are written with the plain ones."""
    own = ROLES.get(label, ())
    return list(own) if len(own) == 2 and tuple(roles) == PLAIN_ROLES else roles


def joined(words: list[str]) -> str:
    """The words of several parts as brat quotes them."""
    return " ".join(words)


def without_numbers(roles: list[str]) -> list[str]:
    """Roles as they are meant: brat numbers those that stand several times (``Theme``, ``Theme2``)."""
    found: list[str] = []
    for role in roles:
        base = role.rstrip("0123456789")
        found.append(base if base and base != role and base in found else role)
    return found


def numbered(roles: list[str]) -> list[str]:
    """Roles as brat writes them."""
    counts: dict[str, int] = {}
    result = []
    for role in roles:
        counts[role] = counts.get(role, 0) + 1
        result.append(role if counts[role] == 1 else f"{role}{counts[role]}")
    return result


LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Where brat's server ends a line of a file; no stretch that it shows may reach over one."""
