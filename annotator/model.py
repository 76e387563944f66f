"""The records: frozen values that every layer passes around.

Offsets are Unicode code points, 0-based and half-open, over the article's source text.
Identifiers are UUID strings, times RFC 3339 UTC strings (``now()``), dates ``YYYY-MM-DD`` or shorter.
Vocabulary fields (``form``, ``cause`` …) hold plain strings; ``annotator.vocabulary`` lists the values.
A ``repr`` leaves out what is article text or an annotator's prose, since it ends up in messages and logs.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

import msgspec


def new_id() -> str:
    """A fresh random UUID."""
    return str(uuid.uuid4())


def now() -> str:
    """The current time in UTC with millisecond resolution, e.g. ``2026-11-23T12:00:00.000Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Span(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """One contiguous stretch ``[start, end)`` of source text, with its quoted text and context.

    ``exact`` equals ``text[start:end]``; ``prefix`` and ``suffix`` are up to 32 code points of context
    that let a broken anchor be found again. Make spans with :func:`annotator.text.anchors.anchor`.

    There are more of these than of all else together, so they are made, compared and read from JSON in C.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __repr__(self) -> str:
        return f"Span(start={self.start}, end={self.end})"


@dataclass(frozen=True, slots=True)
class Segment:
    """The role of one block of the article (headline, dateline, byline, body, related_link, url, caption, note)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of an article, frozen at import. ``id`` is the article's id."""

    id: str
    text: str = field(repr=False)
    text_sha256: str
    """SHA-256 (hex) of the UTF-8 bytes of ``text``."""
    bytes_sha256: str | None = None
    """SHA-256 (hex) of the original file's bytes, None when the text did not come from a file."""
    file_name: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What is known about an article, without its text (see :class:`SourceText`)."""

    id: str
    title: str
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    state: str = "todo"
    segments: tuple[Segment, ...] = ()
    import_notes: tuple[str, ...] = ()
    position: int = 0
    """Place in the project's list of articles, ascending."""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A speaker's office or function, with the dates it was held (None when unknown or open)."""

    title: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source of claims, known to the whole project."""

    id: str
    name: str
    kind: str = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    affiliation: str | None = None
    wikidata: str | None = None
    """A Wikidata id (``Q58217``), the explicit ``"none"``, or None when nobody looked yet."""
    note: str = field(default="", repr=False)
    created: str = ""
    updated: str = ""


def is_entry(wikidata: str | None) -> bool:
    """Whether a speaker's Wikidata id is one, and not that nobody looked or that there is none."""
    return wikidata not in {None, "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What every annotation carries. ``origin``: manual, imported, suggested-accepted, suggested-edited."""

    id: str
    article_id: str
    annotator: str
    spans: tuple[Span, ...]
    guideline: str = "1"
    created: str = ""
    updated: str = ""
    status: str = "draft"
    certainty: str | None = None
    note: str = field(default="", repr=False)
    origin: str = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Annotation):
    """A place where the article names a speaker. ``kind``: name, nominal or pronoun."""

    speaker_id: str | None = None
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of an attribution chain: who passed the claim on, and the words that say so."""

    speaker_id: str | None = None
    mention_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    referring: str | None = None
    """explicit, anaphoric or implicit."""
    medium: str | None = None
    addressee_id: str | None = None
    """The speaker who was spoken to ("told reporters")."""
    date: str | None = None
    """When it was said, where the article says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Annotation):
    """A claim: ``spans`` is its content (discontinuous when there are several), ``chain`` its attribution.

    The chain runs outermost first: *The Moscow Times → RIA Novosti → Sergei Lavrov*.
    """

    text: str | None = field(default=None, repr=False)
    """The claim as a sentence that stands on its own."""
    form: str | None = None
    type: str | None = None
    check_worthy: str | None = None
    stance: str | None = None
    unsure: bool = False
    parent_id: str | None = None
    chain: tuple[Hop, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a factual correction rests on."""

    url: str | None = None
    date: str | None = None
    note: str = field(default="", repr=False)
    kind: str = "evidence"
    """evidence, or published_correction: what the outlet itself printed later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Annotation):
    """A correction of one of three kinds that are never mixed.

    ``transcription`` and ``regularisation``: *every* span is read as ``replacement`` (None or empty deletes;
    a span with start == end inserts). Transcription corrections that are not rejected make the corrected text.
    ``factual``: about a claim (``claim_id``, ``verdict``, ``evidence``); it changes no text.
    """

    kind: str = "transcription"
    replacement: str | None = field(default=None, repr=False)
    cause: str | None = None
    claim_id: str | None = None
    verdict: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def applied(self) -> bool:
        """Whether the corrected text reads as it says."""
        return self.kind == "transcription" and self.status != "rejected"


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary (``claim.form``, the field it is for): what is stored, shown, and meant."""

    vocabulary: str
    value: str
    label: str
    meaning: str = field(default="", repr=False)
    retired: bool = False
    """No longer offered; annotations that have it keep it."""


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """How a project takes one of the checks: ``off``, ``warning`` or ``blocking``."""

    check: str
    level: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """By what rules a project is labelled: the guideline, the vocabularies, the checks. There is one in a project.

    ``version`` counts up with every change and goes into each new annotation as its ``guideline``.
    """

    id: str = "scheme"
    name: str = ""
    version: str = "1"
    terms: tuple[Term, ...] = ()
    guideline: str = field(default="", repr=False)
    """Markdown. A heading that is a field's name (``## claim.form``) begins what is shown at that field."""
    checks: tuple[CheckSetting, ...] = ()
    hidden: tuple[str, ...] = ()
    """Fields and panels that this work does not need: ``claim.stance``, ``claims``, ``speakers``, ``corrections``."""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """What an import brought that could not become an annotation: kept as it came, until somebody settles it."""

    id: str
    article_id: str
    reason: str
    """A clause that says why: ``the words “Twould” are not in the text``."""
    label: str
    """What it is called in the file it came from."""
    exact: str = field(default="", repr=False)
    """The words that it was to stand on, as far as the file quotes them."""
    data: str = field(default="{}", repr=False)
    """JSON of the item, link or line as it was read."""
    place: str = ""
    """Where it came from: ``a.ann, line 12``."""
    created: str = ""


