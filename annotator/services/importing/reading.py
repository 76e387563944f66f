"""Entries to drafts. Reading touches no project; a file that cannot be read is a problem and stops no other file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from annotator.errors import AnnotatorError, ExtraMissing, ImportFailed, InvalidEdit, InvalidSpan
from annotator.files import reason_of
from annotator.formats import registry, text
from annotator.formats.apart import Apart
from annotator.formats.base import Draft, Format, Reading
from annotator.formats.beside import SCHEME_SUFFIX, name_beside
from annotator.formats.drafts import drafts_of
from annotator.formats.found import Run, run_here
from annotator.formats.repair import looks_wrong
from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping import Mapping as LabelMapping
from annotator.formats.standoff.relabelling import ByMapping, proposed
from annotator.model import Term
from annotator.services import scheme_file
from annotator.services.annotate import Author
from annotator.services.importing.drafts import Drafts
from annotator.services.importing.entries import find
from annotator.services.importing.entry import Entry
from annotator.services.importing.mappings import BEFORE, Proposal, propose_for
from annotator.text.wording import clause, sentence, shorten
from annotator.vocabulary import DEFAULT, Vocabulary

Progress = Callable[[int, int], None]
"""Called with (files done, files in all)."""

_HEAD = 1 << 16
_LONGEST = 500
"""Characters of a sentence about labels, which a file may give any names."""
_WITH_SCHEME = ("jsonl", "parquet", "xlsx")
"""Formats of one file in this program's own labels, which an export puts the scheme beside."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants a file to be read, where that is not for the file to say."""

    encoding: str | None = None
    repair: bool = False
    columns: Mapping[str, str] | None = None
    mapping: LabelMapping | None = None
    """What the labels of another tool mean; None: as all files of its format suggest together."""
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remembered: Mapping[str, LabelMapping] = field(default_factory=dict)
    """What a person said before of a set of labels, by its key (:attr:`Survey.key`)."""


@dataclass(frozen=True, slots=True)
class How:
    """By whom and with what labels files are read."""

    author: Author
    file_format: Format | None = None
    """None: each as its name and its beginning say."""
    vocabulary: Vocabulary = DEFAULT
    choice: Choice = Choice()
    run: Run = run_here
    mappings: Mapping[str, LabelMapping] = field(default_factory=dict)
    """What was proposed or remembered for a format of that name."""
    stopped: Callable[[], bool] | None = None
    """Asked between the articles of a file, and while one takes long; then nothing of that file is read."""

    def relabel(self, chosen: Format) -> Callable[[Standoff], Standoff]:
        """From the labels in a file of that format to this program's."""
        mapping = self.choice.mapping or self.mappings.get(chosen.name)
        return ByMapping(mapping).to_ours if mapping is not None else proposed


@dataclass(slots=True)
class ReadResult:
    """Drafts that were read, and one sentence for each file that could not be."""

    drafts: Drafts = field(default_factory=Drafts)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is worth knowing besides: what was passed over in folders and archives."""
    terms: dict[Term, str] = field(default_factory=dict)
    """Values that the project's vocabularies lack, and in which scheme file beside a dataset they were found."""
    entries: dict[str, Entry] = field(default_factory=dict)
    """Article id → what it was read from, to be read again in another way."""
    doubtful: set[str] = field(default_factory=set)
    """Ids of articles in which letters look as if they had been decoded wrongly before."""
    missing: dict[str, list[str]] = field(default_factory=dict)
    """What a package is missing for, in one sentence → the files that were not read; one problem for all of them."""
    proposals: dict[str, Proposal] = field(default_factory=dict)
    """By format: what its labels may mean. The mapping of each is the one that was used."""
    stopped: bool = False
    """Whether a person stopped the reading before the last file."""

    def told(self) -> list[str]:
        """``notes``, and what there is to know of the labels as they are understood now."""
        return [
            *self.notes,
            *(sentence(shorten(note, _LONGEST)) for proposal in self.proposals.values() for note in proposal.notes()),
        ]


def read_text_file(path: Path, author: Author) -> Draft:
    """One plain text file. Raises :class:`ImportFailed`."""
    return read_file(path, author, text.FORMAT)[0]


def read_file(
    path: Path, author: Author, file_format: Format | None = None, vocabulary: Vocabulary = DEFAULT
) -> list[Draft]:
    """The articles of one file; ``file_format`` None goes by the extension, plain text being the default.

    Raises:
        ImportFailed: missing, no regular file, unreadable, or not in the format; the sentence names the file.
        ExtraMissing: the format needs a package that is not installed.
    """
    (entry,) = find([path], file_format or registry.for_import(path.name)).entries
    return read_entry(entry, How(author, file_format, vocabulary))


def read_files(
    paths: Sequence[Path],
    author: Author,
    file_format: Format | None = None,
    progress: Progress | None = None,
    vocabulary: Vocabulary = DEFAULT,
    stopped: Callable[[], bool] | None = None,
    choice: Choice = Choice(),
) -> ReadResult:
    """All files, folders and archives that can be read; the others become problems. The same path twice is read once.

    ``stopped`` is asked between files, and while one takes long; what was read of files before is kept.
    """
    with find(paths, file_format, stopped) as found, Apart(stopped) as apart:
        result = ReadResult(problems=found.problems, notes=found.notes)
        result.proposals = {} if choice.mapping is not None else propose_for(found.entries, file_format, stopped)
        for proposal in result.proposals.values():
            if (before := choice.remembered.get(proposal.survey.key)) is not None:
                proposal.mapping, proposal.said = before, BEFORE
        mappings = {name: proposal.mapping for name, proposal in result.proposals.items()}
        how = How(author, file_format, vocabulary, choice, apart.run, mappings, stopped)
        for index, entry in enumerate(found.entries):
            if stopped and stopped():
                result.stopped = True
                break
            _read_into(result, entry, how)
            if progress:
                progress(index + 1, len(found.entries))
        result.problems += (
            f"{names[0] if len(names) == 1 else f'{len(names):,} files'} could not be read. {sentence}"
            for sentence, names in result.missing.items()
        )
    return result


