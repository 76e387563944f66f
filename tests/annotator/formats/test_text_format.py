"""The plain text reader: the file's text kept byte for byte, its fields proposed, its bytes remembered."""

from __future__ import annotations

import hashlib
import io

import pytest

from annotator.errors import ImportFailed
from annotator.formats import registry, text
from annotator.formats.base import Draft, Reading
from seeds import sample_text_path


def read(data: bytes, name: str = "article.txt") -> Draft:
    (draft,) = text.read(io.BytesIO(data), Reading(name, "Ann"))
    return draft


def test_the_seed_is_kept_byte_for_byte() -> None:
    data = sample_text_path().read_bytes()
    draft = read(data, sample_text_path().name)
    assert draft.source.text.encode() == data
    assert draft.source.text.startswith(" Russia Says")
    assert draft.source.text.endswith("March 20.\n ")
    digest = hashlib.sha256(data).hexdigest()
    assert (draft.source.text_sha256, draft.source.bytes_sha256) == (digest, digest)
    assert (draft.source.file_name, draft.source.encoding) == ("russia-says-trump-invited-putin.txt", "utf-8")
    assert draft.article.id == draft.source.id
    assert draft.article.title == "Russia Says Trump Invited Putin to U.S. During Phone Call"
    assert draft.article.published == "2018-04-20"
    assert draft.article.state == "todo"
    assert draft.article.import_notes == ()
    assert len(draft.article.segments) == 11
    assert (draft.speakers, draft.claims, draft.mentions, draft.corrections) == ((), (), (), ())


def test_what_was_changed_or_guessed_is_in_the_notes() -> None:
    data = "Заголовок статьи\r\n\r\nТекст\0 статьи, который длится и длится.\r\n".encode()
    draft = read(data)
    assert draft.source.text == "Заголовок статьи\n\nТекст\ufffd статьи, который длится и длится.\n"
    assert draft.source.bytes_sha256 == hashlib.sha256(data).hexdigest()
    assert len(draft.article.import_notes) == 2
    guessed = read("Заголовок статьи\n\nТекст статьи, который длится и длится.".encode("cp1251"))
    assert (guessed.source.encoding, guessed.article.title) == ("cp1251", "Заголовок статьи")
    assert "guessed" in guessed.article.import_notes[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "article.txt is empty."),
        (b" \r\n\t ", "article.txt holds nothing but white space."),
        (b"\xef\xbb\xbf", "article.txt holds nothing but white space."),
        (b"%PDF-1.4", "article.txt is not a text file but a PDF document."),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(ImportFailed) as error:
        read(data)
    assert str(error.value) == sentence


def test_the_registry_knows_each_format_by_name_and_extension() -> None:
    names = [item.name for item in registry.formats()]
    assert len(set(names)) == len(names)
    assert all(registry.named(name).name == name for name in names)
    assert [each.name for each in (*registry.readable(), *registry.writable()) if each.name == "jsonl"] == ["jsonl"] * 2
    assert "text" not in {item.name for item in registry.writable()}
    assert registry.for_import("a.JSONL").name == "jsonl"
    assert registry.for_import("a.txt").name == registry.for_import("README").name == "text"
    with pytest.raises(KeyError):
        registry.named("wordstar")
