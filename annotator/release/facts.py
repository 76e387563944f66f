"""What a release says of itself that its data alone do not tell: the wish, and what was so in the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator import __version__
from annotator.formats.article_check import SCHEMA_VERSION
from annotator.release import wish as wishes
from annotator.release.wish import Wish


@dataclass(frozen=True, slots=True)
class Before:
    """The release that changes are told since."""

    name: str
    version: str
    head: str
    sha256: str
    """What its MANIFEST gives as its own hash."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the documents of a release are made of, beside its lines and its scheme."""

    wish: Wish
    head: str
    """The change log's, ``seq:hash``."""
    time: str
    """When the last change was made that is in it: the only clock of a release."""
    scheme_name: str
    scheme_version: str
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What of the project is not in it → how much: ``todo``, ``in_progress`` … articles, rejected ``claims`` …"""
    notes: tuple[str, ...] = ()
    """What could not be as it was wished, a sentence each."""
    before: Before | None = None
    app: str = __version__
    line_schema: int = SCHEMA_VERSION

    @property
    def day(self) -> str:
        """The date of the release."""
        return self.time[:10]


def as_json(facts: Facts) -> dict[str, Any]:
    """The JSON data of the facts, as a MANIFEST has them."""
    before = facts.before
    return {
        "name": facts.wish.name,
        "version": facts.wish.version,
        "app_version": facts.app,
        "line_schema_version": facts.line_schema,
        "scheme": {"name": facts.scheme_name, "version": facts.scheme_version},
        "change_log": {"head": facts.head, "time": facts.time},
        "left_out": dict(sorted(facts.left_out.items())),
        "notes": list(facts.notes),
        "since": None
        if before is None
        else {"name": before.name, "version": before.version, "head": before.head, "sha256": before.sha256},
        "wish": wishes.as_json(facts.wish),
    }


def from_json(data: Mapping[str, Any]) -> Facts:
    """The facts in a MANIFEST that fits its schema. Raises ``ValueError``: its wish is none."""
    since = data["since"]
    return Facts(
        wishes.from_json(data["wish"]),
        data["change_log"]["head"],
        data["change_log"]["time"],
        data["scheme"]["name"],
        data["scheme"]["version"],
        data["left_out"],
        tuple(data["notes"]),
        Before(**since) if since is not None else None,
        data["app_version"],
        data["line_schema_version"],
    )
