"""Places of another program's file: moved with the text, counted in its unit, held against the words it quotes.

A place is never believed where the file also quotes the words. What does not fit is looked for by these words, taken
when they stand in the text once (or once with the quoted context), and otherwise given back with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from annotator.formats.standoff.graph import Item, Place, Standoff
from annotator.text.normalise import normalise
from annotator.text.offsets import Utf16Map
from annotator.text.wording import counted, shorten

_BLANKS = re.compile(r"\s+")
_BEFORE_END = re.compile("\r(?=\n)")


@dataclass(slots=True)
class Settled:
    """A standoff whose items' places fit its text, what was left over, and what was done, in sentences."""

    standoff: Standoff
    misfits: list[tuple[Item, str]] = field(default_factory=list)
    """Items that have no place in the text, each with a clause that says why."""
    notes: list[str] = field(default_factory=list)


def settle(standoff: Standoff) -> Settled:
    """The standoff over its normalised text, every place checked.

    The unit in which the file counts is found out when it quotes words: code points, UTF-16 units, bytes of UTF-8, or
    code points with two for each line end.
    """
    text, changes = normalise(standoff.text)
    settled = Settled(standoff, notes=list(changes))
    convert = _unit(standoff, settled.notes)
    moved = _moving(standoff.text)
    counts: Counter[str] = Counter()
    kept: list[Item] = []
    for item in standoff.items:
        places = tuple((moved(convert(start)), moved(convert(end))) for start, end in item.places)
        fitted, how = fit(text, replace(item, places=places))
        if fitted is None:
            settled.misfits.append((item, how))
        else:
            kept.append(fitted)
            counts[how] += 1
    settled.standoff = replace(standoff, text=text, items=tuple(kept))
    for how, sentence in _SENTENCES.items():
        if counts[how]:
            settled.notes.append(sentence.format(counted(counts[how], "annotation")))
    return settled


_SENTENCES = {
    "blanks": "The quoted words of {} differ from the text in blanks and line ends only; the places were kept.",
    "found": "The places of {} did not fit; they were found again by the quoted words.",
}


def fit(text: str, item: Item) -> tuple[Item | None, str]:
    """The item with places that fit ``text``, and how (``exact``, ``blanks``, ``found``); or None, and why not."""
    inside = all(0 <= start <= end <= len(text) for start, end in item.places)
    if not item.exact:
        outside = f"its place is outside the text, which has {counted(len(text), 'character')}"
        return (item, "exact") if inside else (None, outside)
    if not item.places:
        return item, "exact"
    exact = tuple(normalise(words)[0] for words in item.exact)
    if inside:
        found = [text[start:end] for start, end in item.places]
        if _same(found, item.exact, lambda words: words) or _same(found, exact, lambda words: words):
            return item, "exact"  # normalising takes a mark of byte order away, which in mid-text is a character
        if _same(found, exact, lambda words: _BLANKS.sub(" ", words).strip()):
            return item, "blanks"
    places, why = _look_for(text, item, exact)
    return (replace(item, places=places), "found") if places else (None, why)


def _same(found: Sequence[str], exact: Sequence[str], made: Callable[[str], str]) -> bool:
    """Whether the words are the quoted ones: part by part, or all in one, as brat joins them."""
    if len(found) == len(exact) and all(made(a) == made(b) for a, b in zip(found, exact, strict=True)):
        return True
    joined = " ".join(found) if len(found) > 1 else found[0]
    return len(exact) == 1 and made(joined) == made(exact[0])


def _look_for(text: str, item: Item, exact: Sequence[str]) -> tuple[tuple[Place, ...], str]:
    """Where the quoted words stand, if they stand there once."""
    if len(exact) != len(item.places) or not all(exact):
        quoted = shorten(" … ".join(exact))
        return (), f"its places do not fit the words “{quoted}”, which cannot be looked for part by part"
    places: list[Place] = []
    for words in exact:
        context = item.context if len(exact) == 1 else ("", "")
        starts = _occurrences(text, words, context)
        if len(starts) != 1:
            what = (
                "are not in the text" if not starts else f"stand in the text {len(starts)} times, and not at its place"
            )
            return (), f"the words “{shorten(words)}” {what}"
        places.append((starts[0], starts[0] + len(words)))
    return tuple(places), ""


def _occurrences(text: str, words: str, context: tuple[str, str]) -> list[int]:
    """Where ``words`` begin, with the context around them if any place has it."""
    starts: list[int] = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    if len(starts) < 2 or not any(context):
        return starts
    before, after = context
    near = [at for at in starts if text[:at].endswith(before) and text.startswith(after, at + len(words))]
    return near or starts


# -- units ------------------------------------------------------------------------------------------------------


def _unit(standoff: Standoff, notes: list[str]) -> Callable[[int], int]:
    """How the file's numbers become code points of its text."""
    quoted = [item for item in standoff.items if item.exact and item.places]
    units = {"code points": _as_it_is, **_units(standoff.text)}
    hits = {name: sum(_hit(standoff.text, item, convert) for item in quoted) for name, convert in units.items()}
    best = max(hits, key=lambda name: hits[name])  # the first of equals: code points
    if hits[best] > hits["code points"]:
        notes.append(f"The places in this file count {best}; they were converted.")
        return units[best]
    return _as_it_is


def _as_it_is(offset: int) -> int:
    return offset


def _hit(text: str, item: Item, convert: Callable[[int], int]) -> bool:
    found = [text[convert(start) : convert(end)] for start, end in item.places]
    return _same(found, item.exact or (), lambda words: _BLANKS.sub(" ", words).strip())


def _units(text: str) -> dict[str, Callable[[int], int]]:
    """The other units in which programs count, as far as they differ for this text."""
    units: dict[str, Callable[[int], int]] = {}
    utf16 = Utf16Map(text)
    if utf16.utf16_length != utf16.length:
        units["UTF-16 units"] = utf16.to_code_point
    if not text.isascii():
        units["bytes of UTF-8"] = _stepped([len(c.encode("utf-8", "surrogatepass")) for c in text])
    if "\n" in text and "\r\n" not in text:
        units["every line end as two characters"] = _stepped([2 if c == "\n" else 1 for c in text])
    if "\r\n" in text:
        before = {match.start() for match in _BEFORE_END.finditer(text)}
        units["every line end as one character"] = _stepped([0 if n in before else 1 for n in range(len(text))])
    return units


def _stepped(widths: Iterable[int]) -> Callable[[int], int]:
    starts = [0]
    for width in widths:
        starts.append(starts[-1] + width)
    return lambda offset: min(bisect_left(starts, offset), len(starts) - 1) if offset >= 0 else offset


def _moving(text: str) -> Callable[[int], int]:
    """What normalising ``text`` does to an offset."""
    removed = list(range(len(text) - len(text.lstrip("\ufeff"))))
    removed += [match.start() for match in _BEFORE_END.finditer(text)]
    return (lambda offset: offset - bisect_left(removed, offset)) if removed else _as_it_is
