"""Reads: Core selects that build records directly, since an article is opened far more often than changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, exists, func, select, type_coerce

from annotator.history import HistoryEntry
from annotator.model import (
    Article,
    ArticleSummary,
    Document,
    Hop,
    Record,
    SourceText,
)
from annotator.rules import named_speakers
from annotator.workspace import reading_order
from db.errors import damaged
from db.mapping import FIELDS, HOP_FIELDS, hops_of, records_of
from db.schema import (
    RECORD_ROWS,
    AttributionRow,
    ChangesetRow,
    ClaimRow,
    MentionRow,
    SourceTextRow,
    SpeakerRow,
    table_of,
)
from db.types import JsonTuple

ARTICLE = table_of(RECORD_ROWS["article"])
SOURCE_TEXT = table_of(SourceTextRow)
SPEAKER = table_of(SpeakerRow)
MENTION = table_of(MentionRow)
CLAIM = table_of(ClaimRow)
ATTRIBUTION = table_of(AttributionRow)
CHANGESET = table_of(ChangesetRow)
_AT_ONCE = 1_000
"""How many ids a statement is given at most."""


@cache
def _columns(kind: str) -> Select[Any]:
    table = table_of(RECORD_ROWS[kind])
    return select(*(_as_it_is(table.c[name]) for name in FIELDS[kind]))


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Lists of values as the text that they are in the row: mapping reads those of all rows at once."""
    return type_coerce(column, Text()) if isinstance(column.type, JsonTuple) else column


_HOPS = select(
    ATTRIBUTION.c.claim_id, ATTRIBUTION.c.ordinal, *(_as_it_is(ATTRIBUTION.c[name]) for name in HOP_FIELDS)
).join_from(ATTRIBUTION, CLAIM)


def load(connection: Connection, kind: str, condition: ColumnElement[bool]) -> list[Record]:
    """All records of ``kind`` whose row meets ``condition`` (on the kind's own table), in no order."""
    hops = _HOPS.where(condition) if kind == "claim" else None
    return _load(connection, kind, _columns(kind).where(condition), hops)


def _load(
    connection: Connection, kind: str, query: Select[Any], hops: Select[Any] | None, bound: dict[str, Any] | None = None
) -> list[Record]:
    """``hops`` are those of the claims that ``query`` finds; ``bound`` is what both take."""
    rows = connection.execute(query, bound).all()
    if hops is None or not rows:
        return records_of(kind, rows)
    return records_of(kind, rows, _chains(connection.execute(hops, bound).all()))


def _chains(rows: Sequence[Any]) -> dict[str, list[Hop]]:
    """Claim id → its hops, outermost first. Raises :class:`ProjectError` when a place in the order is no number."""
    if not rows:
        return {}
    claim_ids, ordinals, *columns = zip(*rows, strict=True)
    if not {int}.issuperset(map(type, ordinals)):
        raise damaged("attribution.ordinal")
    hops, found = hops_of(columns), defaultdict[str, list[Hop]](list)
    for at in sorted(range(len(hops)), key=ordinals.__getitem__):
        found[claim_ids[at]].append(hops[at])
    return found


@cache
def _among(kind: str, column: str) -> tuple[Select[Any], Select[Any] | None]:
    """The statements for records whose ``column`` is one of some: made once, they are asked for every few articles."""
    condition = table_of(RECORD_ROWS[kind]).c[column].in_(bindparam("ids", expanding=True))
    return _columns(kind).where(condition), _HOPS.where(condition) if kind == "claim" else None


def load_one(connection: Connection, kind: str, id_: str) -> Record | None:
    """One record. Raises ``KeyError`` for an unknown kind."""
    found = load(connection, kind, table_of(RECORD_ROWS[kind]).c.id == id_)
    return found[0] if found else None


def load_document(connection: Connection, article_id: str) -> Document | None:
    """One article whole with the speakers it names, annotations in reading order; None when there is no such one."""
    return next(iter(load_documents(connection, [article_id])), None)


def load_documents(connection: Connection, ids: Sequence[str]) -> list[Document]:
    """The same of several articles, in the order of ``ids``, with as few statements; what is not there is left out."""
    articles = {record.id: record for record in _found(connection, "article", "id", ids)}
    texts = {record.id: record for record in _found(connection, "source_text", "id", ids)}
    mentions, claims, corrections, quarantined = (
        _by_article(connection, kind, ids) for kind in ("mention", "claim", "correction", "quarantined")
    )
    named = {id_: sorted(named_speakers([*mentions[id_], *claims[id_]])) for id_ in ids}
    wanted = sorted({each for some in named.values() for each in some})
    speakers = {record.id: record for record in _found(connection, "speaker", "id", wanted)}
    return [
        Document(
            articles[id_],
            texts[id_],
            tuple(sorted(mentions[id_], key=reading_order)),
            tuple(sorted(claims[id_], key=reading_order)),
            tuple(sorted(corrections[id_], key=reading_order)),
            tuple(speakers[each] for each in named[id_] if each in speakers),
            tuple(sorted(quarantined[id_], key=lambda record: (record.created, record.id))),
        )
        for id_ in ids
        if id_ in articles and id_ in texts
    ]


