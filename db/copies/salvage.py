"""What is left of a change log, gathered from a damaged file and from a backup, and the chain that can be made of it.

Rows are kept in a file of their own until they are judged. Whether a changeset is true is told by its hash, which its
own rows must give and which the next one names: so it does not matter from where each row came.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path

from annotator.model import RECORD_TYPES
from db.changelog import FIRST_HASH, StoredChange, StoredChangeset
from db.copies import carving
from db.copies.carving import Value
from db.engine import sqlite_uri

DAMAGED, BACKUP = 1, 2
"""Where rows came from."""
_HASH = re.compile("[0-9a-f]{64}")
_FACTS = ("id", "created", "created_by")
_ACTIONS = frozenset({"edit", "undo", "redo", "start"})
_COLUMNS = ("seq", "id", "title", "action", "target_id", "actor", "time", "prev_hash", "hash")
_COMBINATIONS = 64
"""Ways to put together a changeset of which a row was found in several wordings."""
_TABLES = """
CREATE TABLE head (seq, id, title, action, target_id, actor, time, prev_hash, hash, source,
    UNIQUE (seq, id, title, action, target_id, actor, time, prev_hash, hash, source));
CREATE TABLE part (seq, ordinal, kind, entity_id, article_id, before, after, digest, source,
    UNIQUE (seq, ordinal, digest, source));
"""


@dataclass(slots=True)
class Found:
    """Beside the log: what the project says of itself, and the times worked (article, annotator, day → seconds)."""

    facts: dict[str, str] = field(default_factory=dict)
    work: dict[tuple[str, str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A changeset whose hash is right, whether or not it hangs on anything."""

    seq: int
    prev_hash: str
    hash: str
    source: int
    """Where it is listed."""
    title: str
    time: str
    borrowed: bool
    """Whether it, or some of its changes, had to be taken from the backup."""


