"""Pairs of OCR output and ground truth to articles whose corrected text is the ground truth, byte for byte.

Three layouts: the three lines of ICDAR's post-OCR competitions; JSON objects, one on a line, as HIPE-OCRepair and
others have them; two files beside each other, ``NAME.txt`` (or ``NAME.ocr.txt``) and ``NAME.gt.txt``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Reading
from annotator.formats.bounds import whole
from annotator.formats.foreign_json import is_offset, load, raw
from annotator.formats.ocr_pairs.common import GROUND_TRUTH, IGNORED, INPUT, OCR, PAD, cause_of
from annotator.formats.standoff import labels
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Attributes, Item, Standoff, Unread
from annotator.rules import is_date
from annotator.text.corrected import PieceMap, Replacement
from annotator.text.decode import decode_page
from annotator.text.normalise import normalise
from annotator.text.wording import counted

if TYPE_CHECKING:
    from annotator.text.alignment import Edit

_KEYS = (
    ("source", "corrected"),
    ("ocr_hypothesis", "ground_truth"),
    ("ocr", "ground_truth"),
    ("ocr", "gt"),
    ("ocr_text", "gt_text"),
    ("ocr_text", "ground_truth"),
    ("OCR", "GT"),
)
"""The names under which JSON objects have the two texts."""
_METADATA = {"language": "language", "publication_title": "outlet", "date": "published", "url": "url"}
_NARROW = GROUND_TRUTH.replace("[ ", "[")
_FILE = re.compile(r"(\.ocr)?\.txt$", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Whether a file begins as one of the layouts does that show it."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(INPUT.encode()):
        return True
    names = [(f'"{one}"'.encode(), f'"{other}"'.encode()) for one, other in _KEYS]
    metadata = b'"document_metadata"' in head and (b'"ground_truth"' in head or b'"ocr_hypothesis"' in head)
    return start.startswith(b"{") and (metadata or any(one in head and other in head for one, other in names))


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """Every pair of a file."""
    return _drafts(stream, reading)


def read_back(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """What was written, from ``pairs.jsonl``; the aligned files beside it say the same once more."""
    return _drafts(stream, reading) if reading.name.endswith(".jsonl") else []


def _drafts(stream: BinaryIO, reading: Reading) -> list[Draft]:
    data = whole(stream, reading.name)
    if not data.strip():
        raise ImportFailed(f"{reading.name} is empty.")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        found = _objects(data, reading)
    elif start.startswith(INPUT.encode()):
        found = _aligned(data, reading)
    else:
        found = [_beside(data, reading)]
    return [decode(each, reading) for each in found]


def article(place: str, source: str, target: str, given: Attributes = (), given_edits: Any = None) -> Standoff:
    """An article of the first text whose transcription corrections make the second of it.

    ``given_edits`` are those of a file that tells them; they count when they do make it.
    """
    from annotator.text.alignment import edits  # noqa: PLC0415 -- rapidfuzz: 9 ms, which every .jsonl and .json paid

    text, notes = normalise(source)
    truth, _ = normalise(target)
    items = _told(text, (truth, target), given_edits)  # a replacement may hold what normalising takes out
    if items is None:
        items = [_item(n, text, edit) for n, edit in enumerate(edits(text, truth))]
    return Standoff(place, text, tuple(items), fields=given, notes=notes)


def _item(number: int, text: str, edit: Edit) -> Item:
    cause = cause_of(text[edit.start : edit.end], edit.text)
    attributes = (("replacement", edit.text), ("cause", cause))
    return Item(f"e{number}", labels.TRANSCRIPTION, ((edit.start, edit.end),), attributes=attributes)


def _told(text: str, truths: tuple[str, ...], given: Any) -> list[Item] | None:
    """The corrections that a file tells, when they make one of these texts of the first."""
    if not isinstance(given, list):
        return None
    items, changes = [], []
    try:
        for number, each in enumerate(given):
            places = tuple((start, end) for start, end in each["places"])
            if not all(is_offset(edge) for place in places for edge in place):
                return None
            if not isinstance(each.get("replacement") or "", str):
                return None
            attributes = tuple((name, str(each[name])) for name in ("replacement", "cause") if each.get(name))
            items.append(Item(f"e{number}", labels.TRANSCRIPTION, places, attributes=attributes))
            changes += [Replacement(*place, each.get("replacement") or "", "") for place in places]
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    changes.sort(key=lambda change: (change.start, change.end))
    sound = all(0 <= change.start <= change.end <= len(text) for change in changes)
    return items if sound and PieceMap(text, changes).text in truths else None


# -- layouts ----------------------------------------------------------------------------------------------------


def _objects(data: bytes, reading: Reading) -> list[Standoff]:
    try:
        rows = [(reading.name, load(data, reading.name))]
    except ImportFailed:
        lines = [(number, line) for number, line in enumerate(data.split(b"\n"), start=1) if line.strip()]
        if len(lines) < 2:
            raise
        places = [(f"{reading.name}, line {number}", line) for number, line in lines]
        rows = [(place, load(line, place)) for place, line in places]
    return [_object(place, row) for place, row in rows]


def _object(place: str, row: Any) -> Standoff:
    if not isinstance(row, dict):
        raise ImportFailed(f"{place} is no object with two texts.")
    for one, other in _KEYS:
        if one in row and other in row:
            source, target = _text(row[one]), _text(row[other])
            break
    else:
        names = ", ".join(f"“{one}” and “{other}”" for one, other in _KEYS)
        raise ImportFailed(f"{place} has none of these pairs of texts: {names}.")
    if source is None:
        raise ImportFailed(f"{place} has no text under “{one}”.")
    fields = _fields(row)
    if target is None:
        unread = Unread(raw(row[other]), f"the text under “{other}” is missing", "")
        return Standoff(place, normalise(source)[0], fields=fields, unread=(unread,))
    return article(place, source, target, fields, row.get("corrections"))


def _text(value: Any) -> str | None:
    text = value.get("transcription_unit") if isinstance(value, dict) else value
    return text if isinstance(text, str) and text != "None" else None


def _fields(row: dict[str, Any]) -> Attributes:
    metadata = row.get("document_metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    told = [(ours, str(metadata[name])) for name, ours in _METADATA.items() if metadata.get(name)]
    own = [(name, row[name]) for name in ("id", "title", "file_name") if isinstance(row.get(name), str)]
    return tuple(
        (name, value) for name, value in (*own, *told) if name != "published" or is_date(value, with_time=True)
    )


def _aligned(data: bytes, reading: Reading) -> list[Standoff]:
    """ICDAR's layout: the text, then it and the ground truth with one character below the other."""
    decoded = decode_page(data, reading.name, reading.encoding)
    lines = [line.removesuffix("\r") for line in decoded.text.removeprefix("\ufeff").split("\n")]
    found: list[dict[str, str]] = []
    for line in lines:
        prefix = next((each for each in (INPUT, OCR, GROUND_TRUTH, _NARROW) if line.startswith(each)), None)
        if prefix == INPUT:
            found.append({})
        if prefix is not None and found:
            found[-1][_NARROW if prefix == GROUND_TRUTH else prefix] = line.removeprefix(prefix).removeprefix(" ")
        elif line.strip():
            raise ImportFailed(f"{reading.name} has a line that begins with none of {INPUT}, {OCR}, {GROUND_TRUTH}.")
    places = [reading.name] if len(found) == 1 else [f"{reading.name}, text {n}" for n in range(1, len(found) + 1)]
    return [_of_three(place, each, decoded.notes) for place, each in zip(places, found, strict=True)]


