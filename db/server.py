"""Engines on database servers: what a connection asks for, and how a transaction begins there.

Writers take turns, as they do on a file: the change log's order and its hash chain depend on it. Readers see one
moment of the database in each transaction, and wait for nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from annotator.errors import ProjectError
from annotator.installing import command, command_for
from db.engine import WRITE
from db.passwords import ask_keyring_where_needed

TURN_SECONDS = 15
"""How long a writer waits for its turn, before it says that somebody else is writing."""
_CONNECT_SECONDS = 10
_WRITE_LOCK = 0x41416E31
_ALIVE = ("tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3")
"""How soon the server notices that a writer's machine is gone, and lets the next one write."""
_DRIVER_OPTIONS = {
    "connect_timeout": _CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "application_name": "Article Annotator",
}
_BEGIN_WRITE = (
    f"SET LOCAL lock_timeout = '{TURN_SECONDS}s'; SET LOCAL idle_in_transaction_session_timeout = '10min'; "
    f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})"
)
_BEGIN_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def server_engine(url: URL) -> Engine:
    """An engine on a database server.

    Raises:
        ProjectError: the address is wrong, or the database's driver is not installed.
    """
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
    try:
        if url.get_driver_name() == "psycopg":
            options["connect_args"] = {k: v for k, v in _DRIVER_OPTIONS.items() if k not in url.query}
        engine = create_engine(url, **options)
    except NoSuchModuleError as error:
        raise ProjectError(f"Databases of the kind “{url.drivername}” are not known here.") from error
    except ModuleNotFoundError as error:
        raise ProjectError(_driver_missing(url, error.name or "")) from error
    except ArgumentError as error:
        raise ProjectError("That database address cannot be understood.") from error
    if engine.dialect.name == "postgresql":
        _keep_order(engine)
        _keep_secrets(engine)
        ask_keyring_where_needed(engine)
    return engine


def _driver_missing(url: URL, module: str) -> str:
    hint = command("postgresql") if "postgresql" in url.drivername else command_for(module)
    return f"This database needs the Python package “{module}”, which is not installed; install it with: {hint}"


def _keep_order(engine: Engine) -> None:
    """One writer at a time; readers see one moment. A writer must not: it has to see what the one before it wrote."""

    @event.listens_for(engine, "connect")
    def ask_for_signs_of_life(connection: Any, _record: object) -> None:
        before, connection.autocommit = connection.autocommit, True
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f"SET {setting}" for setting in _ALIVE))
        connection.autocommit = before

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql(_BEGIN_WRITE if write else _BEGIN_READ)


def _keep_secrets(engine: Engine) -> None:
    """The server quotes rows in the DETAIL of an error, but a text is for no log: the headline must do."""

    @event.listens_for(engine, "handle_error")
    def shorten(context: ExceptionContext) -> None:
        original, wrapped = context.original_exception, context.sqlalchemy_exception
        headline = next(iter(str(original).splitlines()), "")
        if isinstance(wrapped, DBAPIError) and getattr(original, "sqlstate", None) is not None:
            original.args = (headline,)
            wrapped.args = (f"({type(original).__module__}.{type(original).__name__}) {headline}",)


def why_read_only(connection: Connection, name: str) -> str | None:
    """Why this project can only be read on PostgreSQL, in one sentence; None when it can be written.

    Raises:
        ProjectError: the database cannot hold every text.
    """
    if connection.dialect.name != "postgresql":
        return None
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise ProjectError(f"“{name}” stores text as {encoding}; a project needs a database with ENCODING 'UTF8'.")
    if connection.scalar(text("SELECT pg_is_in_recovery()")):
        return f"“{name}” is a copy that its server only lets people read."
    if connection.scalar(text("SHOW default_transaction_read_only")) == "on":
        return f"Your role may only read in “{name}”."
    known = inspect(connection).has_table("changeset")
    if known and not connection.scalar(text("SELECT has_table_privilege('changeset', 'INSERT')")):
        return f"Your role may only read in “{name}”."
    return None
