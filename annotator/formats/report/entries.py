"""The lists of the report: what is known of an article, its claims with their chains, corrections, speakers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import starmap

from annotator.formats.report.markup import Html, field, link, tag, together
from annotator.model import Annotation, Article, Claim, Correction, Evidence, Hop, Span, Speaker
from annotator.vocabulary import DEFAULT

_FACTS = ("outlet", "byline", "published", "language", "state")
_CLAIM = ("form", "type", "check_worthy", "stance")
_SITE = "https://www.wikidata.org/wiki/"


def facts(article: Article) -> Html:
    """What is known of an article."""
    told = [_told(name, getattr(article, name), f"article.{name}") for name in _FACTS]
    if article.url is not None:
        told.append(("url", field("url", article.url, link(article.url))))
    return _list([pair for pair in told if pair is not None])


def claim_entry(claim: Claim, ids: Mapping[str, str], people: Mapping[str, Speaker]) -> Html:
    """A claim with its chain, outermost first."""
    told = [_told(name, getattr(claim, name), f"claim.{name}") for name in _CLAIM]
    told += [_told("certainty", claim.certainty, "certainty"), _told("status", claim.status, "status")]
    if claim.parent_id is not None:
        parent = ids.get(claim.parent_id)
        shown = tag("a", parent.rpartition("c")[2], href=f"#{parent}") if parent else Html("?")
        told.append(("inside claim", field("parent_id", claim.parent_id, shown)))
    if claim.unsure:
        told.append(("unsure", field("unsure", "true", "yes")))
    if claim.tags:
        told.append(("tags", together(starmap(_tag, enumerate(claim.tags)))))
    told += [_told("note", claim.note or None), _told("annotator", claim.annotator or None)]
    own = tag("p", field("text", claim.text), class_="own", dir="auto") if claim.text else Html("")
    chain = tag("ol", *(_hop(hop, people) for hop in claim.chain), class_="chain") if claim.chain else Html("")
    known = _list([pair for pair in told if pair is not None])
    return _record("claim", claim, tag("p", _words(claim), dir="auto"), own, known, chain, id_=ids[claim.id])


def _tag(number: int, word: str) -> Html:
    return together((", " if number else "", field("tags", word)))


def _hop(hop: Hop, people: Mapping[str, Speaker]) -> Html:
    speaker = people.get(hop.speaker_id or "")
    name = tag("bdi", speaker.name if speaker else "an unnamed source")
    shown: list[str] = [field("speaker_id", hop.speaker_id, name) if hop.speaker_id else name]
    for key, class_, spans in (("mention_spans", "source", hop.mention_spans), ("cue_spans", "cue", hop.cue_spans)):
        for span in spans:
            shown += [" ", tag("span", _place(key, span), class_=class_)]
    addressee = people.get(hop.addressee_id or "")
    if hop.addressee_id:
        shown += [" to ", field("addressee_id", hop.addressee_id, tag("bdi", addressee.name if addressee else "?"))]
    for key, value in (("referring", hop.referring), ("medium", hop.medium), ("date", hop.date)):
        if value is not None:
            shown += [", ", field(key, value, DEFAULT.label(f"hop.{key}", value) if key == "referring" else value)]
    return tag("li", *shown, data_record="hop")


def correction_entry(correction: Correction, ids: Mapping[str, str]) -> Html:
    """A correction: what goes and what comes, or a verdict with its evidence."""
    told = [_told("kind", correction.kind, "correction.kind"), _told("cause", correction.cause, "correction.cause")]
    told.append(_told("verdict", correction.verdict, "correction.verdict"))
    claim = ids.get(correction.claim_id or "")
    if correction.claim_id is not None:
        shown = tag("a", claim.rpartition("c")[2], href=f"#{claim}") if claim else Html("?")
        told.append(("about claim", field("claim_id", correction.claim_id, shown)))
    told += [_told("certainty", correction.certainty, "certainty"), _told("status", correction.status, "status")]
    told += [_told("note", correction.note or None), _told("annotator", correction.annotator or None)]
    change = together(tag("del", _place("spans", span)) for span in correction.spans)
    if correction.replacement is not None:
        change = together((change, " ", tag("ins", field("replacement", correction.replacement))))
    evidence = tag("ul", *map(_evidence, correction.evidence)) if correction.evidence else Html("")
    known = _list([pair for pair in told if pair is not None])
    return _record("correction", correction, tag("p", change, dir="auto"), known, evidence)


def _evidence(evidence: Evidence) -> Html:
    shown: list[str] = [field("kind", evidence.kind, DEFAULT.label("evidence.kind", evidence.kind))]
    if evidence.date is not None:
        shown += [", ", field("date", evidence.date)]
    if evidence.url is not None:
        shown += [", ", field("url", evidence.url, link(evidence.url))]
    if evidence.note:
        shown += [": ", field("note", evidence.note)]
    return tag("li", *shown, data_record="evidence")


def speaker_entry(speaker: Speaker, claims: int) -> Html:
    """A row of the table of speakers; ``claims`` of which it is the source."""
    wikidata = speaker.wikidata
    shown = link(_SITE + wikidata, wikidata) if wikidata and wikidata != "none" else (wikidata or "")
    cells = (
        field("name", speaker.name),
        field("kind", speaker.kind, DEFAULT.label("speaker.kind", speaker.kind)),
        together(
            together((", " if number else "", field("aliases", word))) for number, word in enumerate(speaker.aliases)
        ),
        field("affiliation", speaker.affiliation),
        field("wikidata", wikidata, shown),
        f"{claims:,}",
    )
    return tag("tr", *(tag("td", cell) for cell in cells), data_record="speaker", data_id=speaker.id)


def _record(kind: str, annotation: Annotation, *children: Html, id_: str | None = None) -> Html:
    return tag("li", *children, id_=id_, data_record=kind, data_id=annotation.id)


def _words(annotation: Annotation) -> Html:
    return together(
        together((" … " if number else "", _place("spans", span))) for number, span in enumerate(annotation.spans)
    )


def _place(name: str, span: Span) -> Html:
    return field(name, f"{span.start}-{span.end}", span.exact)


def _told(name: str, value: str | None, vocabulary: str = "") -> tuple[str, Html] | None:
    if value is None:
        return None
    shown = DEFAULT.label(vocabulary, value) if vocabulary else value
    return name.replace("_", " "), field(name, value, shown)


def _list(told: Iterable[tuple[str, Html]]) -> Html:
    rows = [tag("div", tag("dt", name), tag("dd", value, dir="auto")) for name, value in told]
    return tag("dl", *rows) if rows else Html("")
