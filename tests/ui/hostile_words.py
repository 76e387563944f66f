"""A project whose every word tries to be markup, and a watch for what such markup would load."""

from __future__ import annotations

import ctypes
import hashlib
import os
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from annotator.edits import Change, Changeset, Edit
from annotator.model import (
    Article,
    Claim,
    Correction,
    Evidence,
    Hop,
    Mention,
    Quarantined,
    Role,
    Scheme,
    SourceText,
    Speaker,
    Term,
    now,
)
from annotator.schemes import DEFAULT_SCHEME
from annotator.text.anchors import anchor
from db.project import create_project

_IN_OPEN = 0x20
_IN_NONBLOCK = os.O_NONBLOCK


class Traps:
    """A server that nobody may ask, a file that nobody may open, and words that would make Qt do both."""

    def __init__(self, server: HTTPServer, canary: Path) -> None:
        self.requests: list[str] = []
        self.canary = canary
        address = f"http://127.0.0.1:{server.server_address[1]}"
        self.markup = (
            f'<b>X</b><img src="{address}/a.png"><img src="{canary.as_uri()}"><a href="{address}/b">y</a>'
            f'<link rel="stylesheet" href="{canary.as_uri()}"><iframe src="{address}/c"></iframe>![i]({address}/d)'
        )
        self._watch = _Watch(canary) if sys.platform == "linux" else None

    def opened(self) -> int:
        """How often the file was opened since the last question (Linux alone can tell)."""
        return self._watch.opened() if self._watch else 0


@contextmanager
def traps(canary: Path) -> Iterator[Traps]:
    """A server on this machine, and the canary watched."""
    canary.write_bytes(b"canary")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.requests.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Not to the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made = Traps(server, canary)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        if made._watch:
            made._watch.close()


class _Watch:
    """inotify on one file."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init1(_IN_NONBLOCK)
        assert self._libc.inotify_add_watch(self._descriptor, os.fsencode(path), _IN_OPEN) >= 0

    def opened(self) -> int:
        try:
            told = os.read(self._descriptor, 65536)
        except BlockingIOError:
            return 0
        return len(told) // struct.calcsize("iIII")

    def close(self) -> None:
        os.close(self._descriptor)


def hostile_project(path: Path, markup: str) -> None:
    """One article with one record of each kind, all their words markup."""
    text = f"{markup} Anna said {markup} it rains.\nMore {markup}\n"
    at = text.index("Anna")
    words = (anchor(text, 0, len(markup)),)
    facts = {"article_id": "a", "annotator": markup, "created": now(), "updated": now(), "note": markup}
    records = (
        Article("a", markup, markup, markup, "2026", f"https://{markup}", "en", import_notes=(markup,), created=now()),
        SourceText("a", text, hashlib.sha256(text.encode()).hexdigest(), file_name=markup, encoding="utf-8"),
        Speaker("s", markup, aliases=(markup + "2",), roles=(Role(markup),), affiliation=markup, note=markup),
        Mention(id="m", spans=(anchor(text, at, at + 4),), speaker_id="s", **facts),
        Claim(
            id="c",
            spans=words,
            text=markup,
            tags=(markup,),
            chain=(Hop("s", (anchor(text, at, at + 4),), medium=markup, addressee_id="s"),),
            unsure=True,
            **facts,
        ),
        Correction(id="x", spans=(anchor(text, at, at + 4),), replacement=markup, **facts),
        Correction(
            id="y",
            spans=(anchor(text, at, at + 4),),
            kind="factual",
            claim_id="c",
            evidence=(Evidence(markup, "2026", markup),),
            **facts,
        ),
        Quarantined("q", "a", markup, markup, markup, "{}", markup, now()),
        Scheme(
            id=DEFAULT_SCHEME.id,
            name=markup,
            version=markup,
            terms=(*DEFAULT_SCHEME.terms, Term("claim.form", "markup", markup, markup)),
            guideline=f"# {markup}\n\n{markup}\n",
            updated=now(),
        ),
    )
    project = create_project(str(path))
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit(markup, tuple(Change(None, record) for record in records)), markup))
        unit.commit()
    project.close()
