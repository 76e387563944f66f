"""The label vocabularies: for each field its values, in order, with the words shown to people.

Values are data and go into the export; labels are for the window and may be changed freely.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary: what is stored, what is shown, what it means."""

    value: str
    label: str
    meaning: str = ""


def _terms(*rows: tuple[str, str, str]) -> tuple[Term, ...]:
    return tuple(Term(*row) for row in rows)


VOCABULARIES: dict[str, tuple[Term, ...]] = {
    "claim.form": _terms(
        ("direct", "Direct quote", "Word for word, in quotation marks."),
        ("indirect", "Indirect speech", "Retold in a subordinate clause: said that …"),
        ("mixed", "Mixed quote", "Retold, with some words in quotation marks."),
        ("free_indirect", "Free indirect", "Retold without a reporting verb of its own."),
        ("reported", "Reported", "Only the act or the topic of speaking is told."),
        ("narration", "Narration", "Stated by the article itself."),
    ),
    "claim.type": _terms(
        ("event_property", "Event or property", "Something happened or has a property."),
        ("numerical", "Numerical", "A number, a share, a comparison of amounts."),
        ("quote", "Quote", "That somebody said something."),
        ("causal", "Causal", "One thing led to another."),
        ("position", "Position", "What somebody wants, promises or holds."),
    ),
    "claim.check_worthy": _terms(
        ("checkable", "Checkable", "Evidence could settle it."),
        ("partly", "Partly checkable", "Evidence could settle a part of it."),
        ("not_checkable", "Not checkable", "Opinion, intention or prediction."),
    ),
    "claim.stance": _terms(
        ("asserts", "Asserts", "The speaker holds it to be true."),
        ("denies", "Denies", "The speaker holds it to be false."),
        ("questions", "Questions", "The speaker leaves it open."),
        ("declines", "Declines to say", "The speaker refuses to comment."),
    ),
    "certainty": _terms(
        ("high", "Certain", "The annotator would defend it."),
        ("medium", "Fairly certain", "Another reading is possible."),
        ("low", "Uncertain", "A guess, to be looked at again."),
    ),
    "status": _terms(
        ("draft", "Draft", "Made, not yet reviewed."),
        ("accepted", "Accepted", "Reviewed and kept."),
        ("rejected", "Rejected", "Reviewed and turned down; kept for the record."),
    ),
    "hop.referring": _terms(
        ("explicit", "Named", "The source is named."),
        ("anaphoric", "Pronoun or noun", "The source is named elsewhere in the article."),
        ("implicit", "Implicit", "No words name the source."),
    ),
    "mention.kind": _terms(
        ("name", "Name", "Sergei Lavrov"),
        ("nominal", "Noun phrase", "the news agency"),
        ("pronoun", "Pronoun", "he"),
    ),
    "speaker.kind": _terms(
        ("person", "Person", "A named human being."),
        ("organization", "Organization", "A ministry, a company, a party."),
        ("group", "Group", "Critics, voters, the opposition."),
        ("media", "Media", "A newspaper, an agency, a broadcaster."),
        ("artifact", "Document", "A report, a transcript, a law."),
        ("unnamed", "Unnamed", "A source whose name is withheld."),
    ),
    "correction.kind": _terms(
        ("transcription", "Transcription", "The source says one thing, it was meant to say another."),
        ("regularisation", "Regularisation", "Another spelling of the same, for searching; the text stays."),
        ("factual", "Factual", "What is claimed is not so; the text stays."),
    ),
    "correction.cause": _terms(
        ("ocr", "OCR error", "Characters misread by a scanner."),
        ("spacing", "Spacing", "A space too many or too few."),
        ("quote_mark", "Stray quote", "A quotation mark wrong, missing or doubled."),
        ("line_break", "Hard wrap", "A line end in the middle of a paragraph."),
        ("hyphenation", "Hyphenation", "A word divided at a line end."),
        ("inserted_matter", "Inserted matter", "A link, an advertisement, a caption inside the text."),
        ("spelling", "Spelling", "A misspelt word."),
    ),
    "correction.verdict": _terms(
        ("supported", "Supported", "Evidence confirms it."),
        ("refuted", "Refuted", "Evidence contradicts it."),
        ("not_enough_evidence", "Not enough evidence", "Nothing found settles it."),
        ("conflicting_evidence", "Conflicting evidence", "Evidence points both ways."),
    ),
    "article.state": _terms(
        ("todo", "Not started", "Nobody has labelled it."),
        ("in_progress", "In progress", "Somebody is at work on it."),
        ("needs_review", "Needs review", "Labelled; the lead should look."),
        ("done", "Done", "Labelled and reviewed."),
    ),
    "segment.kind": _terms(
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


def terms(field: str) -> tuple[Term, ...]:
    """The vocabulary of a field such as ``claim.form``. Raises ``KeyError`` when it has none."""
    return VOCABULARIES[field]


def label(field: str, value: str | None) -> str:
    """The words shown for a stored value; an unknown value is shown as it is, None as nothing."""
    if value is None:
        return ""
    return next((term.label for term in VOCABULARIES[field] if term.value == value), value)


def values(field: str) -> tuple[str, ...]:
    """The stored values of a field's vocabulary."""
    return tuple(term.value for term in VOCABULARIES[field])
