"""What reading and writing M2 share: the types of edits."""

from __future__ import annotations

import re

OTHER, REGULARISED = "OTHER", "REG"
_SAME = {"SPELL": "spelling"}
"""ERRANT's category for a cause of ours."""
_FIT = re.compile(r"[a-z_]+\Z")


def type_of(old: int, new: int, cause: str | None, *, regularises: bool = False) -> str:
    """The type of an edit that makes ``new`` tokens of ``old``: ``M`` (missing), ``U`` (unnecessary) or ``R``."""
    operation = "M" if not old else "U" if not new else "R"
    if regularises:
        return f"{operation}:{REGULARISED}"
    theirs = next((name for name, ours in _SAME.items() if ours == cause), None)
    return f"{operation}:{theirs or (cause.upper() if cause and _FIT.match(cause) else OTHER)}"


def cause_of(type_: str, known: tuple[str, ...]) -> str | None:
    """The cause that a type tells; None: none of ``known``."""
    category = type_.partition(":")[2] or type_
    cause = _SAME.get(category, category.lower())
    return cause if cause in known else None
