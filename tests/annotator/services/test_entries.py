"""Folders and archives: everything in them that can be read, nothing outside them, and a sentence for the rest."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from annotator.errors import ImportFailed
from annotator.formats import registry
from annotator.formats.base import Draft, Format, Reading
from annotator.services.annotate import Author
from annotator.services.importing import How, ReadResult, read_files
from annotator.services.importing.entries import find
from annotator.services.importing.reading import read_entry

ANN = Author("Ann", "1")
STORY = "Headline of {}\n\nSomething happened in {} on that day.\n"


def story(path: Path, name: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(STORY.format(name or path.stem, name or path.stem))
    return path


def packed(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def read(*paths: Path) -> ReadResult:
    return read_files(paths, ANN)


def places(result: ReadResult) -> list[str]:
    return [draft.place for draft in result.drafts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    for name in ("b.txt", "a.txt", "2024/c.txt", "2024/may/d.text"):
        story(made / name)
    return made


def test_a_folder_is_read_with_all_folders_in_it_by_name(folder: Path) -> None:
    result = read(folder)
    assert places(result) == ["news/a.txt", "news/b.txt", "news/2024/c.txt", "news/2024/may/d.text"]
    assert result.drafts[2].article.title == "Headline of c"
    assert result.drafts[2].source.file_name == "news/2024/c.txt"
    assert (result.problems, result.notes) == ([], [])


def test_what_is_of_no_format_is_passed_over_and_counted_and_a_bad_file_stops_no_other(folder: Path) -> None:
    for name in ("x.jpg", "y.jpg", "z.css", ".hidden.txt"):
        story(folder / name)
    (folder / "0.txt").write_bytes(b"")
    result = read(folder)
    assert len(result.drafts) == 4
    assert result.problems == ["news/0.txt is empty."]
    assert result.notes == ["news: passed over 4 files of no format that is read (.jpg 2, hidden 1, .css 1)."]


def test_an_archive_in_a_folder_is_not_called_unreadable(folder: Path) -> None:
    packed(folder / "more.zip", b_dot_txt=STORY)
    result = read(folder)
    assert result.notes == ["news: passed over 1 archive inside it (.zip); import that by itself."]


def test_annotations_that_only_inception_can_read_are_not_passed_over_silently(tmp_path: Path) -> None:
    names = {"source__a_dot_txt": STORY, "annotation_ser__a_dot_ser": "\xac"}
    result = read(packed(tmp_path / "project.zip", **names))
    assert places(result) == ["project.zip: source/a.txt"]
    (note,) = result.notes
    assert note.startswith("project.zip: passed over 1 file that only INCEpTION can read (.ser)")


def test_the_scheme_and_the_guideline_beside_a_dataset_are_no_articles(folder: Path) -> None:
    for name in ("gold.jsonl", "gold.scheme.json", "gold.guideline.md", "alone.scheme.json"):
        (folder / name).write_bytes(b"{}\n")
    with find([folder]) as found:
        names = [entry.path for entry in found.entries]
    assert "gold.jsonl" in names
    assert "alone.scheme.json" in names
    assert not {"gold.scheme.json", "gold.guideline.md"} & {*names}
    assert found.notes == []


def test_a_file_given_by_itself_is_text_whatever_its_name(folder: Path) -> None:
    assert places(read(story(folder / "x.weird"))) == ["x.weird"]


def test_links_are_followed_to_files_in_the_folder_only(folder: Path, tmp_path: Path) -> None:
    story(tmp_path / "secret.txt")
    try:
        (folder / "in.txt").symlink_to(folder / "2024" / "c.txt")
        (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "2024" / "loop").symlink_to(folder)
        (folder / "self.txt").symlink_to(folder / "self.txt")
    except OSError:
        pytest.skip("no links here")
    result = read(folder)
    assert "news/in.txt" in places(result)
    assert len(result.drafts) == 5
    assert [problem.split(" ")[0] for problem in result.problems] == ["news/out.txt", "news/self.txt", "news/2024/loop"]
    assert all("was not followed" in problem for problem in result.problems)


@pytest.mark.parametrize("other", ["../secret.txt", "/etc/hostname", "out.txt", "", "a\x00b", "gone.txt", "2024"])
def test_nothing_outside_the_folder_is_read_beside_a_file(folder: Path, tmp_path: Path, other: str) -> None:
    story(tmp_path / "secret.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    entry = find([folder]).entries[0]
    assert entry.beside(other) is None
    assert entry.beside("b.txt") == (folder / "b.txt").read_bytes()
    assert entry.beside("2024/c.txt") == (folder / "2024/c.txt").read_bytes()


def test_an_archive_is_read_like_a_folder_and_a_file_in_it_sees_what_lies_beside(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "news.zip", b_dot_txt=STORY, x__a_dot_txt=STORY, x__b_dot_txt="Beside", pic_dot_jpg=b"\xff"
    )
    result = read(path)
    assert places(result) == ["news.zip: b.txt", "news.zip: x/a.txt", "news.zip: x/b.txt"]
    assert result.notes == ["news.zip: passed over 1 file of no format that is read (.jpg 1)."]
    entry = result.entries[result.drafts[1].article.id]
    assert entry.beside("b.txt") == b"Beside"
    assert [entry.beside(name) for name in ("../b.txt", "../../x", "/b.txt", "c.txt")] == [None] * 4
    assert entry.open().read() == STORY.encode()  # the archive was closed, and opens itself again


def test_traps_in_an_archive_are_named_and_stop_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", STORY)
        archive.writestr("../slip.txt", STORY)
        archive.writestr("/root.txt", STORY)
        archive.writestr("C:\\win.txt", STORY)
        archive.writestr("bomb.txt", bytes(40_000_000))
        archive.writestr("inner.zip", b"PK")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    result = read(path)
    assert places(result) == ["bad.zip: good.txt"]
    told = "\n".join(result.problems)
    assert len(result.problems) == 6
    assert told.count("has a name that leads out of the archive") == 3
    for words in ("bomb.txt would grow more than 200 times", "inner.zip is an archive inside", "link.txt is a link"):
        assert words in told


def test_encrypted_damaged_and_lying_archives(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", a_dot_txt=STORY * 50, b_dot_txt=STORY * 60)
    whole = path.read_bytes()
    central = whole.index(b"PK\x01\x02")
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[central + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(encrypted)
    assert read(tmp_path / "locked.zip").problems == ["locked.zip: a.txt is encrypted; it was left out."]
    damaged = bytearray(whole)
    damaged[60:70] = bytes(10)
    (tmp_path / "damaged.zip").write_bytes(damaged)
    result = read(tmp_path / "damaged.zip")
    assert (places(result), result.problems) == (
        ["damaged.zip: b.txt"],
        ["damaged.zip: a.txt is damaged in the archive."],
    )
    lying = bytearray(whole)
    struct.pack_into("<I", lying, central + 24, 10)  # says that it is 10 bytes long
    (tmp_path / "lying.zip").write_bytes(lying)
    assert "lying.zip: a.txt is damaged in the archive." in read(tmp_path / "lying.zip").problems
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "none.zip").write_bytes(b"no archive at all")
    assert read(tmp_path / "cut.zip", tmp_path / "none.zip").problems == [
        "cut.zip is no zip archive or a damaged one.",
        "none.zip is no zip archive or a damaged one.",
    ]


def test_a_file_that_another_one_reads_along_is_no_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = Format("stand", "Standoff", (".ann",), read=lambda stream, reading: [], takes=(".txt",))
    monkeypatch.setattr(registry, "_added", lambda: ([form], []))
    (folder / "a.ann").write_text("T1")
    assert [entry.path for entry in find([folder]).entries] == ["a.ann", "b.txt", "2024/c.txt", "2024/may/d.text"]


def test_a_mistake_in_a_reader_stops_no_other_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_(_stream: BinaryIO, _reading: Reading) -> list[Draft]:
        raise KeyError("words of the article")

    form = Format("broken", "Broken", (".broken",), read=read_)
    monkeypatch.setattr(registry, "_added", lambda: ([form], []))
    (folder / "a.broken").write_text("T1")
    result = read(folder)
    assert len(result.drafts) == 4
    sentence = "its reader failed (KeyError), which is a mistake of the program."
    assert result.problems == [f"news/a.broken cannot be read: {sentence}"]


def test_the_same_path_twice_is_one_entry_and_reading_can_be_stopped(folder: Path) -> None:
    assert len(find([folder, folder]).entries) == 4
    calls: list[int] = []
    result = read_files([folder], ANN, progress=lambda done, _all: calls.append(done), stopped=lambda: len(calls) == 2)
    assert (len(result.drafts), result.stopped, calls) == (2, True, [1, 2])


def test_a_long_file_that_is_stopped_comes_in_as_nothing(folder: Path) -> None:
    lines = folder / "a.csv"
    lines.write_text("title,text\n" + "".join(f"Title {n},Something happened {n} times.\n" for n in range(9)))
    (entry,) = find([lines]).entries
    answers = iter([False, False])
    with pytest.raises(ImportFailed, match=r"^a\.csv was not read: it was stopped\.$"):
        read_entry(entry, How(ANN, stopped=lambda: next(answers, True)))
    assert len(read_entry(entry, How(ANN))) == 9


def test_a_folder_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "2024":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = read(folder)
    assert (len(result.drafts), result.problems) == (2, ["news/2024 cannot be read: permission denied."])


def test_a_format_that_is_named_takes_the_files_that_are_named_like_it(folder: Path, tmp_path: Path) -> None:
    story(folder / "t.csv")
    form = registry.named("csv")
    assert [entry.path for entry in find([folder], form).entries] == ["t.csv"]
    assert [entry.path for entry in find([folder / "a.txt"], form).entries] == ["a.txt"]
    path = packed(tmp_path / "a.zip", t_dot_csv="x", a_dot_txt="y")
    assert [entry.name for entry in find([path], form).entries] == ["a.zip: t.csv"]


@pytest.mark.parametrize("name", ["", ".", "./."])
def test_a_file_of_an_archive_that_has_no_name_is_said_and_stops_no_other(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.zip", a_dot_txt=STORY, bbbb=STORY)
    long = len("bbbb") - len(name)
    data = path.read_bytes().replace(b"bbbb", name.encode() + b"/" * long if name else b"bbbb")
    if not name:
        at = data.rindex(b"PK\x01\x02")
        data = data[: at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 50 :]
        end = data.rindex(b"PK\x05\x06")
        size = struct.unpack_from("<I", data, end + 12)[0] - 4
        data = data[: end + 12] + struct.pack("<I", size) + data[end + 16 :]
    path.write_bytes(data)
    result = read(path)
    assert places(result) == ["a.zip: a.txt"]


@pytest.mark.parametrize("order", [("a.txt", "a.ann"), ("a.ann", "a.txt")])
def test_of_files_that_are_given_one_that_another_reads_along_is_no_article_of_its_own(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    (tmp_path / "a.txt").write_text("Ann said so.\n")
    (tmp_path / "a.ann").write_text("T1\tPerson 0 3\tAnn\n")
    other = story(tmp_path / "b.txt")
    assert places(read(*(tmp_path / name for name in order), other)) == ["a.ann", "b.txt"]
    elsewhere = story(tmp_path / "elsewhere" / "a.txt")
    assert places(read(tmp_path / "a.ann", elsewhere)) == ["a.ann", "a.txt"]
    assert places(read(tmp_path / "a.txt")) == ["a.txt"]
    (tmp_path / "annotation.conf").write_text("[entities]\nPerson\n")
    assert places(read(*(tmp_path / name for name in (*order, "annotation.conf")))) == ["a.ann"]
