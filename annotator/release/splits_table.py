"""``splits.csv``: which split every article is in, and with which others it must stay together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

HEADERS = ("id", "split", "group")


def write(splits: Iterable[tuple[str, str]], groups: Sequence[Sequence[str]]) -> bytes:
    """The bytes of the table: a row an article (id, split), ``group`` the first id of those that stay together."""
    group_of = {id_: group[0] for group in groups for id_ in group}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows((id_, split, group_of.get(id_, "")) for id_, split in splits)
    return out.getvalue().encode()


def read(data: bytes) -> tuple[dict[str, str], tuple[tuple[str, ...], ...]]:
    """Article id → split, and the groups. Raises ``ValueError`` with a clause that says what is wrong."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    if not rows or tuple(rows[0]) != HEADERS or any(len(row) != len(HEADERS) for row in rows):
        raise ValueError(f"its columns are not {', '.join(HEADERS)}")
    splits = {row[0]: row[1] for row in rows[1:]}
    groups: dict[str, list[str]] = {}
    for id_, _, group in rows[1:]:
        if group:
            groups.setdefault(group, []).append(id_)
    return splits, _ordered(groups)


def _ordered(groups: Mapping[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(ids, key=lambda id_: (id_ != first, id_))) for first, ids in sorted(groups.items()))
