"""What is written for brat, read by readers that this program did not write: pybrat, and brat's own server."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotator.formats.brat.pages import Kinds, page
from annotator.formats.brat.reading import standoff
from annotator.formats.standoff.graph import Item, Link, Standoff

TEXT = "Ann Lee said\nit rains 🌧, and she\nleft early. So be it."
AT = TEXT.index("early")
CLAIM = Item("c", "Claim", ((13, 37),), None, (("form", "direct"), ("uuid", "u-1"), ("note", "two words")))
INNER = Item("d", "Claim", ((25, 32), (AT, AT + 5)), None, (("unsure", "true"),))
SOURCE, CUE = Item("s", "Source", ((0, 7),)), Item("q", "Cue", ((8, 12),))
MENTION = Item("m", "Mention", ((0, 7),), None, (("speaker", "p-1"), ("name", "Ann Lee"), ("kind", "name")))
INSERT = Item("t", "Transcription", ((12, 12),), None, (("replacement", "\t,"),))
SPEAKER = Item("p-1", "Speaker", (), None, (("uuid", "p-1"), ("name", "Ann Lee")))
HOP = Link("h", "Hop", (("claim", "c"), ("source", "s"), ("cue", "q")), (("order", "1"), ("medium", "interview")))
BARE = Link("b", "Hop", (("claim", "d"),), (("order", "1"), ("speaker", "p-1"), ("name", "Ann Lee")))
INSIDE = Link("i", "Inside", (("child", "d"), ("parent", "c")))
SAME = Link("e", "Equiv", (("member", "s"), ("member", "m")))
STANDOFF = Standoff(
    "a", TEXT, (CLAIM, INNER, SOURCE, CUE, MENTION, INSERT, SPEAKER), (HOP, BARE, INSIDE, SAME), (("title", "Rain"),)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.ann").write_bytes(page(STANDOFF, Kinds()).encode())
    return tmp_path


@pytest.mark.interop
def test_pybrat_finds_everything(folder: Path) -> None:
    pybrat = pytest.importorskip("pybrat.parser", reason="pybrat is not installed (dependency group interop)")
    (example,) = pybrat.BratParser(error="ignore").parse(folder)
    assert example.text == TEXT
    words = {(entity.type, entity.mention) for entity in example.entities}
    assert {
        ("Claim", "it rains 🌧, and she left"),
        ("Claim", "and she early"),
        ("Source", "Ann Lee"),
        ("Cue", "said"),
        ("Hop", "said"),
    } <= words
    assert {(event.type, event.trigger.mention, len(event.arguments)) for event in example.events} == {
        ("Hop", "said", 3), ("Hop", "and she early", 1),
    }  # fmt: skip
    assert {(relation.type, relation.arg1.type, relation.arg2.type) for relation in example.relations} == {
        ("Inside", "Claim", "Claim"), ("Equiv", "Source", "Mention"),
    }  # fmt: skip
    (mention,) = (entity for entity in example.entities if entity.type == "Mention")
    assert [(reference.rid, reference.eid, reference.entry) for reference in mention.references] == [
        ("Speaker", "p-1", "Ann Lee")
    ]


@pytest.mark.interop
def test_brats_own_server_takes_every_line(folder: Path) -> None:
    """Runs where ``ANNOTATOR_CORPORA`` names a folder with a clone of ``nlplab/brat`` in ``brat``."""
    source = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "brat" / "server" / "src" / "annotation.py"
    if not source.is_file():
        pytest.skip("brat is not there: set ANNOTATOR_CORPORA to a folder with a clone of it in brat/")
    lines = (folder / "a.ann").read_text(encoding="utf-8")
    annotations = loaded(source).TextAnnotations(text=TEXT, source=lines)
    assert annotations.failed_lines == []
    assert annotations.get_messages().errors == []
    saved = standoff("a", TEXT, str(annotations))  # brat writes normalisations with one tab more
    assert saved == standoff("a", TEXT, lines)
    assert {(a.type, a.text) for a in annotations.get_textbounds()} >= {
        ("Claim", "it rains 🌧, and she left"), ("Source", "Ann Lee"),
    }  # fmt: skip


def loaded(source: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("brat_annotation", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["brat_annotation"] = module
    spec.loader.exec_module(module)
    return module
