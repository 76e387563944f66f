"""How much of two texts is the same: the share of their runs of four words that both have (Jaccard index).

Thousands of texts are compared through a few of their runs, the ones with the smallest checksums: texts that are
much alike have many of those in common. Whoever has enough of them in common is then compared whole, so that every
share that is told is exact.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from zlib import crc32

ALIKE = 0.7
"""From which share on two texts are near the same: one was made of the other, or both of a third."""
_RUN = 4
_SAMPLE = 64
_WORTH = 0.5
"""From which estimated share on it is worth to compare whole; far enough below ``ALIKE`` to miss next to nothing."""
_COMMON = 200
"""A run that so many texts have tells nothing: a notice at their foot, say."""
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


def runs_of(text: str) -> set[int]:
    """Checksums of the runs of four words, in lower case and without punctuation; scripts without blanks count by
    the letter. A shorter text is one run.
    """
    words = [word.encode() for word in _WORD.findall(text.casefold())]
    if len(words) < _RUN:
        return {crc32(b" ".join(words))} if words else set()
    return {crc32(b" ".join(words[start : start + _RUN])) for start in range(len(words) - _RUN + 1)}


def share(one: set[int], other: set[int]) -> float:
    """The share of the runs of two texts that both have, 0 to 1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if one or other else 0.0


class Alike:
    """Texts under keys, and which of them are near the same as another one."""

    def __init__(self) -> None:
        self._runs: dict[str, array[int]] = {}
        self._having: dict[int, list[str]] = defaultdict(list)

    def add(self, key: str, runs: set[int]) -> None:
        """Keep a text, by its runs."""
        ordered = sorted(runs)
        self._runs[key] = array("L", ordered)
        for run in ordered[:_SAMPLE]:
            having = self._having[run]
            if len(having) < _COMMON:
                having.append(key)

    def nearest(self, runs: set[int]) -> tuple[str, float] | None:
        """The key of the text that is most like one with these runs, and the share; None: none is near the same."""
        sample = sorted(runs)[:_SAMPLE]
        counts = Counter(key for run in sample for key in self._having.get(run, ()))
        best: tuple[str, float] | None = None
        for key, common in counts.most_common():
            if best is not None and common < _WORTH * len(sample) / 2:
                break
            if self._estimate(sample, key) < _WORTH:
                continue
            found = share(runs, set(self._runs[key]))
            if found >= ALIKE and (best is None or found > best[1]):
                best = key, found
                if found == 1.0:
                    break
        return best

    def all_near(self, runs: set[int]) -> list[str]:
        """The keys of all texts that are near the same as one with these runs."""
        sample = sorted(runs)[:_SAMPLE]
        found = dict.fromkeys(key for run in sample for key in self._having.get(run, ()))
        near = (key for key in found if self._estimate(sample, key) >= _WORTH)
        return [key for key in near if share(runs, set(self._runs[key])) >= ALIKE]

    def _estimate(self, sample: list[int], key: str) -> float:
        other = self._runs[key][:_SAMPLE]
        smallest = sorted({*sample, *other})[:_SAMPLE]
        both = set(sample) & set(other)
        return sum(run in both for run in smallest) / len(smallest) if smallest else 0.0
