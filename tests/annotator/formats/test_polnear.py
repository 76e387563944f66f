"""PolNeAR, the corpus of attributions in political news: all of train in through brat, to records, and out again.

Runs where ``ANNOTATOR_CORPORA`` names a folder with a clone of ``networkdynamics/PolNeAR`` in ``polnear``.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from annotator.formats.base import Reading
from annotator.formats.brat.pages import Kinds, page
from annotator.formats.brat.reading import standoff
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping import Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose

TRAIN = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "polnear" / "data" / "train"
pytestmark = pytest.mark.skipif(
    not TRAIN.is_dir(), reason="PolNeAR is not there: set ANNOTATOR_CORPORA to a folder with a clone of it in polnear/"
)


@pytest.fixture(scope="module")
def train() -> list[Standoff]:
    found = []
    for path in sorted((TRAIN / "attributions").glob("*.ann")):
        article = re.sub(r"_[0-9a-f]{4}$", "", path.stem)
        text = (TRAIN / "text" / f"{article}.txt").read_bytes().decode()
        found.append(standoff(path.name, text, path.read_bytes().decode()))
    return found


def told(found: Standoff, *, sort: bool = False) -> Counter[object]:
    """Everything but ids: (type, spans, what is said of it), and (type, what it joins).

    ``sort``: parts in text order, roles without numbers, as records have them.
    """

    def spans(places: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(places)) if sort else places

    at = {item.id: (item.label, spans(item.places)) for item in found.items}
    items = ((*at[item.id], item.get("note")) for item in found.items)
    links = (
        (link.label, tuple(sorted((role.rstrip("2") if sort else role, at[id_]) for role, id_ in link.ends)))
        for link in found.links
    )
    return Counter([*items, *links])


def test_every_line_is_understood_or_told(train: list[Standoff]) -> None:
    assert len(train) == len(list((TRAIN / "attributions").glob("*.ann"))) > 900
    counted = Counter(item.label for found in train for item in found.items)
    events = sum(len(found.links) for found in train)
    lines = [line for path in (TRAIN / "attributions").glob("*.ann") for line in path.read_bytes().decode().split("\n")]
    assert sum(counted.values()) == sum(line.startswith("T") and "\t" in line for line in lines) > 88_000
    assert events == sum(line.startswith("E") and "\t" in line for line in lines) > 22_000
    assert [unread for found in train for unread in found.unread] == []
    broken = [note for found in train for note in found.notes]
    assert len(broken) == 3
    assert all("run over line ends" in note and "(line " in note for note in broken)


def test_all_of_it_comes_back_from_brats_files_as_it_was(train: list[Standoff]) -> None:
    for found in train:
        back = standoff(found.name, found.text, page(found, Kinds()))
        assert not back.unread
        assert not back.notes
        assert told(back) == told(found), found.name


@pytest.fixture(scope="module")
def mapping(train: list[Standoff]) -> Mapping:
    return propose(train, "PolNeAR")


PARTS = 10
"""The way through records takes a minute: in parts, none of which looks stuck on a busy machine."""


@pytest.mark.parametrize("part", range(PARTS))
def test_all_of_it_comes_back_from_records_as_it_was(train: list[Standoff], mapping: Mapping, part: int) -> None:
    """What has no place among the records is in quarantine, and goes out again from there."""
    hops = quarantined = 0
    for found in train[part::PARTS]:
        draft = decode(to_ours(found, mapping).standoff, Reading(found.name, "Zoe"))
        document = draft.document
        theirs = to_theirs(encode(document, {speaker.id: speaker for speaker in draft.speakers}), mapping)
        back = standoff(found.name, theirs.text, page(theirs, Kinds()))
        assert told(back, sort=True) == told(found, sort=True), found.name
        hops += sum(len(claim.chain) for claim in document.claims)
        quarantined += sum(held.label != "Discard" for held in document.quarantined)
    events = sum(len(found.links) for found in train[part::PARTS])
    assert hops > events * 0.99  # one that has two contents makes two
    assert quarantined < 30
