"""What a screen reader is told about the text at a place: the labels that lie there, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotator.vocabulary import DEFAULT
from ui.text.marks import Placed
from ui.text.scene import Scene


class Said(NamedTuple):
    """Attributes as accessibility interfaces write them, ``name:value;…``, and the stretch where they are the same."""

    attributes: str
    start: int
    end: int


class Spoken:
    """Puts the marks of a view's scene into words."""

    def __init__(self, scene: Callable[[], Scene]) -> None:
        self._scene = scene

    def marks_at(self, position: int) -> list[Placed]:
        """The marks on the character at a document position, the outermost first; insertions before it included."""
        found = {p.mark.id: p for _, end, p in self._scene().index.query(position, position + 1) if end > position}
        empty = (p for start, end, p in self._scene().index.query(position, position + 1) if start == end == position)
        return list((found | {p.mark.id: p for p in empty}).values())

    def label(self, placed: Placed) -> str:
        """``claim 13 by Sergei Lavrov``: what a mark is called."""
        return self._scene().legend.label(placed.mark.id)

    def at(self, position: int, start: int, end: int) -> Said:
        """What to say at a document position, and where within ``[start, end)``, which holds it, that is all there is.

        One attribute for each kind of mark (claim, mention, cue, correction), one for the selected mark, and the
        kind of the segment where it is no plain body text. Words that read wrongly are also called invalid, as in
        a spelling check: that name is known to screen readers, and some say it unasked.
        """
        scene = self._scene()
        for low, high, _ in scene.index.query(start, end):
            for edge in (low, high):
                if edge <= position:
                    start = max(start, edge)
                else:
                    end = min(end, edge)
        said: dict[str, list[str]] = {}
        for placed in self.marks_at(position):
            if label := self.label(placed):
                said.setdefault(placed.mark.kind, []).append(label)
                if placed.mark.id == scene.selected_id:
                    said["selected"] = [label]
                wrong = placed.mark.replacement is not None and not placed.mark.quiet
                if placed.mark.kind == "correction" and wrong and not scene.map.corrected:
                    said["invalid"] = ["spelling"]
        if (kind := scene.map.kind_at(position)) != "body":
            said["segment"] = [DEFAULT.label("segment.kind", kind)]
        return Said("".join(f"{name}:{_value(words)};" for name, words in said.items()), start, end)


def _value(words: list[str]) -> str:
    """Several labels as one value. What separates attributes from each other must not stand in it."""
    return " and ".join(words).replace(":", ",").replace(";", ",").replace("\n", " ")
