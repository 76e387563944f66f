"""Whatever is changed in a file of another tool: it is read with what is left, or refused in one sentence."""

from __future__ import annotations

import copy
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from article_samples import Content, full_document
from foreign_samples import ANY, MemorySink

from annotator.errors import ImportFailed
from annotator.formats import doccano, label_studio, prodigy, tei, w3c
from annotator.formats.base import Format, Reading, Writing
from annotator.formats.drafts import drafts_of

TRIES = 150
ODD: list[Any] = [
    None,
    True,
    -1,
    3.5,
    10**40,
    "",
    "x",
    "#x",
    [],
    [[]],
    {},
    {"id": []},
    {"value": {}},
    "\ud800\0",
    [1, "a", None],
]


def written(form: Format) -> tuple[str, dict[str, bytes]]:
    """A file of the format, and all files beside it."""
    document, speaker = full_document()
    content = Content([document], [speaker])
    if form.write is not None:
        stream = io.BytesIO()
        form.write(content, stream, Writing())
        return "f.jsonl", {"f.jsonl": stream.getvalue()}
    sink = MemorySink()
    assert form.write_files is not None
    form.write_files(content, sink, Writing())
    name = next(name for name in sink.files if name.endswith(form.extensions) and "collection" not in name)
    return name, sink.files


PRODIGY = {
    "text": "a b c", "_input_hash": 1, "spans": [{"start": 0, "end": 1, "label": "A", "text": "a"}], "answer": "accept",
    "relations": [{"head_span": {"start": 0, "end": 1, "label": "A"}, "child_span": {"start": 2, "end": 3}}],
    "meta": {"title": "t"},
}  # fmt: skip
HYPERTEXT = [
    {"id": 1, "data": {"html": "<p>a b</p>", "title": "t"}, "predictions": [{}], "annotations": [
        {"completed_by": {"id": 1}, "result": [
            {"id": "a", "type": "hypertextlabels", "meta": {"text": ["n"]},
             "value": {"globalOffsets": {"start": 0, "end": 1}, "text": "a", "hypertextlabels": ["A", "B"]}},
            {"id": "a", "type": "taxonomy", "from_name": "t", "value": {"taxonomy": [["a", "b"]]}},
            {"type": "relation", "from_id": "a", "to_id": "a", "labels": ["r"], "direction": "left"}]}]}
]  # fmt: skip
HYPOTHESIS = {
    "rows": [{"id": "h", "uri": "http://x.org/f", "text": "t", "tags": ["a"], "document": {"title": ["T"]}, "target": [
        {"source": "http://x.org/f", "selector": [{"type": "TextQuoteSelector", "exact": "a", "prefix": ""},
         {"type": "TextPositionSelector", "start": 0, "end": 1, "refinedBy": {"type": "FragmentSelector"}}]}]}]
}  # fmt: skip
FILES: dict[str, tuple[Format, Callable[[], tuple[str, dict[str, bytes]]]]] = {
    form.name: (form, lambda form=form: written(form)) for form in (w3c.FORMAT, label_studio.FORMAT, doccano.FORMAT)
}
FILES["prodigy"] = prodigy.FORMAT, lambda: ("p.jsonl", {"p.jsonl": json.dumps(PRODIGY).encode()})
FILES["hypertext"] = label_studio.FORMAT, lambda: ("h.json", {"h.json": json.dumps(HYPERTEXT).encode()})
FILES["hypothesis"] = w3c.FORMAT, lambda: ("h.json", {"h.json": json.dumps(HYPOTHESIS).encode(), "h.txt": b"a b"})


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container inside a value with each of its keys."""
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from places(inner)


def refusal(form: Format, name: str, data: bytes, files: dict[str, bytes]) -> str | None:
    """What reading says; anything but ``ImportFailed`` is an error of this program."""
    try:
        list(drafts_of(form, io.BytesIO(data), Reading(name, "Zoe", vocabulary=ANY, beside=files.get)))
    except ImportFailed as error:
        return str(error)
    return None


@pytest.mark.parametrize("kind", FILES)
def test_json_with_anything_in_any_place(kind: str) -> None:
    form, make = FILES[kind]
    name, files = make()
    choose = random.Random(kind)
    sentences = set()
    for _ in range(TRIES):
        value = json.loads(files[name])
        for _ in range(choose.randint(1, 3)):
            container, key = choose.choice(list(places(value)))
            container[key] = copy.deepcopy(choose.choice(ODD))
        sentences.add(refusal(form, name, json.dumps(value).encode(), files))
    assert None in sentences
    assert all(sentence is None or (name in sentence and "\n" not in sentence) for sentence in sentences)


@pytest.mark.parametrize(
    "form", [tei.FORMAT, w3c.FORMAT, label_studio.FORMAT, doccano.FORMAT], ids=lambda form: form.name
)
def test_bytes_cut_out_and_doubled(form: Format) -> None:
    name, files = written(form)
    choose = random.Random(form.name)
    for _ in range(TRIES):
        data = files[name]
        start, end = sorted(choose.sample(range(len(data)), 2))
        cut = data[:start] + data[min(end, start + choose.randint(1, 40)) :] if choose.random() < 0.8 else data[:end]
        sentence = refusal(form, name, cut, files)
        assert sentence is None or (sentence.startswith(name) and "\n" not in sentence)


def test_tei_with_other_attributes_and_elements() -> None:
    name, files = written(tei.FORMAT)
    choose = random.Random(1)
    text = files[name].decode()
    found = list(re.finditer(r'"[^"<>]*"|<(\w+)|[\d]+', text))
    read = 0
    for _ in range(TRIES):
        match = choose.choice(found)
        word = choose.choice(['""', '"#i1"', '"#"', '"x y"', '"#string-range(text,99999,9)"', '"#string-range(,,)"'])
        new = word if match[0].startswith('"') else choose.choice(["<note", "<choice", "<lb"]) if match[1] else "7"
        data = text[: match.start()] + new + text[match.end() :]
        if match[1]:
            data = data.replace(f"</{match[1]}>", f"</{new[1:]}>", 1)
        read += refusal(tei.FORMAT, name, data.encode(), files) is None
    assert read > TRIES // 3
