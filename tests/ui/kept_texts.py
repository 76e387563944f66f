"""The file with what was being typed into a project's fields, as a test looks into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui.kept_file import KeptFile, KeptFiles
from ui.unfinished_file import Unfinished, decode, encode


def kept_file(folders: Sequence[Path], kind: str, location: str) -> KeptFile:
    kept = KeptFiles(folders)
    kept.claim(location, shared=False)
    return kept.file(kind)


def file_of(folder: Path, location: str) -> Path:
    return kept_file([folder], "unfinished", location).places[0]


def read(file: Path) -> tuple[Unfinished, ...]:
    return (decode(file.read_bytes()) or ()) if file.exists() else ()


def write(file: Path, texts: Sequence[Unfinished]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(encode(texts))
