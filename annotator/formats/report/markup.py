"""HTML that is escaped unless it was made here."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NO_CHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_NOT_ALLOWED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef{_NO_CHARACTERS}]")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+")
_VOID = frozenset({"meta", "br"})


class Html(str):
    """Markup. Any other string is text."""

    __slots__ = ()


def text(words: str) -> Html:
    """Words as markup. Characters that no page may hold (control characters, non-characters) are U+FFFD."""
    return Html(allowed(words).translate(_SPECIAL))


def allowed(words: str) -> str:
    """The words with U+FFFD for each character that no page may hold."""
    return _NOT_ALLOWED.sub("\ufffd", words)


def tag(name: str, *children: str, **attributes: str | None) -> Html:
    """An element. ``_`` in an attribute's name is ``-``, one behind it is dropped; None leaves the attribute out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{told}>" if name in _VOID else f"<{name}{told}>{together(children)}</{name}>")


def together(children: Iterable[str]) -> Html:
    """Several as one."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children))


def field(name: str, value: object, *shown: str) -> Html:
    """A value of a record as it is stored, shown in other words or in its own; nothing for None."""
    if value is None:
        return Html("")
    return tag("data", *(shown or (str(value),)), value=str(value), data_field=name)


def link(address: str, *shown: str) -> Html:
    """A link to a web address; what is no plain one is text."""
    words = shown or (address,)
    if not _ADDRESS.fullmatch(address):
        return together(words)
    return tag("a", *words, href=address, rel="noopener noreferrer nofollow")
