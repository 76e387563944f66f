"""Numbers and colours that every view of an article agrees on."""

from __future__ import annotations

from annotator.workspace import Workspace, reading_order

NARRATION = 4
"""The slate hue: what the article says in its own voice, or nobody yet."""
_HUES = (1, 0, 2, 3, 5)


def claim_numbers(ws: Workspace) -> dict[str, int]:
    """Claim id → its number in reading order, from 1."""
    return {claim.id: index for index, claim in enumerate(sorted(ws.claims.values(), key=reading_order), start=1)}


def speaker_hues(ws: Workspace) -> dict[str | None, int]:
    """Speaker id → index into ``Theme.lines``, for the speakers of the open article.

    Speakers count in the order they were added to the project, so that a new one never recolours the others.
    None (no speaker) and the outlet itself are slate.
    """
    first: dict[str, int] = {}
    for claim in ws.claims.values():
        place = claim.spans[0].start if claim.spans else 0
        for hop in claim.chain:
            if hop.speaker_id:
                first[hop.speaker_id] = min(place, first.get(hop.speaker_id, place))
    for mention in ws.mentions.values():
        if mention.speaker_id and mention.spans:
            place = mention.spans[0].start
            first[mention.speaker_id] = min(place, first.get(mention.speaker_id, place))
    speakers = [ws.speakers[id_] for id_ in first if id_ in ws.speakers]
    speakers.sort(key=lambda speaker: (speaker.created, first[speaker.id], speaker.id))
    outlet = (ws.article.outlet or "").casefold() if ws.article else ""
    hues: dict[str | None, int] = {None: NARRATION}
    free = 0
    for speaker in speakers:
        if outlet and speaker.name.casefold() == outlet:
            hues[speaker.id] = NARRATION
        else:
            hues[speaker.id] = _HUES[free % len(_HUES)]
            free += 1
    return hues
