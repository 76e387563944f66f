"""Normalise text once, at import, before any offset exists. Afterwards the text is frozen.

Only what no tool can carry is changed, and every change is reported. There is no Unicode normalisation:
it would change lengths, and the text would no longer be what the source says.
"""

from __future__ import annotations

from annotator.text.storable import UNSTORABLE, is_storable
from annotator.text.wording import counted


def normalise(text: str) -> tuple[str, tuple[str, ...]]:
    r"""The text to freeze, and one sentence for each kind of change made.

    ``\r\n`` and ``\r`` become ``\n``; a leading byte order mark goes; NUL and lone surrogates become U+FFFD.
    """
    if "\r" not in text and not text.startswith("\ufeff") and is_storable(text):  # as nearly all are
        return text, ()
    notes: list[str] = []
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")  # a second one would be taken for the mark of what is left
        notes.append("Removed the byte order mark at the start.")
    crlf = text.count("\r\n")
    lone = text.count("\r") - crlf
    if crlf or lone:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.append(f"Changed {counted(crlf + lone, 'carriage-return line end')} to plain line ends.")
    text, replaced = UNSTORABLE.subn("\ufffd", text)
    if replaced:
        notes.append(
            f"Replaced {counted(replaced, 'character')} that cannot be stored (NUL, lone surrogate) with “\ufffd”."
        )
    return text, tuple(notes)
