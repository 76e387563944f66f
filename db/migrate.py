"""The schema's revision: reading it, making a new schema, upgrading an older one.

Alembic is imported only to upgrade, since it would slow down every start.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from annotator.errors import ProjectError, ProjectNewer
from annotator.model import new_id, now
from db.engine import APPLICATION_ID, WRITE
from db.schema import VERSION_TABLE, Base, ProjectRow
from db.server_schema import log_triggers

REVISIONS = ("0001", "0002", "0003")
"""All revisions in order; a test compares them with the scripts in ``migrations``."""
HEAD = REVISIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, None when there is no schema yet."""
    if not inspect(connection).has_table(VERSION_TABLE.name):
        return None
    return connection.scalar(select(VERSION_TABLE.c.version_num))


def needs_upgrade(revision: str | None, name: str) -> bool:
    """Whether the schema is older than this program's.

    Raises:
        ProjectNewer: it is newer.
    """
    if revision is not None and revision not in REVISIONS:
        raise ProjectNewer(f"“{name}” was written by a newer version of this program; update the program to open it.")
    return revision != HEAD


def create_schema(engine: Engine) -> None:
    """Make all tables and the project's facts in one transaction."""
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        Base.metadata.create_all(connection, checkfirst=False)
        VERSION_TABLE.create(connection)
        connection.execute(insert(VERSION_TABLE), {"version_num": HEAD})
        add_facts(connection)


def add_facts(connection: Connection) -> None:
    """Write what the project knows about itself."""
    facts = {"id": new_id(), "created": now(), "created_by": f"Article Annotator, schema {HEAD}"}
    connection.execute(insert(ProjectRow), [{"key": key, "value": value} for key, value in facts.items()])


def upgrade(engine: Engine) -> None:
    """Bring an older schema to :data:`HEAD` in one transaction; the caller has made a backup.

    Raises:
        ProjectError: the upgraded tables would not fit together; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415 - see the module's docstring
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # batch operations rebuild tables; the pragma has no effect inside a transaction
            _raw_pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                _run(lambda: command.upgrade(config, "head"))
                if connection.scalar(select(ProjectRow.value).where(ProjectRow.key == "id")) is None:
                    add_facts(connection)
                if connection.dialect.name == "postgresql":
                    for statement in log_triggers():
                        connection.exec_driver_sql(statement)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise ProjectError("The project could not be upgraded: some of its records refer to nothing.")
        finally:
            if sqlite:
                _raw_pragma(connection, "foreign_keys=ON")


def _run(scripts: Callable[[], None]) -> None:
    """Run the scripts; of several errors the first is raised, not that of tidying up after it."""
    try:
        scripts()
    except DBAPIError as error:
        first, before = error, error.__context__
        while before is not None:
            first, before = before if isinstance(before, DBAPIError) else first, before.__context__
        raise first from None


def _raw_pragma(connection: Connection, pragma: str) -> None:
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA {pragma}").close()
