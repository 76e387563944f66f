"""Bytes to text: every encoding that newspapers' archives come in, and what is no text at all."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ImportFailed
from annotator.text.decode import decode, encoding_name, encodings
from annotator.text.normalise import normalise

RUSSIAN = "Россия заявила, что Трамп пригласил Путина в США.\n\n20 апреля 2018 года\nОб этом сообщило агентство."
GERMAN = "Der Präsident lädt seinen Amtskollegen in das Weiße Haus ein, für Gespräche über Öl. „Gut“, sagte er."
FRENCH = "Le président américain a été très étonné; il a reçu son homologue à la Maison-Blanche."
POLISH = "Prezydent Stanów Zjednoczonych zaprosił rosyjskiego prezydenta, powiedział minister. Żądał też, aby…"
TURKISH = "Cumhurbaşkanı, Türkiye için çok önemli olduğunu söyledi. Dışişleri bakanı da görüştü."
JAPANESE = "ロシア外務省は、トランプ大統領がプーチン大統領を招待したと発表した。電話会談で述べた。"
CHINESE = "俄罗斯外交部表示,特朗普总统在电话中邀请普京访问白宫。拉夫罗夫说。"
KOREAN = "러시아 외무부는 트럼프 대통령이 푸틴을 초청했다고 밝혔다."
ARABIC = "دعا الرئيس الأمريكي نظيره الروسي إلى البيت الأبيض خلال مكالمة هاتفية"
CURLY = "“We also hear this,” Lavrov said — it’s a café… in the White House."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        ("Привет, мир", "cp1251"),
        ("The Russian foreign ministry (Министерство иностранных дел) said on Friday that he was invited.", "cp1251"),
        (CURLY, "cp1252"),
        ("He paid in a café.", "cp1252"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (TURKISH, "cp1254"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc_kr"),
        (ARABIC, "cp1256"),
    ],
)
def test_a_code_page_is_guessed_and_the_guess_is_reported(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert any(encoding in note and "guessed" in note for note in decoded.notes)


@pytest.mark.parametrize("text", ["plain", RUSSIAN, "a😀b", "é\u0301𠀀 عربي\r\n", "\ufefftwice"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(text: str, mark: bytes, encoding: str) -> None:
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.notes) == (text, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    decoded = decode("Russia says – “yes”.\n".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("Russia says – “yes”.\n", encoding)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(b"x" + text.encode())
    assert (decoded.text, decoded.encoding, decoded.notes) == ("x" + text, "utf-8", ())


def test_a_nul_in_a_text_is_kept_for_normalise_to_replace() -> None:
    text, notes = normalise(decode(b"before\0after").text)
    assert text == "before\ufffdafter"
    assert len(notes) == 1


def test_lone_surrogates_in_utf8_and_utf16_are_replaced_visibly_and_pairs_joined() -> None:
    for data in (b"a\xed\xa0\x80b", b"\xff\xfea\0\x00\xd8b\0"):
        decoded = decode(data)
        assert decoded.text == "a\ud800b"
        assert normalise(decoded.text)[0] == "a\ufffdb"
    assert decode(b"a\xed\xa0\xbd\xed\xb8\x80b").text == "a😀b"


def test_damaged_places_are_replaced_and_counted() -> None:
    few = ("Россия " * 5).encode() + b"\xff" + "да".encode()
    assert decode(few).text == "Россия " * 5 + "\ufffdда"
    assert "1 damaged place" in decode(few).notes[0]
    truncated = b"\xff\xfea\0b"
    assert decode(truncated).text == "a\ufffd"
    assert decode(b"\xef\xbb\xbfa\xffb").text == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"SQLite format 3\0....", "database"),
        (b"\x1f\x8b\x08\0", "compressed"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"\0" * 100, "no text"),
        (bytes(range(256)), "no text"),
        (b"\x01\x02\x03\x04abc", "no text"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(ImportFailed, match=r"^scan\.txt is not a text file.*\.$") as error:
        decode(data, "scan.txt")
    assert what in str(error.value)


def test_random_bytes_are_refused() -> None:
    rng = random.Random(1)
    for _ in range(100):
        with pytest.raises(ImportFailed):
            decode(rng.randbytes(rng.randint(100, 3000)))


@given(st.binary(max_size=300))
def test_any_bytes_either_decode_to_something_that_can_be_stored_or_are_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ImportFailed:
        return
    assert decode(data) == decoded
    normalise(decoded.text)[0].encode()


def test_the_guesser_is_loaded_only_when_it_is_needed() -> None:
    code = (
        "import sys; from annotator.text.decode import decode; decode(b'plain');"
        "print('charset_normalizer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.strip() == "False"


def test_every_encoding_that_is_offered_has_a_name_for_people_of_its_own() -> None:
    names = [encoding_name(encoding) for encoding in encodings()]
    assert len(set(names)) == len(names)
    assert not {*names} & {*encodings()}
    assert encoding_name("cp1252") == "Western European (Windows-1252)"
    assert encoding_name("utf-7") == "utf-7"
