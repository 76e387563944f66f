"""What stands in a cell of a table: the same in CSV and Excel, read back exactly, and no formula in any spreadsheet.

A text that a spreadsheet might take for a formula, and one that begins with an apostrophe, gets an apostrophe in
front; an empty text where none at all is possible, too, is an apostrophe alone. So every text cell that begins with
an apostrophe loses it when it is read, and nothing else has to be known.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from annotator.formats.shape import Shape, Value
from annotator.formats.strict_json import find_uncarriable
from annotator.text.storable import is_storable

GUARD = "'"
_FORMULA = frozenset("=+-@")
_CONTROL = frozenset("\t\r\n\x00")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
_MARKUP = re.compile(r"<r>.*</r>", re.DOTALL)
"""XlsxWriter writes such a text as it is, tags and all."""


def to_cell(value: Any, shape: Shape) -> str:
    """The text of a cell. Lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return guarded(value, optional=isinstance(shape, Value) and shape.optional)
    return json.dumps(value, ensure_ascii=False)


def from_cell(cell: str, shape: Shape) -> Any:
    """The value that :func:`to_cell` wrote.

    Raises:
        ValueError: it wrote no such cell; a clause says why.
    """
    if not is_storable(cell):
        raise ValueError("holds a NUL or half a surrogate pair")
    if not isinstance(shape, Value):
        try:
            value = json.loads(cell)
        except (ValueError, RecursionError):
            raise ValueError("holds no list in JSON") from None
        if find_uncarriable(value):
            raise ValueError("holds a NUL or half a surrogate pair")
        return value
    if cell == "" and shape.optional:
        return None
    if shape.kind == "string":
        return cell.removeprefix(GUARD)
    if shape.kind == "boolean" and cell.casefold() in ("true", "false"):
        return cell.casefold() == "true"
    if shape.kind == "integer" and _WHOLE_NUMBER.fullmatch(cell):
        return int(cell)
    raise ValueError(f"holds no {'whole number' if shape.kind == 'integer' else 'true or false'}")


def guarded(text: str, *, optional: bool) -> str:
    """The text with an apostrophe in front where it needs one."""
    if not text:
        return GUARD if optional else text
    if text[0].isalnum():
        return text
    needed = text[0] == GUARD or text[0] in _CONTROL or _begins_formula(text) or _MARKUP.fullmatch(text)
    return GUARD + text if needed else text


def _begins_formula(text: str) -> bool:
    """Whether the first character that is neither blank nor invisible begins a formula, in full width, too."""
    for character in text:
        if not (character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co")):
            return unicodedata.normalize("NFKC", character)[:1] in _FORMULA
    return False
