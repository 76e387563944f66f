"""What goes wrong with files: each function takes sound bytes and dice, and gives bytes that are damaged somehow."""

from __future__ import annotations

import copy
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from whole_files import members

CANARY = "canary-outside-the-folder"
"""The words of a file that nothing leads to but the damage, and that therefore must never come in."""

NUMBERS = (
    b"-1",
    b"0",
    b"999999999",
    b"18446744073709551616",
    b"9" * 400,
    b"1e999",
    b"0.5",
    b"00",
    b"\xd9\xa3",
    b"NaN",
    b"",
)
PIECES = (
    b"\0", b"\r", b"\r\n", b"\n", b"\n\n\n", b"\t", b'"', b"'", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"&lol;", b"{", b"]",  # noqa: E501
    b"[[", b"}}", b"\\", b"\\ud800", b"\\u0000", b"null", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80",  # noqa: E501
    "\u202e\u2066".encode(), "\u2028\x85\ufeff".encode(), "😀".encode(), b"=cmd|'/c calc'!A1", b"..\\..\\", b"../../",
    b"<![CDATA[", b"]]>", b"<!--", b"%00", b"x" * 70_000,
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, -1, 3.5, 10**40, 1e308, "", "x", "#x", "\ud800\0", "\u202e", "../../x", "=1+1", [], [[]], {}, {"id": []},  # noqa: E501
    {"value": {}}, [1, "a", None], "a\nb\r", "T" * 70_000,
)  # fmt: skip
CODECS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp500", "utf-8-sig", "cp1252", "shift_jis", "rot13")
TRICKS = ("../../slip.txt", "/etc/passwd.txt", "C:\\x.txt", "a\0b.txt", "CON.txt", "\u202etxt.exe", "a" * 300 + ".txt",
          "..", "./../a.txt", "a//b.txt", "\\\\server\\a.txt", "a\nb.txt", " ", "-rf.txt")  # fmt: skip

Damage = Callable[[bytes, Random], bytes]


# -- bytes --------------------------------------------------------------------------------------------------------


def _stretch(data: bytes, dice: Random, most: int = 60) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.randint(0, most))


def bits(data: bytes, dice: Random) -> bytes:
    new = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64)) if data else 0):
        new[dice.randrange(len(new))] ^= 1 << dice.randrange(8)
    return bytes(new)


def cut(data: bytes, dice: Random) -> bytes:
    at = dice.randint(0, len(data))
    return data[:at] if dice.random() < 0.7 else data[at:]


def without(data: bytes, dice: Random) -> bytes:
    start, end = _stretch(data, dice)
    return data[:start] + data[end:]


def doubled(data: bytes, dice: Random) -> bytes:
    start, end = _stretch(data, dice, 400)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50)) + data[end:]


