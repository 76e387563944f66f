"""The first tables: records, attribution chains, change log.

Written out, not taken from ``db.schema``: a migration must keep making the schema of its own day.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything."""
    _project()
    _articles()
    _speakers()
    _mentions()
    _claims()
    _corrections()
    _change_log()
    _append_only()


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _optional(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _integer(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    referred, _ = target.split(".")
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [target], name=name, initially="DEFERRED", deferrable=True)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _annotation() -> list[sa.Column[Any]]:
    """The columns that mentions, claims and corrections share."""
    return [
        *_text("id"),
        _integer("revision"),
        *_text("article_id", "annotator", "spans", "guideline", "created", "updated", "status"),
        *_optional("certainty"),
        *_text("note", "origin"),
    ]


def _project() -> None:
    op.create_table("project", *_text("key", "value"), _key("project", "key"))


def _articles() -> None:
    op.create_table(
        "article",
        *_text("id"),
        _integer("revision"),
        *_text("title"),
        *_optional("byline", "outlet", "published", "url", "language"),
        *_text("state", "segments", "import_notes"),
        _integer("position"),
        *_text("created", "updated"),
        _key("article", "id"),
    )
    op.create_table(
        "source_text",
        *_text("id", "text", "text_sha256"),
        *_optional("bytes_sha256", "file_name", "encoding"),
        _key("source_text", "id"),
        _link("source_text", "id", "article.id"),
    )
    _index("source_text", "text_sha256")


def _speakers() -> None:
    op.create_table(
        "speaker",
        *_text("id"),
        _integer("revision"),
        *_text("name", "kind", "aliases", "roles"),
        *_optional("affiliation", "wikidata"),
        *_text("note", "created", "updated"),
        _key("speaker", "id"),
    )


def _mentions() -> None:
    op.create_table(
        "mention",
        *_annotation(),
        *_optional("speaker_id"),
        *_text("kind"),
        _key("mention", "id"),
        _link("mention", "article_id", "article.id"),
        _link("mention", "speaker_id", "speaker.id"),
    )
    _index("mention", "article_id", "speaker_id")


def _claims() -> None:
    op.create_table(
        "claim",
        *_annotation(),
        *_optional("text", "form", "type", "check_worthy", "stance"),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        *_optional("parent_id"),
        *_text("tags"),
        _key("claim", "id"),
        _link("claim", "article_id", "article.id"),
        _link("claim", "parent_id", "claim.id"),
    )
    _index("claim", "article_id", "parent_id")
    op.create_table(
        "attribution",
        *_text("claim_id"),
        _integer("ordinal"),
        *_optional("speaker_id"),
        *_text("mention_spans", "cue_spans"),
        *_optional("referring", "medium"),
        _key("attribution", "claim_id", "ordinal"),
        _link("attribution", "claim_id", "claim.id"),
        _link("attribution", "speaker_id", "speaker.id"),
    )
    _index("attribution", "speaker_id")


def _corrections() -> None:
    op.create_table(
        "correction",
        *_annotation(),
        *_text("kind"),
        *_optional("replacement", "cause", "claim_id", "verdict"),
        *_text("evidence"),
        _key("correction", "id"),
        _link("correction", "article_id", "article.id"),
        _link("correction", "claim_id", "claim.id"),
    )
    _index("correction", "article_id", "claim_id")


def _change_log() -> None:
    op.create_table(
        "changeset",
        _integer("seq"),
        *_text("id", "title", "action"),
        *_optional("target_id"),
        *_text("actor", "time", "prev_hash", "hash"),
        _key("changeset", "seq"),
        sa.UniqueConstraint("id", name=op.f("uq_changeset_id")),
    )
    op.create_table(
        "change",
        _integer("changeset_seq"),
        _integer("ordinal"),
        *_text("kind", "entity_id"),
        *_optional("article_id", "before", "after"),
        _key("change", "changeset_seq", "ordinal"),
        _link("change", "changeset_seq", "changeset.seq"),
    )
    _index("change", "entity_id", "article_id")


def _append_only() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("changeset", "change"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END"
            )
