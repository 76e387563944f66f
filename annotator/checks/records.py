"""Checks of speakers, nesting and what was left open on purpose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from annotator.checks.base import Fix, Problem, Scan, deletion
from annotator.edits import Edit
from annotator.model import Correction, Speaker
from annotator.services import annotate, articles, speakers
from annotator.services.speakers import key
from annotator.text.anchors import places
from annotator.text.disguise import alphabets, badged, look, plain_name
from annotator.text.wording import shorten
from annotator.workspace import Workspace


def shared_alias(scan: Scan) -> Iterator[Problem | None]:
    """One name or alias that two speakers have."""
    named: dict[str, list[tuple[Speaker, str]]] = defaultdict(list)
    for speaker in scan.ws.speakers.values():
        yield None
        for name in dict.fromkeys((speaker.name, *speaker.aliases)):
            named[key(name)].append((speaker, name))
    for found in named.values():
        yield None
        people = list({speaker.id: speaker for speaker, _ in found}.values())
        if len(people) > 1:
            one, other = people[:2]
            fixes = [Fix(f"Merge {one.name} and {other.name}…", request="merge_speakers", about=(one.id, other.id))]
            for speaker, name in found:
                if name in speaker.aliases:
                    rest = tuple(alias for alias in speaker.aliases if alias != name)
                    fixes.append(
                        Fix(
                            f"Take “{name}” from {speaker.name}",
                            partial(speakers.change, speaker_id=speaker.id, aliases=rest),
                        )
                    )
            message = f"“{found[0][1]}” is a name of {len(people)} speakers: {', '.join(p.name for p in people[:3])}."
            yield Problem("shared_alias", message, "speaker", one.id, (), tuple(fixes))


def outside_parent(scan: Scan) -> Iterator[Problem | None]:
    """Claims that are said to sit inside a claim that does not hold their words."""
    for claim in scan.claims:
        yield None
        parent = scan.ws.claims.get(claim.parent_id or "")
        if parent is None or not parent.spans or not claim.spans:
            continue
        low, high = parent.spans[0].start, parent.spans[-1].end
        if claim.spans[0].start < low or claim.spans[-1].end > high:
            fix = Fix("It is inside no claim", partial(annotate.change, annotation_id=claim.id, parent_id=None))
            message = "This claim is said to be inside another one, which does not hold its words."
            yield Problem("outside_parent", message, "claim", claim.id, places(claim.spans), (fix,))


def unsure(scan: Scan) -> Iterator[Problem | None]:
    """Claims that wait for the lead."""
    for claim in scan.claims:
        yield None
        if claim.unsure:
            fix = Fix("It is settled", partial(annotate.change, annotation_id=claim.id, unsure=False))
            message = f"Unsure, ask the lead: {claim.note}" if claim.note else "Unsure, ask the lead."
            yield Problem("unsure", message, "claim", claim.id, places(claim.spans), (fix,))


def unassigned_mention(scan: Scan) -> Iterator[Problem | None]:
    """Mentions of nobody yet."""
    open_ = [mention for mention in scan.ws.mentions.values() if mention.speaker_id is None]
    named: dict[str, Speaker] = {}
    for speaker in scan.ws.speakers.values() if open_ else ():
        yield None
        for alias in speaker.aliases:
            named.setdefault(key(alias), speaker)
    for speaker in scan.ws.speakers.values() if open_ else ():
        yield None
        named[key(speaker.name)] = speaker
    for mention in open_:
        yield None
        words = " … ".join(span.exact for span in mention.spans)
        steps: tuple[Fix, ...] = (Fix("Say who it is…", request="assign_mention"), deletion(mention))
        if (likely := named.get(key(words))) is not None:
            assign = partial(speakers.assign, mention_id=mention.id, name=likely.name)
            steps = (Fix(f"It is {likely.name}", assign), *steps)
        message = f"“{shorten(words)}” is a mention of nobody yet."
        yield Problem("unassigned_mention", message, "mention", mention.id, places(mention.spans), steps)


def no_evidence(scan: Scan) -> Iterator[Problem | None]:
    """Factual corrections with a verdict that rests on nothing, or about no claim."""
    for correction in scan.ws.corrections.values():
        yield None
        if correction.kind != "factual":
            continue
        if correction.claim_id not in scan.ws.claims:
            yield Problem(
                *("no_evidence", "A factual correction is about no claim.", "correction", correction.id),
                fixes=(Fix("Say which claim it is about…", request="factual_claim"), deletion(correction)),
            )
        elif correction.verdict not in (None, "not_enough_evidence") and not _rests(correction):
            back = Fix("Take the verdict back", partial(annotate.change, annotation_id=correction.id, verdict=None))
            yield Problem(
                *("no_evidence", "A verdict needs evidence with an address and a date.", "correction", correction.id),
                places(correction.spans),
                (Fix("Say what shows it…", request="evidence"), back),
            )


def _rests(correction: Correction) -> bool:
    """Whether something shows the verdict, and where and when is known."""
    return any(evidence.url and evidence.date for evidence in correction.evidence)


def disguised_name(scan: Scan) -> Iterator[Problem | None]:
    """Names that are not what they look like: hidden characters, strange letters, or the looks of another's name."""
    looks: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in scan.ws.speakers.values():
        yield None
        looks[key(look(speaker.name))].append(speaker)
        if badged(speaker.name) != speaker.name:
            plain = plain_name(speaker.name)
            fix = Fix(f"Name it {plain}", partial(speakers.change, speaker_id=speaker.id, name=plain))
            message = f"The name {badged(speaker.name)} holds characters that cannot be seen or told apart."
            yield Problem("disguised_name", message, "speaker", speaker.id, (), (fix,))
    for alike in looks.values():
        yield None
        differing = {key(each.name): each for each in alike}  # of the very same names another check tells
        if len(differing) > 1:
            one, other, *_ = differing.values()
            names = " and ".join(f"{badged(each.name)} ({alphabets(each.name)})" for each in (one, other))
            merge = Fix(
                f"Merge {badged(one.name)} and {badged(other.name)}…",
                request="merge_speakers",
                about=(one.id, other.id),
            )
            yield Problem("disguised_name", f"{names} look the same.", "speaker", one.id, (), (merge,))
    article = scan.article
    for said, name in (
        (("title", article.title), ("outlet", article.outlet), ("byline", article.byline)) if article else ()
    ):
        if name and badged(name) != name:
            message = f"The {said} {badged(shorten(name))} holds characters that cannot be seen or told apart."
            plain = " ".join(plain_name(name).split())
            mend = partial(_rename, said=said, name=plain)
            change = (Fix(f"Make it {shorten(plain)}", mend),) if plain else ()
            steps = (*change, Fix("Article details…", request="article_details"))
            yield Problem("disguised_name", message, "article", None, (), steps)


def _rename(ws: Workspace, said: str, name: str) -> Edit:
    return articles.change(ws, **{said: name})
