"""How long somebody worked on an article. Kept beside the change log: it is no annotation and is never exported."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine, insert, select, update

from annotator.ports import WorkTime
from db.engine import WRITE
from db.schema import WorkTimeRow, table_of

WORK_TIME = table_of(WorkTimeRow)


def add(engine: Engine, time: WorkTime) -> None:
    """Add seconds to those of the same article, annotator and day."""
    columns = WORK_TIME.c
    same = (columns.article_id == time.article_id, columns.annotator == time.annotator, columns.day == time.day)
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        changed = connection.execute(update(WORK_TIME).where(*same).values(seconds=columns.seconds + time.seconds))
        if not changed.rowcount:
            connection.execute(insert(WORK_TIME), asdict(time))


def load(engine: Engine) -> list[WorkTime]:
    """All times, by article, annotator and day."""
    columns = WORK_TIME.c
    query = select(columns.article_id, columns.annotator, columns.day, columns.seconds)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(columns.article_id, columns.annotator, columns.day))
        return [WorkTime(*row) for row in rows]
