"""Bytes of a file to text: byte order mark, strict UTF-8, and only then a guess, which is always reported.

Nothing is normalised here; :func:`annotator.text.normalise.normalise` comes next. Lone surrogates may remain
in the text for it to replace and report.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.errors import ImportFailed
from annotator.files import SQLITE_MAGIC


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the name of its encoding, and one sentence for each thing that was not certain."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (SQLITE_MAGIC, "a database, perhaps a project"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text document"),
)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers take these declarations for, and writers mean by them."""
_NO_PAGES = {
    "idna",
    "punycode",
    "unicode-escape",
    "unicode_escape",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "utf-7",
}
"""What Python calls an encoding, but no article is written in."""
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_LATIN: dict[str, str] = {  # code page: the letters beyond ASCII that its languages write
    "cp1252": "àáâãäåæçèéêëìíîïñòóôõöøœùúûüßÿÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÕÖØŒÚÛÜ",
    "cp1254": "çğıöşüâîûÇĞİÖŞÜ",
    "cp1250": "áâäăąćčçďđéęěëíîłľĺńňóôőöŕřśšşťţúůűüýźžżßÁÂÄĄĆČĎĐÉĚÍÎŁĽŃŇÓÖŐŘŚŠŞŤŢÚŮŰÜÝŹŽŻ",
    "cp1257": "ąčęėįšųūžāēģīķļņõäöüĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅÕÄÖÜ",
}
_OTHER = ("cp1251", "koi8_r", "cp866", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1253", "cp1255", "cp1256")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_LETTER = re.compile(rb"[A-Za-z]")
_SAMPLE = 1 << 18


def decode(data: bytes, name: str = "The file", chosen: str | None = None, declared: str | None = None) -> Decoded:
    """The text of ``data``.

    Order: the encoding that a person has ``chosen``; byte order mark; the one that the file itself has ``declared``,
    when it fits; UTF-16 without a mark (every second byte NUL); strict UTF-8; UTF-8 with a few damaged places; a guess
    among code pages in common use. The same bytes always give the same answer.

    Raises:
        ImportFailed: the data is not text. ``name`` is what the sentence calls the file.
    """
    if chosen:
        return _chosen(data, chosen, name)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ImportFailed(f"{name} is not a text file but {what}.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    doubt: tuple[str, ...] = ()
    if declared:
        fits = _as_declared(data, declared)
        if fits is not None:
            return fits
        doubt = (f"The file says that it is in {declared[:40]}, but its bytes are not.",)
    found = _guess(data)
    if found is None:
        raise ImportFailed(f"{name} is not a text file: its bytes are no text in any known encoding.")
    return Decoded(found.text, found.encoding, (*doubt, *found.notes))


def decode_page(data: bytes, name: str, chosen: str | None = None) -> Decoded:
    """The text of a file of a format: UTF-8 is taken at its word, since control characters may stand in it.

    Anything else is as :func:`decode` finds it, and raises like it.
    """
    if chosen is None and b"\0" not in data:
        try:
            return Decoded(data.decode().removeprefix("\ufeff"), "utf-8", ())
        except UnicodeDecodeError:
            pass
    return decode(data, name, chosen)


_CALLED = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16, little-endian)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
    "utf-32-le": "Unicode (UTF-32, little-endian)",
    "utf-32-be": "Unicode (UTF-32, big-endian)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1252": "Western European (Windows-1252)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1257": "Baltic (Windows-1257)",
    "cp866": "Cyrillic (DOS, 866)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "euc_kr": "Korean (EUC-KR)",
    "mac_roman": "Western European (Mac Roman)",
}


def encoding_name(encoding: str) -> str:
    """What people call an encoding; one that is not among those in common use as it calls itself."""
    return _CALLED.get(encoding, encoding)


def encodings() -> tuple[str, ...]:
    """The encodings among which a person can choose, those in common use first."""
    return ("utf-8", *_LATIN, *_OTHER, "mac_roman", "utf-16-le", "utf-16-be")


