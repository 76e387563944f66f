"""Reads: Core selects that build records directly, since an article is opened far more often than changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, exists, func, select

from annotator.history import HistoryEntry
from annotator.model import (
    Article,
    ArticleSummary,
    Document,
    Hop,
    Record,
    SourceText,
    Speaker,
)
from annotator.rules import named_speakers
from annotator.workspace import reading_order
from db.mapping import FIELDS, HOP_FIELDS, hop_of, record_of
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

ARTICLE = table_of(RECORD_ROWS["article"])
SOURCE_TEXT = table_of(SourceTextRow)
SPEAKER = table_of(SpeakerRow)
MENTION = table_of(MentionRow)
CLAIM = table_of(ClaimRow)
ATTRIBUTION = table_of(AttributionRow)
CHANGESET = table_of(ChangesetRow)


def load(connection: Connection, kind: str, condition: ColumnElement[bool]) -> list[Record]:
    """All records of ``kind`` whose row meets ``condition`` (on the kind's own table), in no order."""
    table = table_of(RECORD_ROWS[kind])
    rows = connection.execute(select(*(table.c[name] for name in FIELDS[kind])).where(condition)).all()
    if kind != "claim":
        return [record_of(kind, row) for row in rows]
    chains = _chains(connection, condition) if rows else {}
    return [record_of(kind, row, chains.get(row[0], ())) for row in rows]


def _chains(connection: Connection, condition: ColumnElement[bool]) -> dict[str, list[Hop]]:
    """Claim id → hops, outermost first, of the claims that meet ``condition``."""
    chains: dict[str, list[Hop]] = defaultdict(list)
    query = (
        select(ATTRIBUTION.c.claim_id, *(ATTRIBUTION.c[name] for name in HOP_FIELDS))
        .join_from(ATTRIBUTION, CLAIM)
        .where(condition)
        .order_by(ATTRIBUTION.c.claim_id, ATTRIBUTION.c.ordinal)
    )
    for claim_id, *values in connection.execute(query):
        chains[claim_id].append(hop_of(values))
    return chains


def load_one(connection: Connection, kind: str, id_: str) -> Record | None:
    """One record. Raises ``KeyError`` for an unknown kind."""
    found = load(connection, kind, table_of(RECORD_ROWS[kind]).c.id == id_)
    return found[0] if found else None


def load_document(connection: Connection, article_id: str) -> Document | None:
    """One article whole with the speakers it names, annotations in reading order; None when there is no such one."""
    return next(iter(load_documents(connection, [article_id])), None)


def load_documents(connection: Connection, ids: Sequence[str]) -> list[Document]:
    """The same of several articles, in the order of ``ids``, with as few statements; what is not there is left out."""
    articles = {record.id: record for record in load(connection, "article", ARTICLE.c.id.in_(ids))}
    texts = {record.id: record for record in load(connection, "source_text", SOURCE_TEXT.c.id.in_(ids))}
    mentions, claims, corrections, quarantined = (
        _by_article(connection, kind, ids) for kind in ("mention", "claim", "correction", "quarantined")
    )
    speakers = _named_speakers(connection, ids)
    found: list[Document] = []
    for id_ in ids:
        article, text = articles.get(id_), texts.get(id_)
        if not isinstance(article, Article) or not isinstance(text, SourceText):
            continue
        named = named_speakers([*mentions[id_], *claims[id_]])
        found.append(
            Document(
                article,
                text,
                tuple(sorted(mentions[id_], key=reading_order)),
                tuple(sorted(claims[id_], key=reading_order)),
                tuple(sorted(corrections[id_], key=reading_order)),
                tuple(speakers[each] for each in sorted(named) if each in speakers),
                tuple(sorted(quarantined[id_], key=lambda record: (record.created, record.id))),
            )
        )
    return found


def _by_article(connection: Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for record in cast("list[Any]", load(connection, kind, table_of(RECORD_ROWS[kind]).c.article_id.in_(ids))):
        found[record.article_id].append(record)
    return found


def _named_speakers(connection: Connection, ids: Sequence[str]) -> dict[str, Speaker]:
    """The speakers that the articles name, by id."""
    mentioned = select(MENTION.c.speaker_id).where(MENTION.c.article_id.in_(ids))
    own = select(CLAIM.c.id).where(CLAIM.c.article_id.in_(ids))
    chained = [
        SPEAKER.c.id.in_(select(column).where(ATTRIBUTION.c.claim_id.in_(own)))
        for column in (ATTRIBUTION.c.speaker_id, ATTRIBUTION.c.addressee_id)
    ]
    named = SPEAKER.c.id.in_(mentioned) | chained[0] | chained[1]
    return {speaker.id: speaker for speaker in cast("list[Speaker]", load(connection, "speaker", named))}


def load_articles(connection: Connection, condition: ColumnElement[bool]) -> list[Article]:
    """The articles that meet ``condition``, in list order."""
    found = cast("list[Article]", load(connection, "article", condition))
    return sorted(found, key=lambda article: (article.position, article.id))


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


def load_history(connection: Connection) -> list[HistoryEntry]:
    """All changesets in order, without their changes."""
    columns = CHANGESET.c
    query = select(columns.id, columns.title, columns.action, columns.target_id).order_by(columns.seq)
    return [HistoryEntry(*row) for row in connection.execute(query)]
