"""Writing with a format and reading back what was written, without a database."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from article_samples import Content
from hypothesis import strategies as st

from annotator.formats import registry
from annotator.formats.base import Draft, Reading, Source
from annotator.formats.readback import read_back
from annotator.services.exporting import export
from annotator.vocabulary import Vocabulary

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "＝1", "'", "''=1", "'=1", "<r>",
            "<r></t></r>", "_x0041_", "_x005F_", "\ufffe", "\uffff\x01\x1f", "1e5", "00", "true", "#N/A", "", "NULL",
            '","', "a;=1", "http://example.org", "=HYPERLINK(\"http://example.org\")")  # fmt: skip
"""What spreadsheets and their readers are known to turn into something else."""
hostile = st.sampled_from(FORMULAS) | st.text(st.sampled_from("=+-@'\t\r\n <>r/_x0041,;\"\x01\ufffe😀"), max_size=6)


def exported(name: str, content: Source, path: Path, view: str = "source") -> list[str]:
    """Write with the format of that name; gives the loss report, but for speakers that no article names."""
    result = export(content, path, registry.named(name), view)
    return [loss for loss in result.losses if "that no article names" not in loss]


def trip(name: str, content: Content, file_name: str, view: str = "source") -> tuple[list[str], list[Draft]]:
    """The loss report, and what is read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        losses = exported(name, content, path, view)
        reading = Reading(file_name, "", vocabulary=Vocabulary(()))
        return losses, list(read_back(registry.named(name), path, path, reading))


def with_words(content: Content, words: list[str]) -> Content:
    """The same with other notes, names and replacements, one after the other."""
    given = iter(words * 100)
    items = [
        replace(
            document,
            article=replace(document.article, title=next(given), byline=next(given)),
            claims=tuple(replace(c, note=next(given), text=next(given), tags=(next(given),)) for c in document.claims),
            corrections=tuple(replace(c, note=next(given)) for c in document.corrections),
        )
        for document in content.items
    ]
    return Content(items, [replace(p, name=next(given), affiliation=next(given)) for p in content.people])
