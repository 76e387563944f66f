"""What makes a line of JSON Lines right: the schema, and what a schema cannot say. The same for reader and writer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from annotator.formats.published import decoder_of, find_mismatch
from annotator.formats.strict_json import parse, quickly
from annotator.rules import find_cycle
from annotator.text.anchors import segment_problems
from annotator.text.wording import counted, shorten

SCHEMA_VERSION = 2
"""What is written. Lines of the versions before are still read."""
SCHEMA_NAME = f"article-v{SCHEMA_VERSION}"


def find_problem(data: Any, *, fits: bool = False) -> str | None:
    """What is wrong with a line's JSON data, as a clause that names the place; None when it is right.

    ``fits``: they are known to fit their schema.
    """
    further = (_check_hash, _check_spans, _check_segments, _check_ids, _check_links, _check_parents)
    for check in further if fits else (_check_schema, *further):
        problem = check(data)
        if problem:
            return problem
    return None


def parse_line(line: bytes) -> tuple[Any, bool]:
    """The data of a line, and whether they are known to fit their schema. Raises like :func:`.strict_json.parse`."""
    decode = decoder_of(SCHEMA_NAME)
    if decode is not None and (data := quickly(line, decode)) is not None:
        return data, True
    return parse(line), False


def find_bare_problem(data: Any) -> str | None:
    """The same of a line that fits its schema but has none of the words: what can be told without them."""
    for place, span in spans_of(data):
        if span["start"] > span["end"]:
            return f"{place} ({span['start']}–{span['end']}) ends before it begins"
    for index, clause in segment_problems([(segment["start"], segment["end"]) for segment in data["segments"]]):
        return f"segments[{index}] {clause}"
    return _check_ids(data) or _check_links(data) or _check_parents(data)


def _check_schema(data: Any) -> str | None:
    version = data.get("schema_version", SCHEMA_VERSION) if isinstance(data, dict) else SCHEMA_VERSION
    if version not in range(1, SCHEMA_VERSION + 1):
        told = shorten(repr(version))
        return f"its schema version is {told}; this program knows versions up to {SCHEMA_VERSION}"
    return find_mismatch(data, f"article-v{int(version)}", "the line")


def _check_hash(data: Any) -> str | None:
    try:
        found = hashlib.sha256(data["text"].encode()).hexdigest()
    except UnicodeEncodeError as error:
        return f"the text has half a surrogate pair at {error.start}"
    return None if found == data["text_sha256"] else "text_sha256 is not the hash of the text"


def _check_spans(data: Any) -> str | None:
    text, corrected = data["text"], data.get("corrected_text") or ""
    if _all_fit(data, text, len(text), len(corrected)):
        return None
    for place, span in spans_of(data):  # where exactly
        low, high = span.get("corrected_start"), span.get("corrected_end")
        if low is not None and high is not None and not low <= high <= len(corrected):
            return f"{place} ({low}–{high}) is outside the corrected text"
        start, end, exact = span["start"], span["end"], span["exact"]
        if not start <= end <= len(text):
            return f"{place} ({start}–{end}) is outside the text, which has {counted(len(text), 'character')}"
        if text[start:end] != exact:
            return (
                f"{place} ({start}–{end}) quotes “{shorten(exact)}” where the text reads “{shorten(text[start:end])}”"
            )
    return None


def _all_fit(data: Any, text: str, length: int, longest: int) -> bool:
    for spans in _lists_of_spans(data):
        for span in spans:
            start, end = span["start"], span["end"]
            if not start <= end <= length or text[start:end] != span["exact"]:
                return False
            low, high = span.get("corrected_start"), span.get("corrected_end")
            if low is not None and high is not None and not low <= high <= longest:
                return False
    return True


def _lists_of_spans(data: Any) -> Iterator[list[dict[str, Any]]]:
    yield data["segments"]
    for kind in ("mentions", "claims", "corrections"):
        for item in data[kind]:
            yield item["spans"]
            for hop in item.get("chain", ()):
                yield hop["mention_spans"]
                yield hop["cue_spans"]


def spans_of(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span in a line with the name of its place, e.g. ``claims[2].chain[0].cue_spans[1]``."""
    for index, segment in enumerate(data["segments"]):
        yield f"segments[{index}]", segment
    for kind in ("mentions", "claims", "corrections"):
        for index, item in enumerate(data[kind]):
            yield from _named(f"{kind}[{index}].spans", item["spans"])
            for number, hop in enumerate(item.get("chain", ())):
                for name in ("mention_spans", "cue_spans"):
                    yield from _named(f"{kind}[{index}].chain[{number}].{name}", hop[name])


def _named(place: str, spans: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for index, span in enumerate(spans):
        yield f"{place}[{index}]", span


def _check_segments(data: Any) -> str | None:
    places = [(segment["start"], segment["end"]) for segment in data["segments"]]
    for index, clause in segment_problems(places, len(data["text"])):
        return f"segments[{index}] {clause}"
    return None


def _check_ids(data: Any) -> str | None:
    """Ids are used once: speakers among themselves, the annotations of an article all together."""
    for kinds in (("speakers",), ("mentions", "claims", "corrections", "quarantined")):
        ids = [item["id"] for kind in kinds for item in data.get(kind, ())]
        if len(set(ids)) == len(ids):
            continue
        seen: dict[str, str] = {}  # which it is
        for kind in kinds:
            for index, item in enumerate(data.get(kind, ())):
                place = f"{kind}[{index}]"
                first = seen.setdefault(item["id"], place)
                if first != place:
                    return f"{place} has the id {shorten(repr(item['id']))}, which {first} has already"
    return None


def _check_links(data: Any) -> str | None:
    speakers = {speaker["id"] for speaker in data["speakers"]} | {None}
    claims = {claim["id"] for claim in data["claims"]} | {None}
    hops = [hop for claim in data["claims"] for hop in claim["chain"]]
    if (
        {claim["parent_id"] for claim in data["claims"]} <= claims
        and {correction["claim_id"] for correction in data["corrections"]} <= claims
        and {mention["speaker_id"] for mention in data["mentions"]} <= speakers
        and {hop["speaker_id"] for hop in hops} <= speakers
        and {hop.get("addressee_id") for hop in hops} <= speakers
    ):
        return None
    for place, id_, known in _links(data, speakers, claims):  # which it is
        if id_ not in known:
            return f"{place} refers to {id_!r}, which is not in the line"
    return None


def _links(data: Any, speakers: set[str | None], claims: set[str | None]) -> Iterator[tuple[str, Any, set[str | None]]]:
    """Every link: its place, where it leads, and what there is of that kind."""
    for index, mention in enumerate(data["mentions"]):
        yield f"mentions[{index}].speaker_id", mention["speaker_id"], speakers
    for index, correction in enumerate(data["corrections"]):
        yield f"corrections[{index}].claim_id", correction["claim_id"], claims
    for index, claim in enumerate(data["claims"]):
        yield f"claims[{index}].parent_id", claim["parent_id"], claims
        for number, hop in enumerate(claim["chain"]):
            yield f"claims[{index}].chain[{number}].speaker_id", hop["speaker_id"], speakers
            yield f"claims[{index}].chain[{number}].addressee_id", hop.get("addressee_id"), speakers


def _check_parents(data: Any) -> str | None:
    parents = {claim["id"]: claim["parent_id"] for claim in data["claims"]}
    cycle = find_cycle(parents)
    return f"the claim {cycle!r} sits inside itself" if cycle else None
