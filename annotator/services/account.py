"""What a change did to a record, in words for people."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.history import Version
from annotator.model import (
    Annotation,
    Article,
    Claim,
    Correction,
    Evidence,
    Hop,
    Mention,
    Quarantined,
    Record,
    Role,
    Scheme,
    Segment,
    Span,
    Speaker,
    kind_of,
)
from annotator.ports import Project
from annotator.services import scheme_changes
from annotator.services.restoring import differences
from annotator.text.wording import counted, shorten
from annotator.vocabulary import DEFAULT, Vocabulary

_WORDS = 60
_NOTHING = "nothing"
_NAMES = {
    "spans": "words",
    "speaker_id": "speaker",
    "parent_id": "inside",
    "claim_id": "claim",
    "check_worthy": "checkable",
    "replacement": "new text",
    "text": "sentence",
    "cause": "reason",
}


@dataclass(frozen=True, slots=True)
class Names:
    """How values are called now; what is not known any more is shown as it is stored."""

    vocabulary: Vocabulary = DEFAULT
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    records: Mapping[str, Mention | Claim | Correction] = field(default_factory=dict)
    """The annotations of the open article by id."""
    gone: Mapping[str, Speaker] = field(default_factory=dict)
    """Speakers that were deleted or merged into others, as they were last; see :func:`gone_speakers`."""

    def speaker(self, id_: str | None) -> str:
        """The name of a speaker."""
        if id_ is None:
            return "nobody"
        if (known := self.speakers.get(id_)) is not None:
            return known.name
        gone = self.gone.get(id_)
        return f"{gone.name} (deleted since)" if gone is not None else "a speaker deleted since"

    def annotation(self, id_: str) -> str:
        """The words of an annotation."""
        known = self.records.get(id_)
        return words(known) if known is not None else "one deleted since"


def gone_speakers(project: Project, records: Iterable[Record | None], known: Container[str]) -> dict[str, Speaker]:
    """The speakers named in these records that are none of ``known`` any more, by id, as the change log has them."""
    named: set[str | None] = set()
    for record in records:
        if isinstance(record, Claim):
            named |= {id_ for hop in record.chain for id_ in (hop.speaker_id, hop.addressee_id)}
        elif isinstance(record, Mention):
            named.add(record.speaker_id)
    found = {}
    for id_ in named:
        versions = project.versions("speaker", id_) if id_ is not None and id_ not in known else []
        last = versions[-1].before if versions else None
        if isinstance(last, Speaker):
            found[last.id] = last
    return found


def words(record: Record) -> str:
    """What a record is called: the words it stands on, a name or a title."""
    if isinstance(record, Annotation):
        return f"“{shorten(' … '.join(span.exact for span in record.spans), _WORDS)}”" if record.spans else "no words"
    if isinstance(record, Speaker | Scheme):
        return record.name
    if isinstance(record, Quarantined):
        return f"{record.label} “{shorten(record.exact, _WORDS)}”" if record.exact else record.label
    return shorten(record.title, _WORDS) if isinstance(record, Article) else "the source text"


def headline(before: Record | None, after: Record | None) -> str:
    """What happened to which record: ``Claim made: “I would go”``, ``Speaker changed: RIA Novosti``."""
    record = after if after is not None else before
    if record is None:
        return ""
    if isinstance(record, Quarantined):
        return f"{'Put into' if before is None else 'Taken out of'} quarantine: {words(record)}"
    verb = "made" if before is None else "deleted" if after is None else "changed"
    return f"{kind_of(record).replace('_', ' ').capitalize()} {verb}: {words(record)}"


def tell(version: Version, names: Names) -> list[str]:
    """A line for each field that a version changed, such as ``form: Indirect speech → Direct quote``."""
    before, after = version.before, version.after
    if before is None or after is None:
        record = after if after is not None else before
        return [] if record is None else _tell_whole(record, names)
    if isinstance(before, Scheme) and isinstance(after, Scheme):
        return scheme_changes.tell(before, after, {})
    kind = kind_of(after)
    lines = []
    for name, old, new in differences(version):
        left, right = both_in_words(kind, name, (old, new), names)
        lines.append(f"{label_of(name)}: {left} → {right}")
    return lines


def both_in_words(kind: str, name: str, values: tuple[Any, Any], names: Names) -> tuple[str, str]:
    """Two values of a field, so that they can be told from each other."""
    left, right = (in_words(kind, name, value, names) for value in values)
    return (_in_detail(values[0], names), _in_detail(values[1], names)) if left == right else (left, right)


def _tell_whole(record: Record, names: Names) -> list[str]:
    """What a record held that was made or deleted."""
    if isinstance(record, Quarantined):
        return [f"reason: {record.reason}", f"from: {record.place}"]
    if not isinstance(record, Annotation | Speaker):
        return []
    shown = ("kind", "form", "type", "check_worthy", "stance", "chain", "speaker_id", "replacement", "cause", "note")
    values = ((name, getattr(record, name, None)) for name in shown)
    kind = kind_of(record)
    return [f"{label_of(name)}: {in_words(kind, name, value, names)}" for name, value in values if value]


def label_of(name: str) -> str:
    """What a field is called."""
    return _NAMES.get(name, name.replace("_", " "))


def in_words(kind: str, name: str, value: Any, names: Names) -> str:
    """The value of a field of that kind of record."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "speaker_id":
        return names.speaker(value)
    if value is None or value in ("", ()):
        return _NOTHING
    if name in ("parent_id", "claim_id"):
        return names.annotation(value)
    if isinstance(value, tuple):
        return shorten(_items(value, names), _WORDS)
    owner = f"{kind}.{name}" if f"{kind}.{name}" in names.vocabulary else name
    label = names.vocabulary.label(owner, value) if owner in names.vocabulary else str(value)
    return shorten(label, _WORDS)


