"""What annotation projects call what this program knows: their usual labels, roles and attributes.

Names are compared without case, blanks and signs (``key``): ``Direct-Quote`` and ``direct_quote`` are one.
"""

from __future__ import annotations

from annotator.formats.standoff.graph import Attributes, Item, Link
from annotator.formats.standoff.labels import (
    CLAIM,
    CUE,
    FACTUAL,
    MENTION,
    REGULARISATION,
    SEGMENT,
    SOURCE,
    TRANSCRIPTION,
)

Meaning = tuple[str, Attributes]
"""What a label leads to, and what it gives."""


def key(name: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(character for character in name.casefold() if character.isalnum())


def _table(*rows: tuple[str, Attributes, str]) -> dict[str, Meaning]:
    return {key(name): (to, give) for to, give, names in rows for name in names.split(",")}


SURE = _table(
    (CLAIM, (), "Claim,Content,Quote,Quotation,Statement,Utterance,Assertion,Said,Quoted Content,Attribution Content"),
    (CLAIM, (("form", "direct"),), "Direct,Direct Quote,Direct Quotation,Direct Speech,Direct Statement"),
    (CLAIM, (("form", "indirect"),), "Indirect,Indirect Quote,Indirect Quotation,Indirect Speech,Indirect Statement"),
    (CLAIM, (("form", "mixed"),), "Mixed,Mixed Quote,Mixed Quotation,Partial Quote"),
    (CLAIM, (("form", "free_indirect"),), "Free Indirect,Free Indirect Speech,Free Indirect Quote,FID"),
    (CLAIM, (("form", "reported"),), "Reported,Reported Speech,Reported Quote"),
    (SOURCE, (), "Source,Speaker,Quote Source,Quote Speaker,Attribution Source,Holder,Opinion Holder,Quotee,Sprecher"),
    (CUE, (), "Cue,Cue Word,Cue Phrase,Verb Cue,Quote Cue,Attribution Cue,Reporting Verb,Quote Verb,Verbum Dicendi"),
    (CUE, (), "Int Expr,Int Expression,Introductory Expression,Introducing Expression"),
    (
        MENTION,
        (("kind", "name"),),
        (
            "PER,PERS,Person,ORG,Organization,Organisation,"
            "PERSON NAME,persName,orgName,B-PER,Name,Named Entity"
        ),
    ),
    (MENTION, (("kind", "nominal"),), "Nominal,Nominal Mention,NOM"),
    (MENTION, (("kind", "pronoun"),), "Pronoun,Pronominal,PRO,PRON"),
    (MENTION, (), "Mention,Entity Mention,Coreference Mention,Coreference Link,Character"),
    (TRANSCRIPTION, (("cause", "ocr"),), "OCR,OCR Error,Misread"),
    (TRANSCRIPTION, (("cause", "spelling"),), "Typo,Misspelling,Spelling,Spelling Error"),
    (TRANSCRIPTION, (), "Transcription,Transcription Error,Sic"),
    (REGULARISATION, (), "Regularisation,Regularization,Reg,Orig,Abbr,Normalised Spelling"),
    (FACTUAL, (), "Factual,Factual Error,Factual Correction,Misinformation"),
    (SEGMENT, (("kind", "headline"),), "Headline,Title"),
    (SEGMENT, (("kind", "dateline"),), "Dateline"),
    (SEGMENT, (("kind", "byline"),), "Byline"),
    (SEGMENT, (("kind", "caption"),), "Caption"),
)  # fmt: skip
"""Labels that mean the same wherever they stand."""

UNSURE: dict[str, tuple[Meaning, str]] = {
    name: ((to, give), why)
    for to, give, why, names in (
        (CLAIM, (("form", "free_indirect"),), "indirect and free indirect speech in one label",
         "Indirect Free Indirect,Indirect/Free Indirect,IndirectFreeIndirect"),
        (CLAIM, (), "an opinion may be more than what somebody is said to hold", "Opinion,Belief,Thought,Paraphrase"),
        (CLAIM, (("form", "direct"),), "a whole speech may hold many claims", "sp,u"),
        (CLAIM, (("form", "direct"),), "in DirectQuote it is a quotation whose speaker stands beside it",
         "LeftSpeaker,RightSpeaker"),
        (CLAIM, (("form", "reported"),), "it may be a topic without a claim", "Discuss,Topic"),
        (CUE, (), "the frame of a quotation is more than its cue", "Frame,Reporting Clause,Introductory Clause"),
        (MENTION, (), "the words for those who are spoken to become a mention",
         "Addr,Addressee,Hearer,Recipient,Audience"),
        (MENTION, (), "a place or a state is only sometimes a speaker",
         "GPE,NORP,LOC,Location,Place,Misc,Facility,FAC"),
        (MENTION, (), "an author may be the article's own", "Author"),
        (MENTION, (), "an entity may be anything", "Entity,NE,Referent,rs"),
        (TRANSCRIPTION, (), "an error may be one of the text or one of fact", "Error,Correction,Mistake"),
    )
    for name in (key(each) for each in names.split(","))
}  # fmt: skip
"""Labels that mean this most of the time, and what is doubtful about it."""

SAME_SPEAKER_LINKS = frozenset(
    map(key, ("Coref", "Coreference", "Coreferent", "Corefers", "Anaphora", "Identity", "Ident", "Equiv", "Alias",
              "Same As", "Same Speaker", "Coref Link", "Is Same", "Coreference Chain", "Coref Chain"))
)  # fmt: skip
INSIDE_LINKS = frozenset(map(key, ("Inside", "Nested", "Nested In", "Part Of", "Contained In", "Embedded In")))

_TELLING = frozenset(map(key, ("Label", "Value", "Type", "RType", "Mode", "Kind", "Category", "Class", "Tag")))


def telling(thing: Item | Link) -> tuple[str, str] | None:
    """The attribute with its value that says what a thing is, when its label is none that is known: ``label`` Quote
    of what tools with few layers call ``Span``.
    """
    links = SAME_SPEAKER_LINKS | INSIDE_LINKS
    table = {*SURE, *UNSURE} if isinstance(thing, Item) else links
    if key(thing.label) in SURE or key(thing.label) in UNSURE or key(thing.label) in links:
        return None
    return next(
        ((name, value) for name, value in thing.attributes if key(name) in _TELLING and key(value) in table), None
    )


def _words(**names: str) -> dict[str, str]:
    return {key(name): ours for ours, listed in names.items() for name in listed.split(",")}


ROLES = _words(
    claim="Content,Quote,Quotation,Claim,Statement,Message",
    source="Source,Speaker,Holder,Agent,Said By,Author",
    cue="Cue,Verb,Cue Word",
)
FORM_VALUES = _words(
    direct="Direct,True,Direct Speech,Direct Quote,Direct Quotation",
    indirect="Indirect,False,Indirect Speech,Indirect Quote,Indirect Quotation",
    mixed="Mixed,Partial,Mixed Quote",
    free_indirect="Free Indirect,Free Indirect Speech,FID",
    reported="Reported,Reported Speech",
)
ATTRIBUTES = _words(
    form="Form,Direct,Mode,RType,Quote Type,Quotation Type,Speech Type,Directness,Type Of Quote",
    replacement="Replacement,Correct,Corrected,Correction,Normalized",
    name="Speaker,Speaker Name,Source Name,Said By,Attributed To,Author,Who,Ref",
    note="Note,Notes,Comment,Annotator Notes",
    stance="Stance",
    check_worthy="Check Worthy,Checkworthy,Checkworthiness,Checkable",
    verdict="Verdict,Veracity,Rating",
)
