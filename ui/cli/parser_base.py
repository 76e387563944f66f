"""What the parsers of all commands are made of."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn


class UsageError(Exception):
    """The command line was not understood; the message is one sentence."""


class Parser(argparse.ArgumentParser):
    """Raises instead of printing usage and leaving, so that every error is one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (“{self.prog} --help” explains).")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, its line in the list, and what its own help says."""

    name: str
    summary: str
    details: str
    example: str


Adding = Callable[[Command], Parser]
"""Adds the parser of a command that takes a project."""