def _items(values: tuple[Any, ...], names: Names) -> str:
    first = values[0]
    if isinstance(first, Span):
        return f"“{shorten(' … '.join(span.exact for span in values), _WORDS - 2)}”"
    if isinstance(first, Hop):
        return " > ".join(names.speaker(hop.speaker_id) for hop in values)
    if isinstance(first, Role):
        return ", ".join(role.title for role in values)
    if isinstance(first, Evidence):
        return ", ".join(item.url or item.note or "evidence" for item in values)
    if isinstance(first, Segment):
        return counted(len(values), "block")
    return ", ".join(map(str, values))


def _in_detail(value: Any, names: Names) -> str:
    """Values that look alike in short: with what tells them apart."""
    if not isinstance(value, tuple):
        return repr(value)
    return "; ".join(_detail(item, names) for item in value) or _NOTHING


def _detail(item: Any, names: Names) -> str:
    if isinstance(item, Span):
        return f"{item.start}–{item.end}"
    if isinstance(item, Hop):
        cues = " … ".join(span.exact for span in item.cue_spans)
        mention = " … ".join(span.exact for span in item.mention_spans)
        told = names.speaker(item.addressee_id) if item.addressee_id else ""
        parts = (("named", mention), ("cue", cues), ("by", item.medium), ("to", told), ("on", item.date))
        more = [f"{what} “{shorten(words_, 30)}”" for what, words_ in parts if words_]
        more += [names.vocabulary.label("hop.referring", item.referring)] if item.referring else []
        return f"{names.speaker(item.speaker_id)} ({', '.join(more) or 'no more'})"
    if isinstance(item, Segment):
        return f"{names.vocabulary.label('segment.kind', item.kind)} {item.start}–{item.end}"
    if isinstance(item, Role):
        return f"{item.title} {item.since or ''}–{item.until or ''}"
    if isinstance(item, Evidence):
        return f"{item.url or ''} {item.date or ''} {item.note} {item.kind}".strip()
    return str(item)
