"""Files are replaced whole or not at all; small pieces of sentences; what can be stored."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.files import replacing
from annotator.services.targets import target_file
from annotator.text.storable import UNSTORABLE, is_storable
from annotator.text.wording import clause, counted, shorten


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    target = tmp_path / "a.txt"
    with replacing(target) as temporary:
        temporary.write_text("one")
        assert not target.exists()
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("two")
        assert target.read_text() == "one"
    assert target.read_text() == "two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_after_an_error_what_was_there_stays_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("one")

    def fail():
        with replacing(target) as temporary:
            temporary.write_text("half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert target.read_text() == "one"
    assert list(tmp_path.iterdir()) == [target]


@given(st.text(st.characters() | st.sampled_from("\0\ud800\udfff")))
def test_what_can_be_stored_is_what_utf8_carries_without_nul(text):
    try:
        carried = "\0" not in text.encode().decode()
    except UnicodeEncodeError:
        carried = False
    assert is_storable(text) is carried
    assert is_storable(UNSTORABLE.sub("?", text))


def test_words_for_people():
    assert shorten("one\r\ntwo\u2028three") == "one⏎two⏎three"
    assert shorten("x" * 41) == "x" * 39 + "…"
    assert shorten("x" * 40) == "x" * 40
    assert (counted(1, "article"), counted(1200, "article")) == ("1 article", "1,200 articles")
    assert clause(ValueError("Two corrections overlap.")) == "two corrections overlap."


def test_what_a_power_cut_left_goes_with_the_next_export_there_and_nothing_younger_does(tmp_path):
    partial, folder, young = (tmp_path / f".{digit * 16}.partial" for digit in "abc")
    making = tmp_path / ".making-abcd_123"
    for left in (folder, making):
        left.mkdir()
        (left / "inside").touch()
        os.utime(left / "inside", (1, 1))
    others = [tmp_path / name for name in (".hidden", ".abc.partial", "a.partial")]
    for path in (partial, young, *others):
        path.touch()
    for old in (partial, folder, making, *others):
        os.utime(old, (1, 1))
    with target_file(tmp_path / "out.txt") as (temporary, _):
        temporary.touch()
    assert sorted(tmp_path.iterdir()) == sorted([young, *others, tmp_path / "out.txt"])
