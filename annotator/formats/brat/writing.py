"""A project as brat's files: a text and its annotations for each article, and the configuration to open them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.formats.base import CHANGE_LOG, Sink, Source, Writing
from annotator.formats.brat.pages import Kinds, page
from annotator.formats.sinks import unreserved
from annotator.formats.standoff.graph import Standoff
from annotator.formats.writing import standoffs

_UNFIT = re.compile(r"[^\w.-]+")
_COLOURS = (
    "#a6cee3",
    "#b2df8a",
    "#fdbf6f",
    "#cab2d6",
    "#fb9a99",
    "#ffff99",
    "#8dd3c7",
    "#d9d9d9",
    "#fccde5",
    "#bebada",
)
_MOST_BYTES = 120
_OVERLAPS = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
"""Without it brat's server calls every overlap an error: a claim in its paragraph, a claim in a claim."""
_EQUAL = "Equiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive"


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write every article, then ``annotation.conf`` and ``visual.conf``. Raises ``ExportFailed``."""
    kinds, taken = Kinds(), {"annotation", "visual"}
    for _, standoff in standoffs(source, writing):
        name = _unique(_name(standoff), taken)
        with sink.open(f"{name}.txt") as stream:
            stream.write(standoff.text.encode())
        with sink.open(f"{name}.ann") as stream:
            stream.write(page(standoff, kinds).encode())
    with sink.open("annotation.conf") as stream:
        stream.write((writing.change_log(f"# {CHANGE_LOG}: ") + "\n").lstrip("\n").encode())
        stream.write(annotation_conf(kinds).encode())
    with sink.open("visual.conf") as stream:
        stream.write(visual_conf(kinds).encode())


def _name(standoff: Standoff) -> str:
    """The name of the file that it came from, else of the article, as a file may be called."""
    file = (standoff.get("file_name") or "").rsplit("/", maxsplit=1)[-1].partition(": ")
    name = (file[2] or file[0]).rpartition(".")[0] or standoff.name
    fit = _UNFIT.sub("_", name).strip("._")
    return unreserved(fit.encode()[:_MOST_BYTES].decode(errors="ignore")) or "article"


def _unique(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found.casefold())
    return found


def annotation_conf(kinds: Kinds) -> str:
    """What may be annotated: all that is."""
    relations = (
        f"{label}\t{', '.join(f'{role}:<ANY>' for role in roles)}" for label, roles in sorted(kinds.relations.items())
    )
    events = (
        f"{label}\t{', '.join(f'{role}*:<ANY>' for role in roles)}" for label, roles in sorted(kinds.events.items())
    )
    attributes = (
        f"{name}\tArg:<ANY>" + (f", Value:{'|'.join(sorted(values))}" if set(values) != {"true"} else "")
        for name, values in sorted(kinds.attributes.items())
    )
    return "\n".join(
        (
            *_section("entities", sorted(kinds.items)),
            *_section("relations", (_OVERLAPS, *((_EQUAL,) if kinds.equal else ()), *relations)),
            *_section("events", events),
            *_section("attributes", attributes),
        )
    )


def visual_conf(kinds: Kinds) -> str:
    """Colours, and labels with blanks where names have none."""
    names = sorted({*kinds.items, *kinds.events})
    labels = (f"{name} | {name.replace('_', ' ')}" for name in (*names, *sorted(kinds.relations)))
    colours = (f"{name}\tbgColor:{_COLOURS[n % len(_COLOURS)]}" for n, name in enumerate(names))
    drawing = ("SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken", "ARC_DEFAULT\tcolor:black")
    return "\n".join((*_section("labels", labels), *_section("drawing", (*drawing, *colours))))


def _section(name: str, lines: Iterable[str]) -> tuple[str, ...]:
    return (f"[{name}]", "", *lines, "")
