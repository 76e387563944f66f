"""Sound files of every format that is read, which the fuzz then damages.

What is written goes out through our own writers; the rest is built byte by byte. Ids hold ``MARK``, which the bench
replaces by a number of the same length, so that no two inputs are the same article.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path

from article_files import docx, epub, odt, packed, pdf
from article_samples import Content, full_document
from foreign_samples import changed

from annotator.formats import extras, registry
from annotator.formats.base import Format
from annotator.services.exporting import export

Files = dict[str, bytes]
"""The files of one input by their names: what is read and what lies beside it."""

MARK = "0IDOF0"
ARCHIVE = "zip"
"""An archive of files of other formats, which is no format of its own."""

_IDS = {"a1", "s1", "c1", "c2", "m1", "k1", "k2"}
_SAID = "He said that it was “nice”, and left the capital on Monday evening. "
_TEXT = f"A headline\n\nBy Jane Roe\n\n{_SAID * 3}\n\nÉtat 😀 \u05d0\u05d1 2024-05-01."
_WORD = (
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>The title</w:t></w:r></w:p>'
    f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{_SAID}</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>"
    '<w:p><w:ins><w:r><w:t>never</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
)
_WORD_NOTES = (
    '<w:footnotes xmlns:w="x"><w:footnote w:id="2"><w:p><w:r><w:t>N</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
_OPEN = (
    f'<text:h text:style-name="Title">The title</text:h><text:p>{_SAID}<text:s text:c="2"/><text:line-break/>'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>N</text:p></text:note-body>"
    "</text:note></text:p><text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>"
)
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tram | The Daily</title>'
    '<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2024-05-01T10:00:00Z">'
    f'</head><body><nav><a href="/">Home</a></nav><article><h1>Tram</h1><p>{_SAID}</p><ul><li>é</li></ul>'
    f"<table><tr><td>1</td></tr></table><p>{_SAID}</p></article><footer>Imprint</footer></body></html>"
)
_PRODIGY = {
    "text": "a b c", "_input_hash": MARK, "answer": "accept", "meta": {"title": "t"},
    "spans": [{"start": 0, "end": 1, "label": "A", "text": "a"}],
    "relations": [{"head_span": {"start": 0, "end": 1, "label": "A"}, "child_span": {"start": 2, "end": 3}}],
}  # fmt: skip
_LINES = [(50.0, 700.0 - 12 * n, f"Line {n} of running text in the capital") for n in range(9)]


def _table() -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("S")
        for row, cells in enumerate([("title", "text", "date"), ("T", _SAID, "2024-05-01"), ("U", "=1+1", 45000)]):
            sheet.write_row(row, 0, cells)
    return stream.getvalue()


BUILT: dict[str, list[Files]] = {
    "text": [{"a.txt": _TEXT.encode()}, {"a.txt": _TEXT.encode("utf-16")}, {"a.text": "Müller sagt, daß …".encode("cp1252")}],  # noqa: E501
    "html": [{"a.html": _PAGE.encode()}, {"a.htm": f"<p>{_SAID}</p>".encode()}],
    "pdf": [{"a.pdf": pdf(_LINES, _LINES[:3])}, {"a.pdf": pdf([(50, 700, "Short")])}],
    "docx": [{"a.docx": docx(_WORD, word__footnotes_dot_xml=_WORD_NOTES)}],
    "odt": [{"a.odt": odt(_OPEN)}],
    "epub": [{"a.epub": epub(f"<h1>One</h1><p>{_SAID}</p>", f"<p>Two &amp; {_SAID}</p>")}],
    "prodigy": [{"a.jsonl": json.dumps(_PRODIGY).encode()}],
    "csv": [{"a.csv": f'title;text;date\nT;"{_SAID}";2024\nU;=1+1;x\n'.encode()}, {"a.tsv": b"text\ttitle\nWords.\tT\n"}],  # noqa: E501
    "jsonl_table": [{"a.ndjson": json.dumps({"text": _SAID, "title": 1, "url": "http://x.org"}).encode() + b"\n"}],
    ARCHIVE: [{"a.zip": packed(a_dot_txt=_TEXT, b__a_dot_csv=f"title,text\nT,{_SAID}\n", b__c_dot_html=_PAGE)}],
}  # fmt: skip


def content() -> Content:
    """One article in which every field is used, its ids marked."""
    document, speaker = full_document()
    whole = Content([document], [speaker])
    marked = lambda value: f"{value}{MARK}" if value in _IDS else value  # noqa: E731
    return Content(changed(whole.items, marked), changed(whole.people, marked))


@cache
def whole_files(name: str) -> tuple[Files, ...]:
    """Sound files of the format ``name``, or of ``ARCHIVE``."""
    made = list(BUILT.get(name, ()))
    form = None if name == ARCHIVE else registry.named(name)
    if form is not None and form.writable:
        made.append(_written(form))
    if name == "xlsx":
        made.append({"a.xlsx": _table()})
    return tuple(made)


def names() -> list[str]:
    """The formats that can be read with what is installed, and archives.

    Projects are damaged by tests/reliability: each is read by a process of its own.
    """
    usable = (form.name for form in registry.readable() if extras.present(form.modules))
    return [*(name for name in usable if name != "project"), ARCHIVE]


def _written(form: Format) -> Files:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("out" if form.write_files is not None else f"a{form.extensions[0]}")
        export(content(), path, form)
        files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        root = path.parent if path.is_file() else path
        return {each.relative_to(root).as_posix(): each.read_bytes() for each in files}


def members(data: bytes) -> dict[str, bytes] | None:
    """The files in a zip archive; None when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