def read_again(entry: Entry, how: How) -> list[Draft]:
    """The articles of an entry that was read before, read as a person chose since. Raises like :func:`read_file`."""
    with Apart() as apart:
        return read_entry(entry, replace(how, run=apart.run))


def read_all_again(
    entries: Sequence[Entry], how: How, progress: Progress | None = None, stopped: Callable[[], bool] | None = None
) -> tuple[dict[Entry, list[Draft]], list[str]]:
    """The articles of entries read as a person chose since, by their entry, and a sentence for each not read."""
    found: dict[Entry, list[Draft]] = {}
    problems: list[str] = []
    with Apart(stopped) as apart:
        for index, entry in enumerate(entries):
            if stopped and stopped():
                break
            try:
                found[entry] = read_entry(entry, replace(how, run=apart.run, stopped=stopped))
            except (ImportFailed, ExtraMissing) as error:
                problems.append(str(error))
            if progress:
                progress(index + 1, len(entries))
    return found, problems


def _read_into(result: ReadResult, entry: Entry, how: How) -> None:
    """Read an entry into the result: all its articles, or, when one is wrong, none."""
    further, unread = _terms_beside(entry, how)
    unread = [each for each in unread if each not in (*result.problems, *result.notes)]  # a folder's scheme: said once
    before, doubtful, problems = len(result.drafts), set[str](), list[str]()
    try:
        for draft in _articles(entry, replace(how, vocabulary=how.vocabulary.with_terms(further))):
            try:
                result.drafts.append(draft)
            except (InvalidSpan, InvalidEdit) as error:
                problems.append(f"{draft.place}: {clause(error)}; it was left out.")
                continue
            if _is_new(draft) and looks_wrong(draft.source.text):
                doubtful.add(draft.article.id)
    except ExtraMissing as error:
        del result.drafts[before:]
        result.missing.setdefault(str(error), []).append(entry.name)
        result.problems += unread
    except ImportFailed as error:
        del result.drafts[before:]
        result.problems += [str(error), *unread]
    else:
        result.terms = {**further, **result.terms}
        result.entries.update((head.id, entry) for head in result.drafts.heads[before:])
        result.doubtful |= doubtful
        result.problems += problems
        result.notes += unread


def _is_new(draft: Draft) -> bool:
    """Whether nobody has worked on it: then its text can still be mended."""
    return not (draft.claims or draft.mentions or draft.corrections)


def read_entry(entry: Entry, how: How) -> list[Draft]:
    """The articles of one entry. Raises like :func:`read_file`."""
    return list(_articles(entry, how))


def _articles(entry: Entry, how: How) -> Iterator[Draft]:
    """The articles of one entry, one after the other. Raises like :func:`read_file`, also while they are read."""
    try:
        with entry.open() as stream:
            chosen = how.file_format or registry.for_import(entry.path, _head(stream))
            choice = how.choice
            reading = Reading(
                entry.name,
                how.author.name,
                how.author.guideline,
                how.vocabulary,
                beside=entry.beside,
                relabel=how.relabel(chosen),
                encoding=choice.encoding,
                repair=choice.repair,
                columns=choice.columns,
                known=choice.known,
                run=how.run,
                stopped=how.stopped,
            )
            for draft in drafts_of(chosen, stream, reading):
                reading.check_wanted()
                yield draft
    except OSError as error:
        raise ImportFailed(f"{entry.name} cannot be read: {reason_of(error)}.") from error
    except MemoryError:
        raise ImportFailed(f"{entry.name} is too large for this computer's memory.") from None
    except AnnotatorError:
        raise
    except Exception as error:  # a mistake in one reader must not stop the other files
        raise ImportFailed(
            f"{entry.name} cannot be read: its reader failed ({type(error).__name__}), which is a mistake of the "
            "program."
        ) from error


def _head(stream: BinaryIO) -> bytes:
    head = stream.read(_HEAD)
    stream.seek(0)
    return head


def _terms_beside(entry: Entry, how: How) -> tuple[dict[Term, str], list[str]]:
    """Values unknown to the vocabulary that the scheme beside a dataset has; why it cannot be read, if it cannot."""
    found: dict[tuple[str, str], tuple[Term, str]] = {}
    problems: list[str] = []
    for name, data in _schemes(entry, how):
        try:
            terms = _terms_in(data, name)
        except ImportFailed as error:
            problems.append(str(error))
            continue
        for term in terms:
            if how.vocabulary.get(term.vocabulary, term.value) is None:
                found.setdefault((term.vocabulary, term.value), (term, name))
    return dict(found.values()), problems


def _schemes(entry: Entry, how: How) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the schemes beside its own file, which counts, and beside the folder or archive it is in."""
    if (how.file_format or registry.for_import(entry.path)).name in _WITH_SCHEME:
        name = name_beside(entry.path, SCHEME_SUFFIX)
        if (data := entry.beside(name)) is not None:
            yield name, data
    if (found := entry.with_all(SCHEME_SUFFIX)) is not None:
        yield found


@lru_cache(maxsize=8)
def _terms_in(data: bytes, name: str) -> tuple[Term, ...]:
    """The values of a scheme, which belongs to every file of a folder."""
    return scheme_file.read_bytes(data, name).terms
