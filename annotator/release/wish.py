"""What a release is to be: its name and people, which articles, how they are split, with or without their texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.release.splitting import Plan

LICENCES = {
    "CC-BY-4.0": ("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("cc-by-sa-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": ("cc-by-nc-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC0-1.0": ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "MIT": ("mit", "https://opensource.org/license/mit"),
}
"""SPDX name → how dataset cards call it, and where its text is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that a person decides. What a release says of itself comes from here and from the project."""

    name: str
    version: str = "1.0.0"
    description: str = ""
    creators: tuple[str, ...] = ()
    """Names as they are to be cited, ``Family, Given``; an organization without comma."""
    licence: str = "CC-BY-4.0"
    """An SPDX name. It is that of the annotations; the texts are their publishers'."""
    url: str | None = None
    """Where it will be published."""
    plan: Plan = field(default_factory=Plan)
    with_text: bool = True
    """False: a stand-off release, without the words of the articles, which its users bring themselves."""
    with_parquet: bool = True
    answers: tuple[tuple[str, str], ...] = ()
    """Datasheet question → answer, see :mod:`.datasheet`."""
