"""What every view of the open article agrees on, kept right by following each edit instead of looking at all again.

Order, numbers and colours hang on all annotations together; an edit changes a few. So each annotation is filed once
and filed anew when it changes, which costs what bisecting a list costs, however many annotations there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from annotator.edits import Change, Edit
from annotator.model import Annotation, Article, Claim, Correction, Mention, Record, Speaker
from annotator.services.speakers import source_of
from annotator.text.anchors import Places, places
from annotator.workspace import Workspace, reading_order

NARRATION = 4
"""The slate hue: what the article says in its own voice, or nobody yet."""
_HUES = (1, 0, 2, 3, 5)
Key = tuple[int, int, str]
"""Where an annotation stands in reading order; its id is last."""


class Order:
    """Annotations in reading order."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._keys: list[Key] = sorted(reading_order(annotation) for annotation in annotations)
        self._of = {key[2]: key for key in self._keys}

    def __len__(self) -> int:
        return len(self._keys)

    def ids(self) -> list[str]:
        """All ids, in reading order."""
        return [key[2] for key in self._keys]

    def at(self, index: int) -> str:
        """The id at that place, from 0."""
        return self._keys[index][2]

    def index(self, id_: str) -> int:
        """The place of that annotation, from 0; -1 when it is not there."""
        key = self._of.get(id_)
        return -1 if key is None else bisect_left(self._keys, key)

    def after(self, offset: int) -> int:
        """The place of the first annotation that starts at or after a source offset."""
        return bisect_left(self._keys, offset, key=lambda key: key[0])

    def key(self, index: int) -> Key:
        """The key of the annotation at that place."""
        return self._keys[index]

    def beyond(self, key: Key) -> int:
        """The place of the first annotation after ``key``; the number of all when there is none."""
        return bisect_right(self._keys, key)

    def before(self, key: Key) -> int:
        """The place of the last annotation before ``key``; -1 when there is none."""
        return bisect_left(self._keys, key) - 1

    def add(self, annotation: Annotation) -> None:
        key = self._of[annotation.id] = reading_order(annotation)
        insort(self._keys, key)

    def discard(self, id_: str) -> None:
        if (key := self._of.pop(id_, None)) is not None:
            del self._keys[bisect_left(self._keys, key)]


