"""No reader takes more of a file than fits: each asks for parts of a size, and stops when they are too many."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, ImportFailed
from annotator.formats import registry
from annotator.formats.base import Format, Reading
from annotator.formats.bounds import MOST_BYTES, MOST_OF_MANY, article_bytes, whole


class Little(io.BytesIO):
    """A file of a few bytes that must not be asked for all of them."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size >= 0, "all of it was asked for"
        return super().read(size)


class Endless(Little):
    """A file that never ends; it counts what was taken of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        self.taken += size
        return b"x" * size


@pytest.mark.parametrize("form", registry.readable(), ids=lambda form: form.name)
def test_no_reader_asks_for_all_of_a_file(form: Format) -> None:
    read = form.read or form.read_standoff
    assert read is not None
    with contextlib.suppress(AnnotatorError):  # most say that it is no such file
        read(Little(b"{} " * 10), Reading("a" + form.extensions[0], "Zoe", beside=lambda _: b"text"))


@pytest.mark.parametrize(("take", "most"), [(article_bytes, MOST_BYTES), (lambda s, n: whole(s, n, 5 << 20), 5 << 20)])
def test_what_is_too_large_is_left_after_little_more_than_may_be(take: Callable[..., bytes], most: int) -> None:
    stream = Endless()
    with pytest.raises(ImportFailed, match=rf"^big is larger than {most >> 20} MB, too large to be read at once\.$"):
        take(stream, "big")
    assert stream.taken <= most + (1 << 20)


def test_a_file_as_large_as_may_be_is_read() -> None:
    data = bytes(range(256)) * (1 << 13)
    assert whole(io.BytesIO(data), "a", len(data)) == data
    with pytest.raises(ImportFailed, match="a is empty"):
        article_bytes(io.BytesIO(), "a")


def test_a_file_that_the_disk_says_is_too_large_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as stream:
        stream.truncate(MOST_OF_MANY + 1)
    with path.open("rb") as stream, pytest.raises(ImportFailed, match="big is larger than 512 MB"):
        whole(stream, "big")
