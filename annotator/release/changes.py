"""What is new since an earlier release: articles, annotations, speakers and labels, by ids and never by words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from annotator.model import Scheme
from annotator.release.facts import Before
from annotator.release.lines import without_words
from annotator.text.wording import counted

KINDS = ("articles", "claims", "mentions", "corrections", "speakers")
_NOT_COMPARED = frozenset(("updated", "corrected_start", "corrected_end"))
"""An undo changes when, and a correction moves all places after it: neither is a change of the record."""


class Contents:
    """What a release has, each record by its id as a hash of what it says. ``add`` takes the lines one by one."""

    def __init__(self) -> None:
        self.hashes: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        self.splits: dict[str, str] = {}

    def add(self, split: str, data: dict[str, Any]) -> None:
        """Take a line, with or without the words of the article."""
        bare = without_words(data)
        self.splits[bare["id"]] = split
        for kind in KINDS[1:]:
            self.hashes[kind].update({item["id"]: _hash(item) for item in bare.pop(kind)})
        self.hashes["articles"][bare["id"]] = _hash(bare)


def _hash(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(_compared(value), order="sorted")).hexdigest()


def _compared(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compared(inner) for key, inner in value.items() if key not in _NOT_COMPARED}
    return [_compared(inner) for inner in value] if isinstance(value, list) else value


def changes(before: Before | None, old: Contents, new: Contents, schemes: tuple[Scheme, Scheme]) -> dict[str, Any]:
    """The JSON data of ``changes.json``; all is null where there is no earlier release."""
    if before is None:
        return {"since": None, "changes": None}
    one, other = ({f"{t.vocabulary}: {t.value}": (t.label, t.meaning, t.retired) for t in s.terms} for s in schemes)
    both = new.splits.keys() & old.splits.keys()
    return {
        "since": {"name": before.name, "version": before.version, "head": before.head, "sha256": before.sha256},
        "changes": {
            **{kind: _differences(old.hashes[kind], new.hashes[kind]) for kind in KINDS},
            "labels": _differences(one, other),
            "splits": [
                {"id": id_, "from": old.splits[id_], "to": new.splits[id_]}
                for id_ in sorted(both)
                if old.splits[id_] != new.splits[id_]
            ],
            "scheme_version": {"from": schemes[0].version, "to": schemes[1].version},
            "guideline": "changed" if schemes[0].guideline != schemes[1].guideline else "the same",
        },
    }


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        "added": sorted(new.keys() - old.keys()),
        "removed": sorted(old.keys() - new.keys()),
        "changed": sorted(key for key in new.keys() & old.keys() if old[key] != new[key]),
    }


def as_text(data: dict[str, Any], version: str) -> bytes:
    """``CHANGES.md``: the same for people."""
    if data["since"] is None:
        return f"# Changes\n\nVersion {version} is the first release.\n".encode()
    found, since = data["changes"], data["since"]
    lines = [
        f"# Changes since version {since['version']}",
        "",
        f"Version {version}, compared with {since['head']}.",
        "",
    ]
    lines += ["| | added | removed | changed |", "|---|---:|---:|---:|"]
    for kind in (*KINDS, "labels"):
        lines.append(f"| {kind} | " + " | ".join(f"{len(ids):,}" for ids in found[kind].values()) + " |")
    versions = found["scheme_version"]
    guideline = "another one" if found["guideline"] == "changed" else "the same"
    lines += ["", f"Scheme: version {versions['from']} → {versions['to']}; the guideline is {guideline}."]
    moved = found["splits"]
    told = "No article is in another split." if not moved else f"In another split: {counted(len(moved), 'article')}."
    lines += ["", told, *(f"- {each['id']}: {each['from']} → {each['to']}" for each in moved)]
    for kind in ("articles", "labels"):
        for what, ids in found[kind].items():
            lines += _listed(f"{kind.capitalize()} {what}", ids)
    return ("\n".join([*lines, "", "All ids are in changes.json."]) + "\n").encode()


def _listed(title: str, ids: Iterable[str]) -> list[str]:
    listed = [f"- {id_}" for id_ in ids]
    return ["", f"## {title}", "", *listed] if listed else []
