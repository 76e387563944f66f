"""A password that an address does not have: the system's keyring is asked for it, where there is one."""

from __future__ import annotations

import getpass
import importlib
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Dialect, Engine, event

SERVICE = "article-annotator"
_PORT = "5432"
_SECONDS = 20.0
"""So long a keyring may take, in which a person may have to unlock it; then it is done without."""


def entry_of(options: Mapping[str, Any]) -> str:
    """What a password is kept under: ``anna@db.example.org``, with the port where it is not the usual one.

    A server is part of it, so that no other one that an address leads to is told the password.
    """
    port = str(options.get("port") or _PORT)
    host = str(options.get("host") or "localhost")
    return f"{options.get('user') or getpass.getuser()}@{host}{'' if port == _PORT else f':{port}'}"


def ask_keyring_where_needed(engine: Engine) -> None:
    """From now on a server that wants a password, for which there is none elsewhere, gets that of the keyring."""
    known: list[str] = []

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
        if "password" in options:
            return dialect.connect(*arguments, **options)
        tried = {"password": known[0]} if known else {}
        try:
            return dialect.connect(*arguments, **options, **tried)
        except dialect.loaded_dbapi.Error as error:
            attempt = getattr(error, "pgconn", None)
            if not getattr(attempt, "used_password" if tried else "needs_password", False):
                raise
            found = _kept(entry_of(options))
            if found is None or found in known:
                raise
        made = dialect.connect(*arguments, **options, password=found)
        known[:] = [found]
        return made


def _kept(entry: str) -> str | None:
    """What the keyring has under that name; None: it has nothing, there is none, or it does not answer."""
    found: list[str | None] = []

    def ask() -> None:
        with suppress(Exception):  # each system's keyring has its own; what they say might quote what they hold
            found.append(importlib.import_module("keyring").get_password(SERVICE, entry))

    asking = threading.Thread(target=ask, name="keyring", daemon=True)
    asking.start()
    asking.join(_SECONDS)
    return found[0] if found and isinstance(found[0], str) else None
