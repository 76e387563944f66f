"""What the formats of INCEpTION share: reading a file with bounds, and writing a project as one file an article."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from annotator.errors import AnnotatorError, ExportFailed, ImportFailed
from annotator.formats.base import Sink, Source, Writing
from annotator.formats.bounds import MOST_CHARACTERS
from annotator.formats.inception.layers import Layer, Layered
from annotator.formats.inception.laying import lay
from annotator.formats.inception.standing import stand
from annotator.formats.inception.type_system import joined, type_system
from annotator.formats.inception.types import NAME, why
from annotator.formats.sinks import file_name
from annotator.formats.standoff.graph import Standoff
from annotator.formats.writing import standoffs, tell_no_text
from annotator.text.storable import is_storable

_MANY = 999_999
"""As many articles as numbers in names are padded for; how many there are is not known while they are written."""
_UNMAPPED = re.compile(r"offset \[(\d+)\]")
Make = Callable[[Layered, bytes], bytes | None]
"""The file of an article, given the type system; None: the format cannot hold it, which was told."""
Fit = Callable[[Layered], Layered]
"""What a format must change before an article is written."""


def as_it_is(layered: Layered) -> Layered:
    """A :data:`Fit` that changes nothing."""
    return layered


def standing(found: Iterable[Layered]) -> list[Standoff]:
    """The standoffs. Raises ``ImportFailed`` for a text that cannot be stored."""
    every = list(found)
    for layered in every:
        if not is_storable(layered.text):
            raise ImportFailed(f"The text of {layered.name} has a NUL or half a surrogate pair in it.")
        if len(layered.text) > MOST_CHARACTERS:
            raise ImportFailed(
                f"{layered.name} is longer than {MOST_CHARACTERS:,} characters, too long for an article."
            )
    return [stand(layered) for layered in every]


@contextmanager
def of_cassis(name: str) -> Iterator[set[int]]:
    """Runs cassis on a file: whatever it raises becomes ``ImportFailed``.

    Gives the offsets that it could not convert, filled in at the end.
    """
    unmapped: set[int] = set()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield unmapped
        except AnnotatorError:
            raise
        except Exception as error:  # another package's: whatever it says, the file cannot be read
            raise ImportFailed(f"{name} is no UIMA CAS that can be read: {why(error)}.") from error
        unmapped |= {int(match[1]) for each in caught if (match := _UNMAPPED.search(str(each.message)))}


def write_files(source: Source, sink: Sink, writing: Writing, extension: str, make: Make, fit: Fit = as_it_is) -> None:
    """Write every article as ``fit`` changes it for the format, then ``TypeSystem.xml``. Raises ``ExportFailed``."""
    layers: dict[str, Layer] = {}
    for number, (document, standoff) in enumerate(standoffs(source, writing), start=1):
        if not standoff.text:
            tell_no_text(document, writing)
            continue
        layered = fit(lay(standoff))
        joined(layers, layered.layers.values())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cassis tells of features with names that mean something to Python
            try:
                data = make(layered, type_system(layers.values()))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                title = document.article.title[:60]
                raise ExportFailed(f"The article “{title}” cannot be written as {extension}: {error}") from error
        if data is not None:
            with sink.open(f"{file_name(document.article.title, number, _MANY)}{extension}") as stream:
                stream.write(data)
    with sink.open(NAME) as stream:
        stream.write(type_system(layers.values()))
