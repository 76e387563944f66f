"""What the labels in files of other tools mean: as a mapping says, or as all that is imported together suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from annotator.errors import AnnotatorError, ImportFailed
from annotator.formats import registry
from annotator.formats.base import Format, Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping import Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.proposing import Proposing
from annotator.formats.standoff.survey import Survey
from annotator.services.importing.entry import Entry
from annotator.text.wording import counted
from annotator.vocabulary import Vocabulary

_HEAD = 4096
MOST_KEPT = 16_000_000
"""Characters of text that are kept of the files of one format, to count what a mapping makes of them."""
NOW, BEFORE = "now", "before"
QUARANTINED, LEFT_OUT = "into quarantine", "left out"


@dataclass(slots=True)
class Proposal:
    """What the labels of all files of one format may mean, and what these files hold."""

    title: str
    """Of the format."""
    proposing: Proposing
    survey: Survey = field(default_factory=Survey)
    entries: set[Entry] = field(default_factory=set)
    """What was looked at."""
    sample: list[Standoff] = field(default_factory=list, repr=False)
    """What they hold, as far as it is kept to count what a mapping makes of it."""
    kept: int = 0
    """Characters of text in the sample."""
    complete: bool = True
    """Whether the sample is all there is."""
    mapping: Mapping = Mapping()  # noqa: RUF009 -- frozen
    said: str = ""
    """When a person said so of these labels: ``now`` or ``before``; empty: the mapping is what is proposed."""

    def add(self, standoff: Standoff) -> None:
        """Look at an article."""
        self.proposing.add(standoff)
        self.survey.add(standoff)
        self.complete = self.complete and self.kept + len(standoff.text) <= MOST_KEPT
        if self.complete:
            self.sample.append(standoff)
            self.kept += len(standoff.text)

    def notes(self) -> list[str]:
        """What is worth knowing of the mapping as it is now, one sentence each."""
        if not self.said:
            return [f"{self.title}: {remark}" for remark in self.mapping.remarks]
        of_whom = "" if self.said == NOW else f" of the same labels {self.said}"
        return [
            f"{self.title}: the labels mean what you said{of_whom}.",
            *(
                f"{self.title}: “{label}” ({counted(count, 'time')}) has no rule, so it goes into quarantine."
                for label, count in self.survey.without_rule(self.mapping)
            ),
        ]

    @property
    def asks(self) -> bool:
        """Whether there is anything to say about the labels: they are not all this program's."""
        return self.survey.is_foreign and not self.mapping.is_empty


def propose_for(
    entries: Sequence[Entry], file_format: Format | None = None, stopped: Callable[[], bool] | None = None
) -> dict[str, Proposal]:
    """What the labels of all files of a format suggest together, by the name of the format.

    Every file of a format that needs a mapping is read for it; what cannot be read says nothing here.
    """
    found: dict[str, Proposal] = {}
    for entry in entries:
        if stopped and stopped():
            break
        try:
            _look_at(entry, file_format, found)
        except (AnnotatorError, OSError, MemoryError):
            continue  # reading it for good tells why
    for proposal in found.values():
        proposal.mapping = proposal.proposing.mapping()
    return found


def _look_at(entry: Entry, file_format: Format | None, found: dict[str, Proposal]) -> None:
    possible = [file_format] if file_format else registry.called(entry.path)
    if all(form.read_standoff is None for form in possible):  # thousands of texts need not be opened for this
        return
    with entry.open() as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        chosen = file_format or registry.for_import(entry.path, head)
        if chosen.read_standoff is None:
            return
        proposal = found.setdefault(chosen.name, Proposal(chosen.title, Proposing(chosen.title)))
        proposal.entries.add(entry)
        for standoff in chosen.read_standoff(stream, Reading(entry.name, "", beside=entry.beside)):
            proposal.add(standoff)


def outcome(
    proposal: Proposal, mapping: Mapping, vocabulary: Vocabulary, stopped: Callable[[], bool] | None = None
) -> Counter[str]:
    """How many of what an import by ``mapping`` would make of the proposal's sample, by the noun.

    ``stopped`` is asked between articles; then nothing is counted any more. Titles and segments, which a text without
    them is looked through for, are not: that takes longer than all the rest.
    """
    found: Counter[str] = Counter()
    for standoff in proposal.sample:
        if stopped and stopped():
            break
        mapped = to_ours(standoff, mapping)
        titled = replace(mapped.standoff, fields=(("title", proposal.title), *mapped.standoff.fields))
        draft = decode(titled, Reading("", "", vocabulary=vocabulary))
        hops = [hop for claim in draft.claims for hop in claim.chain]
        found["claim"] += len(draft.claims)
        found["source"] += sum(bool(hop.mention_spans) for hop in hops)
        found["cue"] += sum(bool(hop.cue_spans) for hop in hops)
        found["mention"] += len(draft.mentions)
        found["correction"] += len(draft.corrections)
        found[QUARANTINED] += len(draft.quarantined)
        found[LEFT_OUT] += mapped.left_out.total()
    return found


def told(found: Counter[str]) -> str:
    """``312 claims, 298 sources, 305 cues, 12 into quarantine``."""
    parts = [counted(found[noun], noun) for noun in ("claim", "source", "cue")]
    parts += [counted(found[noun], noun) for noun in ("mention", "correction") if found[noun]]
    parts += [f"{found[noun]:,} {noun}" for noun in (LEFT_OUT, QUARANTINED) if found[noun]]
    return ", ".join(parts)


def one_for(entries: Sequence[Entry], file_format: Format | None = None) -> Mapping:
    """The mapping that files of one format suggest.

    Raises:
        ImportFailed: they are of no format that has labels of another tool, or of several.
    """
    found = propose_for(entries, file_format)
    if not found:
        raise ImportFailed("None of the files has labels of another tool, so there is nothing to map.")
    if len(found) > 1:
        raise ImportFailed(f"The files are of several formats ({', '.join(found)}); map those of one at a time.")
    return next(iter(found.values())).mapping
