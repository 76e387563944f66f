"""Errors a person can act on. Each carries one clear sentence; everything else is a bug."""

from __future__ import annotations

from annotator.text.wording import sentence


class AnnotatorError(Exception):
    """Base of all known errors; ``str(error)`` is one sentence for the user."""


class InvalidSpan(AnnotatorError):
    """A span does not fit its text, or its exact text differs from ``text[start:end]``."""


class InvalidEdit(AnnotatorError):
    """The requested edit breaks a rule of the records (overlap, cycle, unknown value)."""


class PlaceTaken(InvalidEdit):
    """A correction was to stand where another one stands; ``taken_by`` is the other's id."""

    def __init__(self, sentence: str, taken_by: str) -> None:
        super().__init__(sentence)
        self.taken_by = taken_by


class StaleEdit(AnnotatorError):
    """A record no longer equals the state the edit started from; nothing was changed."""


class ProjectError(AnnotatorError):
    """The project cannot be opened, created or written."""


class ProjectNewer(ProjectError):
    """The project was written by a newer version of the program."""


class ProjectDamaged(ProjectError):
    """The project's file is not as this program wrote it; it can be rebuilt from its change log or a backup."""


class ProjectReadOnly(ProjectError):
    """The project can be read but not written."""


class ProjectReplaced(ProjectError):
    """Another file has the name of the project since, which has to be opened anew to be read."""


class ProjectBusy(ProjectError):
    """Another program holds the project."""


class ConnectionLost(ProjectError):
    """The database server does not answer just now. What was asked of it may or may not have been done: ask again."""


class ImportFailed(AnnotatorError):
    """An input file cannot be imported; the project is unchanged. What it quotes from the file can do no harm."""

    def __init__(self, told: str) -> None:
        super().__init__(sentence(told))


class ExportFailed(AnnotatorError):
    """An export would be wrong or could not be written; no file was replaced."""


class ExtraMissing(AnnotatorError):
    """A format needs a package that is not installed; the sentence says how to install it."""


class ReleaseRefused(AnnotatorError):
    """The project is not fit to be released; nothing was written. ``reasons`` has one sentence for each problem."""

    def __init__(self, sentence: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.reasons = reasons


class ReleaseStopped(AnnotatorError):
    """A person stopped the making of a release; nothing was written."""
