"""A small article in the JSON of the German news quotation attribution corpus, made for the tests."""

from __future__ import annotations

import json
import re
from typing import Any

TEXT = "Anna sagte am 5. Mai zu Bert: „Er rief ‚Halt!‘ und ging“, so die Zeugin. \n\nSie habe nichts gesehen."


def words() -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"5\.|\w+|[^\w\s]", TEXT)]


def role(*parts: str) -> dict[str, Any]:
    """The role whose parts read so in the text."""
    spans, ids = [], []
    for part in parts:
        at = TEXT.index(part)
        inside = [n for n, (start, end) in enumerate(words()) if at <= start and end <= at + len(part)]
        spans.append({"begin": inside[0], "charBegin": at, "charEnd": at + len(part), "end": inside[-1] + 1})
        ids += inside
    return {"spans": spans, "text": " ".join(parts), "tokenIds": ids}


def quotation(id_: int, quote: dict[str, Any], type_: str = "Direct", medium: str = "Speech", **more: Any) -> Any:
    empty = role()
    roles = {"addressee": empty, "cue": empty, "frame": empty, "speaker": empty, "quote": quote}
    return {**roles, "hasNested": False, "id": id_, "isNested": False, "medium": medium, "type": type_, **more}


def page() -> dict[str, Any]:
    """Nested, discontinuous, with every role, and a pair on the same words."""
    outer = role("„Er rief ‚Halt!‘ und ging“")
    free = role("Sie habe nichts", "gesehen")
    found = {
        "annotations": [
            quotation(
                0, outer, hasNested=True, speaker=role("Anna"), cue=role("sagte", "so die"),
                frame=role("Anna sagte am 5. Mai zu Bert:", "so die Zeugin."), addressee=role("Bert"),
            ),
            quotation(1, role("Halt!"), isNested=True, speaker=role("Er"), cue=role("rief"), medium="SW"),
            quotation(2, free, "IndirectFreeIndirect", "none", isNested=True, hasNested=True),
            quotation(3, free, "Reported", "none", isNested=True, hasNested=True, speaker=role("Sie")),
        ],
        "documentName": "1 - Die Zeugin",
        "originalText": TEXT,
        "sentences": [{"charBegin": 0}, {"charBegin": TEXT.index("Sie")}],
        "tokens": [{"charBegin": s, "charEnd": e, "id": n, "text": TEXT[s:e]} for n, (s, e) in enumerate(words())],
    }  # fmt: skip
    return json.loads(json.dumps(found))  # nothing in it is shared
