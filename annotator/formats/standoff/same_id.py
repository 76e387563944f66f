"""Annotations that belong together because they have the same id, as corpora say it that have no links.

A quotation with the id 3 and a speaker with the ids ``3 5`` are joined by a link as other tools would have made it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.formats.standoff.graph import Item, Link

LABEL = "same id"
"""What such links are labelled; their roles are the labels of what they join."""
_BETWEEN = re.compile(r"[\s,;_|]+")


def is_id(name: str, label: str) -> bool:
    """Whether an attribute of what has a label is its id: ``id``, or ``SpeakerID`` when it is a ``Speaker``."""
    return name.casefold() in {"id", f"{label}id".casefold(), f"{label}_id".casefold()}


def links_by_id(items: Iterable[Item]) -> Iterator[Link]:
    """A link for each id that items of several labels have."""
    sharing: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        for name, value in item.attributes:
            if is_id(name, item.label):
                for each in _BETWEEN.split(value.strip()):
                    if each and item not in sharing[each]:
                        sharing[each].append(item)
    for id_, found in sharing.items():
        if len({item.label for item in found}) > 1:
            yield Link(f"{LABEL} {id_}", LABEL, tuple((item.label, item.id) for item in found))