def _found(connection: Connection, kind: str, column: str, ids: Sequence[str]) -> Iterator[Any]:
    """All records whose ``column`` is one of ``ids``."""
    query, hops = _among(kind, column)
    for start in range(0, len(ids), _AT_ONCE):
        yield from _load(connection, kind, query, hops, {"ids": ids[start : start + _AT_ONCE]})


def _by_article(connection: Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for record in _found(connection, kind, "article_id", ids):
        found[record.article_id].append(record)
    return found


def load_articles(connection: Connection, condition: ColumnElement[bool]) -> list[Article]:
    """The articles that meet ``condition``, in list order."""
    found = cast("list[Article]", load(connection, "article", condition))
    return sorted(found, key=lambda article: (article.position, article.id))


def titles_of_texts(connection: Connection, hashes: Sequence[str]) -> dict[str, str]:
    """Hash → title of the first article in the list whose source text has it."""
    found: dict[str, str] = {}
    for start in range(0, len(hashes), _AT_ONCE):
        query = (
            select(SOURCE_TEXT.c.text_sha256, ARTICLE.c.title)
            .join_from(SOURCE_TEXT, ARTICLE)
            .where(SOURCE_TEXT.c.text_sha256.in_(hashes[start : start + _AT_ONCE]))
            .order_by(ARTICLE.c.position, ARTICLE.c.id)
        )
        for hash_, title in connection.execute(query):
            found.setdefault(hash_, title)
    return found


def taken(connection: Connection, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (kind, id) of which there is a record, with one statement for each kind and 1,000 ids."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for kind, id_ in keys:
        wanted[kind].append(id_)
    found: set[tuple[str, str]] = set()
    for kind, ids in wanted.items():
        column = table_of(RECORD_ROWS[kind]).c.id
        for start in range(0, len(ids), _AT_ONCE):
            there = connection.scalars(select(column).where(column.in_(ids[start : start + _AT_ONCE])))
            found.update((kind, id_) for id_ in there)
    return found


def load_texts(connection: Connection, ids: Sequence[str]) -> list[tuple[str, SourceText]]:
    """Title and source text of these articles, in list order."""
    articles = load_articles(connection, ARTICLE.c.id.in_(ids))
    texts = {record.id: record for record in load(connection, "source_text", SOURCE_TEXT.c.id.in_(ids))}
    return [(each.title, text) for each in articles if isinstance(text := texts.get(each.id), SourceText)]


def load_summaries(connection: Connection) -> list[ArticleSummary]:
    """Every article with its counts, in list order."""
    counts = {kind: _counts(connection, kind) for kind in ("claim", "mention", "correction", "quarantined")}
    return [
        ArticleSummary(
            article,
            counts["claim"].get(article.id, 0),
            counts["mention"].get(article.id, 0),
            counts["correction"].get(article.id, 0),
            counts["quarantined"].get(article.id, 0),
        )
        for article in load_articles(connection, ARTICLE.c.id.is_not(None))
    ]


def _counts(connection: Connection, kind: str) -> dict[str, int]:
    table = table_of(RECORD_ROWS[kind])
    rows = connection.execute(select(table.c.article_id, func.count()).group_by(table.c.article_id))
    return {row[0]: row[1] for row in rows}


def load_uses(connection: Connection, speaker_id: str) -> list[Record]:
    """All mentions and claims, in every article, that name the speaker."""
    hops = ATTRIBUTION.c
    named = select(hops.claim_id).where((hops.speaker_id == speaker_id) | (hops.addressee_id == speaker_id))
    return [
        *load(connection, "mention", MENTION.c.speaker_id == speaker_id),
        *load(connection, "claim", CLAIM.c.id.in_(named)),
    ]


def count_uses(connection: Connection) -> dict[str, tuple[int, int]]:
    """Speaker id → (mentions, claims that the speaker is the source of); speakers without any are left out."""
    uses: dict[str, tuple[int, int]] = {}
    mentions = select(MENTION.c.speaker_id, func.count()).where(MENTION.c.speaker_id.is_not(None))
    for speaker_id, count in connection.execute(mentions.group_by(MENTION.c.speaker_id)):
        uses[speaker_id] = (count, 0)
    hop, inner = ATTRIBUTION.c, ATTRIBUTION.alias().c
    further = exists().where(inner.claim_id == hop.claim_id, inner.ordinal > hop.ordinal, inner.speaker_id.is_not(None))
    claims = select(hop.speaker_id, func.count()).where(hop.speaker_id.is_not(None), ~further).group_by(hop.speaker_id)
    for speaker_id, count in connection.execute(claims):
        uses[speaker_id] = (uses.get(speaker_id, (0, 0))[0], count)
    return uses


def load_history(connection: Connection, actor: str | None = None) -> list[HistoryEntry]:
    """All changesets in order, or those of one person, without their changes."""
    columns = CHANGESET.c
    query = select(columns.id, columns.title, columns.action, columns.target_id).order_by(columns.seq)
    if actor is not None:
        query = query.where(columns.actor == actor)
    return [HistoryEntry(*row) for row in connection.execute(query)]
