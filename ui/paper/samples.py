"""What every kind of mark looks like and means: small pieces of text, set and painted as the article is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.model import Segment
from annotator.text.corrected import PieceMap, Replacement
from ui.paper.manuscript import View
from ui.paper.story import Story
from ui.paper.type import paper_typography
from ui.text.document import DisplayMap
from ui.text.marks import Kind, Mark, Relation
from ui.text.scene import Scene
from ui.theme import LIGHT

_ZOOM = 0.86
_ONE, _OTHER = 1, 0


@dataclass(frozen=True, slots=True)
class _Sample:
    """A short text with marks: kind, the words, the colour or, for a correction, what it reads instead."""

    text: str
    marks: tuple[tuple[Kind, str, int | str], ...]
    meaning: str
    segment: str = "body"


_BOTH = (
    _Sample(
        "It says the bridge is safe.",
        (("claim", "the bridge is safe", _ONE),),
        "A claim: its words are tinted and underlined. The number is the one in the list of claims; the bar under "
        "it runs as far as the claim. “…1” stands where a claim goes on that began on an earlier page.",
    ),
    _Sample(
        "She hopes that the toll will fall.",
        (("claim", "that the toll will fall", _ONE), ("claim", "the toll will fall", _OTHER)),
        "Claims that overlap: each has its own underline, one below the other, and its own bar. All parts of a claim "
        "are underlined at the same height. Where more than three overlap, only the first three are tinted.",
    ),
    _Sample(
        "Ann Lee said so.",
        (("mention", "Ann Lee", _ONE), ("cue", "said", _ONE)),
        "Framed: words that stand for a speaker. Dashed underline: words that attribute a claim (its cue). Claims, "
        "mentions and cues of one speaker have one colour; the list of speakers names it.",
    ),
)
_SOURCE = (
    _Sample(
        "Twould open soon soon",
        (("correction", "Twould", "It would"), ("correction", " soon", "")),
        "A correction: the words of the source are struck out, and bold beside them is what to read instead. Struck "
        "out with nothing beside it: to be left out.",
    ),
    _Sample(
        "a line end inside a sentence",
        (("correction", " inside", "\n"),),
        "A hooked arrow: a line end of the source in the middle of a paragraph, to be read as a space.",
    ),
)
_CORRECTED = (
    _Sample(
        "Twould open in May, may be.",
        (("correction", "Twould", "It would"), ("correction", ", may be", "")),
        "Dotted underline on a tint: words as corrected. A small wedge below the line: words were left out here.",
    ),
)
_ASIDE = _Sample(
    "Related article: New bridges",
    (),
    "Small type without serifs: what is not the article’s own text (links, addresses, captions, notes, dates).",
    "related_link",
)


@dataclass(frozen=True, slots=True)
class SampleStory:
    """One sample, not laid out yet, and what it shows."""

    story: Story
    meaning: str


def samples(view: View, width: float) -> Iterator[SampleStory]:
    """The samples of a view, ``width`` pixels wide with their gutter."""
    for sample in (
        *_BOTH,
        *(_SOURCE if view != "corrected" else ()),
        *(_CORRECTED if view != "source" else ()),
        _ASIDE,
    ):
        yield SampleStory(Story(_scene(sample, corrected=sample in _CORRECTED), width), sample.meaning)


class _Legend:
    """Answers for the marks of a sample; their ids begin with the index of their colour."""

    def number(self, mark_id: str) -> int | None:
        return int(mark_id[1:]) + 1

    def hue(self, mark_id: str) -> int:
        return int(mark_id[0])

    def relations(self, mark_id: str) -> Mapping[str, Relation]:  # noqa: ARG002
        return {}

    def label(self, mark_id: str) -> str:  # noqa: ARG002
        return ""


def _scene(sample: _Sample, *, corrected: bool) -> Scene:
    marks, changes = [], []
    for index, (kind, words, look) in enumerate(sample.marks):
        start = sample.text.rindex(words)
        id_ = f"{look if isinstance(look, int) else 0}{index}"
        quiet = look == "\n"
        end = start + (1 if quiet else len(words))
        replacement = look if isinstance(look, str) else None
        marks.append(Mark(id_, kind, ((start, end),), replacement=replacement, quiet=quiet))
        if replacement is not None:
            changes.append(Replacement(start, end, replacement, id_))
    pieces = PieceMap(sample.text, changes) if corrected else None
    segments = (Segment(sample.segment, 0, len(sample.text)),)
    scene = Scene(LIGHT, DisplayMap(sample.text, segments, pieces), paper_typography(sample.text, _ZOOM), _Legend())
    scene.index.load(marks)
    return scene
