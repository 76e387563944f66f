"""croissant.json: Croissant 1.1. What the files are, what their columns mean, and the RAI answers of the datasheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.formats import small_file
from annotator.formats.shape import Keys, Several, Shape, Value, shape_of
from annotator.release.citation import cite_as
from annotator.release.datasheet import NOT_STATED, answers, told_counts
from annotator.release.facts import Facts
from annotator.release.manifest import Listed
from annotator.release.wish import LICENCES

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{
        name: f"cr:{name}"
        for name in (
            "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty",
            "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
            "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
            "separator", "source", "subField", "transform",
        )
    },
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "sc": "https://schema.org/",
}  # fmt: skip
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "boolean": "sc:Boolean"}
_RAI = {
    "rai:dataCollection": ("collection", "sampling"),
    "rai:dataCollectionTimeframe": ("timeframe",),
    "rai:dataPreprocessingProtocol": ("preprocessing",),
    "rai:dataAnnotationProtocol": ("protocol",),
    "rai:annotatorDemographics": ("annotators",),
    "rai:dataAnnotationAnalysis": ("agreement",),
    "rai:dataUseCases": ("purpose", "uses"),
    "rai:dataLimitations": ("limits", "missing", "misuses"),
    "rai:dataBiases": ("biases",),
    "rai:personalSensitiveInformation": ("personal", "consent"),
    "rai:dataReleaseMaintenancePlan": ("maintenance",),
}
"""RAI property → the datasheet questions that answer it."""


def croissant(
    facts: Facts, figures: dict[str, Any], files: Mapping[str, Listed], described: Mapping[str, Any]
) -> bytes:
    """The file's bytes; ``files`` are those of the data, ``described`` is the schema of their lines."""
    wish = facts.wish
    licence = LICENCES.get(wish.licence)
    data = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": " ".join(wish.name.split()),
        "description": wish.description.strip() or f"{told_counts(figures)}.",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "citeAs": cite_as(facts),
        "version": wish.version,
        "license": licence[1] if licence else wish.licence,
        **({"url": wish.url} if wish.url else {}),
        "datePublished": facts.day,
        "inLanguage": sorted(code for code in figures["counts"].get("articles.language", {}) if code[0] != "("),
        "creator": [
            {"@type": "sc:Person" if "," in name else "sc:Organization", "name": name}
            for name in _people(wish.creators, wish.name)
        ],
        **_rai(facts, figures),
        "distribution": [_file(path, files[path]) for path in sorted(files) if path.startswith("data/")],
        "recordSet": [_record_set(split, described) for split in figures["splits"]],
    }
    return small_file.bytes_of(data)


def _people(creators: tuple[str, ...], name: str) -> tuple[str, ...]:
    return creators or (f"{name} contributors",)


def _rai(facts: Facts, figures: dict[str, Any]) -> dict[str, Any]:
    told = answers(facts, figures)
    known = {
        name: " ".join(told[key] for key in keys if told[key] != NOT_STATED) or NOT_STATED
        for name, keys in _RAI.items()
    }
    return {**known, "rai:dataAnnotationPlatform": f"Article Annotator {facts.app}"}


def _file(path: str, listed: Listed) -> dict[str, Any]:
    kind = "application/jsonlines" if path.endswith(".jsonl") else "application/x-parquet"
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{listed.bytes} B",
        "encodingFormat": kind,
        "sha256": listed.sha256,
    }


def _record_set(split: str, described: Mapping[str, Any]) -> dict[str, Any]:
    file = f"data/{split}.jsonl"
    return {
        "@type": "cr:RecordSet",
        "@id": split,
        "name": split,
        "description": f"The articles of the split {split}, with what was marked in them.",
        "key": {"@id": f"{split}/id"},
        "field": [
            _field(f"{split}/{name}", shape, described["properties"][name], _Source(file, name))
            for name, shape in shape_of(described).keys.items()
        ],
    }


_SEVERAL = (
    "Several of each item above. mlcroissant 1.1 gives the first of them alone, since it takes the first match of a "
    "JSONPath; the lines of the file, and the Parquet file, have all."
)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the values of a field are: in a column of a file, or under a path in each item of it."""

    file: str
    column: str
    path: str = ""
    """A JSONPath from an item of the column, as far as it is known: ``chain[*].``."""

    def inside(self, name: str, *, several: bool) -> _Source:
        """The values under a key of these, in each item of the list that it holds if ``several``."""
        return replace(self, path=f"{self.path}{name}{'[*].' if several else '.'}")

    def as_json(self) -> dict[str, Any]:
        inside = {"transform": {"jsonPath": self.path.removesuffix(".").removesuffix("[*]")}} if self.path else {}
        return {"fileObject": {"@id": self.file}, "extract": {"column": self.column}, **inside}


def _field(id_: str, shape: Shape, told: Mapping[str, Any], source: _Source) -> dict[str, Any]:
    inner = shape.item if isinstance(shape, Several) else shape
    data = {
        "@type": "cr:Field",
        "@id": id_,
        "name": id_.partition("/")[2],
        "description": told.get("description", "As schema/article.schema.json says."),
        **({"isArray": True, "arrayShape": "-1"} if isinstance(shape, Several) else {}),
    }
    if isinstance(inner, Value):
        return {**data, "dataType": _TYPES[inner.kind], "source": source.as_json()}
    fields = [
        _field(f"{id_}/{name}", each, _told(each), source.inside(name, several=isinstance(each, Several)))
        for name, each in _keys(inner).items()
    ]
    return {**data, "subField": fields}


def _told(shape: Shape) -> Mapping[str, Any]:
    """What is said of a list of records inside records, for which Croissant's own reader has no room."""
    return {"description": _SEVERAL} if isinstance(shape, Several) and not isinstance(shape.item, Value) else {}


def _keys(shape: Shape) -> Mapping[str, Shape]:
    return shape.keys if isinstance(shape, Keys) else {}
