"""The list of formats: what a line says is so, and only what is meant is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.formats import registry
from annotator.formats.own import OWN, Listed


@pytest.mark.parametrize("listed", OWN, ids=lambda listed: listed.name)
def test_a_line_of_the_list_says_what_its_format_says(listed: Listed) -> None:
    found = listed.load()
    assert (listed.name, listed.extensions) == (found.name, found.extensions)
    assert registry.named(listed.name) is found
    assert all(found in registry.called(f"a{end}".upper()) for end in listed.extensions)


def test_what_a_file_is_called_loads_only_the_formats_that_are_called_so() -> None:
    code = """
import sys
from pathlib import Path
from annotator.formats import own, registry
from annotator.services.importing.entries import find
assert registry.for_import("a.jsonl", b'{"schema_version":2').name == "jsonl"
assert registry.for_export("a.xml").name == registry.named("tei").name == "tei"
assert not registry.is_known("a.wordstar")
(entry,) = find([Path("a.jsonl")]).entries
print(*(each.name for each in own.OWN if f"annotator.formats.{each.module}" in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    meant = [each.name for each in OWN if each.name == "text" or {".jsonl", ".xml"} & set(each.extensions)]
    assert done.stdout.split() == meant
    assert len(meant) < len(OWN) / 2