class Salvage:
    """Gathers in a new file ``scratch``; to be closed, and the file removed, by whoever made it."""

    def __init__(self, scratch: Path) -> None:
        self._rows = sqlite3.connect(scratch, isolation_level=None)
        try:
            self._rows.execute("PRAGMA synchronous=OFF")
            self._rows.execute("PRAGMA journal_mode=OFF")
            self._rows.executescript(_TABLES)
        except BaseException:  # nobody has it yet who would close it
            self._rows.close()
            raise
        self.found = Found()

    def close(self) -> None:
        self._rows.close()

    def carve(self, damaged: Path) -> None:
        """Take what can be read of a damaged file."""
        self._rows.execute("BEGIN")
        for number, values in carving.rows(damaged):
            if len(values) == 9:
                self._head(number, values, DAMAGED)
            elif len(values) == 7:
                self._part(values, DAMAGED)
            elif len(values) == 2:
                self._fact(values)
            elif len(values) == 4:
                self._work(values)
        self._rows.execute("COMMIT")

    def take(self, backup: Path) -> None:
        """Take a backup's log; what it says of itself and the times worked where the damaged file does not."""
        with closing(sqlite3.connect(sqlite_uri(backup, "ro", still=True), uri=True)) as source:
            self._rows.execute("BEGIN")
            heads = "SELECT seq, id, title, action, target_id, actor, time, prev_hash, hash FROM changeset"
            for seq, *values in source.execute(heads):
                self._head(seq, (None, *values), BACKUP)
            parts = "SELECT changeset_seq, ordinal, kind, entity_id, article_id, before, after FROM change"
            for values in source.execute(parts):
                self._part(values, BACKUP)
            for values in source.execute("SELECT key, value FROM project"):
                self._fact(values)
            for values in source.execute("SELECT article_id, annotator, day, seconds FROM work_time"):
                self._work(values)
            self._rows.execute("COMMIT")

    def _head(self, number: int, values: tuple[Value, ...], source: int) -> None:
        seq, id_, title, action, target, actor, time, prev_hash, digest = values
        texts = all(isinstance(each, str) for each in (id_, title, action, actor, time, prev_hash, digest))
        hashes = texts and _HASH.fullmatch(str(prev_hash)) and _HASH.fullmatch(str(digest))
        if seq is None and hashes and action in _ACTIONS and (target is None or isinstance(target, str)):
            row = (number, id_, title, action, target, actor, time, prev_hash, digest, source)
            self._rows.execute("INSERT OR IGNORE INTO head VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _part(self, values: tuple[Value, ...], source: int) -> None:
        seq, ordinal, kind, id_, article, before, after = values
        numbers = isinstance(seq, int) and isinstance(ordinal, int)
        texts = isinstance(id_, str) and all(each is None or isinstance(each, str) for each in (article, before, after))
        if numbers and texts and kind in RECORD_TYPES:
            digest = hashlib.sha256(repr(values[2:]).encode("utf-8", "surrogatepass")).digest()
            row = (*values, digest, source)
            self._rows.execute("INSERT OR IGNORE INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _fact(self, values: tuple[Value, ...]) -> None:
        key, value = values
        if isinstance(key, str) and isinstance(value, str) and key in _FACTS:
            self.found.facts.setdefault(key, value)

    def _work(self, values: tuple[Value, ...]) -> None:
        article, annotator, day, seconds = values
        if all(isinstance(each, str) for each in (article, annotator, day)) and type(seconds) is int and seconds >= 0:
            key = str(article), str(annotator), str(day)
            self.found.work[key] = max(self.found.work.get(key, 0), seconds)

    # -- the chain ----------------------------------------------------------------------------------------------

    def links(self) -> list[Link]:
        """Every changeset that is as it was written, in order."""
        self._rows.execute("CREATE INDEX IF NOT EXISTS part_of ON part (seq)")
        self._rows.execute("CREATE INDEX IF NOT EXISTS head_of ON head (hash)")
        hashes = [digest for (digest,) in self._rows.execute("SELECT DISTINCT hash FROM head").fetchall()]
        judged = [link for digest in hashes if (link := self._link(digest)) is not None]
        return sorted(judged, key=lambda link: link.seq)

    def _link(self, digest: str) -> Link | None:
        found = self._judged(digest)
        if found is None:
            return None
        entry, listed, changes = found
        borrowed = BACKUP in (listed, changes)
        return Link(entry.seq, entry.prev_hash, digest, listed, entry.title, entry.time, borrowed)

    def changeset(self, digest: str) -> StoredChangeset | None:
        """The changeset of that hash, put together from its rows; None when they do not give it."""
        found = self._judged(digest)
        return found[0] if found is not None else None

    def _judged(self, digest: str) -> tuple[StoredChangeset, int, int] | None:
        """It, and where its own row and its changes came from."""
        names = f"{', '.join(_COLUMNS)}, min(source)"
        heads = f"SELECT {names} FROM head WHERE hash = ? GROUP BY {', '.join(_COLUMNS)} ORDER BY min(source)"  # noqa: S608
        for *head, listed in self._rows.execute(heads, (digest,)).fetchall():
            for source, changes in self._put_together(head[0]):
                made = StoredChangeset(**dict(zip(_COLUMNS, head, strict=True)), changes=changes)
                if made.expected_hash() == digest:
                    return made, listed, source
        return None

    def _put_together(self, seq: int) -> Iterator[tuple[int, tuple[StoredChange, ...]]]:
        """Its changes: of one source first, then in all wordings that were found."""
        columns = "ordinal, source, kind, entity_id, article_id, before, after"
        query = f"SELECT {columns} FROM part WHERE seq = ? ORDER BY 1, 2"  # noqa: S608 -- a constant
        whole: dict[int, dict[StoredChange, None]] = defaultdict(dict)
        by_source: dict[int, dict[int, dict[StoredChange, None]]] = {}
        for ordinal, source, *values in self._rows.execute(query, (seq,)):
            change = StoredChange(*values)
            whole[ordinal][change] = None
            by_source.setdefault(source, defaultdict(dict))[ordinal][change] = None
        mixed = BACKUP if BACKUP in by_source else DAMAGED
        for source, places in (*sorted(by_source.items()), (mixed, whole)):
            if [*places] == list(range(len(places))):
                yield from ((source, changes) for changes in islice(product(*places.values()), _COMBINATIONS))


def longest(links: list[Link]) -> list[Link]:
    """The chain from the first change on: the damaged file's as far as it goes, then what follows in the backup."""
    reached: dict[str, Link] = {}
    for link in links:
        if (link.seq == 1 and link.prev_hash == FIRST_HASH) or (
            link.prev_hash in reached and reached[link.prev_hash].seq == link.seq - 1
        ):
            reached[link.hash] = link
    if not reached:
        return []
    own = [link for link in reached.values() if link.source == DAMAGED]
    tip = max(own or reached.values(), key=lambda link: link.seq)
    follows: dict[str, list[Link]] = defaultdict(list)
    for link in reached.values():
        follows[link.prev_hash].append(link)
    chain = [tip]
    while chain[-1].prev_hash in reached:
        chain.append(reached[chain[-1].prev_hash])
    chain.reverse()
    while more := follows.get(chain[-1].hash):
        chain.append(max(more, key=lambda link: link.time))
    return chain
