"""What an import could not place is kept in a table of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table; nothing that is there changes."""
    names = ("id", "article_id", "reason", "label", "exact", "data", "place", "created")
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text(), nullable=False) for name in names]
    columns.insert(1, sa.Column("revision", sa.Integer(), nullable=False))
    link = sa.ForeignKeyConstraint(
        ["article_id"],
        ["article.id"],
        name=op.f("fk_quarantined_article_id_article"),
        initially="DEFERRED",
        deferrable=True,
    )
    key = sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined"))
    op.create_table("quarantined", *columns, link, key)
    op.create_index(op.f("ix_quarantined_article_id"), "quarantined", ["article_id"])
