"""Where a project is: the path of a file, or the address of a database, of whose passwords nothing is ever shown."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from annotator.errors import ProjectError

_PASSWORDS = ("password", "sslpassword")


def url_of(location: str) -> URL | None:
    """The location as a database URL, None when it is a path. Raises ``ProjectError``: it is neither."""
    if "://" not in location:
        return None
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):  # neither message is passed on: it could hold the password
        raise ProjectError("That database address cannot be understood.") from None
    if any(
        "@" in (part or "") for part in (url.host, url.username)
    ):  # the rest of a password, which messages would quote
        raise ProjectError("That database address cannot be understood: write @ in a password as %40, / as %2F.")
    return url


def path_of(location: str, url: URL | None) -> Path:
    """The path of the project's file. Raises ``ProjectError``: the location names none."""
    if url is not None:
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise ProjectError("A SQLite project needs a file: give its path.")
        location = url.database
    if not location or "\0" in location:
        raise ProjectError("That is not the name of a file.")
    try:
        return Path(location).expanduser().absolute()
    except RuntimeError:  # "~somebody" who is not there
        raise ProjectError(f"“{location}” names a home folder that is not there.") from None


def shown(url: URL) -> str:
    """The address without passwords."""
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(_PASSWORDS).render_as_string(hide_password=False)


def name_of(url: URL) -> str:
    """What to call the project. Of a database's name nothing is shown that could be an address with a password."""
    name = url.database or url.drivername
    if "=" in name or "://" in name or not name.isprintable():
        raise ProjectError("That database address cannot be understood.")
    return name


def database_name(location: str) -> str | None:
    """The name of the PostgreSQL database at an address; None when it is the address of something else."""
    url = url_of(location)
    return name_of(url) if url is not None and url.get_backend_name() == "postgresql" and url.database else None
