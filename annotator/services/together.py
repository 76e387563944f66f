"""Several edits as one: each is made of what the ones before it left, and one undo takes all of them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from annotator.edits import Change, Edit
from annotator.model import Record
from annotator.workspace import Workspace

T = TypeVar("T")


def together(ws: Workspace, title: str, makers: Iterable[Callable[[Workspace], Edit]]) -> Edit:
    """One edit that does what the makers' edits do in turn. ``ws`` is not changed.

    Each maker gets a workspace in which the edits before have been made.

    Raises:
        InvalidEdit: one of them is refused; then none is made.
    """
    scratch = ws.copy()
    first: dict[tuple[str, str], Record | None] = {}
    last: dict[tuple[str, str], Record | None] = {}
    for make in makers:
        edit = make(scratch)
        scratch.apply(edit)
        for change in edit.changes:
            key = change.kind, change.id
            first.setdefault(key, change.before)
            last[key] = change.after
    changes = (Change(before, last[key]) for key, before in first.items() if before != last[key])
    return Edit(title, tuple(changes))


def in_turn(items: Iterable[T], make: Callable[[Workspace, T], Edit]) -> list[Callable[[Workspace], Edit]]:
    """A maker for each item."""
    return [partial(_make, make, item) for item in items]


def _make(make: Callable[[Workspace, T], Edit], item: T, ws: Workspace) -> Edit:
    return make(ws, item)
