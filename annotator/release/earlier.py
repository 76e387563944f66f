"""An earlier release: which article was in which split, and what was in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import ImportFailed
from annotator.model import Scheme
from annotator.release import manifest
from annotator.release.assembling import listed
from annotator.release.changes import Contents
from annotator.release.facts import Before
from annotator.release.splitting import SPLITS
from annotator.services import scheme_file


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is kept of it. ``release`` None: there was none."""

    release: Before | None = None
    contents: Contents = field(default_factory=Contents)
    scheme: Scheme | None = None

    @property
    def splits(self) -> Mapping[str, str]:
        """Article id → split."""
        return self.contents.splits


NONE = Earlier()


def read(folder: Path) -> Earlier:
    """The release in ``folder``. Raises ``ImportFailed``: it is none, or not as it was written."""
    found = manifest.read(folder)
    there = listed(folder)
    changed = sorted(path for path in {*found.files, *there} if found.files.get(path) != there.get(path))
    if changed:
        raise ImportFailed(f"The release in {folder} is not as it was written: {changed[0]} differs from its MANIFEST.")
    contents = Contents()
    for split in SPLITS:
        if f"data/{split}.jsonl" in there:
            with (folder / "data" / f"{split}.jsonl").open("rb") as stream:
                for line in stream:
                    contents.add(split, json.loads(line))
    facts = found.facts
    before = Before(facts.wish.name, facts.wish.version, facts.head, found.sha256)
    return Earlier(before, contents, scheme_file.read(folder / "scheme.json"))
