"""The W3C's own schemas for Web Annotations, which they test implementations with, accept what we write.

They are looked for in ``web-annotation-tests``, a copy of the W3C's repository, in the folder ``ANNOTATOR_CORPORA``.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from article_samples import Content, full_document
from foreign_samples import MemorySink, reading_with
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from annotator.errors import ImportFailed
from annotator.formats.base import Writing
from annotator.formats.w3c import FORMAT
from annotator.formats.w3c.reading import read

pytestmark = pytest.mark.interop
FOLDER = Path(os.environ.get("ANNOTATOR_CORPORA", "nowhere")) / "web-annotation-tests"
needs_folder = pytest.mark.skipif(not FOLDER.is_dir(), reason="ANNOTATOR_CORPORA has no web-annotation-tests")


def registry() -> Registry[Any]:
    found: Registry[Any] = Registry()
    for path in (FOLDER / "definitions").glob("*.json"):
        resource = Resource.from_contents(json.loads(path.read_text("utf-8")), default_specification=DRAFT4)
        found = found.with_resource(path.name, resource)
    return found


def pages() -> list[dict[str, Any]]:
    document, speaker = full_document()
    sink = MemorySink()
    assert FORMAT.write_files is not None
    FORMAT.write_files(Content([document, document], [speaker]), sink, Writing())
    return [json.loads(data) for name, data in sink.files.items() if name.endswith(".jsonld")]


def failures(suite: str, data: dict[str, Any]) -> list[str]:
    """The assertions of a suite that must hold, and do not."""
    named = json.loads((FOLDER / suite).read_text("utf-8"))["assertions"]
    found = []
    for name in named:
        schema = json.loads((FOLDER / name).read_text("utf-8"))
        is_valid = jsonschema.Draft4Validator(schema, registry=registry()).is_valid(data)
        if schema.get("assertionType") == "must" and is_valid != (schema["expectedResult"] == "valid"):
            found.append(name)
    return found


@needs_folder
def test_every_annotation_keeps_all_that_is_a_must() -> None:
    checked = 0
    for page in pages():
        for annotation in page.get("items", ()):
            whole = {"@context": page["@context"], **annotation}
            assert failures("annotations/annotationMusts.test", whole) == [], annotation
            checked += 1
    assert checked > 20


@needs_folder
def test_pages_and_the_collection_keep_all_that_is_a_must() -> None:
    kinds = [page["type"] for page in pages()]
    assert sorted(kinds) == ["AnnotationCollection", "AnnotationPage", "AnnotationPage"]
    for page in pages():
        suite = "pages/pageMusts" if page["type"] == "AnnotationPage" else "collectionMusts"
        assert failures(f"collections/{suite}.test", page) == [], page["type"]


@needs_folder
def test_the_samples_of_the_w3c_are_read_or_refused_in_one_sentence() -> None:
    """Most are about other media than text; none may end in anything but a sentence."""
    read_ones, sentences = 0, []
    for path in sorted((FOLDER / "tools" / "samples").rglob("*.json")):
        files = {f"{path.stem}.txt": b"text " * 1000}
        try:
            read_ones += len(read(io.BytesIO(path.read_bytes()), reading_with(path.name, files)))
        except ImportFailed as error:
            sentences.append((path.name, str(error)))
    assert all(sentence.startswith(name) for name, sentence in sentences)
    assert read_ones > 20
