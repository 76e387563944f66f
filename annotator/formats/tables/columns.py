"""Which column of a table is the text of an article, which its title and so on: proposed from the headers and the
rows, and changed by a person. Other columns are not imported, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from annotator.errors import ImportFailed
from annotator.formats.found import Asked, Found, Table
from annotator.text.dates import parse_date
from annotator.text.wording import fold, shorten

FIELDS = ("text", "title", "heading", "byline", "outlet", "published", "url", "language")
"""``heading``: the words that stand over the text, as the title's may, so that they can be labelled, too."""
"""What a column can be, in the order in which a person is asked."""
MOST_ROWS = 200_000
MOST_COLUMNS = 500
"""Columns further to the right are not looked at."""
_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full text", "fulltext", "article text", "article body", "maintext",
             "main text", "story", "inhalt", "volltext", "artikel", "texte", "corps", "texto", "cuerpo", "текст",
             "claim", "claim text", "statement", "claim statement", "tweet", "tweet text", "sentence", "sentences",
             "utterance"),
    "title": ("title", "headline", "heading", "head", "titel", "uberschrift", "schlagzeile", "titre", "titulo",
              "заголовок"),
    "byline": ("byline", "author", "authors", "by", "writer", "autor", "autoren", "verfasser", "auteur", "автор"),
    "outlet": ("outlet", "source", "paper", "publication", "publisher", "newspaper", "site", "sitename", "site name",
               "medium", "quelle", "zeitung", "journal", "fuente", "издание", "источник"),
    "published": ("published", "date", "publication date", "published at", "publish date", "pubdate", "pub date",
                  "published date", "date published", "datum", "fecha", "дата"),
    "url": ("url", "link", "address", "uri", "web address", "ссылка"),
    "language": ("language", "lang", "sprache", "langue", "idioma", "язык"),
}  # fmt: skip
_SAMPLE = 200
_DATA = ("[[", "[{", '{"')
"""How a cell begins that holds data, and no text."""

_WORD, _MANY_ROWS = 40, 30
"""Characters that no word has, and rows that are too many to be short articles."""
Row = tuple[str, Sequence[str]]
"""Where it is, for people (``row 12``), and its cells."""


