"""Makes small files of formats that articles come in, byte by byte, so that each says exactly what a test needs."""

from __future__ import annotations

import io
import zipfile

from annotator.formats.base import Draft, Reading
from annotator.formats.registry import named

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def read(name: str, data: bytes, file_name: str | None = None, **options) -> list[Draft]:
    """The drafts of a file of the format ``name``."""
    form = named(name)
    return list(form.read(io.BytesIO(data), Reading(file_name or f"a{form.extensions[0]}", "Ann", **options)))


def packed(**parts: str | bytes) -> bytes:
    """A zip archive; ``__`` in a name is a slash, ``_dot_`` a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this XML in its body."""
    return packed(word__document_dot_xml=f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>', **parts)


def odt(body: str, **parts: str) -> bytes:
    """An OpenDocument text with this XML in its body."""
    spaces = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    return packed(content_dot_xml=content + "</office:document-content>", **parts)


def epub(*chapters: str, metadata: str = "", **parts: str) -> bytes:
    """A book with these chapters (bodies of XHTML)."""
    items = "".join(
        f'<item id="c{i}" href="c%20{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        f"OEBPS/c {i}.xhtml": '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        f'<html lang="en"><body>{chapter}</body></html>'
        for i, chapter in enumerate(chapters)
    }
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    return packed(
        META__dummy="", **{"META-INF__container_dot_xml": container, "OEBPS__book_dot_opf": opf}, **pages, **parts
    )


def pdf(*pages: list[tuple[float, float, str]], size: float = 10) -> bytes:
    """A PDF; each page is a list of (x, y, words), in points from the lower left, in the order given."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for page in pages:
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in page)
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}endstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
