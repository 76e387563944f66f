"""The way of another tool's files through the command line: looked at, imported by a mapping, exported again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.formats.brat.reading import standoff
from annotator.formats.standoff import mapping_file
from db.project import open_project
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]
TEXT = "Rain again\n\nAnn Lee said it rains, and it is cold. She added that it pours.\n"
LINES = """\
T1\tSource 12 19\tAnn Lee
T2\tCue 20 24\tsaid
T3\tContent 25 33;39 49\tit rains it is cold
T4\tAttribution 20 24\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tWeather 0 4\tRain
T6\tContent 61 75\tthat it pours.
T7\tCue 57 62\tadded
T8\tAttribution 57 62\tadded
E2\tAttribution:T8 Content:T6 Cue:T7
T9\tContent 99
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def invoke(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return invoke


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "rain.txt").write_text(TEXT, encoding="utf-8")
    lines = re.sub(r"T(\d)\t(\w+) (\d+) (\d+)\t(.*)", placed, LINES)
    (folder / "rain.ann").write_text(lines, encoding="utf-8")
    (folder / "annotation.conf").write_text("[entities]\n", encoding="utf-8")
    return folder


def placed(match: re.Match[str]) -> str:
    """The line with the place where its words stand."""
    words = match[5]
    at = TEXT.index(words)
    return f"T{match[1]}\t{match[2]} {at} {at + len(words)}\t{words}"


def seen(path: Path) -> Counter[object]:
    found = standoff("a", path.with_suffix(".txt").read_text("utf-8"), path.read_text("utf-8"))
    assert not found.unread
    at = {item.id: (item.label, item.places) for item in found.items}
    links = ((link.label, tuple(sorted((role, at[id_]) for role, id_ in link.ends))) for link in found.links)
    return Counter([*(item for item in at.values() if item[1]), *links])


def test_a_corpus_is_looked_at_imported_and_exported_in_its_own_words(run: Run, corpus: Path, tmp_path: Path) -> None:
    code, out, err = run("mapping", corpus)
    assert (code, err) == (0, "")
    proposed = mapping_file.loads(out.encode())
    assert {rule.label: rule.to for rule in proposed.items} == {"Source": "Source", "Cue": "Cue", "Content": "Claim"}
    assert any("“Weather” (1 time): no rule" in remark for remark in proposed.remarks)

    saved, project = tmp_path / "m.mapping.json", tmp_path / "p.annotator"
    saved.write_text(out, encoding="utf-8")
    run("new", project)
    code, out, err = run("import", project, corpus, "--mapping", saved)
    assert (code, err) == (0, "")
    assert "Imported 1 article, put 2 things into quarantine." in out
    with closing(open_project(str(project), "read")) as opened:
        (article_id,) = opened.article_ids()
        document = opened.document(article_id)
        assert sorted(" … ".join(span.exact for span in claim.spans) for claim in document.claims) == [
            "it rains … it is cold", "that it pours.",
        ]  # fmt: skip
        assert sorted((held.label, held.place.rpartition(", ")[2]) for held in document.quarantined) == [
            ("Unread", "line 11"), ("Weather", "corpus/rain.ann"),
        ]  # fmt: skip
    code, out, _ = run("verify", project)
    assert (code, out.splitlines()[2:]) == (0, ["In quarantine, each to be placed or deleted in the window: 2 things."])
    assert json.loads(run("stats", project, "--json")[1])["quarantined"] == 2

    theirs = tmp_path / "theirs"
    code, out, err = run("export", project, theirs, "--format", "brat", "--mapping", saved)
    assert (code, err) == (0, "")
    assert sorted(path.name for path in theirs.iterdir()) == ["annotation.conf", "rain.ann", "rain.txt", "visual.conf"]
    (corpus / "rain.ann").write_text((corpus / "rain.ann").read_text("utf-8").replace("T9\tContent 99\n", ""), "utf-8")
    assert seen(theirs / "rain.ann") == seen(corpus / "rain.ann")

    again = tmp_path / "again.annotator"
    run("new", again)
    code, out, err = run("import", again, theirs, "--mapping", saved)
    assert (code, err) == (0, "")
    with closing(open_project(str(again), "read")) as opened:
        assert {claim.id: claim for claim in opened.document(article_id).claims} == {
            claim.id: claim for claim in document.claims
        }


def test_without_a_mapping_the_labels_speak_for_themselves_and_doubts_are_told(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    project = tmp_path / "p.annotator"
    run("new", project)
    code, out, _ = run("import", project, corpus)
    assert code == 0
    assert "“Weather” (1 time): no rule, since nothing says what it stands for." in out
    assert "claims             2" in run("stats", project)[1]


def test_own_labels_come_back_whole_without_a_mapping(run: Run, corpus: Path, tmp_path: Path) -> None:
    first, second, folder = tmp_path / "1.annotator", tmp_path / "2.annotator", tmp_path / "brat.zip"
    run("new", first)
    run("new", second)
    run("import", first, corpus)
    code, out, _ = run("export", first, folder, "--format", "brat")
    assert code == 0
    assert "Not carried" not in out
    code, out, err = run("import", second, folder)
    assert (code, err) == (0, "")
    gold = []
    for project in (first, second):
        run("export", project, tmp_path / "gold.jsonl")
        gold.append(json.loads((tmp_path / "gold.jsonl").read_text("utf-8")))
    assert gold[0] == gold[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mapping", "rain.txt"), "None of the files has labels of another tool"),
        (("mapping", "nothing.ann"), "None of the files has labels of another tool"),
        (("import", "p.annotator", "rain.ann", "--mapping", "rain.txt"), "rain.txt is no mapping that can be used"),
        (("export", "p.annotator", "o", "--format", "brat", "--mapping", "none.json"), "none.json cannot be read"),
    ],
)
def test_what_cannot_be_mapped_is_said_in_one_line(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(corpus)
    run("new", "p.annotator")
    code, _, err = run(*arguments)
    assert code == 2
    assert err.startswith(f"annotator: {said}")
    assert err.count("\n") == 1