Record = Article | SourceText | Speaker | Mention | Claim | Correction | Scheme | Quarantined

RECORD_TYPES: dict[str, type[Record]] = {
    "article": Article,
    "source_text": SourceText,
    "speaker": Speaker,
    "mention": Mention,
    "claim": Claim,
    "correction": Correction,
    "scheme": Scheme,
    "quarantined": Quarantined,
}
_KINDS: dict[type, str] = {record_type: kind for kind, record_type in RECORD_TYPES.items()}


def field_names(owner: type) -> tuple[str, ...]:
    """The fields of a record's type, or of the type of a value inside one, in order."""
    names = _FIELD_NAMES.get(owner)
    if names is None:
        names = _FIELD_NAMES[owner] = tuple(item.name for item in fields(owner))
    return names


_FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def kind_of(record: Record) -> str:
    """The kind's name as the change log has it, such as ``"claim"`` or ``"speaker"``."""
    return _KINDS[type(record)]


def article_of(record: Record) -> str | None:
    """The id of the article the record belongs to; None for a speaker and the scheme."""
    if isinstance(record, _BELONGING):
        return record.article_id
    return None if isinstance(record, _SHARED) else record.id


_BELONGING = (Annotation, Quarantined)
_SHARED = (Speaker, Scheme)


@dataclass(frozen=True, slots=True)
class Document:
    """One article whole: fields, text and annotations, each in a fixed order (start, end, id).

    ``speakers`` are those that the annotations name, as they were at the moment the article was read: whoever writes
    an article needs no second look at a project that somebody else may have changed meanwhile. They belong to the
    project, so they do not count when documents are compared.
    """

    article: Article
    source: SourceText
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    speakers: tuple[Speaker, ...] = field(default=(), compare=False)
    quarantined: tuple[Quarantined, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """A row of the article list: the article's fields and how many annotations it has."""

    article: Article
    claims: int = 0
    mentions: int = 0
    corrections: int = 0
    quarantined: int = 0
