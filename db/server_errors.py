"""What PostgreSQL and its driver report, as sentences for the user, by SQLSTATE."""

from __future__ import annotations

import re

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, ProgrammingError

from annotator.errors import AnnotatorError, ConnectionLost, InvalidEdit, ProjectBusy, ProjectError, ProjectReadOnly

_BUSY = "Somebody else is writing in “{name}” just now; try again in a moment."
_RIGHTS = "Your role lacks the rights for this in “{name}”; who runs the server can grant them."
_OPTION = "an option in the address that the driver does not know, which it tells without a SQLSTATE"
_STATES: dict[str, tuple[type[AnnotatorError], str]] = {
    _OPTION: (ProjectError, "The address of “{name}” cannot be understood: it has an option that is not known."),
    "25006": (ProjectReadOnly, "“{name}” can be read but not written."),
    "28000": (ProjectError, "The server does not let you into “{name}”."),
    "28P01": (
        ProjectError,
        "The server does not take the password for “{name}” (from ~/.pgpass or the keyring).",
    ),
    "3D000": (ProjectError, "The server has no database “{name}”; make one with: createdb “{name}”."),
    "40001": (ProjectBusy, _BUSY),
    "40P01": (ProjectBusy, _BUSY),
    "42501": (ProjectReadOnly, _RIGHTS),
    "42P01": (ProjectError, "“{name}” is damaged: a table of the project is missing."),
    "42P07": (ProjectError, "The database “{name}” has tables of the project's names already; use an empty one."),
    "53100": (ProjectError, "The server's disk is full: the change was not saved in “{name}”."),
    "53300": (ProjectBusy, "The server of “{name}” has no room for another connection; try again in a moment."),
    "55P03": (ProjectBusy, _BUSY),
    "57014": (ProjectBusy, "The server took too long over “{name}” and stopped; try again."),
    "XX001": (ProjectError, "“{name}” is damaged: the server cannot read it as it should."),
    "XX002": (ProjectError, "“{name}” is damaged: the server cannot read it as it should."),
}
_GONE = ("08", "57P")
"""SQLSTATEs of connections that ended, or that a server which starts or stops does not take."""
_WORDS = (
    ("no password supplied", "28P01"),
    ("password authentication failed", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    (r'role ".*" (does not exist|is not permitted)', "28000"),
    (r'database ".*" does not exist', "3D000"),
    ("permission denied", "42501"),
    ("too many clients|too many connections|remaining connection slots", "53300"),
)
"""What a refused connection says, for which the driver has no SQLSTATE. Other languages get the server's own words."""


def server_error(error: DBAPIError, name: str) -> AnnotatorError | None:
    """The error to show for what a database server reported, or None when it is a bug."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if isinstance(error, DataError):
        return InvalidEdit(f"A value holds what “{name}” cannot store; nothing was changed.")
    lines = str(error.orig).strip().splitlines() or ["no reason given"]
    if state is None and isinstance(error, OperationalError | InterfaceError):
        reason = lines[0].rsplit("FATAL:", 1)
        state = _by_words(reason[-1].strip()) if len(reason) > 1 or "password" in lines[0] else None
        if state is None:
            return ConnectionLost(f"The database “{name}” does not answer: {_reason(lines[0])}.")
    if state is None and isinstance(error, ProgrammingError):
        state = _OPTION
    if state is not None and state in _STATES:
        kind, sentence = _STATES[state]
        return kind(sentence.format(name=name))
    if error.connection_invalidated or (state or "").startswith(_GONE):
        return ConnectionLost(f"The connection to “{name}” was cut: {_reason(lines[0])}.")
    if isinstance(error, OperationalError):
        return ProjectError(f"The database “{name}” did not do this: {_reason(lines[0])}.")
    return None


def _reason(line: str) -> str:
    """The end of what the driver says; before it stands, at length, what it wanted to do and where."""
    return re.split(r"failed: |FATAL: ", line)[-1].strip().rstrip(".:")


def _by_words(reason: str) -> str | None:
    return next((state for words, state in _WORDS if re.search(words, reason)), None)
