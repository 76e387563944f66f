"""How the expectations in ``examples/`` are read: annotations written by hand, in words and not in offsets.

    # TITLE
    claim 2: that the stalls were safe || a second part
      indirect event_property checkable [stance unless it asserts] [certainty unless it is high]
      in 1
      > SPEAKER: words that name it ; words of the cue ; referring [; to SPEAKER] [; via MEDIUM] [; on DATE]
    person SPEAKER || SPEAKER
    pronoun SPEAKER: he || him
    transcription CAUSE: words -> read as
    factual 2: VERDICT
      evidence ADDRESS DATE
    reads what the corrected text holds as a whole line

Words are whole words; ``said#2`` is the second place where they stand, ``sacks, [“]one`` only what is in brackets,
``⏎`` a line feed, ``␣`` a blank and ``-`` no words. Before every chain stands the outlet, implicit; a claim inside
another goes on from its chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.formats.base import Draft
from annotator.model import Hop, Span

Place = tuple[int, str]
"""Where the words begin, and the words."""
Words = tuple[Place, ...]
SPEAKER_KINDS = ("person", "organization", "group", "media", "artifact", "unnamed")
MENTION_KINDS = ("name", "nominal", "pronoun")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A hop."""

    who: str = "nobody"
    named: Words = ()
    cue: Words = ()
    referring: str = "implicit"
    to: str = ""
    via: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A claim."""

    words: Words
    chain: tuple[Source, ...]
    labels: tuple[str, ...] = ()
    """Form, type, check-worthiness, stance, certainty."""
    inside: Words = ()


@dataclass(slots=True)
class Marks:
    """A whole annotation, from whichever hand, in an order that depends on the text alone."""

    claims: list[Told] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    mentions: list[tuple[Place, str, str]] = field(default_factory=list)
    corrections: list[tuple[Words, str, str, str]] = field(default_factory=list)
    factual: list[tuple[Words, str, tuple[str, ...]]] = field(default_factory=list)

    def settled(self) -> Marks:
        for records in (self.claims, self.mentions, self.corrections, self.factual):
            records.sort()
        return self


# -- written by hand --------------------------------------------------------------------------------------------


class Hand:
    """Reads one expectation over the text that it is about."""

    def __init__(self, written: str, text: str, outlet: str) -> None:
        self.text = text
        self.lines = [line for line in written.splitlines() if line.strip()]
        self.title = self.lines.pop(0).removeprefix("# ")
        self.reads = [line.removeprefix("reads ") for line in self.lines if line.startswith("reads ")]
        self._outlet = Source(outlet)
        self._claims: dict[str, Told] = {}
        self._marks = Marks()

    def marks(self) -> Marks:
        for head, *below in self._records():
            word, rest = head.split(" ", 1)
            if word == "claim":
                self._claim(*rest.split(": ", 1), below)
            elif word in SPEAKER_KINDS:
                self._marks.kinds |= dict.fromkeys(rest.split(" || "), word)
            elif word in MENTION_KINDS:
                who, words = rest.split(": ", 1)
                self._marks.mentions += [(place, who, word) for place in self._places(words)]
            elif word == "factual":
                about, verdict = rest.split(": ")
                self._marks.factual.append((self._claims[about].words, verdict, tuple(below)))
            elif word != "reads":
                cause, rest = rest.split(": ", 1)
                words, read = re.split(r" -> ?", rest)
                self._marks.corrections.append((self._places(words), word, cause, _plain(read)))
        self._marks.claims = list(self._claims.values())
        return self._marks.settled()

    def _records(self) -> Iterator[list[str]]:
        """Each with the lines that are indented below it."""
        record: list[str] = []
        for line in self.lines:
            if not line.startswith(" ") and record:
                yield record
                record = []
            record.append(line.strip())
        yield record

    def _claim(self, label: str, words: str, below: list[str]) -> None:
        labels = below[0].split()
        stance = next((word for word in labels[3:] if word not in {"medium", "low"}), "asserts")
        certainty = next((word for word in labels[3:] if word != stance), "high")
        outer = next((self._claims[line[3:]] for line in below if line.startswith("in ")), None)
        chain = outer.chain if outer else (self._outlet,)
        own = tuple(self._source(line[2:]) for line in below if line.startswith("> "))
        self._claims[label] = Told(
            self._places(words), (*chain, *own), (*labels[:3], stance, certainty), outer.words if outer else ()
        )

    def _source(self, line: str) -> Source:
        who, rest = line.split(": ", 1)
        named, cue, referring, *more = rest.split(" ; ")
        told = dict(entry.split(" ", 1) for entry in more)
        return Source(who, self._places(named), self._places(cue), referring, **told)

    def _places(self, words: str) -> Words:
        return tuple(self._place(part) for part in words.split(" || ")) if words != "-" else ()

    def _place(self, words: str) -> Place:
        quote, _, nth = _plain(words).partition("#")
        before, _, rest = quote.rpartition("[")
        inner, _, after = rest.partition("]")
        whole = r"(?<!\w)" if quote[:1].isalnum() else "", r"(?!\w)" if quote[-1:].isalnum() else ""
        pattern = f"{whole[0]}{re.escape(before)}({re.escape(inner)}){re.escape(after)}{whole[1]}"
        found = list(re.finditer(pattern, self.text))
        assert len(found) >= int(nth or 1), f"“{words}” does not stand there"
        match = found[int(nth or 1) - 1]
        return match.start(1), match[1]


def _plain(words: str) -> str:
    return words.replace("⏎", "\n").replace("␣", " ")


# -- the gold ---------------------------------------------------------------------------------------------------


def marks_of(draft: Draft) -> Marks:
    """The same of an annotation that the program read."""
    names: dict[str | None, str] = {speaker.id: speaker.name for speaker in draft.speakers}
    claims = {claim.id: claim for claim in draft.claims}
    found = Marks()
    for claim in draft.claims:
        labels = (claim.form, claim.type, claim.check_worthy, claim.stance, claim.certainty)
        outer = words_of(claims[claim.parent_id].spans) if claim.parent_id else ()
        chain = tuple(_source_of(hop, names) for hop in claim.chain)
        found.claims.append(Told(words_of(claim.spans), chain, tuple(label or "" for label in labels), outer))
    found.mentions = [(words_of(m.spans)[0], names[m.speaker_id], m.kind) for m in draft.mentions]
    mentioned = {mention.speaker_id for mention in draft.mentions}
    found.kinds = {speaker.name: speaker.kind for speaker in draft.speakers if speaker.id in mentioned}
    for mark in draft.corrections:
        if mark.claim_id:
            evidence = tuple(f"{item.kind} {item.url} {item.date}" for item in mark.evidence)
            found.factual.append((words_of(claims[mark.claim_id].spans), mark.verdict or "", evidence))
        else:
            found.corrections.append((words_of(mark.spans), mark.kind, mark.cause or "", mark.replacement or ""))
    return found.settled()


def words_of(spans: tuple[Span, ...]) -> Words:
    return tuple((span.start, span.exact) for span in spans)


def _source_of(hop: Hop, names: dict[str | None, str]) -> Source:
    return Source(
        names.get(hop.speaker_id, "nobody"),
        words_of(hop.mention_spans),
        words_of(hop.cue_spans),
        hop.referring or "",
        names[hop.addressee_id] if hop.addressee_id else "",
        hop.medium or "",
        hop.date or "",
    )
