"""The check of a release: every tampering is found, also one that the MANIFEST was made to fit."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from release_samples import contents, sealed

from annotator.release import checking
from annotator.release.checking import check


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "copy"))


def test_a_release_is_sound_with_and_without_its_texts(full: Path, bare: Path) -> None:
    found = check(full)
    assert (found.problems, found.notes) == ([], [])
    found = check(bare)
    assert (found.problems, found.notes) == (
        [],
        ["Near copies across splits were not looked for: the texts are not here."],
    )


def test_sixty_tamperings_are_all_found(copy: Path) -> None:
    rng = random.Random(5)
    before = contents(copy)
    names = sorted(before)
    for number in range(60):
        name = names[number % len(names)]
        data = bytearray(before[name])
        at = rng.randrange(len(data))
        match number % 4:
            case 0:
                data[at] ^= 1 << rng.randrange(8)
            case 1:
                del data[at]
            case 2:
                data.insert(at, rng.randrange(256))
            case _:
                data += data[-1:]
        (copy / name).write_bytes(data)
        assert check(copy).problems, (name, at)
        (copy / name).write_bytes(before[name])
    assert check(copy).problems == []


def test_every_entry_of_the_manifest_is_under_its_hash(copy: Path) -> None:
    data = json.loads((copy / "MANIFEST").read_bytes())

    def told() -> list[str]:
        (copy / "MANIFEST").write_bytes((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
        return check(copy).problems

    assert told() == []
    for key in data:
        before = data[key]
        data[key] = {"int": 7, "str": f"{before}1", "dict": {**before, "x": 1} if isinstance(before, dict) else 0}.get(
            type(before).__name__, [] if before else ["x"]
        )
        assert told(), key
        data[key] = before


def test_files_too_many_and_too_few_are_found(copy: Path) -> None:
    (copy / "charts" / "more.svg").write_text("<svg/>")
    (copy / "empty").mkdir()
    (copy / "guideline.md").unlink()
    (copy / "link").symlink_to(copy / "README.md")
    assert check(copy).problems == [
        "empty is a folder that is not in the MANIFEST.",
        "link is a link or no regular file.",
        "charts/more.svg is not in the MANIFEST.",
        "guideline.md is missing.",
    ]


def first_line(folder: Path) -> tuple[Path, dict, list[bytes]]:
    path = folder / "data" / "train.jsonl"
    line, *rest = path.read_bytes().splitlines(keepends=True)
    return path, json.loads(line), rest


FORGED = {
    "a figure": ("statistics.json", b'"articles": 6', b'"articles": 7'),
    "the card": ("README.md", b"num_examples: 2", b"num_examples: 3"),
    "croissant": ("croissant.json", b'"version": "1.0.0"', b'"version": "1.0.1"'),
    "the citation": ("CITATION.cff", b"Jane", b"John"),
    "a chart": ("charts/splits.svg", b">2<", b">3<"),
    "a split": ("splits.csv", b",dev,", b",test,"),
    "the guideline": ("guideline.md", b"claim", b"clam"),
    "a label": ("scheme.json", b'"version": "1"', b'"version": "2"'),
    "the schema": ("schema/article.schema.json", b'"integer"', b'"number"'),
    "changes": ("changes.json", b"null", b"{}"),
    "no changes at all": ("CHANGES.md", b"first", b"last"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_document_that_does_not_follow_from_the_data_is_found_under_any_manifest(what: str, copy: Path) -> None:
    name, old, new = FORGED[what]
    data = (copy / name).read_bytes()
    assert old in data
    (copy / name).write_bytes(data.replace(old, new, 1))
    sealed(copy)
    assert check(copy).problems


def claims_first(data: dict) -> dict:
    return next(iter(data["claims"]))


LINES = {
    "another word": lambda data: data.update(text=data["text"] + "x"),
    "a place beside its words": lambda data: claims_first(data)["spans"][0].update(
        start=claims_first(data)["spans"][0]["start"] + 1
    ),
    "a label nobody knows": lambda data: claims_first(data).update(form="unheard_of"),
    "a rejected claim": lambda data: claims_first(data).update(status="rejected"),
    "an article in progress": lambda data: data.update(state="in_progress"),
    "a key more": lambda data: data.update(more=1),
    "a place told in two ways": lambda data: claims_first(data)["spans"][0].update(corrected_end=0, corrected_start=0),
    "a label changed": lambda data: claims_first(data).update(form="reported"),
    "another id": lambda data: data.update(id="another"),
}


@pytest.mark.parametrize("what", LINES)
def test_a_line_that_is_changed_is_found_under_any_manifest(what: str, copy: Path) -> None:
    path, data, rest = first_line(copy)
    LINES[what](data)
    path.write_bytes(b"".join([json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n", *rest]))
    sealed(copy)
    assert check(copy).problems


def test_a_near_copy_in_another_split_is_found(copy: Path) -> None:
    _, data, _ = first_line(copy)
    line = (copy / "data" / "train.jsonl").read_bytes().splitlines(keepends=True)[0]
    other = copy / "data" / "test.jsonl"
    other.write_bytes(other.read_bytes() + line.replace(data["id"].encode(), b"another"))
    sealed(copy)
    assert any("nearly the same as" in problem for problem in check(copy).problems)


def test_what_another_version_wrote_is_not_made_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "__version__", "99.0.0")
    found = check(copy)
    assert found.problems == []
    assert len(found.notes) == 1
    assert "its documents were not made again" in found.notes[0]


def test_what_is_no_release_is_one_sentence(tmp_path: Path) -> None:
    assert len(check(tmp_path).problems) == 1
    (tmp_path / "MANIFEST").write_bytes(b"[" * 100_000)
    (problem,) = check(tmp_path).problems
    assert problem.endswith("is not as it was written: is nested too deeply.")
