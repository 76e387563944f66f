"""Export: write a project in one of the formats, read it back, say what is lost, and only then hand it over.

What was written appears whole under its name, or what was there before stays. What lies beside it has its names last,
and right before it has its own.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.collecting import seldom_collected
from annotator.errors import ExportFailed
from annotator.formats import registry
from annotator.formats.base import CHANGE_LOG, Back, Format, Reading, Source, Writing
from annotator.formats.beside import GUIDELINE_SUFFIX, SCHEME_SUFFIX, path_beside
from annotator.formats.losses import Comparison, Loss
from annotator.formats.readback import compare_back
from annotator.formats.sinks import FolderSink, ZipSink
from annotator.formats.standoff.relabelling import AS_IT_IS, Relabelling
from annotator.formats.writing import viewed
from annotator.model import Document, Scheme, Speaker
from annotator.services import scheme_file
from annotator.services.targets import Beside, target_file, target_folder
from annotator.vocabulary import Vocabulary

VIEWS = ("source", "corrected")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, and how."""

    format: Format = field(default_factory=lambda: registry.named("jsonl"))
    view: str = "source"
    """``source`` or ``corrected``."""
    scheme: Scheme | None = None
    """By what the articles are labelled; it goes beside them, into ``NAME.scheme.json`` and ``NAME.guideline.md``."""
    relabelling: Relabelling = AS_IT_IS
    """Between this program's labels and those of the other tool."""
    head: str = ""
    """The end of the project's change log (``seq:hash``): printed wherever the format has room for it."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written. ``losses`` has one sentence for each sort of thing that is not in it."""

    path: Path
    bytes: int
    articles: int
    claims: int
    speakers: int
    mentions: int
    corrections: int
    losses: tuple[str, ...] = ()
    replaced: bool = False
    """Whether a file of that name was there before."""
    beside: tuple[Path, ...] = ()
    """The files with the scheme and the guideline."""
    head: str = ""
    """The end of the project's change log when it was written; "" when that is not known."""
    told: str = ""
    """One sentence when ``path`` is not the name that was given."""


class Prepared:
    """An export that is written under another name. End it with :meth:`hand_over` or :meth:`discard`.

    Made by :func:`prepare` on the thread of the project; everything after that needs no project.
    """

    def __init__(self, stack: ExitStack, temporary: Path, wish: Wish, watched: _Watched) -> None:
        self._stack, self._temporary, self._wish, self._watched = stack, temporary, wish, watched
        self.result: ExportResult
        """What was written; its losses are those that reading back would not show, until :meth:`report`."""

    @seldom_collected()
    def report(self) -> ExportResult:
        """Read back what was written and compare. When that fails (``ExportFailed``), it is discarded."""
        try:
            losses: Iterable[Loss] = self._watched.comparison.losses(self._read(), self._watched.everybody)
        except BaseException:
            self.discard()
            raise
        self.result = replace(self.result, losses=(*self.result.losses, *map(str, losses)))
        return self.result

    def hand_over(self) -> ExportResult:
        """Give it its name. Raises ``ExportFailed``: it could not be given; what was there stays."""
        self._stack.close()
        return self.result

    def discard(self) -> None:
        """Leave nothing of it."""
        self._stack.__exit__(_Discarded, _Discarded(), None)

    def _read(self) -> Iterable[Back]:
        if not self.result.articles:  # a file without articles is none that readers take
            return ()
        any_value = Vocabulary(())
        reading = Reading(self.result.path.name, "", vocabulary=any_value, relabel=self._wish.relabelling.to_ours)
        return compare_back(self._wish.format, self._temporary, self.result.path, reading)


class _Discarded(Exception):
    pass


