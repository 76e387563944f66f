"""A reader in a process of its own: what it finds comes over whole, and no file can hang, fill or kill the program."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from annotator.errors import ExtraMissing, ImportFailed
from annotator.formats.apart import Apart
from annotator.formats.found import Asked, Found

ASKED = Asked("a.x", "utf-8", {"text": "Body"})


def say_back(data: bytes, asked: Asked) -> list[Found]:
    print("spoils nothing")
    columns = dict(asked.columns or {})
    return [Found(data.decode("utf-8", "surrogatepass"), title=columns["text"], notes=(asked.name,), part="row 1")]


def fail(data: bytes, asked: Asked) -> list[Found]:
    raise {b"failed": ImportFailed("As it said."), b"missing": ExtraMissing("Not here."), b"bug": KeyError("x")}[data]


def misbehave(data: bytes, asked: Asked) -> list[Found]:
    if data == b"hang":
        time.sleep(100)
    if data == b"die":
        os._exit(1)
    if data == b"eat":
        return [Found("x" * (1 << 40))]
    if data == b"deep":
        return misbehave(data, asked)
    import socket

    socket.create_connection(("localhost", 9))
    return []


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with Apart(seconds=5) as made:
        yield made


def test_what_is_found_comes_over_whole(apart: Apart) -> None:
    text = "é \ud83d \U0001f600 \n\0"
    for _ in range(2):
        (found,) = apart.run(say_back, text.encode("utf-8", "surrogatepass"), ASKED)
        assert found == Found(text, title="Body", notes=("a.x",), part="row 1")


def test_its_sentences_come_over_and_so_does_a_bug(apart: Apart) -> None:
    with pytest.raises(ImportFailed, match=r"^As it said\.$"):
        apart.run(fail, b"failed", ASKED)
    with pytest.raises(ExtraMissing, match=r"^Not here\.$"):
        apart.run(fail, b"missing", ASKED)
    with pytest.raises(
        ImportFailed, match=r"^a\.x cannot be read: it is damaged \(it is not as files of its kind are\)\.$"
    ):
        apart.run(fail, b"bug", ASKED)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"die", "it is damaged, or needs too much memory"),
        pytest.param(
            b"eat", "too much memory", marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is not bounded")
        ),
        (b"deep", "nested too deeply"),
        (b"connect", "asks for what no reader may do"),
    ],
)
def test_a_reader_that_misbehaves_costs_one_sentence(apart: Apart, data: bytes, words: str) -> None:
    with pytest.raises(ImportFailed, match=words):
        apart.run(misbehave, data, ASKED)
    assert apart.run(say_back, b"next", ASKED)[0].text == "next"


def test_a_reader_that_hangs_is_ended_in_time_or_when_a_person_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with Apart(seconds=0.2) as apart, pytest.raises(ImportFailed, match="took longer than 0 seconds"):
        apart.run(misbehave, b"hang", ASKED)
    with Apart(stopped=lambda: True) as apart, pytest.raises(ImportFailed, match="it was stopped"):
        apart.run(misbehave, b"hang", ASKED)
