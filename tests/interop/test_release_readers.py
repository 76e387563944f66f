"""A release, read by readers that this program did not write: datasets, pyarrow, mlcroissant, the schema of CFF."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator.release.building import build
from annotator.release.wish import Wish
from annotator.services.importing import import_files
from db.project import create_project
from seeds import examples_gold_path

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

NAME = "Cases: “hard” – # \x85 Ω"


@pytest.fixture(scope="module", params=[True, False], ids=["with texts", "without texts"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("release")
    project = create_project(str(folder / "p.annotator"))
    import_files(project, [examples_gold_path()], annotator="Ann")
    wish = Wish(NAME, description="Line one.\n- two: “three”", creators=("Doe, Jane", "Lab"), with_text=request.param)
    yield build(project, folder / "out", wish).folder
    project.close()


def lines(release: Path, split: str) -> list[Any]:
    return [json.loads(line) for line in (release / "data" / f"{split}.jsonl").read_bytes().splitlines()]


def test_datasets_loads_the_folder_by_its_card(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed (dependency group interop)")
    tqdm = pytest.importorskip("tqdm", reason="tqdm is not installed (datasets brings it)")
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)  # else a thread of its progress bars is left running
    loaded = datasets.load_dataset(str(release), cache_dir=str(tmp_path))
    assert set(loaded) == {"train", "dev", "test"}
    for split, rows in loaded.items():
        assert list(rows) == lines(release, split)


def test_pyarrow_reads_the_same_rows(release: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra parquet)")
    for split in ("train", "dev", "test"):
        assert parquet.read_table(release / "data" / f"{split}.parquet").to_pylist() == lines(release, split)


def test_mlcroissant_finds_nothing_wrong_and_reads_every_record(release: Path) -> None:
    croissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed (dependency group interop)")
    dataset = croissant.Dataset(str(release / "croissant.json"))
    issues = dataset.metadata.issues
    assert (list(issues.errors), list(issues.warnings)) == ([], [])
    assert dataset.metadata.name == " ".join(NAME.split())
    for split in ("train", "dev", "test"):
        records = list(dataset.records(split))
        expected = lines(release, split)
        assert [record[f"{split}/id"].decode() for record in records] == [line["id"] for line in expected]
        for record, line in zip(records, expected, strict=True):
            forms = [claim[f"{split}/claims/form"] for claim in record[f"{split}/claims"]]
            assert [form and form.decode() for form in forms] == [claim["form"] for claim in line["claims"]]
            tags = [[tag.decode() for tag in claim[f"{split}/claims/tags"]] for claim in record[f"{split}/claims"]]
            assert tags == [claim["tags"] for claim in line["claims"]]
            starts = [span[f"{split}/claims/spans/start"] for span in record[f"{split}/claims/spans"]]
            firsts = [claim["spans"][0]["start"] if claim["spans"] else None for claim in line["claims"]]
            assert starts == firsts  # it has no room for more than the first, as the field's description says


def test_the_citation_fits_the_schema_of_the_citation_file_format(release: Path) -> None:
    pytest.importorskip(
        "cffconvert", reason="cffconvert is not installed (it wants another jsonschema: install by hand)"
    )
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    text = resources.files("cffconvert").joinpath("schemas", "1.2.0", "schema.json").read_text("utf-8")
    citation = yaml.load((release / "CITATION.cff").read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft7Validator(json.loads(text)).validate(citation)
    assert citation["title"] == NAME


def test_a_yaml_reader_reads_the_card(release: Path) -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    front = (release / "README.md").read_text("utf-8").split("---\n")[1]
    read = yaml.safe_load(front)
    assert read["pretty_name"] == " ".join(NAME.split())
    sizes = {each["name"]: each["num_examples"] for each in read["dataset_info"]["splits"]}
    assert sizes == {split: len(lines(release, split)) for split in sizes}


def test_charts_are_xml(release: Path) -> None:
    charts = sorted((release / "charts").glob("*.svg"))
    assert len(charts) >= 5
    for path in charts:
        assert ET.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