@seldom_collected()
def prepare(project: Source, path: Path, wish: Wish) -> Prepared:
    """Write all articles, but not yet under the name ``path``.

    A format of several files makes a zip archive of a name that ends in ``.zip``, else a folder; a name that ends as
    one of its files does (``t.csv``) stands for the folder ``t``, and the result says so. A format of one file takes
    no name of an archive.

    Raises:
        ExportFailed: the target cannot be written, or an article would be wrong; the sentence names the place.
        ExtraMissing: the format needs a package that is not installed.
    """
    chosen = wish.format
    if not chosen.writable:
        raise ExportFailed(f"{chosen.title} can be read but not written.")
    if wish.view not in VIEWS:
        raise ExportFailed(f"There is no view “{wish.view}”; choose {' or '.join(VIEWS)}.")
    path, told = _as_folder(path, chosen)
    writing = Writing(wish.view, relabel=wish.relabelling.to_theirs, scheme=wish.scheme, head=wish.head)
    watched = _Watched(project, Writing(wish.view))
    beside = _beside(path, wish.scheme, writing) if wish.scheme is not None else {}
    with ExitStack() as stack:
        folder = chosen.write_files is not None and path.suffix.casefold() != ".zip"
        together = Beside(beside)
        target = target_folder(path, beside=together) if folder else target_file(path, together)
        temporary, replaced = stack.enter_context(target)
        size = _write(chosen, watched, temporary, writing)
        if wish.head and not writing.head_is_inside:
            writing.losses.append(f"This format has no place for the head of the change log; note it: {wish.head}.")
        prepared = Prepared(stack.pop_all(), temporary, wish, watched)
    counts = (writing.articles, writing.claims, writing.speakers, writing.mentions, writing.corrections)
    prepared.result = ExportResult(path, size, *counts, tuple(writing.losses), replaced, tuple(beside), wish.head, told)
    return prepared


def export(
    project: Source,
    path: Path,
    file_format: Format | None = None,
    view: str = "source",
    scheme: Scheme | None = None,
    relabelling: Relabelling = AS_IT_IS,
    head: str = "",
) -> ExportResult:
    """Write, report and hand over in one go; see :func:`prepare`. ``file_format`` None means JSON Lines."""
    wish = Wish(file_format or registry.named("jsonl"), view, scheme, relabelling, head)
    prepared = prepare(project, path, wish)
    prepared.report()
    return prepared.hand_over()


class _Watched:
    """A project that remembers of each article what was handed to the writer."""

    def __init__(self, project: Source, writing: Writing) -> None:
        self._project, self._writing = project, writing
        self._projected = writing.view != "source"
        self.comparison = Comparison()
        self.everybody = project.speakers()

    def speakers(self) -> list[Speaker]:
        return self.everybody

    def documents(self) -> Iterator[Document]:
        known = {speaker.id: speaker for speaker in self.everybody}
        for document in self._project.documents():
            for speaker in document.speakers:
                known.setdefault(speaker.id, speaker)
            self.comparison.add(viewed(document, self._writing) if self._projected else document, known)
            yield document


def _write(chosen: Format, project: Source, temporary: Path, writing: Writing) -> int:
    """Write to the temporary file or folder; gives how many bytes."""
    if chosen.write is not None:
        with temporary.open("xb") as stream:
            chosen.write(project, stream, writing)
            return stream.tell()
    if chosen.write_files is None:
        raise ExportFailed(f"{chosen.title} can be read but not written.")
    if temporary.is_dir():
        chosen.write_files(project, FolderSink(temporary), writing)
        return sum(file.stat().st_size for file in temporary.rglob("*") if file.is_file())
    with zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = writing.change_log(f"{CHANGE_LOG}: ").encode()
        chosen.write_files(project, ZipSink(archive), writing)
    return temporary.stat().st_size


def _as_folder(path: Path, chosen: Format) -> tuple[Path, str]:
    """Where an export goes, and what is to be said when that is not the name that was given."""
    end = next((each for each in chosen.extensions if path.name.casefold().endswith(each)), "")
    name = path.name[: len(path.name) - len(end)]
    if path.name.casefold() in {*chosen.extensions, ".zip"}:
        raise ExportFailed(f"{path.name} is the end of a name alone, which would be hidden: put a name in front of it.")
    if chosen.write_files is None and path.suffix.casefold() == ".zip":
        raise ExportFailed(f"{chosen.title} is one file and no archive: call it {path.stem}{chosen.extensions[0]}.")
    if chosen.write_files is None or not end or path.is_dir():
        return path, ""
    told = f"This format has several files: they are in the folder {name}; {name}.zip would be one archive of them."
    return path.with_name(name), told


def _beside(path: Path, scheme: Scheme, writing: Writing) -> dict[Path, bytes]:
    """What is written next to a dataset."""
    return {
        path_beside(path, SCHEME_SUFFIX): scheme_file.write(scheme, writing.change_log()),
        path_beside(path, GUIDELINE_SUFFIX): scheme.guideline.encode(),
    }