def propose(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """Field → header, as far as it can be told; ``text`` is the column with the longest cells when no name says it."""
    names = {" ".join(fold(header).replace("_", " ").replace("-", " ").split()): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for field, known in _NAMES.items():
        header = next((names[name] for name in known if name in names and names[name] not in found.values()), None)
        if header is not None:
            found[field] = header
    if "text" not in found:
        lengths = [0] * len(headers)
        for row in islice(rows, _SAMPLE):
            for index, cell in enumerate(row[: len(headers)]):
                lengths[index] += 0 if cell.startswith(_DATA) else len(cell)
        free = [(lengths[i], -i) for i, header in enumerate(headers) if header not in found.values() and lengths[i]]
        if free:
            found["text"] = headers[-max(free)[1]]
    return found


def articles(headers: Sequence[str], rows: Sequence[Row], asked: Asked) -> list[Found]:
    """An article for each row that has a text.

    Raises:
        ImportFailed: no column can be the text, one that a person chose is not there, or no row has a text.
    """
    known = asked.columns if asked.columns is not None else asked.known.get("\t".join(headers))
    chosen = dict(known) if known is not None else propose(headers, (cells for _, cells in rows))
    places = _places(headers, chosen, asked.name)
    if len(rows) > MOST_ROWS:
        raise ImportFailed(f"{asked.name} has more than {MOST_ROWS:,} rows; import a part of it.")
    if known is None and _holds_words(headers[places["text"]], [cells for _, cells in rows], places["text"]):
        raise ImportFailed(
            f"{asked.name} has a word in each row (in the column “{shorten(chosen['text'])}”), not an article, and no "
            "labels that can be read; choose the column of the text if its rows are articles all the same."
        )
    notes = _notes(headers, chosen)
    found: list[Found] = []
    empty: list[str] = []
    for place, cells in rows:
        values = {field: cells[i].strip() if i < len(cells) else "" for field, i in places.items() if field != "text"}
        text = cells[places["text"]] if places["text"] < len(cells) else ""
        if text.strip():
            if (heading := " ".join(values.get("heading", "").split())) and not text.lstrip().startswith(heading):
                text = f"{heading}\n\n{text}"
            found.append(_article(text, values, place, notes))
        elif any(cell.strip() for cell in cells):
            empty.append(place.removeprefix("row ").removeprefix("line "))
    if not found:
        raise ImportFailed(f"{asked.name} has no row with a text in the column “{shorten(chosen['text'])}”.")
    if empty:
        told = f"Left out {len(empty):,} of the table's rows, which have no text ({', '.join(empty[:10])})."
        found[0] = replace(found[0], notes=(*found[0].notes, told))
    table = Table(tuple(headers), chosen)
    return [replace(each, table=table) for each in found]


def _holds_words(header: str, rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the rows of a table are the words of a text, one each, by what stands where their text was looked for."""
    if fold(header) in _NAMES["text"]:
        return False
    cells = [row[column].strip() for row in rows[:_SAMPLE] if column < len(row)]
    single = sum(0 < len(cell) <= _WORD and len(cell.split()) == 1 for cell in cells)
    return len(rows) >= _MANY_ROWS and single * 20 >= len(cells) * 19


def _places(headers: Sequence[str], chosen: Mapping[str, str], name: str) -> dict[str, int]:
    for field, header in chosen.items():
        if field not in FIELDS:
            raise ImportFailed(f"“{shorten(field)}” is nothing that a column can be; choose of {', '.join(FIELDS)}.")
        if header not in headers:
            raise ImportFailed(f"{name} has no column “{shorten(header)}”.")
    if "text" not in chosen:
        raise ImportFailed(f"{name} has no column that could be the text of an article.")
    return {field: headers.index(header) for field, header in chosen.items()}


def _notes(headers: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    used = ", ".join(f"{field} from “{shorten(header)}”" for field, header in chosen.items())
    notes = [f"Columns of the table: {used}."]
    others = [f"“{shorten(header)}”" for header in headers if header not in chosen.values() and header.strip()]
    if others:
        more = f" and {len(others) - 10:,} more" if len(others) > 10 else ""
        notes.append(f"Columns that were not imported: {', '.join(others[:10])}{more}.")
    return tuple(notes)


def _article(text: str, values: Mapping[str, str], place: str, notes: tuple[str, ...]) -> Found:
    date = values.get("published", "")
    published = _date(date)
    if date and published is None:
        notes = (*notes, f"“{shorten(date)}” in the table is no date that can be read.")
    return Found(
        text,
        values.get("title") or None,
        values.get("byline") or None,
        values.get("outlet") or None,
        published,
        values.get("url") or None,
        values.get("language") or None,
        notes,
        part=place,
    )


def _date(value: str) -> str | None:
    """A date of any form that is read elsewhere, or a year or a month of a year."""
    if (
        len(value) in (4, 7)
        and value[:4].isdecimal()
        and (len(value) == 4 or (value[4] == "-" and value[5:].isdecimal()))
    ):
        return value if len(value) == 4 or 1 <= int(value[5:]) <= 12 else None
    return parse_date(value)


def named(cells: Sequence[str]) -> list[str]:
    """Headers of which each is there once: an empty one is called by its number, a second one gets it behind."""
    headers: dict[str, None] = {}
    for number, cell in enumerate(cells[:MOST_COLUMNS], start=1):
        header = " ".join(cell.split()) or f"column {number}"
        headers[header if header not in headers else f"{header} ({number})"] = None
    return list(headers)


def numbered(rows: Iterable[Sequence[str]], first: int) -> Iterator[Row]:
    """Rows with their numbers as a person counts them, the header being row 1; those without a word are left out."""
    for number, cells in enumerate(rows, start=first):
        if any(cell.strip() for cell in cells):
            yield f"row {number}", cells
