"""Speeches of plays and debates (``sp``, ``u``): which of their words are spoken, and which say by whom."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.formats.standoff.graph import Place
from annotator.formats.tei.plain import Plain, local

SPEECHES = frozenset({"sp", "u"})
SPEAKER = "speaker"
_NOT_SPOKEN = SPEECHES | frozenset(
    [SPEAKER, "stage", "desc", "incident", "kinesic", "vocal", "writing", "event", "camera", "sound", "tech", "view"]
)
"""Elements of a speech that tell who speaks or what else happens, or are of somebody else."""
_AFTER_A_NAME = " \n\t.:,;–—"


def is_speech(element: Element) -> bool:
    """Whether an element is somebody's words and says whose: by ``who``, or by the name that stands in front."""
    return local(element) in SPEECHES and (bool(element.get("who")) or next(speakers(element), None) is not None)


def speakers(speech: Element) -> Iterator[Element]:
    """The names of speakers that stand in a speech, and not in another inside it."""
    for child in speech:
        if local(child) == SPEAKER:
            yield child
        elif local(child) not in SPEECHES:
            yield from speakers(child)


def spoken(element: Element, plain: Plain) -> tuple[Place, ...]:
    """Where the words of a speech, or of a speaker's name, stand: what else is told between them parts them."""
    whole = plain.place(element)
    if whole is None:
        return ()
    others = (plain.place(each) for each in element.iter() if each is not element and local(each) in _NOT_SPOKEN)
    gaps = sorted(place for place in others if place is not None and place[0] < place[1])
    found, at = [], whole[0]
    for start, end in (*gaps, (whole[1], whole[1])):
        found.append(_stripped(plain.text, at, start) if gaps else (at, start))
        at = max(at, end)
    return tuple((start, end) for start, end in found if start < end)


def name_place(speaker: Element, plain: Plain) -> tuple[Place, ...]:
    """Where a speaker's name stands, without the sign that parts it from the words."""
    found = ((start, plain.text[start:end].rstrip(_AFTER_A_NAME)) for start, end in spoken(speaker, plain))
    return tuple((start, start + len(words)) for start, words in found if words)


def _stripped(text: str, start: int, end: int) -> Place:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
