"""What there is to read in files, folders and archives, as entries.

Finding opens no file but archives, whose list of contents it reads. Nothing outside what was given is ever read:
links that lead out of a folder are left out, and so are names that lead out of an archive.
"""

from __future__ import annotations

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, Self

from annotator.errors import ImportFailed
from annotator.files import reason_of
from annotator.formats import registry
from annotator.formats.base import Format
from annotator.services.importing.entry import MOST_BESIDE, MOST_ENTRIES, Entry
from annotator.text.wording import counted, plain

_HIDDEN = {"__macosx", "thumbs.db", "desktop.ini"}
_DEPTH = 64


@dataclass(slots=True)
class Listing:
    """The entries of an import, in the order in which they are read, and what is said of the rest.

    A context: archives stay open while entries are read, and open themselves again when one is read later.
    """

    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """One sentence for each thing that cannot be read."""
    notes: list[str] = field(default_factory=list)
    """One sentence for each sort of thing that was passed over."""
    held: ExitStack = field(default_factory=ExitStack, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.held.close()


def find(
    paths: Sequence[Path], file_format: Format | None = None, stopped: Callable[[], bool] | None = None
) -> Listing:
    """The entries of files, folders (with all that is in them) and zip archives; the same path twice counts once.

    In a folder or an archive only files of formats that can be read are taken; a file that is given itself is
    one entry, plain text by default, unless another one that is given reads it along, as ``a.ann`` does ``a.txt``.
    ``file_format`` takes only files that are named like one of it, and as that. ``stopped`` is asked now and then.
    """
    from annotator.services.importing.archives import is_archive, open_archive  # noqa: PLC0415 -- zipfile: 10 ms

    found = Listing()
    given = dict.fromkeys(paths)
    names: defaultdict[Path, set[str]] = defaultdict(set)
    for path in given:
        names[path.parent].add(path.name.casefold())
    for path in given:
        try:
            if path.is_dir():
                _take(found, _in_folder(path, found, stopped), path, file_format)
            elif is_archive(path) and not (file_format and registry.has_extension(path.name, file_format)):
                archive = open_archive(path, _shown(path))
                found.held.callback(archive.close)
                _take(found, archive.entries(found.problems), path, file_format)
            elif len(beside := names[path.parent]) == 1 or not _belongs_to_another(  # alone: no format need be loaded
                path.name, beside, _forms(file_format)
            ):
                found.entries.append(_file(path, _shown(path)))
        except ImportFailed as error:
            found.problems.append(str(error))
        except OSError as error:
            found.problems.append(f"{path} cannot be read: {reason_of(error)}.")
    return found


def _shown(path: Path) -> str:
    """The name as text: a name may be no UTF-8, but what is stored must be."""
    return plain(os.fsencode(path.name).decode("utf-8", "replace")) or str(path)


def _take(found: Listing, entries: Iterator[Entry], given: Path, file_format: Format | None) -> None:
    """Keep of the entries of a folder or an archive that was given those that can be read and belong to no other."""
    every, where, with_all = list(entries), _shown(given), _belonging_to(given)
    if len(every) > MOST_ENTRIES:
        raise ImportFailed(f"{where} holds more than {MOST_ENTRIES:,} files; import a part of it.")
    paths = {entry.path.casefold() for entry in every}
    passed: Counter[str] = Counter()
    forms = _forms(file_format)
    kept, along = 0, 0
    for entry in every:
        if any(part.startswith(".") or part.casefold() in _HIDDEN for part in entry.path.split("/")):
            passed["hidden"] += 1
        elif _belongs_to_another(entry.path, paths, forms):
            along += 1
        elif not (registry.has_extension(entry.path, file_format) if file_format else registry.is_known(entry.path)):
            passed[PurePath(entry.path).suffix.casefold() or "without an extension"] += 1
        else:
            found.entries.append(replace(entry, with_all=with_all))
            kept += 1
    found.notes += _passed_over(where, passed)
    if not kept and not along:
        found.problems.append(f"{where} holds no file that can be read.")


def _forms(file_format: Format | None) -> Sequence[Format]:
    return (file_format,) if file_format else registry.formats()


def _belonging_to(given: Path) -> Callable[[str], tuple[str, bytes] | None]:
    """Finds the file that belongs to a folder or an archive; each is read once."""

    @cache
    def find_one(end: str) -> tuple[str, bytes] | None:
        path = given.resolve()
        name = path.stem + end
        data = _read_beside(path.parent, name, None)
        return None if data is None else (_shown(Path(name)), data)

    return find_one


def _passed_over(where: str, passed: Counter[str]) -> Iterator[str]:
    """What to say of files by their ends; where there is a way to read what is in them, that is said."""
    archives, sealed = passed.pop(".zip", 0), passed.pop(".ser", 0)
    if passed:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in passed.most_common(8))
        yield f"{where}: passed over {counted(passed.total(), 'file')} of no format that is read ({kinds})."
    if archives:
        yield f"{where}: passed over {counted(archives, 'archive')} inside it (.zip); import that by itself."
    if sealed:
        yield (
            f"{where}: passed over {counted(sealed, 'file')} that only INCEpTION can read (.ser); to have the "
            "annotations in them, export the project there with UIMA CAS XMI or WebAnno TSV as its secondary format."
        )