def swapped(data: bytes, dice: Random) -> bytes:
    (a, b), (c, d) = sorted((_stretch(data, dice), _stretch(data, dice)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def piece(data: bytes, dice: Random) -> bytes:
    start, end = _stretch(data, dice, 10)
    return data[:start] + dice.choice(PIECES) + data[end if dice.random() < 0.5 else start :]


def number(data: bytes, dice: Random) -> bytes:
    """Lengths, places, counts and dates that lie."""
    found = list(re.finditer(rb"-?\d+", data))
    if not found:
        return piece(data, dice)
    for match in sorted(dice.sample(found, min(len(found), dice.choice((1, 1, 3)))), key=lambda m: -m.start()):
        near = str(int(match[0][:18]) + dice.choice((-1, 1, 2))).encode()
        new = near if dice.random() < 0.4 else dice.choice(NUMBERS)
        data = data[: match.start()] + new + data[match.end() :]
    return data


def zeros(data: bytes, dice: Random) -> bytes:
    start, end = _stretch(data, dice, 200)
    return data[:start] + bytes([dice.choice((0, 255, 13))]) * (end - start) + data[end:]


def noise(data: bytes, dice: Random) -> bytes:
    return dice.randbytes(dice.choice((0, 1, 7, 300)))


def recoded(data: bytes, dice: Random) -> bytes:
    codec = dice.choice(CODECS)
    if codec == "rot13":
        return data.replace(b"\n", dice.choice((b"\r", b"\r\n", b"\n\r")))
    return data.decode("utf-8", "replace").encode(codec, "replace")


def lines(data: bytes, dice: Random) -> bytes:
    """Lines and columns in another order, missing, doubled, or without their tabs."""
    rows = data.split(b"\n")
    at = dice.randrange(len(rows))
    how = dice.randrange(6)
    if how == 0:
        dice.shuffle(rows)
    elif how == 1:
        del rows[at]
    elif how == 2:
        rows[at:at] = [rows[at]] * dice.choice((1, 1, 30))
    else:
        cells = re.split(rb"([\t ,;])", rows[at])
        here = dice.randrange(len(cells))
        cells[here] = dice.choice(
            (b"", b"\t", cells[dice.randrange(len(cells))], dice.choice(NUMBERS), b"*[3]|_", b"T999")
        )
        rows[at] = b"".join(cells)
    return b"\n".join(rows)


BYTES: tuple[Damage, ...] = (bits, cut, without, doubled, swapped, piece, piece, number, number, zeros, noise, recoded)


# -- JSON ---------------------------------------------------------------------------------------------------------


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(inner)


def types(data: bytes, dice: Random) -> bytes:
    """Another type, a missing key, or a value from elsewhere, in a file of JSON or a line of one."""
    try:
        return _retyped(data, dice)
    except RecursionError:  # it was made too deep before
        return lines(data, dice)


def _retyped(data: bytes, dice: Random) -> bytes:
    rows = [data] if data.lstrip()[:1] == b"[" or b"\n" not in data.strip() else data.split(b"\n")
    at = dice.randrange(len(rows))
    try:
        value = json.loads(rows[at])
    except ValueError:
        try:
            rows, at, value = [data], 0, json.loads(data)
        except ValueError:
            return lines(data, dice)
    for _ in range(dice.choice((1, 1, 2, 3))):
        found = list(_places(value))
        if not found:
            break
        container, key = dice.choice(found)
        other, there = dice.choice(found)
        if isinstance(container, dict) and dice.random() < 0.2:
            del container[key]
        elif isinstance(container, list) and dice.random() < 0.2:
            container.append(copy.deepcopy(container[key]))
        else:
            container[key] = copy.deepcopy(other[there] if dice.random() < 0.3 and there in other else dice.choice(ODD))
    rows[at] = json.dumps(value, ensure_ascii=dice.random() < 0.8).encode("utf-8", "surrogatepass")
    return b"\n".join(rows)


def deep(data: bytes, dice: Random) -> bytes:
    """Nested so deeply that whoever recurses falls over."""
    depth = dice.choice((300, 5_000, 100_000))
    first = data.lstrip()[:1]
    if first == b"<":
        at = data.find(b">", dice.randrange(len(data))) + 1
        tag = dice.choice((b"div", b"p", b"seg"))
        return data[:at] + b"<%s>" % tag * depth + b"</%s>" % tag * depth + data[at:]
    opened, closed = dice.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")")))
    found = [match.start() for match in re.finditer(rb":\s*", data)] or [0]
    at = dice.choice(found) + 1
    return data[:at] + opened * depth + (closed * depth if dice.random() < 0.5 else b"") + data[at:]


def twice(data: bytes, dice: Random) -> bytes:
    """A key said twice, or figures that are none."""
    keys = list(re.finditer(rb'"(\w+)"\s*:', data))
    if not keys:
        return piece(data, dice)
    key = dice.choice(keys)
    value = dice.choice((b"NaN", b"Infinity", b"-0", b'"x"', b"1E400", b"0x10", b"'a'", b"truE"))
    return data[: key.start()] + key[0] + value + b"," + data[key.start() :]


# -- XML and HTML -------------------------------------------------------------------------------------------------


def entities(data: bytes, dice: Random) -> bytes:
    """Bombs, files and addresses that a document asks for."""
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(9))
    where = dice.choice(("file:///CANARY", "CANARY", "http://127.0.0.1:9/x.dtd", "\\\\127.0.0.1\\x"))
    declared = dice.choice(
        (f"[{bomb}]", f'[<!ENTITY l8 SYSTEM "{where}">]', f'[<!ENTITY % p SYSTEM "{where}"> %p;]', f'SYSTEM "{where}"')
    )
    text = re.sub(rb"<!DOCTYPE[^>]*>", b"", data, count=1)
    at = text.find(b"?>") + 2 if text.startswith(b"<?xml") else 0
    used = dice.choice(
        (b">&l8;", b'><xi:include href="file:///CANARY" parse="text"/>', b">&l8;&l7;", b'><img src="CANARY"/>')
    )
    body = text[at:].replace(b">", used, dice.choice((1, 3)))
    return text[:at] + f"<!DOCTYPE x {declared}>".encode() + body


