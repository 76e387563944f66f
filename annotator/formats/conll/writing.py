"""A project as columns: a word a line with its place, then a column of BIO tags for each layer."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, BinaryIO

from annotator.formats.base import Source, Writing
from annotator.formats.conll.columns import escaped
from annotator.formats.conll.layers import ATTRIBUTE, FIXED, LABELS, THEIRS, name_of, tag_of
from annotator.formats.standoff.graph import Item, Standoff
from annotator.formats.standoff.labels import ITEM_LABELS
from annotator.formats.standoff.quarantine import REASON
from annotator.formats.writing import standoffs
from annotator.text.sentences import sentences
from annotator.text.tokens import Grid, parted, tokens


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article. How many columns there are is known only at the end, so rows wait in a file of their own."""
    with tempfile.TemporaryFile() as waiting:
        counts = dict.fromkeys((*LABELS, THEIRS), 0)
        for _, standoff in standoffs(source, writing):
            page = _page(standoff)
            for layer, columns in page["layers"].items():
                counts[layer] = max(counts[layer], len(columns))
            waiting.write(json.dumps(page).encode() + b"\n")
        waiting.seek(0)
        if not counts[THEIRS]:
            counts = {layer: max(1, counts[layer]) for layer in LABELS}
        names = [*FIXED, *(name_of(layer, n) for layer, count in counts.items() for n in range(count))]
        stream.write(f"# global.columns = {' '.join(names)}\n".encode())
        stream.write(writing.change_log("# global.change_log = ").encode() + b"\n" if writing.head else b"")
        stream.writelines(_lines(waiting, counts))


def _lines(waiting: IO[bytes], counts: dict[str, int]) -> Iterator[bytes]:
    for line in waiting:
        page = json.loads(line)
        for key, value in page["comments"].items():
            yield f"# {key} = {value}\n".encode()
        empty = ["O"] * len(page["rows"])
        columns = [
            (page["layers"][layer] + [empty] * count)[n] for layer, count in counts.items() for n in range(count)
        ]
        begins = dict(page["sentences"])
        for n, row in enumerate(page["rows"]):
            if n in begins:
                blank = "\n" if n else ""
                yield f"{blank}# text = {begins[n]}\n".encode()
            yield ("\t".join([*row, *(column[n] for column in columns)]) + "\n").encode()
        yield b"\n"


def _page(standoff: Standoff) -> dict[str, Any]:
    """What the rows of an article need."""
    text = standoff.text
    items = [item for item in standoff.items if _layer(item)]
    words = parted(tokens(text), (edge for item in items for place in item.places for edge in place))
    grid = Grid(words)
    ends = [*(start for start, _ in words[1:]), len(text)][: len(words)]
    comments = {"newdoc id": escaped(standoff.get("id") or standoff.name), "title": escaped(standoff.name)}
    before = text[: words[0][0]] if words else text
    if before:
        comments["space_before"] = escaped(before)
    begins = {grid.of(start, end)[0]: " ".join(text[start:end].split()) for start, end in sentences(text)}
    if words:
        begins.setdefault(0, "")
    return {
        "comments": comments,
        "rows": [
            [text[s:e], str(s), str(e), _misc(text[e:following])] for (s, e), following in zip(words, ends, strict=True)
        ],
        "sentences": sorted(begins.items()),
        "layers": {
            layer: _columns(layer, (item for item in items if _layer(item) == layer), grid, len(words))
            for layer in (*LABELS, THEIRS)
        },
    }


def _layer(item: Item) -> str:
    """The layer that an item is of; none: it has no place here."""
    if item.label in ITEM_LABELS:
        return next((layer for layer, label in LABELS.items() if label == item.label), "")
    return THEIRS if item.get(REASON) is None else ""


def _misc(gap: str) -> str:
    if gap == " ":
        return "_"
    return f"SpacesAfter={escaped(gap)}" if gap else "SpaceAfter=No"


def _columns(layer: str, items: Iterable[Item], grid: Grid, length: int) -> list[list[str]]:
    """The tags of a layer: of parts that overlap, the first stands in the first column."""
    columns: list[list[str]] = []
    for item in items:
        tag = tag_of(layer, item.label if layer == THEIRS else item.get(ATTRIBUTE.get(layer, "")))
        for part in (range(*grid.of(start, end)) for start, end in item.places):
            column = next((column for column in columns if all(column[n] == "O" for n in part)), None)
            if column is None:
                column = ["O"] * length
                columns.append(column)
            for n in part:
                column[n] = f"{'B' if n == part.start else 'I'}-{tag}"
    return columns