class _Uses:
    """What the open article has of one speaker."""

    __slots__ = ("claims", "mentions", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        """Where its mentions, and the claims with it in any hop, start; ascending."""
        self.mentions = Order()
        self.claims: set[str] = set()


class Filed:
    """An article's annotations, each filed where it is looked for. Knows nothing of Qt: any thread may make one."""

    def __init__(
        self, claims: Iterable[Claim] = (), mentions: Iterable[Mention] = (), corrections: Iterable[Correction] = ()
    ) -> None:
        related: list[Claim | Mention] = [*claims, *mentions]
        self.claims = Order(record for record in related if isinstance(record, Claim))
        self.mentions = Order(record for record in related if isinstance(record, Mention))
        self.corrections = Order(corrections)
        self.uses: defaultdict[str | None, _Uses] = defaultdict(_Uses)
        self.children: defaultdict[str, set[str]] = defaultdict(set)
        self.mentions_at: defaultdict[Places, set[str]] = defaultdict(set)
        self.claims_naming: defaultdict[Places, set[str]] = defaultdict(set)
        for record in related:
            self.relate(record)

    def mention_at(self, where: Places) -> str | None:
        """The mention that stands exactly there (of several the one with the smallest id)."""
        return min(self.mentions_at.get(where, ()), default=None)

    def file(self, record: Annotation, *, present: bool) -> None:
        """Put an annotation in, or take it out."""
        order: Order = {Claim: self.claims, Mention: self.mentions, Correction: self.corrections}[type(record)]
        if present:
            order.add(record)
        else:
            order.discard(record.id)
        if isinstance(record, Claim | Mention):
            self.relate(record, present=present)

    def relate(self, record: Claim | Mention, *, present: bool = True) -> None:
        """File what hangs on a claim or a mention, or take it out."""
        start = reading_order(record)[0]
        if isinstance(record, Mention):
            uses = self.uses[record.speaker_id]
            if present:
                uses.mentions.add(record)
            else:
                uses.mentions.discard(record.id)
            _keep(self.mentions_at, places(record.spans), record.id, present=present)
            self._start(record.speaker_id, start, present=present)
            return
        for speaker_id in {hop.speaker_id for hop in record.chain if hop.speaker_id}:
            self._start(speaker_id, start, present=present)
        if source := source_of(record):
            made = self.uses[source].claims
            (made.add if present else made.discard)(record.id)
        if record.parent_id:
            _keep(self.children, record.parent_id, record.id, present=present)
        for hop in record.chain:
            if hop.mention_spans:
                _keep(self.claims_naming, places(hop.mention_spans), record.id, present=present)

    def _start(self, speaker_id: str | None, start: int, *, present: bool) -> None:
        if speaker_id is None:
            return
        starts = self.uses[speaker_id].starts
        if present:
            insort(starts, start)
        else:
            del starts[bisect_left(starts, start)]

    def firsts(self, record: Record | None) -> list[int | None]:
        """Where the speakers that an annotation names appear first; the colours depend on it."""
        named = [record.speaker_id] if isinstance(record, Mention) else []
        if isinstance(record, Claim):
            named = [hop.speaker_id for hop in record.chain]
        return [next(iter(self.uses[id_].starts), None) for id_ in named if id_ in self.uses]


class Outline:
    """Order, numbers, colours, families and counts of the open article's annotations.

    ``show`` when another article is shown, ``apply`` after each edit that the workspace has applied.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self.rebuild()

    def rebuild(self) -> None:
        """Look at everything: the workspace shows another article."""
        ws = self._ws
        self.show(Filed(ws.claims.values(), ws.mentions.values(), ws.corrections.values()))

    def show(self, filed: Filed) -> None:
        """The workspace shows another article, whose annotations are filed already."""
        self._article_id = self._ws.article.id if self._ws.article else None
        self.filed = filed
        self.claims, self.mentions, self.corrections = filed.claims, filed.mentions, filed.corrections
        self._hues: dict[str | None, int] | None = None

    def apply(self, edit: Edit) -> None:
        """Follow an edit that the workspace has applied."""
        if (self._ws.article.id if self._ws.article else None) != self._article_id:
            self.rebuild()
            return
        for change in edit.changes:
            if change.article_id in (None, self._article_id):
                self._follow(change)

    # -- questions ----------------------------------------------------------------------------------------------

    def number(self, claim_id: str) -> int | None:
        """The number of a claim in reading order, from 1; None when it is not there."""
        return self.claims.index(claim_id) + 1 or None

    @property
    def hues(self) -> dict[str | None, int]:
        """Speaker id → index into ``Theme.lines``, for the speakers of the open article, in order.

        Speakers count in the order they were added to the project, so that a new one never recolours the others;
        those added at one moment, in the order they appear. None (no speaker) and the outlet itself are slate.
        """
        if self._hues is None:
            self._hues = self._coloured()
        return self._hues

    def hue(self, speaker_id: str | None) -> int:
        """The colour of one speaker; slate for whoever the article does not know."""
        return self.hues.get(speaker_id, NARRATION)

    def order(self, kind: str) -> Order:
        """The annotations of a kind (claim, mention, correction) in reading order; empty for any other kind."""
        orders = {"claim": self.claims, "mention": self.mentions, "correction": self.corrections}
        return orders.get(kind) or Order()

    def children(self, claim_id: str) -> list[str]:
        """The claims inside a claim, in reading order."""
        return sorted(self.filed.children.get(claim_id, ()), key=self.claims.index)

    def mention_at(self, where: Places) -> str | None:
        """The mention that stands exactly there (of several the one with the smallest id)."""
        return self.filed.mention_at(where)

    def claims_naming(self, where: Places) -> set[str]:
        """The claims with a hop whose source is named exactly there."""
        return self.filed.claims_naming.get(where, set())

    def claims_of(self, speaker_id: str) -> int:
        """How many claims of the article the speaker makes (is the source of)."""
        uses = self.filed.uses.get(speaker_id)
        return len(uses.claims) if uses else 0

    def claims_by(self, speaker_id: str | None) -> frozenset[str]:
        """The claims that the speaker makes, in no order; none for nobody."""
        uses = self.filed.uses.get(speaker_id) if speaker_id else None
        return frozenset(uses.claims) if uses else frozenset()

    def mentions_of(self, speaker_id: str | None) -> Order:
        """The mentions of a speaker, or of nobody yet (None)."""
        uses = self.filed.uses.get(speaker_id)
        return uses.mentions if uses else Order()

    # -- following ----------------------------------------------------------------------------------------------

    def _follow(self, change: Change) -> None:
        before, after = change.before, change.after
        if isinstance(change.record, Speaker | Article):
            if _colouring(before) != _colouring(after):
                self._hues = None
            return
        if _related(before) == _related(after):
            return
        first = self.filed.firsts(before), self.filed.firsts(after)
        for record, present in ((before, False), (after, True)):
            if isinstance(record, Annotation):
                self.filed.file(record, present=present)
        if first != (self.filed.firsts(before), self.filed.firsts(after)):
            self._hues = None

    def _coloured(self) -> dict[str | None, int]:
        speakers = [
            (speaker.created, uses.starts[0], speaker.id, speaker.name.casefold())
            for id_, uses in self.filed.uses.items()
            if uses.starts and (speaker := self._ws.speakers.get(id_ or "")) is not None
        ]
        outlet = (self._ws.article.outlet or "").casefold() if self._ws.article else ""
        hues: dict[str | None, int] = {None: NARRATION}
        free = 0
        for _, _, id_, name in sorted(speakers):
            if outlet and name == outlet:
                hues[id_] = NARRATION
            else:
                hues[id_] = _HUES[free % len(_HUES)]
                free += 1
        return hues


def _keep(table: defaultdict[Any, set[str]], key: Any, id_: str, *, present: bool) -> None:
    if present:
        table[key].add(id_)
        return
    table[key].discard(id_)
    if not table[key]:
        del table[key]


def _colouring(record: Record | None) -> object:
    """What of a speaker or an article the colours depend on."""
    if isinstance(record, Speaker):
        return record.name, record.created
    return record.outlet if isinstance(record, Article) else None


def _related(record: Record | None) -> object:
    """What of an annotation the outline keeps."""
    if isinstance(record, Claim):
        return record.spans, record.chain, record.parent_id
    if isinstance(record, Mention):
        return record.spans, record.speaker_id
    return record.spans if isinstance(record, Correction) else None
