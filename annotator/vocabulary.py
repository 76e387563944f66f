"""The label vocabularies: for each field its values, in order, with the words shown to people.

They belong to the project (its :class:`annotator.model.Scheme`); what stands here is what a new one begins with.
Values are data and go into the export; labels are for the window and may be changed freely.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model import Term

FIXED = frozenset(
    {"article.state", "segment.kind", "status", "mention.kind", "correction.kind", "hop.referring", "evidence.kind"}
)
"""Fields whose values the program itself acts on: they are the same in every project."""


class Vocabulary:
    """The values of every field, looked up by the field's name (``claim.form``). Never changes."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """``terms`` are a scheme's; the :data:`FIXED` fields are added."""
        self._fields: dict[str, tuple[Term, ...]] = {}
        for term in (*terms, *_FIXED_TERMS):
            self._fields[term.vocabulary] = (*self._fields.get(term.vocabulary, ()), term)
        self._by_value = {(term.vocabulary, term.value): term for terms in self._fields.values() for term in terms}

    def with_terms(self, more: Iterable[Term]) -> Vocabulary:
        """One that knows further values too."""
        own = (term for terms in self._fields.values() for term in terms if term.vocabulary not in FIXED)
        return Vocabulary((*own, *more))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have a vocabulary, in order."""
        return tuple(self._fields)

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def terms(self, field: str) -> tuple[Term, ...]:
        """What can be chosen for a field. Raises ``KeyError`` when it has no vocabulary."""
        return tuple(term for term in self._fields[field] if not term.retired)

    def choices(self, field: str) -> list[tuple[str, str, str]]:
        """The same as value, label and meaning."""
        return [(term.value, term.label, term.meaning) for term in self.terms(field)]

    def values(self, field: str) -> tuple[str, ...]:
        """What may be stored in a field, retired values included. Raises ``KeyError`` when it has no vocabulary."""
        return tuple(term.value for term in self._fields[field])

    def get(self, field: str, value: str) -> Term | None:
        """The term of a stored value."""
        return self._by_value.get((field, value))

    def label(self, field: str, value: str | None) -> str:
        """The words shown for a stored value; an unknown value is shown as it is, None as nothing."""
        if value is None:
            return ""
        term = self.get(field, value)
        return term.label if term is not None else value


_ROWS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "claim.form": (
        ("direct", "Direct quote", "Word for word, in quotation marks."),
        ("indirect", "Indirect speech", "Retold in a subordinate clause: said that …"),
        ("mixed", "Mixed quote", "Retold, with some words in quotation marks."),
        ("free_indirect", "Free indirect", "Retold without a reporting verb of its own."),
        ("reported", "Reported", "Only the act or the topic of speaking is told."),
        ("narration", "Narration", "Stated by the article itself."),
    ),
    "claim.type": (
        ("event_property", "Event or property", "Something happened or has a property."),
        ("numerical", "Numerical", "A number, a share, a comparison of amounts."),
        ("quote", "Quote", "That somebody said something."),
        ("causal", "Causal", "One thing led to another."),
        ("position", "Position", "What somebody wants, promises or holds."),
    ),
    "claim.check_worthy": (
        ("checkable", "Checkable", "Evidence could settle it."),
        ("partly", "Partly checkable", "Evidence could settle a part of it."),
        ("not_checkable", "Not checkable", "Opinion, intention or prediction."),
    ),
    "claim.stance": (
        ("asserts", "Asserts", "The speaker holds it to be true."),
        ("denies", "Denies", "The speaker holds it to be false."),
        ("questions", "Questions", "The speaker leaves it open."),
        ("declines", "Declines to say", "The speaker refuses to comment."),
    ),
    "certainty": (
        ("high", "Certain", "The annotator would defend it."),
        ("medium", "Fairly certain", "Another reading is possible."),
        ("low", "Uncertain", "A guess, to be looked at again."),
    ),
    "status": (
        ("draft", "Draft", "Made, not yet reviewed."),
        ("accepted", "Accepted", "Reviewed and kept."),
        ("rejected", "Rejected", "Reviewed and turned down; kept for the record."),
    ),
    "hop.referring": (
        ("explicit", "Named", "The source is named."),
        ("anaphoric", "Pronoun or noun", "The source is named elsewhere in the article."),
        ("implicit", "Implicit", "No words name the source."),
    ),
    "mention.kind": (
        ("name", "Name", "Sergei Lavrov"),
        ("nominal", "Noun phrase", "the news agency"),
        ("pronoun", "Pronoun", "he"),
    ),
    "speaker.kind": (
        ("person", "Person", "A named human being."),
        ("organization", "Organization", "A ministry, a company, a party."),
        ("group", "Group", "Critics, voters, the opposition."),
        ("media", "Media", "A newspaper, an agency, a broadcaster."),
        ("artifact", "Document", "A report, a transcript, a law."),
        ("unnamed", "Unnamed", "A source whose name is withheld."),
    ),
    "correction.kind": (
        ("transcription", "Transcription", "The source says one thing, it was meant to say another."),
        ("regularisation", "Regularisation", "Another spelling of the same, for searching; the text stays."),
        ("factual", "Factual", "What is claimed is not so; the text stays."),
    ),
    "correction.cause": (
        ("ocr", "OCR error", "Characters misread by a scanner."),
        ("spacing", "Spacing", "A space too many or too few."),
        ("quote_mark", "Stray quote", "A quotation mark wrong, missing or doubled."),
        ("line_break", "Hard wrap", "A line end in the middle of a paragraph."),
        ("hyphenation", "Hyphenation", "A word divided at a line end."),
        ("inserted_matter", "Inserted matter", "A link, an advertisement, a caption inside the text."),
        ("spelling", "Spelling", "A misspelt word."),
    ),
    "correction.verdict": (
        ("supported", "Supported", "Evidence confirms it."),
        ("refuted", "Refuted", "Evidence contradicts it."),
        ("not_enough_evidence", "Not enough evidence", "Nothing found settles it."),
        ("conflicting_evidence", "Conflicting evidence", "Evidence points both ways."),
    ),
    "evidence.kind": (
        ("evidence", "Evidence", "What was found out."),
        ("published_correction", "Published correction", "What the outlet itself printed later."),
    ),
    "article.state": (
        ("todo", "Not started", "Nobody has labelled it."),
        ("in_progress", "In progress", "Somebody is at work on it."),
        ("needs_review", "Needs review", "Labelled; the lead should look."),
        ("done", "Done", "Labelled and reviewed."),
    ),
    "segment.kind": (
        ("headline", "Headline", ""),
        ("dateline", "Date line", ""),
        ("byline", "Byline", ""),
        ("body", "Body", ""),
        ("related_link", "Related link", "Inserted matter: no claim."),
        ("url", "Address", "Inserted matter: no claim."),
        ("caption", "Caption", ""),
        ("note", "Note", "By the editors, not part of the article."),
    ),
}
_TERMS = tuple(Term(field, *row) for field, rows in _ROWS.items() for row in rows)
_FIXED_TERMS = tuple(term for term in _TERMS if term.vocabulary in FIXED)
DEFAULT_TERMS = tuple(term for term in _TERMS if term.vocabulary not in FIXED)
"""What the schemes that come with the program offer."""
DEFAULT = Vocabulary(DEFAULT_TERMS)
