"""How a release is to be cited: CITATION.cff, Citation File Format 1.2.0."""

from __future__ import annotations

from typing import Any

from annotator.release.facts import Facts
from annotator.release.yaml_front import dump


def citation(facts: Facts) -> bytes:
    """The file's bytes."""
    wish = facts.wish
    data: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": wish.name,
        "version": wish.version,
        "date-released": facts.day,
        "license": wish.licence,
        "authors": [_author(name) for name in wish.creators] or [{"name": f"{wish.name} contributors"}],
    }
    if wish.description.strip():
        data["abstract"] = wish.description.strip()
    if wish.url:
        data["url"] = wish.url
    return dump(data).encode()


def cite_as(facts: Facts) -> str:
    """One line to cite it by."""
    wish = facts.wish
    people = "; ".join(wish.creators) or f"{wish.name} contributors"
    where = f" {wish.url}" if wish.url else ""
    return f"{people} ({facts.day[:4]}): {wish.name}, version {wish.version}. Dataset.{where}"


def _author(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family-names": family, "given-names": given} if comma and family and given else {"name": name.strip()}
