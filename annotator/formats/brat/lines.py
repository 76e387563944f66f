"""One line of an ``.ann`` file: what it says, or why it cannot be understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.formats.brat.common import EQUIV_ROLE, HUMAN_NOTE, OWN_NOTE, SPEAKER_BASE, YES
from annotator.formats.standoff.graph import Attributes, Place
from annotator.formats.standoff.mapping import TRIGGER

_ID = re.compile(r"[TERAMN#][A-Za-z]*\d\S*")
_BOUND = re.compile(r"(\S+)[ ]+(\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)\s*")
_BASE = re.compile(r"(\S+) (\S+) ([^\s:]+):(\S+)\s*")
_SHARED_TASK = (
    (re.compile(r"(\S+) Annotation:(\S+) Referent:(\S+)"), r"\1 \2 \3"),
    (re.compile(r"(\S+) Referent:(\S+) Annotation:(\S+)"), r"\1 \3 \2"),
)


class NotUnderstood(Exception):
    """The line is damaged; the text is a clause that says how."""


@dataclass(slots=True)
class Line:
    """What a line says. Of the kinds T, E, R and ``*`` it is a thing, of A, M, N and ``#`` a remark about one."""

    number: int
    raw: str
    kind: str
    id: str
    label: str
    places: tuple[Place, ...] = ()
    words: str = ""
    """The quoted words, or the text of a note."""
    ends: tuple[tuple[str, str], ...] = ()
    target: str = ""
    attributes: Attributes = field(default=())


def understood(raw: str, number: int) -> Line:
    """The line. Raises :class:`NotUnderstood`."""
    head, tab, rest = raw.partition("\t")
    body, _, tail = rest.partition("\t")
    id_ = head.strip()
    if not tab:
        raise NotUnderstood("it is no line of brat's: there is no tab after an id")
    if id_ == "*":
        return _equiv(Line(number, raw, "*", f"*{number}", ""), body.split())
    if not _ID.fullmatch(id_):
        raise NotUnderstood(f"“{id_[:20]}” is no id of brat's")
    line = Line(number, raw, id_[0], id_, "", words=tail)
    _READERS[line.kind](line, body)
    return line


def _bound(line: Line, body: str) -> None:
    match = _BOUND.fullmatch(body)
    if match is None:
        raise NotUnderstood("its label and places cannot be read")
    line.label = match[1]
    line.places = tuple((int(start), int(end)) for start, _, end in (p.partition(" ") for p in match[2].split(";")))
    if any(start > end for start, end in line.places):
        raise NotUnderstood("its end lies before its start")


def _event(line: Line, body: str) -> None:
    first, *arguments = body.split() or [""]
    line.label, colon, trigger = first.partition(":")
    line.ends = (*(((TRIGGER, trigger),) if colon else ()), *_arguments(arguments))
    if not line.label or (colon and not trigger) or not line.ends:
        raise NotUnderstood("an event is “Type:T1 Role:T2 …”")


def _relation(line: Line, body: str) -> None:
    line.label, *arguments = body.split() or [""]
    line.ends = _arguments(arguments)
    if not line.label or not line.ends:
        raise NotUnderstood("a relation is “Type Arg1:T1 Arg2:T2”")


def _arguments(parts: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [part.partition(":") for part in parts]
    if not all(role and id_ for role, _, id_ in pairs):
        raise NotUnderstood("an argument is “Role:T1”")
    return tuple((role, id_) for role, _, id_ in pairs)


def _equiv(line: Line, parts: list[str]) -> Line:
    if len(parts) < 2:
        raise NotUnderstood("an equivalence is “Type T1 T2 …”")
    line.label, *members = parts
    line.ends = tuple((EQUIV_ROLE, id_) for id_ in members)
    return line


def _attribute(line: Line, body: str) -> None:
    parts = body.split(None, 2)
    if len(parts) < 2:
        raise NotUnderstood("an attribute is “Name T1” or “Name T1 Value”")
    line.label, line.target = parts[:2]
    line.attributes = ((line.label, parts[2].rstrip() if len(parts) > 2 else YES),)


def _normalisation(line: Line, body: str) -> None:
    for pattern, plain in _SHARED_TASK:
        body = pattern.sub(plain, body, count=1)
    match = _BASE.fullmatch(body)
    if match is None:
        raise NotUnderstood("a normalisation is “Reference T1 Base:Id”")
    line.label, line.target, base, id_ = match.groups()
    line.words = line.words.strip("\t")  # brat's server adds a tab each time it saves
    if base == SPEAKER_BASE and line.words:
        line.attributes = (("speaker", id_), ("name", line.words))
    else:
        line.attributes = ((line.label, f"{base}:{id_}" + (f"\t{line.words}" if line.words else "")),)


def _note(line: Line, body: str) -> None:
    parts = body.split()
    if len(parts) != 2:
        raise NotUnderstood("a note is “Type T1”, a tab and the text")
    line.label, line.target = parts
    if line.label != OWN_NOTE:
        line.attributes = (("note" if line.label == HUMAN_NOTE else f"#{line.label}", line.words),)


_READERS = {
    "T": _bound,
    "E": _event,
    "R": _relation,
    "A": _attribute,
    "M": _attribute,
    "N": _normalisation,
    "#": _note,
}
