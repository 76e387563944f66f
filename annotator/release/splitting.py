"""Train, dev and test: by article, the same for the same seed, and with nothing of one split in another.

Articles that are near the same as each other, and on request those that share speakers, stay together. The rest is
spread so that each split has its share of every outlet and year.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from annotator.model import Document
from annotator.rules import named_speakers
from annotator.text.likeness import Alike, runs_of
from annotator.text.wording import counted

SPLITS = ("train", "dev", "test")
NO_SPEAKERS, SOURCES, ALL_SPEAKERS = "none", "sources", "all"
"""Which speakers must not stand in two splits: none, the sources of claims, or all that are named."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to split. ``shares`` are weights of train, dev and test, of any sum."""

    shares: tuple[float, float, float] = (80, 10, 10)
    seed: str = "1"
    apart: str = NO_SPEAKERS


@dataclass(frozen=True, slots=True)
class Splitting:
    """Article id → split, and one sentence for each thing that could not be as it was asked."""

    of: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()
    """Articles that had to stay together, two or more each."""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Member:
    """What splitting needs to know of an article."""

    id: str
    runs: set[int]
    speakers: frozenset[str]
    strata: tuple[str, ...]
    """What each split should have its share of: the outlet, the year."""


def member(document: Document, apart: str) -> Member:
    """One article as it is split."""
    article = document.article
    year = (article.published or "")[:4] or "no date"
    outlet = article.outlet or "no outlet"
    return Member(
        article.id, runs_of(document.source.text), _speakers(document, apart), (outlet, year, f"{outlet} {year}")
    )


def _speakers(document: Document, apart: str) -> frozenset[str]:
    if apart == ALL_SPEAKERS:
        return frozenset(named_speakers((*document.mentions, *document.claims)))
    if apart == SOURCES:
        return frozenset(hop.speaker_id for claim in document.claims for hop in claim.chain if hop.speaker_id)
    return frozenset()


def split(members: Sequence[Member], plan: Plan, before: Mapping[str, str] = MappingProxyType({})) -> Splitting:
    """Every article in one split. The same members and plan give the same answer, whatever their order.

    Args:
        members: the articles.
        plan: how to split them.
        before: article id → split in an earlier release, which it keeps. Where articles that must stay together
            were in several, all go to the one that most of them were in.

    Raises:
        ValueError: the shares are negative, or all zero.
    """
    if min(plan.shares) < 0 or not sum(plan.shares):
        raise ValueError("the shares of train, dev and test are numbers from 0 on, and not all 0")
    groups = _groups(sorted(members, key=lambda each: each.id))
    targets = _Targets(members, plan.shares)
    of: dict[str, str] = {}
    moved: list[str] = []
    ordered = sorted(groups, key=lambda ids: (-len(ids), _shuffled(plan.seed, ids[0].id)))
    for group in ordered:
        kept = Counter(before[each.id] for each in group if each.id in before)
        if kept:
            chosen = max(SPLITS, key=lambda name: (kept[name], -SPLITS.index(name)))
            targets.take(group, chosen)
            of.update({each.id: chosen for each in group})
            moved += [each.id for each in group if before.get(each.id, chosen) != chosen]
    for group in ordered:
        if group[0].id not in of:
            of.update(dict.fromkeys((each.id for each in group), targets.place(group)))
    together = tuple(tuple(each.id for each in group) for group in groups if len(group) > 1)
    notes = [_MOVED.format(id_, before[id_], of[id_]) for id_ in sorted(moved)]
    return Splitting(of, together, (*notes, *targets.notes(together)))


_MOVED = "The article {} was in “{}” before and is in “{}” now, with what it must stay together with."


def _shuffled(seed: str, id_: str) -> str:
    return hashlib.sha256(f"{seed}\n{id_}".encode()).hexdigest()


def _groups(members: Sequence[Member]) -> list[list[Member]]:
    """Members that must stay together, each group in the order of ids."""
    leader = list(range(len(members)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    def join(one: int, other: int) -> None:
        low, high = sorted((find(one), find(other)))
        leader[high] = low

    alike, first_of = Alike(), dict[str, int]()
    index_of = {each.id: index for index, each in enumerate(members)}
    for index, each in enumerate(members):
        for key in alike.all_near(each.runs):
            join(index, index_of[key])
        alike.add(each.id, each.runs)
        for speaker in sorted(each.speakers):
            join(index, first_of.setdefault(speaker, index))
    groups: dict[int, list[Member]] = defaultdict(list)
    for index, each in enumerate(members):
        groups[find(index)].append(each)
    return list(groups.values())


class _Targets:
    """How much each split should have of everything and of each stratum, and what it has."""

    def __init__(self, members: Iterable[Member], shares: Sequence[float]) -> None:
        self._shares = dict(zip(SPLITS, (share / sum(shares) for share in shares), strict=True))
        self._all = Counter(stratum for each in members for stratum in (_EVERYTHING, *each.strata))
        self._has: dict[str, Counter[str]] = {name: Counter() for name in SPLITS}

    def place(self, group: Sequence[Member]) -> str:
        """The split that lacks most of what the group has, the rarest stratum first."""
        wanted = Counter(stratum for each in group for stratum in (_EVERYTHING, *each.strata))
        open_ = [name for name in SPLITS if self._shares[name]]
        chosen = max(open_, key=lambda name: (self._need(name, wanted), -SPLITS.index(name)))
        self.take(group, chosen)
        return chosen

    def take(self, group: Sequence[Member], name: str) -> None:
        """Count the group for that split."""
        self._has[name].update(stratum for each in group for stratum in (_EVERYTHING, *each.strata))

    def _need(self, name: str, wanted: Mapping[str, int]) -> float:
        """How much closer to its share the split comes, over all strata, by taking what is wanted."""
        gain = 0.0
        for stratum, count in wanted.items():
            target, has = self._shares[name] * self._all[stratum], self._has[name][stratum]
            weight = 4.0 if stratum == _EVERYTHING else 1.0
            gain += weight * (abs(target - has) - abs(target - has - count)) / self._all[stratum]
        return gain

    def notes(self, together: Sequence[Sequence[str]]) -> Iterable[str]:
        """What is not as it was asked, within what whole articles allow."""
        total = self._all[_EVERYTHING]
        for name in SPLITS:
            target, has = self._shares[name] * total, self._has[name][_EVERYTHING]
            if abs(target - has) >= max(1.0, 0.05 * total):
                largest = max((len(group) for group in together), default=1)
                why = f"; {largest} of {total} articles must stay together" if largest > 1 else ""
                yield f"The split “{name}” has {counted(has, 'article')} where {target:.1f} were asked{why}."


_EVERYTHING = ""
