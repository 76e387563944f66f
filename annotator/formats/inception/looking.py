"""A look at an XMI or type system file before anything else reads it: that it is harmless, and what types it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.errors import ImportFailed
from annotator.formats.safe_xml import walk

_DEEPEST = 32
_REFERENCES = re.compile(r"\d+(?: \d+)*")
_ID = "http://www.omg.org/XMI}id"
_ECORE = re.compile(r"http:///(?P<package>.*)\.ecore")


@dataclass(slots=True)
class Seen:
    """The elements of an XMI file, as far as types can be told from them."""

    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Name of a type → its features."""
    lists: set[tuple[str, str]] = field(default_factory=set)
    """Features (type and name) that are elements of their own: lists of strings."""
    numbers: dict[tuple[str, str], set[str] | None] = field(default_factory=dict)
    """For each feature the whole numbers that it has, which may be ids; None when it ever has anything else."""
    ids: dict[str, str] = field(default_factory=dict)
    """Id → type."""

    def leads_to_links(self, type_name: str, feature: str) -> bool:
        """Whether all that a feature has are ids of links, which stand on no words and have a target."""
        targets = {self.ids.get(number, "") for number in self.numbers.get((type_name, feature)) or ()}
        features = [self.types.get(each, set()) for each in targets]
        return bool(features) and all("target" in each and "begin" not in each for each in features)

    def note(self, type_name: str, feature: str, value: str) -> None:
        """Keep what an attribute has."""
        self.types[type_name].add(feature)
        key = type_name, feature
        if _REFERENCES.fullmatch(value) and (known := self.numbers.setdefault(key, set())) is not None:
            known.update(value.split(" "))
        else:
            self.numbers[key] = None


def look(data: bytes, name: str) -> Seen:
    """What is in an XML file.

    Raises:
        ImportFailed: it is no XML, is nested too deeply, or has a document type declaration, which no file of these
            tools has and which can make a file grow without end or reach outside itself.
    """
    looking = _Looking()
    try:
        walk(data, looking.start, looking.end, deepest=_DEEPEST, doctype=False)
    except ValueError as error:
        raise ImportFailed(f"{name} {error}.") from None
    return looking.seen


class _Looking:
    def __init__(self) -> None:
        self.seen = Seen()
        self.stack: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.stack.append(tag)
        if len(self.stack) == 2 and (type_name := _type_name(tag)):
            self.seen.ids[attributes.get(_ID, "")] = type_name
            self.seen.types[type_name] |= set()
            for key, value in attributes.items():
                if "}" not in key:
                    self.seen.note(type_name, key, value)
        elif len(self.stack) == 3 and (type_name := _type_name(self.stack[1])):
            self.seen.types[type_name].add(tag)
            self.seen.lists.add((type_name, tag))

    def end(self, _tag: str) -> None:
        self.stack.pop()


def _type_name(tag: str) -> str | None:
    uri, _, short = tag.rpartition("}")
    match = _ECORE.fullmatch(uri)
    if match is None:
        return None
    package = match["package"].replace("/", ".")
    if package == "uima.cas" and short in ("NULL", "Sofa", "View"):
        return None  # the frame of the file, no feature structure
    return short if package == "uima.noNamespace" else f"{package}.{short}"