def _chosen(data: bytes, encoding: str, name: str) -> Decoded:
    for mark, marked in _MARKS:
        if data.startswith(mark) and marked == encoding:
            data = data[len(mark) :]
            break
    try:
        text = data.decode(_page(encoding), "replace")
    except (LookupError, ValueError):
        raise ImportFailed(f"{name} cannot be read: there is no encoding “{encoding[:40]}”.") from None
    damaged = text.count("\ufffd")
    notes = (f"Read as {encoding}, which was chosen by hand.",)
    return Decoded(text, encoding, (*notes, _damaged(damaged, encoding)) if damaged else notes)


def _as_declared(data: bytes, declared: str) -> Decoded | None:
    """The text in the encoding that a file says it is in; None when there is no such encoding or it does not fit."""
    try:
        encoding = _MEANT.get(_page(declared), _page(declared))
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return Decoded(text, encoding) if "\x00" not in text else None


def _page(name: str) -> str:
    """Python's name of an encoding. Raises ``LookupError`` when there is none in which texts are written."""
    found = codecs.lookup(name.strip()).name
    if found in _NO_PAGES:
        raise LookupError(name)
    return found


def _guess(data: bytes) -> Decoded | None:
    wide = _wide_encoding(data)
    if wide:
        decoded = _marked(data, wide)
        return Decoded(decoded.text, wide, (_guessed(wide), *decoded.notes))
    for attempt in (_utf8, _nearly_utf8, _code_page):
        found = attempt(data)
        if found is not None:
            return found
    return None


def _marked(data: bytes, encoding: str) -> Decoded:
    """Data whose encoding is known: damaged places become U+FFFD, lone surrogates are left to ``normalise``."""
    try:
        return Decoded(data.decode(encoding, "surrogatepass"), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, (_damaged(text.count("\ufffd"), encoding),))


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of Latin text are NUL, and no other byte is."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = 0.4 * len(sample) / 2
    if odd > enough and not even and not _is_binary(sample[0::2]):
        return "utf-16-le"
    if even > enough and not odd and not _is_binary(sample[1::2]):
        return "utf-16-be"
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:  # surrogates written as if they were characters: pairs are joined, lone ones stay
            wide = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
            text = wide.decode("utf-16-le", "surrogatepass")
        except UnicodeDecodeError:
            return None
    return None if _is_binary(data) else Decoded(text, "utf-8")


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 in which at most one in ten characters beyond ASCII is damaged."""
    if b"\x00" in data or _is_binary(data):
        return None
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond = sum(1 for character in text if character > "\x7f")
    if damaged * 10 > beyond:
        return None
    return Decoded(text, "utf-8", (_damaged(damaged, "utf-8"),))


def _code_page(data: bytes) -> Decoded | None:
    """The likeliest code page. Western ones are told apart by their letters, the others by charset-normalizer."""
    if b"\x00" in data or _is_binary(data):
        return None
    encoding = _latin_page(data) if _looks_latin(data[:_SAMPLE]) else None
    encoding = encoding or _other_page(data)
    if encoding is None:
        return None
    return Decoded(data.decode(encoding), encoding, (_guessed(encoding),))


def _looks_latin(data: bytes) -> bool:
    """In Latin scripts letters beyond ASCII are few and stand alone; elsewhere they make whole words."""
    high = len(_HIGH.findall(data))
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(data))
    return in_runs * 2 <= high <= 0.4 * (high + len(_LETTER.findall(data)))


def _latin_page(data: bytes) -> str | None:
    best: tuple[int, str] | None = None
    for encoding, letters in _LATIN.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        known = frozenset(letters)
        score = sum(1 for character in text if character in known)
        if best is None or score > best[0]:
            best = (score, encoding)
    return best[1] if best else None


def _other_page(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- 30 ms that only an unmarked, non-UTF-8 file pays

    for pages in (_OTHER, (*_LATIN, "mac_roman")):
        match = from_bytes(data, cp_isolation=list(pages), preemptive_behaviour=False).best()
        if match is not None and _decodes(data, match.encoding):
            return match.encoding
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(data: bytes) -> bool:
    """Whether control characters that no text uses make up more than a third of the data, or are frequent in it."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls * 3 > len(data) or (controls > 16 and controls * 20 > len(data))


def _guessed(encoding: str) -> str:
    return f"Read as {encoding}, which was guessed; check the letters beyond A–Z."


def _damaged(count: int, encoding: str) -> str:
    places = "place" if count == 1 else "places"
    return f"Replaced {count:,} damaged {places} in the {encoding} text with “\ufffd”."
