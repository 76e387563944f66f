"""The figures of a release, counted from its lines: what ``statistics.json``, the card and the charts show."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from annotator.release.splitting import SPLITS

NOT_STATED = "(not stated)"
KINDS = ("claims", "mentions", "corrections")
_CLAIM_LABELS = ("form", "type", "stance", "check_worthy", "certainty", "status")


class Figures:
    """Counts line by line; the same lines in any order give the same figures."""

    def __init__(self) -> None:
        self._splits: dict[str, Counter[str]] = {name: Counter() for name in SPLITS}
        self._by: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._speakers: dict[str, tuple[str, str]] = {}
        self._claims_of: Counter[str] = Counter()
        self._twice: dict[str, list[tuple[frozenset[str], Counter[str]]]] = defaultdict(list)
        """Hash of a text → of each article with that text: who annotated it, and the places of its claims."""

    def add(self, split: str, data: dict[str, Any]) -> None:
        """Count one line."""
        self._splits[split].update({"articles": 1, **{kind: len(data[kind]) for kind in KINDS}})
        self._articles(split, data)
        for claim in data["claims"]:
            for name in _CLAIM_LABELS:
                self._count(f"claims.{name}", claim[name], split)
            self._count("claims.hops", str(len(claim["chain"])), split)
            source = next((hop["speaker_id"] for hop in reversed(claim["chain"]) if hop["speaker_id"]), None)
            if source is not None:
                self._claims_of[source] += 1
        for mention in data["mentions"]:
            self._count("mentions.kind", mention["kind"], split)
        for correction in data["corrections"]:
            for name in ("kind", "cause", "verdict"):
                self._count(f"corrections.{name}", correction[name], split)
        people = set()
        for kind in KINDS:
            for item in data[kind]:
                people.add(item["annotator"])
                for name in ("annotator", "guideline", "origin"):
                    self._count(f"annotations.{name}", item[name], split)
        self._count("articles.annotators", str(len(people)), split)
        places = Counter(str([(span["start"], span["end"]) for span in claim["spans"]]) for claim in data["claims"])
        self._twice[data["text_sha256"]].append((frozenset(people), places))

    def _articles(self, split: str, data: dict[str, Any]) -> None:
        self._count("articles.outlet", data["outlet"], split)
        self._count("articles.year", (data["published"] or "")[:4] or None, split)
        self._count("articles.language", data["language"], split)
        for segment in data["segments"]:
            self._count("segments.kind", segment["kind"], split)
        for speaker in data["speakers"]:
            self._speakers[speaker["id"]] = speaker["name"], speaker["kind"]

    def _count(self, what: str, value: str | None, split: str) -> None:
        self._by[what][NOT_STATED if value is None else value][split] += 1

    def as_json(self) -> dict[str, Any]:
        """The JSON data of ``statistics.json``: numbers, and objects of numbers, the largest first."""
        total = sum(self._splits.values(), Counter[str]())
        kinds = Counter(kind for _, kind in self._speakers.values())
        return {
            **{kind: total[kind] for kind in ("articles", *KINDS)},
            "speakers": len(self._speakers),
            "splits": {
                name: {kind: counts[kind] for kind in ("articles", *KINDS)}
                for name, counts in self._splits.items()
                if counts["articles"]
            },
            "counts": {what: _table(values) for what, values in sorted(self._by.items())},
            "annotated_twice": self._annotated_twice(),
            "speakers_by_kind": dict(_largest(kinds)),
            "claims_by_speaker": [
                {"id": id_, "name": self._speakers[id_][0], "claims": count} for id_, count in _largest(self._claims_of)
            ],
        }

    def _annotated_twice(self) -> dict[str, int]:
        """Texts that different people annotated apart, each in an article of its own, two by two: how many such pairs,
        how many claims these have, and how many of them stand on the same words in both (each counted in both).
        """
        pairs = [
            (one, other)
            for articles in self._twice.values()
            for (some, one), (others, other) in combinations(articles, 2)
            if some and others and not some & others
        ]
        claims = sum(one.total() + other.total() for one, other in pairs)
        return {"pairs": len(pairs), "claims": claims, "same": sum(2 * (one & other).total() for one, other in pairs)}


def _table(values: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    totals = {value: counts.total() for value, counts in values.items()}
    return {value: {"all": total, **_by_split(values[value])} for value, total in _largest(totals)}


def _by_split(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in SPLITS if counts[name]}


def _largest(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
