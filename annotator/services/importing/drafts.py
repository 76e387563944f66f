"""Drafts that wait in a temporary file, packed as they will be written, so that memory is flat in their number."""

from __future__ import annotations

import marshal
import tempfile
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any, cast, overload

from annotator.errors import ImportFailed
from annotator.files import reason_of
from annotator.formats.base import Draft
from annotator.formats.found import Table
from annotator.model import Record, Speaker
from annotator.packed import Packed, pack_article, pack_checked, unpack
from annotator.seen import Seen

_TOGETHER = 2 << 20
"""Bytes of drafts that are looked at, or written, at a time."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a draft without reading it again."""

    id: str
    """Of the article."""
    title: str
    place: str
    text_sha256: str
    annotated: bool
    """Whether it is somebody's work on a text."""
    quarantined: int
    """How many things of it are in quarantine."""
    at: tuple[int, int, int]
    """Where it is in the file: offset, bytes of what is looked at, bytes of the records."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be looked at before a draft is taken."""

    ids: list[tuple[str, Sequence[str]]]
    """The kinds of the article's own records, the article first, and the ids of each."""
    packed_speakers: list[Packed]
    outside: set[str]
    """The ids of speakers that the records name and that do not come along."""
    untold: dict[str, frozenset[str]]
    by_name: frozenset[str]
    notes: tuple[str, ...]
    """What was changed or guessed when it was read."""
    told: frozenset[str]
    """The same by an earlier import."""
    table: Table | None

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """(kind, id) of the article's own records, the article first."""
        return ((kind, id_) for kind, some in self.ids for id_ in some)

    @property
    def speakers(self) -> Iterator[tuple[str, str]]:
        """The id and the canonical JSON of each speaker that comes along."""
        for packed in self.packed_speakers:
            yield from zip(packed.ids, packed.texts, strict=True)


class _File:
    """A temporary file of plain values, which goes with the last drafts that are in it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- see above
        self._lock = threading.Lock()
        self._end = 0
        self.seen = Seen()
        weakref.finalize(self, self._file.close)

    def put(self, data: bytes) -> int:
        """Where it is from now on. Raises ``ImportFailed``: the disk is full."""
        with self._lock:
            try:
                self._file.seek(self._end)
                self._file.write(data)
            except OSError as error:
                reason = reason_of(error)
                raise ImportFailed(f"There is no room to keep what was read until it is imported: {reason}.") from None
            at, self._end = self._end, self._end + len(data)
            return at

    def get(self, offset: int, size: int) -> Any:
        with self._lock:
            self._file.seek(offset)
            return marshal.loads(self._file.read(size))  # noqa: S302 -- this very process wrote it


class Drafts(MutableSequence[Draft]):
    """The drafts of one import in their order. Each is made anew when it is asked for.

    What is put in is checked (see :func:`annotator.packed.pack_article`).
    """

    def __init__(self, drafts: Iterable[Draft] = (), file: _File | None = None) -> None:
        """``file`` is that of other drafts, of which these become a part."""
        self._file = file or _File()
        self.heads: list[Head] = []
        self.extend(drafts)

    @property
    def seen(self) -> Seen:
        """The (kind, id) of all records that were ever put in, but speakers."""
        return self._file.seen

    def part(self, numbers: Iterable[int]) -> Drafts:
        """Those of these numbers, in the same file."""
        found = Drafts(file=self._file)
        found.heads = [self.heads[number] for number in numbers]
        return found

    def take(self, other: Drafts, number: int) -> None:
        """Put in, as the last, what is in the same file already."""
        self.heads.append(other.heads[number])

    def portions(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        """These numbers, some at a time: as many as can be in memory together."""
        some: list[int] = []
        size = 0
        for number in numbers:
            some.append(number)
            size += sum(self.heads[number].at[1:])
            if size > _TOGETHER:
                yield some
                some, size = [], 0
        if some:
            yield some

    def __len__(self) -> int:
        return len(self.heads)

    @overload
    def __getitem__(self, index: int) -> Draft: ...
    @overload
    def __getitem__(self, index: slice) -> Drafts: ...
    def __getitem__(self, index: int | slice) -> Draft | Drafts:
        if isinstance(index, slice):
            return self.part(range(len(self))[index])
        return self._draft(index)

    @overload
    def __setitem__(self, index: int, value: Draft) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[Draft]) -> None: ...
    def __setitem__(self, index: int | slice, value: Draft | Iterable[Draft]) -> None:
        if isinstance(index, slice):
            self.heads[index] = [self._put(each) for each in cast("Iterable[Draft]", value)]
        else:
            self.heads[index] = self._put(cast("Draft", value))

    def __delitem__(self, index: int | slice) -> None:
        del self.heads[index]

    def insert(self, index: int, value: Draft) -> None:
        """Put a draft in before another. Raises ``InvalidSpan``, ``InvalidEdit``: it cannot be stored."""
        self.heads.insert(index, self._put(value))

    def facts(self, index: int) -> Facts:
        """What must be looked at before the draft is taken."""
        offset, size, _ = self.heads[index].at
        ids, speakers, outside, untold, by_name, notes, told, table = self._file.get(offset, size)
        packed = list(map(Packed._make, speakers))
        return Facts(ids, packed, outside, untold, by_name, notes, told, Table(*table) if table else None)

    def records(self, index: int) -> list[Packed]:
        """The article's own records, first the article alone."""
        offset, before, size = self.heads[index].at
        return list(map(Packed._make, self._file.get(offset + before, size)))

    def _put(self, draft: Draft) -> Head:
        records = records_of(draft)
        own, outside = pack_article(records, draft.source.text, (speaker.id for speaker in draft.speakers))
        speakers = list(map(tuple, pack_checked(draft.speakers)))
        ids = [(packed.kind, packed.ids) for packed in own]
        self.seen.add((kind, id_) for kind, some in ids for id_ in some)
        table = draft.table
        rest: list[Any] = [outside, dict(draft.untold), draft.by_name, draft.new_notes, draft.told]
        rest.append((table.headers, dict(table.columns)) if table else None)
        facts = marshal.dumps((ids, speakers, *rest))
        data = marshal.dumps(list(map(tuple, own)))
        return Head(
            draft.article.id,
            draft.article.title,
            draft.place,
            draft.source.text_sha256,
            bool(draft.claims or draft.mentions or draft.corrections),
            len(draft.quarantined),
            (self._file.put(facts + data), len(facts), len(data)),
        )

    def _draft(self, index: int) -> Draft:
        head, facts, found = self.heads[index], self.facts(index), defaultdict[str, list[Any]](list)
        for packed in self.records(index):
            found[packed.kind] += unpack(packed)
        return Draft(
            found["article"][0],
            found["source_text"][0],
            tuple(cast("Speaker", record) for packed in facts.packed_speakers for record in unpack(packed)),
            tuple(found["mention"]),
            tuple(found["claim"]),
            tuple(found["correction"]),
            head.place,
            tuple(found["quarantined"]),
            facts.untold,
            facts.by_name,
            facts.table,
            facts.told,
        )


def records_of(draft: Draft) -> tuple[Record, ...]:
    """The draft's own records, in the order in which they can be created: the article first."""
    return (draft.article, draft.source, *draft.claims, *draft.mentions, *draft.corrections, *draft.quarantined)
