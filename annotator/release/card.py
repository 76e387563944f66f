"""The dataset card: README.md with the front matter that dataset hubs read, and the datasheet questions answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.formats.shape import Keys, Several, Shape, Value, shape_of
from annotator.release.citation import cite_as
from annotator.release.datasheet import QUESTIONS, answers, told_counts
from annotator.release.facts import Facts
from annotator.release.manifest import Listed
from annotator.release.wish import LICENCES
from annotator.release.yaml_front import dump

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_TYPES = {"string": "string", "integer": "int32", "boolean": "bool"}


def card(facts: Facts, figures: dict[str, Any], files: Mapping[str, Listed], described: Mapping[str, Any]) -> bytes:
    """The file's bytes; ``files`` are those of the data, ``described`` is the schema of their lines."""
    front = dump(_front(facts, figures, files, described))
    charts = [f"![{title}](charts/{name}.svg)" for name, title in _CHARTS.items() if f"charts/{name}.svg" in files]
    told = answers(facts, figures)
    parts = [f"---\n{front}---", f"# {_line(facts.wish.name)}"]
    if facts.wish.description.strip():
        parts.append(facts.wish.description.strip())
    parts += [
        f"{told_counts(figures)}. Version {facts.wish.version}, {facts.day}.",
        _FILES,
        *([] if facts.wish.with_text else [_BARE]),
        *charts,
    ]
    section = ""
    for question in QUESTIONS:
        if question.section != section:
            section = question.section
            parts.append(f"## {section}")
        parts.append(f"**{question.text}**\n\n{told[question.key]}")
    parts += ["## Citation", cite_as(facts), _VOUCHES.format(facts=facts)]
    return ("\n\n".join(parts) + "\n").encode()


_CHARTS = {
    "splits": "Articles by split",
    "outlets": "Articles by outlet",
    "years": "Articles by year",
    "forms": "Claims by form",
    "types": "Claims by type",
    "speakers": "Claims by speaker",
    "corrections": "Corrections by kind",
}
_FILES = (
    "Each line of `data/*.jsonl` (and each row of `data/*.parquet`, where they are) is an article with its speakers, "
    "mentions, claims and corrections. `schema/article.schema.json` says what each key means; offsets count Unicode "
    "code points from 0. `scheme.json` has the labels and their meanings, `guideline.md` the rules, `splits.csv` which "
    "articles stay together, `statistics.json` all figures, `CHANGES.md` what is new."
)
_BARE = (
    "**The words of the articles are not in this dataset.** Every text is told by its SHA-256 (`text_sha256`), every "
    "place by its offsets. Whoever has the texts (files, folders or zip archives) puts them back with\n\n"
    "    annotator release --rebuild THIS_FOLDER TEXTS --out FULL_FOLDER\n\n"
    "which finds each by its hash. A text that differs in one character is not taken."
)
_VOUCHES = (
    "## Is it whole?\n\n`annotator release --check THIS_FOLDER` compares every file with `MANIFEST`, every line with "
    "its schema and every figure with the data. Made with Article Annotator {facts.app} from the change log up to "
    "`{facts.head}`."
)


def _front(
    facts: Facts, figures: dict[str, Any], files: Mapping[str, Listed], described: Mapping[str, Any]
) -> dict[str, Any]:
    wish = facts.wish
    languages = sorted(code for code in figures["counts"].get("articles.language", {}) if not code.startswith("("))
    size = next((name for most, name in _SIZES if figures["articles"] < most), "n>1M")
    kind = "parquet" if wish.with_parquet else "jsonl"  # of one kind: the hub's reader takes one for all configs
    licence = LICENCES.get(wish.licence)
    return {
        **({"language": languages} if languages else {}),
        "pretty_name": _line(wish.name),
        **({"license": licence[0]} if licence else {"license": "other", "license_name": wish.licence}),
        "annotations_creators": ["expert-generated"],
        "size_categories": [size],
        "task_categories": ["token-classification", "text-classification"],
        "tags": ["news", "quotations", "attribution", "claims", "corrections"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": s, "path": f"data/{s}.{kind}"} for s in figures["splits"]],
            }
        ],
        "dataset_info": _info(kind, figures, files, described),
    }


def _info(
    kind: str, figures: dict[str, Any], files: Mapping[str, Listed], described: Mapping[str, Any]
) -> dict[str, Any]:
    sizes = {split: files[f"data/{split}.jsonl"].bytes for split in figures["splits"]}
    return {
        "features": _features(shape_of(described)),
        "splits": [
            {"name": split, "num_bytes": sizes[split], "num_examples": counts["articles"]}
            for split, counts in figures["splits"].items()
        ],
        "download_size": sum(files[f"data/{split}.{kind}"].bytes for split in figures["splits"]),
        "dataset_size": sum(sizes.values()),
    }


def _features(keys: Keys) -> list[dict[str, Any]]:
    return [{"name": name, **_feature(shape)} for name, shape in keys.keys.items()]


def _feature(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Value):
        return {"dtype": _TYPES[shape.kind]}
    if isinstance(shape, Several):
        inner = _feature(shape.item)
        return {"list": inner["struct"] if "struct" in inner else inner["dtype"]}
    return {"struct": _features(shape)}


def _line(text: str) -> str:
    return " ".join(text.split())
