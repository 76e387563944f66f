"""The project's scheme; to whom and when a source spoke; how long was worked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and two columns; nothing that is there changes."""
    names = ("id", "name", "version", "terms", "guideline", "checks", "hidden", "updated")
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text(), nullable=False) for name in names]
    columns.insert(1, sa.Column("revision", sa.Integer(), nullable=False))
    op.create_table("scheme", *columns, sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")))
    keys = [sa.Column(name, sa.Text(), nullable=False) for name in ("article_id", "annotator", "day")]
    key = sa.PrimaryKeyConstraint("article_id", "annotator", "day", name=op.f("pk_work_time"))
    op.create_table("work_time", *keys, sa.Column("seconds", sa.Integer(), nullable=False), key)
    with op.batch_alter_table("attribution", recreate="always") as batch:
        batch.add_column(sa.Column("addressee_id", sa.Text(), nullable=True))
        batch.add_column(sa.Column("date", sa.Text(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_attribution_addressee_id_speaker"),
            "speaker",
            ["addressee_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
    op.create_index(op.f("ix_attribution_addressee_id"), "attribution", ["addressee_id"])