def _of_three(place: str, lines: dict[str, str], told: tuple[str, ...]) -> Standoff:
    source, ocr = lines[INPUT], lines.get(OCR)
    truth = lines.get(_NARROW)
    if ocr is None or truth is None:
        raise ImportFailed(f"{place} has no line {OCR if ocr is None else GROUND_TRUTH}.")
    notes = list(told)
    if ocr.replace(PAD, "") != source.replace(PAD, ""):
        notes.append(f"The line {OCR} is not the text of {INPUT}, which counted.")
    if len(ocr) != len(truth):
        notes.append(f"The two aligned lines have {len(ocr):,} and {len(truth):,} characters; they were aligned anew.")
        target, ignored = truth.replace(PAD, ""), 0
    else:
        pairs = list(zip(ocr, truth, strict=True))
        ignored = sum(right == IGNORED != left for left, right in pairs)
        target = _without_pads(pairs)
    if ignored:
        notes.append(
            f"The ground truth leaves {counted(ignored, 'character')} open (“{IGNORED}”); they stay as they are."
        )
    found = article(place, source, target)
    return Standoff(place, found.text, found.items, notes=(*found.notes, *notes))


def _without_pads(pairs: list[tuple[str, str]]) -> str:
    """The ground truth; where it leaves a place open, what the OCR has there."""
    found = []
    for left, right in pairs:
        if right == IGNORED and left != PAD:
            found.append(left)
        elif right not in (IGNORED, PAD) or left == right:
            found.append(right)
    return "".join(found)


def _beside(data: bytes, reading: Reading) -> Standoff:
    name = reading.name.rsplit("/", maxsplit=1)[-1].rpartition(": ")[2]
    truth = reading.beside(_FILE.sub(".gt.txt", name))
    if truth is None:
        raise ImportFailed(f"{reading.name} has no {_FILE.sub('.gt.txt', name)} beside it with the ground truth.")
    source = decode_page(data, reading.name, reading.encoding)
    found = article(reading.name, source.text, decode_page(truth, name, reading.encoding).text)
    fields = (("file_name", name), ("encoding", source.encoding))
    return Standoff(found.name, found.text, found.items, fields=fields, notes=(*source.notes, *found.notes))