def tags(data: bytes, dice: Random) -> bytes:
    """Attributes and elements that are others, or missing."""
    found = list(re.finditer(rb'"[^"<>]*"|</?[\w:]+', data))
    if not found:
        return piece(data, dice)
    match = dice.choice(found)
    other = dice.choice(found)[0]
    values = (
        b'""',
        b'"#"',
        b'"x y"',
        b'"#string-range(text,99999,9)"',
        b'"-1 5"',
        b'"1 2 3 4"',
        b'"file:///CANARY"',
        other,
    )
    new = dice.choice(values if match[0][:1] == b'"' else (b"<x", b"</x", b"<w:p", b"<note", other))
    return data[: match.start()] + new + data[match.end() :]


JSON: tuple[Damage, ...] = (types, types, types, deep, twice, lines)
XML: tuple[Damage, ...] = (entities, tags, tags, deep)
LINES: tuple[Damage, ...] = (lines, lines, lines)


# -- archives -----------------------------------------------------------------------------------------------------

_FIELDS = {b"PK\x03\x04": (6, 8, 14, 18, 22, 26, 28), b"PK\x01\x02": (8, 10, 16, 20, 24, 28, 30, 34, 42),
           b"PK\x05\x06": (4, 8, 10, 12, 16, 20)}  # fmt: skip


def header(data: bytes, dice: Random) -> bytes:
    """A field of a zip's headers that lies: method, flags, checksum, sizes, counts, places."""
    found = [match.start() for match in re.finditer(b"PK(?:\x03\x04|\x01\x02|\x05\x06)", data)]
    if not found:
        return bits(data, dice)
    new = bytearray(data)
    for _ in range(dice.choice((1, 1, 2))):
        at = dice.choice(found)
        at += dice.choice(_FIELDS[data[at : at + 4]])
        value = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\0", b"\x08\0", b"\0\0\0\x7f", dice.randbytes(2)))
        new[at : at + len(value)] = value
    return bytes(new)


def repacked(data: bytes, dice: Random) -> bytes:
    """The archive with something wrong in one of its files, in a name, or more of it."""
    files = members(data)
    if not files:
        return bits(data, dice)
    name = dice.choice(sorted(files))
    how = dice.randrange(12)
    stream = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),  # of a name that is there twice
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
    ):
        for each, inner in files.items():
            named = dice.choice(TRICKS) if how == 0 and each == name else each
            if how == 1 and each == name:
                continue
            if how == 2 and each == name:
                inner = bytes(dice.choice((1 << 21, 1 << 23)))  # noqa: PLW2901
            elif how > 2 and each == name:
                inner = damaged(each, inner, dice)  # noqa: PLW2901
            archive.writestr(named, inner)
        if how == 0:
            archive.writestr(dice.choice(TRICKS), "Words.")
    return stream.getvalue()


ARCHIVES: tuple[Damage, ...] = (header, header, repacked, repacked, repacked)
PDF: tuple[Damage, ...] = (
    number,
    number,
    lambda data, dice: re.sub(
        rb"\d+ 0 R", lambda m: b"%d 0 R" % dice.randint(0, 9) if dice.random() < 0.3 else m[0], data
    ),
    lambda data, dice: data.replace(b"/Length", b"/Filter [/FlateDecode /ASCII85Decode /LZWDecode] /Length", 1),
)


def damaged(name: str, data: bytes, dice: Random) -> bytes:
    """The bytes of a file of that name, damaged in one or two ways that fit it, or in any."""
    first = data.lstrip()[:1]
    if data[:2] == b"PK":
        fitting = ARCHIVES
    elif data[:4] == b"%PDF":
        fitting = PDF
    else:
        fitting = {b"<": XML, b"{": JSON, b"[": JSON}.get(first, LINES)
    for _ in range(dice.choice((1, 1, 1, 2))):
        data = dice.choice(fitting if dice.random() < 0.6 else BYTES)(data, dice)
    return data
