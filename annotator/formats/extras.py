"""Packages that only some formats need: imported when such a format is used, asked for in one sentence when missing."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from types import ModuleType

from annotator.errors import ExtraMissing
from annotator.installing import how_to_install


def need(module: str, extra: str, what: str) -> ModuleType:
    """The module.

    Args:
        module: as it is imported, ``pyarrow.parquet``.
        extra: the name of the optional extra that brings it, ``parquet``.
        what: what cannot be done without it, the beginning of a sentence: ``Reading PDF files``.

    Raises:
        ExtraMissing: it is not installed; the sentence says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        if error.name is None or not module.startswith(error.name.partition(".")[0]):
            raise ExtraMissing(f"{what} cannot work: {module} is installed but does not load ({error}).") from error
        raise ExtraMissing(f"{what} needs something more: {how_to_install(extra)}") from None


def present(modules: Iterable[str]) -> bool:
    """Whether all these modules are installed; none is imported but the packages around them."""
    return all(_found(module) for module in modules)


def _found(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
