"""Who may do what on a PostgreSQL server, as a script for psql: least rights, so that nobody alters the change log."""

from __future__ import annotations

from annotator.errors import ProjectError
from db.address import database_name
from db.schema import RECORD_ROWS, AttributionRow, Base, ProjectRow, SourceTextRow, WorkTimeRow, table_of
from db.server_schema import LOG

_FIXED = (table_of(ProjectRow).name, "alembic_version")
"""What only the owner writes."""


def roles_script(location: str) -> str:
    """The script for the project at that address. The server is not asked.

    Raises:
        ProjectError: that is no address of a PostgreSQL database.
    """
    database = database_name(location)
    if database is None:
        raise ProjectError("Roles are for a project on a PostgreSQL server: give its address.")
    annotator, reader = (_quoted(f"{database}_{role}") for role in ("annotator", "reader"))
    both = f"{annotator}, {reader}"
    written = {table_of(row).name for row in RECORD_ROWS.values()} | {table_of(AttributionRow).name}
    frozen, counted = table_of(SourceTextRow).name, table_of(WorkTimeRow).name
    known = {*written, *LOG, counted, table_of(ProjectRow).name}
    if known != set(Base.metadata.tables):
        raise AssertionError(f"who may write in {known ^ set(Base.metadata.tables)}?")
    changed = sorted(written - {frozen})
    return f"""\
-- Roles for the project in the database {database}. Run it as an administrator of the server, who may make roles:
--     annotator database-roles URL | psql -d {database}
-- It may be run again, and should be after each upgrade of the program. Who works with the project is then added so:
--     CREATE ROLE anna LOGIN IN ROLE {annotator};    \\password anna
-- An annotator adds to the change log and can neither change nor delete what is in it; a reader changes nothing.
-- The owner of the tables, and whoever administers the server, can do anything: work under another role.
\\set ON_ERROR_STOP on
BEGIN;
{_made(f"{database}_annotator")}
{_made(f"{database}_reader")}
REVOKE ALL ON DATABASE {_quoted(database)} FROM PUBLIC;
GRANT CONNECT ON DATABASE {_quoted(database)} TO {both};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {both};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {both};
GRANT SELECT ON {", ".join(sorted(known | set(_FIXED)))} TO {both};
GRANT INSERT ON {", ".join(LOG)} TO {annotator};
GRANT INSERT, DELETE ON {frozen} TO {annotator};
GRANT INSERT, UPDATE, DELETE ON {", ".join(changed)} TO {annotator};
GRANT INSERT, UPDATE ON {counted} TO {annotator};
COMMIT;
"""


def _made(role: str) -> str:
    literal = role.replace("'", "''")
    return (
        f"DO $roles$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{literal}') THEN "
        f"CREATE ROLE {_quoted(role)} NOLOGIN; END IF; END $roles$;"
    )


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
