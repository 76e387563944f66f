"""What to type to install a package where this very program runs: it may be a checkout that no index knows."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires

_PROGRAM = "article-annotator"
_EXTRA = re.compile(r"""(?P<requirement>[^;]+?)\s*;.*\bextra == ["'](?P<extra>[^"']+)["']""")
_NAME = re.compile(r"[\w.-]+")
_SAID = re.compile("install it with  (.+?)  and try again")


def command(extra: str) -> str:
    """The command for an optional extra of this program, by what it needs; of another package's: for the extra."""
    return command_for(*_needed(extra) or [f"{_PROGRAM}[{extra}]"])


def packages(extra: str) -> str:
    """What an extra brings, in words: ``openpyxl and xlsxwriter``."""
    return " and ".join(_NAME.match(each)[0] for each in _needed(extra)) or extra  # type: ignore[index]


@cache
def _needed(extra: str) -> tuple[str, ...]:
    try:
        told = [found for each in requires(_PROGRAM) or () if (found := _EXTRA.fullmatch(each))]
    except PackageNotFoundError:
        return ()
    return tuple(found["requirement"] for found in told if found["extra"] == extra)


def command_for(*requirements: str) -> str:
    """The command for packages, with this interpreter's own pip."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return " ".join((python, "-m pip install", *(f'"{each}"' for each in requirements)))


def how_to_install(extra: str) -> str:
    """The end of a sentence that says how to get an extra."""
    return f"install it with  {command(extra)}  and try again."


def command_in(text: str) -> str | None:
    """The first command of :func:`how_to_install` that stands in a text."""
    found = _SAID.search(text)
    return found[1] if found else None
