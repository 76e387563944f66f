"""What becomes of an edit that somebody else's was faster than: field by field, and nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.model import Record
from annotator.services.account import Names, both_in_words, headline, label_of, words

Key = tuple[str, str]
"""Kind and id of a record."""
_BOOKKEEPING = ("id", "created", "updated")


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both have changed to different values; without a ``name`` one of them deleted the record."""

    key: Key
    name: str
    mine: Any
    theirs: Any

    def tell(self, record: str, names: Names) -> tuple[str, str, str]:
        """What it is about, what I wanted and what is stored, in words; ``record`` is what the record is called."""
        kind = self.key[0]
        if not self.name:
            return f"{kind.replace('_', ' ')} {record}", _whole(self.mine), _whole(self.theirs)
        mine, theirs = both_in_words(kind, self.name, (self.mine, self.theirs), names)
        return f"{label_of(self.name)} of {kind.replace('_', ' ')} {record}", mine, theirs


@dataclass(frozen=True, slots=True)
class Conflict:
    """Edits that were not taken, as one, over what is stored now."""

    title: str
    changes: tuple[Change, ...]
    stored: Mapping[Key, Record | None]
    clashes: tuple[Clash, ...]

    def settled(self, mine: Iterable[int] = ()) -> Edit:
        """The edit that makes everything that does not clash, and of :attr:`clashes`, those of these places.

        It may be empty.
        """
        wanted = frozenset(mine)
        lost: dict[Key, set[str]] = {}
        for place, clash in enumerate(self.clashes):
            if place not in wanted:
                lost.setdefault(clash.key, set()).add(clash.name)
        made = (self._settle(change, lost.get(_key(change), set())) for change in self.changes)
        return Edit(self.title, tuple(change for change in made if change.before != change.after))

    def tell(self, names: Names) -> list[tuple[str, str, str]]:
        """Of each clash what it is about, what I wanted and what is stored, in words."""
        mine = {_key(change): change.record for change in self.changes}
        return [clash.tell(words(self.stored[clash.key] or mine[clash.key]), names) for clash in self.clashes]

    def _settle(self, change: Change, lost: set[str]) -> Change:
        """``lost``: the fields in which what is stored stays; "" is the whole record."""
        stored = self.stored[_key(change)]
        if "" in lost:
            return Change(stored, stored)
        if change.before is None or change.after is None or stored is None:
            return Change(stored, change.after)
        values = {name: getattr(change.after, name) for name in _changed(change) if name not in lost}
        if not values.keys() - set(_BOOKKEEPING):
            return Change(stored, stored)
        return Change(stored, replace(stored, **values))


def squash(edits: Iterable[Edit]) -> tuple[Change, ...]:
    """Several edits as one: of each record the state before the first and after the last."""
    first: dict[Key, Record | None] = {}
    last: dict[Key, Record | None] = {}
    for edit in edits:
        for change in edit.changes:
            first.setdefault(_key(change), change.before)
            last[_key(change)] = change.after
    changes = (Change(first[key], last[key]) for key in first if first[key] is not None or last[key] is not None)
    return tuple(change for change in changes if change.before != change.after)


def find(edits: Iterable[Edit], stored: Mapping[Key, Record | None]) -> Conflict:
    """Lay edits that were not taken over what is stored; ``stored`` has every record that they name."""
    edits = list(edits)
    changes = squash(edits)
    clashes = tuple(clash for change in changes for clash in _clashes(change, stored[_key(change)]))
    title = ", ".join(dict.fromkeys(edit.title for edit in edits))
    return Conflict(title, changes, stored, clashes)


def keys(edits: Iterable[Edit]) -> set[Key]:
    """The records that edits name."""
    return {_key(change) for edit in edits for change in edit.changes}


def _clashes(change: Change, stored: Record | None) -> Iterable[Clash]:
    before, after = change.before, change.after
    if stored in (before, after):
        return
    if before is None or after is None or stored is None:
        yield Clash(_key(change), "", after, stored)
        return
    for name in _changed(change):
        theirs, mine = getattr(stored, name), getattr(after, name)
        if name not in _BOOKKEEPING and theirs not in (getattr(before, name), mine):
            yield Clash(_key(change), name, mine, theirs)


def _changed(change: Change) -> list[str]:
    record: Any = change.record
    return [f.name for f in fields(record) if getattr(change.before, f.name) != getattr(change.after, f.name)]


def _whole(record: Record | None) -> str:
    return "deleted" if record is None else headline(record, record)


def _key(change: Change) -> Key:
    return change.kind, change.id