def _belongs_to_another(path: str, paths: set[str], forms: Sequence[Format]) -> bool:
    """Whether a file is read along with another one beside it, as ``a.txt`` is with ``a.ann``, or says nothing new."""
    folded = path.casefold()
    folder, _, name = folded.rpartition("/")
    for form in forms:
        if any(name.endswith(end) and f"{folder}/{whole}".lstrip("/") in paths for end, whole in form.copies):
            return True
        for end in form.takes:
            if name == end and any(_is_in(other, folder) and other.endswith(form.extensions) for other in paths):
                return True
            if end.startswith(".") and folded.endswith(end):
                stem = folded.removesuffix(end)
                if any(stem + extension in paths and stem + extension != folded for extension in form.extensions):
                    return True
    return False


def _is_in(path: str, folder: str) -> bool:
    return path.rpartition("/")[0] == folder


# -- the disk -----------------------------------------------------------------------------------------------------


def _file(path: Path, name: str, inside: str | None = None, folder: Path | None = None) -> Entry:
    def beside(other: str) -> bytes | None:
        return _read_beside(path.parent, other, folder)

    return Entry(name, inside or name, lambda: _open(path, name), beside)


def _open(path: Path, name: str) -> BinaryIO:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a directory" if stat.S_ISDIR(mode) else "no regular file"
            raise ImportFailed(f"{path} is {what}, not a text file.")
        return path.open("rb")
    except FileNotFoundError:
        raise ImportFailed(f"{path} does not exist.") from None
    except PermissionError:
        raise ImportFailed(f"{path} may not be read: permission denied.") from None
    except (OSError, ValueError) as error:
        raise ImportFailed(f"{name} cannot be read: {reason_of(error)}.") from error


def _read_beside(parent: Path, other: str, folder: Path | None) -> bytes | None:
    """A file beside another. One that lies elsewhere, also by way of a link, counts as not there."""
    parts = PurePath(other.replace("\\", "/")).parts
    if not parts or ".." in parts or PurePath(other).is_absolute() or "\x00" in other:
        return None
    target = parent.joinpath(*parts)
    try:
        if not target.resolve().is_relative_to((folder or parent).resolve()) or not target.is_file():
            return None
        with target.open("rb") as stream:
            data = stream.read(MOST_BESIDE + 1)
    except (OSError, RuntimeError):
        return None
    return data if len(data) <= MOST_BESIDE else None


def _in_folder(folder: Path, found: Listing, stopped: Callable[[], bool] | None) -> Iterator[Entry]:
    """Every regular file in a folder and the folders in it, by name; links to folders are not followed."""
    root, count = folder.resolve(), 0
    top = _shown(folder)
    waiting: list[tuple[Path, str]] = [(folder, top)]
    while waiting:
        directory, shown = waiting.pop()
        if stopped and stopped():
            return
        try:
            with os.scandir(directory) as listing:
                inside = sorted(listing, key=lambda each: each.name)
        except OSError as error:
            found.problems.append(f"{shown} cannot be read: {reason_of(error)}.")
            continue
        folders = []
        for each in inside:
            path, name = Path(each.path), f"{shown}/{_shown(Path(each.name))}"
            if each.is_dir(follow_symlinks=False):
                folders.append((path, name))
            elif each.is_symlink() and not _leads_to_a_file_in(path, root):
                found.problems.append(f"{name} is a link to a folder or out of this one; it was not followed.")
            elif each.is_file():
                count += 1
                if count > MOST_ENTRIES:
                    raise ImportFailed(f"{shown} holds more than {MOST_ENTRIES:,} files; import a part of it.")
                yield _file(path, name, name.removeprefix(f"{top}/"), root)
        if len(PurePath(shown).parts) > _DEPTH:
            found.problems.append(f"{shown} is nested too deeply; what is in its folders was left out.")
        else:
            waiting += reversed(folders)


def _leads_to_a_file_in(path: Path, root: Path) -> bool:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # nothing is there, or a loop of links
        return False
    return target.is_file() and target.is_relative_to(root)
