"""The tables. One row per record with its scalar fields as columns; value lists are typed JSON columns.

Foreign keys are real and deferred to COMMIT, so the order of changes inside an edit does not matter.
``revision`` counts the versions of a row and guards it against lost updates.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from sqlalchemy import Column, Connection, ForeignKey, MetaData, String, Table, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from annotator.model import CheckSetting, Evidence, Role, Segment, Span, Term
from db.server_schema import LOG, log_triggers
from db.types import JsonTuple, name_columns

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Strings are unbounded text in every database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text().with_variant(Text(collation="C"), "postgresql"),  # sorted by code points, as everywhere else
        tuple[str, ...]: JsonTuple(str),
        tuple[Span, ...]: JsonTuple(Span),
        tuple[Segment, ...]: JsonTuple(Segment),
        tuple[Role, ...]: JsonTuple(Role),
        tuple[Evidence, ...]: JsonTuple(Evidence),
        tuple[Term, ...]: JsonTuple(Term),
        tuple[CheckSetting, ...]: JsonTuple(CheckSetting),
    }


def _link(target: str) -> ForeignKey:
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


class ProjectRow(Base):
    """Facts about the project itself: its id, when and by what it was created."""

    __tablename__ = "project"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Versioned:
    """A row with an id that counts its versions; a lost update raises ``StaleDataError``."""

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)
    revision: Mapped[int] = mapped_column(sort_order=-2)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        return {"version_id_col": cls.revision}


class ArticleRow(Versioned, Base):
    """See :class:`annotator.model.Article`."""

    __tablename__ = "article"

    title: Mapped[str]
    byline: Mapped[str | None]
    outlet: Mapped[str | None]
    published: Mapped[str | None]
    url: Mapped[str | None]
    language: Mapped[str | None]
    state: Mapped[str]
    segments: Mapped[tuple[Segment, ...]]
    import_notes: Mapped[tuple[str, ...]]
    position: Mapped[int]
    created: Mapped[str]
    updated: Mapped[str]


class SourceTextRow(Base):
    """See :class:`annotator.model.SourceText`. Never updated."""

    __tablename__ = "source_text"

    id: Mapped[str] = mapped_column(_link("article.id"), primary_key=True)
    text: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(index=True)
    bytes_sha256: Mapped[str | None]
    file_name: Mapped[str | None]
    encoding: Mapped[str | None]


class SpeakerRow(Versioned, Base):
    """See :class:`annotator.model.Speaker`."""

    __tablename__ = "speaker"

    name: Mapped[str]
    kind: Mapped[str]
    aliases: Mapped[tuple[str, ...]]
    roles: Mapped[tuple[Role, ...]]
    affiliation: Mapped[str | None]
    wikidata: Mapped[str | None]
    note: Mapped[str]
    created: Mapped[str]
    updated: Mapped[str]


class SchemeRow(Versioned, Base):
    """See :class:`annotator.model.Scheme`. No row, or one."""

    __tablename__ = "scheme"

    name: Mapped[str]
    version: Mapped[str]
    terms: Mapped[tuple[Term, ...]]
    guideline: Mapped[str]
    checks: Mapped[tuple[CheckSetting, ...]]
    hidden: Mapped[tuple[str, ...]]
    updated: Mapped[str]


class AnnotationColumns(Versioned):
    """What every annotation carries, see :class:`annotator.model.Annotation`."""

    article_id: Mapped[str] = mapped_column(_link("article.id"), index=True, sort_order=-1)
    annotator: Mapped[str] = mapped_column(sort_order=-1)
    spans: Mapped[tuple[Span, ...]] = mapped_column(sort_order=-1)
    guideline: Mapped[str] = mapped_column(sort_order=-1)
    created: Mapped[str] = mapped_column(sort_order=-1)
    updated: Mapped[str] = mapped_column(sort_order=-1)
    status: Mapped[str] = mapped_column(sort_order=-1)
    certainty: Mapped[str | None] = mapped_column(sort_order=-1)
    note: Mapped[str] = mapped_column(sort_order=-1)
    origin: Mapped[str] = mapped_column(sort_order=-1)


class MentionRow(AnnotationColumns, Base):
    """See :class:`annotator.model.Mention`."""

    __tablename__ = "mention"

    speaker_id: Mapped[str | None] = mapped_column(_link("speaker.id"), index=True)
    kind: Mapped[str]


class ClaimRow(AnnotationColumns, Base):
    """See :class:`annotator.model.Claim`."""

    __tablename__ = "claim"

    text: Mapped[str | None]
    form: Mapped[str | None]
    type: Mapped[str | None]
    check_worthy: Mapped[str | None]
    stance: Mapped[str | None]
    unsure: Mapped[bool]
    parent_id: Mapped[str | None] = mapped_column(_link("claim.id"), index=True)
    tags: Mapped[tuple[str, ...]]
    chain: Mapped[list[AttributionRow]] = relationship(
        cascade="all, delete-orphan", order_by="AttributionRow.ordinal", lazy="selectin"
    )


class AttributionRow(Base):
    """One hop of a claim's chain, see :class:`annotator.model.Hop`. ``ordinal`` 0 is the outermost."""

    __tablename__ = "attribution"

    claim_id: Mapped[str] = mapped_column(_link("claim.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    speaker_id: Mapped[str | None] = mapped_column(_link("speaker.id"), index=True)
    mention_spans: Mapped[tuple[Span, ...]]
    cue_spans: Mapped[tuple[Span, ...]]
    referring: Mapped[str | None]
    medium: Mapped[str | None]
    addressee_id: Mapped[str | None] = mapped_column(_link("speaker.id"), index=True)
    date: Mapped[str | None]


class CorrectionRow(AnnotationColumns, Base):
    """See :class:`annotator.model.Correction`."""

    __tablename__ = "correction"

    kind: Mapped[str]
    replacement: Mapped[str | None]
    cause: Mapped[str | None]
    claim_id: Mapped[str | None] = mapped_column(_link("claim.id"), index=True)
    verdict: Mapped[str | None]
    evidence: Mapped[tuple[Evidence, ...]]


class QuarantinedRow(Versioned, Base):
    """See :class:`annotator.model.Quarantined`."""

    __tablename__ = "quarantined"

    article_id: Mapped[str] = mapped_column(_link("article.id"), index=True)
    reason: Mapped[str]
    label: Mapped[str]
    exact: Mapped[str]
    data: Mapped[str]
    place: Mapped[str]
    created: Mapped[str]


class WorkTimeRow(Base):
    """See :class:`annotator.ports.WorkTime`. No link to the article: what was worked on may be deleted."""

    __tablename__ = "work_time"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    annotator: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[int]


class ChangesetRow(Base):
    """One committed edit. ``seq`` runs from 1 without gaps; the store assigns it under the write lock."""

    __tablename__ = "changeset"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    action: Mapped[str]
    target_id: Mapped[str | None]
    actor: Mapped[str]
    time: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class ChangeRow(Base):
    """One record before and after, as canonical JSON text of ``annotator.codec``; NULL where there is none."""

    __tablename__ = "change"

    changeset_seq: Mapped[int] = mapped_column(_link("changeset.seq"), primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    entity_id: Mapped[str] = mapped_column(index=True)
    article_id: Mapped[str | None] = mapped_column(index=True)
    before: Mapped[str | None]
    after: Mapped[str | None]


name_columns(Base.metadata)

VERSION_TABLE = Table(
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True, nullable=False)
)
"""Alembic's own table, so that the revision can be read and stamped without importing Alembic."""
VERSION_TABLE.primary_key.name = "alembic_version_pkc"

RECORD_ROWS: dict[str, type[Base]] = {
    "article": ArticleRow,
    "source_text": SourceTextRow,
    "speaker": SpeakerRow,
    "mention": MentionRow,
    "claim": ClaimRow,
    "correction": CorrectionRow,
    "scheme": SchemeRow,
    "quarantined": QuarantinedRow,
}


def table_of(row_type: type[Base]) -> Table:
    """The Core table of a row class, for reads that build records directly."""
    return cast("Table", row_type.__table__)


def append_only_triggers() -> list[str]:
    """SQLite's statements that make the change log append-only."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END"
        for table in LOG
        for verb in ("UPDATE", "DELETE")
    ]


@event.listens_for(Base.metadata, "after_create")
def _guard_change_log(_metadata: MetaData, connection: Connection, **_: Any) -> None:
    guards = {"sqlite": append_only_triggers, "postgresql": log_triggers}
    if (guard := guards.get(connection.dialect.name)) is not None:
        for statement in guard():
            connection.exec_driver_sql(statement)
