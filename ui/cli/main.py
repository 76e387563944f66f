"""``annotator``: the entry point of the command line. Imports neither Qt nor SQLAlchemy until a command needs them."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from annotator import __version__
from annotator.errors import AnnotatorError
from ui.cli import commands, keeping, release
from ui.cli.console import Console
from ui.cli.parser import make_parser
from ui.cli.parser_base import UsageError

_COMMANDS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "new": commands.new,
    "import": commands.import_,
    "export": commands.export,
    "formats": commands.formats,
    "mapping": commands.mapping,
    "stats": commands.stats,
    "verify": commands.verify,
    "backup": keeping.backup,
    "backups": keeping.backups,
    "restore": keeping.restore,
    "rebuild": keeping.rebuild,
    "database-roles": commands.database_roles,
    "screenshot": commands.screenshot,
    "pdf": commands.pdf,
    "release": release.release,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments without the program's name; None takes them from the process.

    Returns:
        0 done, 1 problems were found, 2 bad use or input (one line on stderr says which), 130 interrupted.
    """
    console = Console()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv), console)
        console.close()
    except (AnnotatorError, UsageError) as error:
        console.error(str(error))
        return 2
    except KeyboardInterrupt:
        console.error("interrupted.")
        return 130
    except Exception as error:  # a bug: one line, and the details for those who ask
        console.error(f"unexpected error: {type(error).__name__}: {error} (ANNOTATOR_DEBUG=1 shows where)")
        if os.environ.get("ANNOTATOR_DEBUG") == "1":
            traceback.print_exc()
        return 2
    return code


def _run(arguments: list[str], console: Console) -> int:
    if not arguments:
        return commands.open_window(None)
    first = arguments[0]
    if first in _COMMANDS or (first.startswith("-") and first != "--"):
        try:
            parsed = make_parser(__version__).parse_args(arguments)
        except SystemExit as stopped:  # --help and --version
            return int(stopped.code or 0)
        return _COMMANDS[parsed.command](parsed, console)
    paths = arguments[1:] if first == "--" else arguments
    if len(paths) != 1 or (first != "--" and _is_mistyped(first)):
        _refuse(paths)
    return commands.open_window(paths[0])


def _is_mistyped(name: str) -> bool:
    """Whether a bare word is nearly a command and no project: opening a window on it would help nobody."""
    return name.isalpha() and bool(_near(name)) and not Path(name).exists()


def _near(name: str) -> list[str]:
    return difflib.get_close_matches(name, _COMMANDS, n=1, cutoff=0.75)


def _refuse(paths: list[str]) -> NoReturn:
    if not paths:
        raise UsageError("give the name of a project after --.")
    near = _near(paths[0])
    hint = f"did you mean “{near[0]}”?" if near else "“annotator --help” lists the commands."
    raise UsageError(f"“{paths[0]}” is no command; {hint}")


if __name__ == "__main__":
    sys.exit(main())
