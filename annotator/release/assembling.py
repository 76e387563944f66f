"""Lines and facts to the files of a release: the one way in which a release, a rebuilt one and a check make them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.formats import small_file
from annotator.formats.article_check import SCHEMA_NAME
from annotator.formats.parquet import write_rows
from annotator.formats.published import schema
from annotator.model import Scheme
from annotator.release import changes, manifest, splits_table
from annotator.release.card import card
from annotator.release.changes import Contents
from annotator.release.charts import charts
from annotator.release.choosing import Steps
from annotator.release.citation import citation
from annotator.release.croissant import croissant
from annotator.release.facts import Facts
from annotator.release.figures import Figures
from annotator.release.lines import bare_schema
from annotator.release.manifest import Listed
from annotator.release.splitting import SPLITS
from annotator.services import scheme_file

_SCHEMAS = ("scheme-v1", manifest.SCHEMA, "release-wish-v1")


@dataclass(frozen=True, slots=True)
class Material:
    """What a release is made of."""

    facts: Facts
    scheme: Scheme
    lines: Callable[[str], Iterable[bytes]]
    """The lines of a split, line feeds included, in the order of the project; may be asked for again."""
    groups: Sequence[Sequence[str]]
    """Ids of articles that must stay together."""
    changes: Callable[[Contents], dict[str, Any]]
    """The data of ``changes.json`` for what is in the release."""


def assemble(folder: Path, material: Material, steps: Steps) -> dict[str, Any]:
    """Write all files into an empty folder; gives the figures. Raises ``ExtraMissing``, ``ReleaseStopped``."""
    facts, figures, contents = material.facts, Figures(), Contents()
    rows: list[tuple[str, str]] = []
    (folder / "data").mkdir()
    for split in SPLITS:
        path = folder / "data" / f"{split}.jsonl"
        with path.open("xb") as stream:
            for line in material.lines(split):
                stream.write(line)
                data = json.loads(line)
                figures.add(split, data)
                contents.add(split, data)
                rows.append((data["id"], split))
                steps.one()
        if not path.stat().st_size:
            path.unlink()
        elif facts.wish.with_parquet:
            _write_parquet(path.with_suffix(".parquet"), material.lines(split), line_schema(facts), steps)
    told = figures.as_json()
    files = listed(folder)
    splits = splits_table.write(rows, material.groups)
    for path_inside, data in documents(material, told, files, splits, material.changes(contents)).items():
        target = folder / path_inside
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
    (folder / manifest.NAME).write_bytes(manifest.write(facts, listed(folder)))
    return told


def _write_parquet(path: Path, lines: Iterable[bytes], described: Mapping[str, Any], steps: Steps) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for line in lines:
            yield json.loads(line)
            steps.one()

    with path.open("xb") as stream:
        write_rows(rows(), stream, described)


def documents(
    material: Material,
    figures: dict[str, Any],
    data_files: Mapping[str, Listed],
    splits: bytes,
    changed: dict[str, Any],
) -> dict[str, bytes]:
    """Every file but data and MANIFEST: path → bytes. All follow from what is given, and from nothing else."""
    facts, described = material.facts, line_schema(material.facts)
    pictures = charts(figures)
    return {
        "schema/article.schema.json": small_file.bytes_of(described),
        **{f"schema/{name}.schema.json": small_file.bytes_of(schema(name)) for name in _SCHEMAS},
        "scheme.json": scheme_file.write(material.scheme),
        "guideline.md": material.scheme.guideline.encode(),
        "statistics.json": small_file.bytes_of(figures),
        **pictures,
        "splits.csv": splits,
        "changes.json": small_file.bytes_of(changed),
        "CHANGES.md": changes.as_text(changed, facts.wish.version),
        "CITATION.cff": citation(facts),
        "croissant.json": croissant(facts, figures, data_files, described),
        "README.md": card(facts, figures, {**data_files, **dict.fromkeys(pictures, Listed(0, ""))}, described),
    }


def line_schema(facts: Facts) -> dict[str, Any]:
    """The JSON Schema of the release's lines."""
    return schema(SCHEMA_NAME) if facts.wish.with_text else bare_schema()


def listed(folder: Path) -> dict[str, Listed]:
    """Every file in a release's folder but its MANIFEST: path → size and hash, by path."""
    found: dict[str, Listed] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path != folder / manifest.NAME:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = Listed(path.stat().st_size, digest)
    return found
