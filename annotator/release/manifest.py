"""The ``MANIFEST`` of a release: every file with its size and hash, and what was so in the project.

It is JSON with two blanks of indent, keys in the order of its schema, and a line feed at the end. ``sha256`` is its
own hash: the SHA-256 of the very same text with 64 zeros in that place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import ImportFailed
from annotator.files import reason_of
from annotator.formats import small_file
from annotator.formats.published import find_mismatch
from annotator.formats.strict_json import parse
from annotator.release import facts as facts_json
from annotator.release.facts import Facts

NAME = "MANIFEST"
SCHEMA = "release-manifest-v1"
_MOST = 64 << 20
_ZEROS = "0" * 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a release as its manifest has it."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a MANIFEST says."""

    facts: Facts
    files: Mapping[str, Listed]
    """Path inside the release (``data/train.jsonl``) → size and hash, by path."""
    sha256: str


def write(facts: Facts, files: Mapping[str, Listed]) -> bytes:
    """The file's bytes."""
    data = {
        "schema_version": 1,
        "rule": "sha256 is the SHA-256 of this file with 64 zeros in place of it; files are all others.",
        "sha256": _ZEROS,
        **facts_json.as_json(facts),
        "files": [
            {"path": path, "bytes": listed.bytes, "sha256": listed.sha256} for path, listed in sorted(files.items())
        ],
    }
    data["sha256"] = hashlib.sha256(small_file.bytes_of(data)).hexdigest()
    return small_file.bytes_of(data)


def read(folder: Path) -> Manifest:
    """The manifest of the release in ``folder``, its own hash checked.

    Raises:
        ImportFailed: there is none, or it was changed; the sentence says what.
    """
    try:
        with (folder / NAME).open("rb") as stream:
            data = stream.read(_MOST)
    except (OSError, ValueError) as error:
        raise ImportFailed(f"{folder} is no release: its {NAME} cannot be read ({reason_of(error)}).") from error
    try:
        return _read(data)
    except ValueError as error:
        raise ImportFailed(f"The {NAME} of {folder} is not as it was written: {error}.") from error


def _read(data: bytes) -> Manifest:
    found = parse(data)
    if problem := find_mismatch(found, SCHEMA):
        raise ValueError(problem)
    paths = [each["path"] for each in found["files"]]
    if paths != sorted(set(paths)):
        raise ValueError("its files are not in order, or one stands there twice")
    facts = facts_json.from_json(found)
    files = {each["path"]: Listed(each["bytes"], each["sha256"]) for each in found["files"]}
    written = write(facts, files)
    if written != data:
        raise ValueError("its hash is not that of what it says")
    return Manifest(facts, files, found["sha256"])
