"""A bad network between program and server: it can be cut, and it can lose the answer to a COMMIT."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from postgres_server import Server

_SOCKET = ".s.PGSQL.5432"


class Proxy:
    """Listens in a folder of its own, and passes everything on to the server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.folder = Path(tempfile.mkdtemp(prefix="annotator-net-"))
        self.lose_answers = 0
        """To how many COMMITs, from now on, the answer is lost: the server does them, and nobody hears of it."""
        self.lost = 0
        self._down = False
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / _SOCKET))
        self._listener.listen()
        self._run(self._accept)

    def url(self, url: str) -> str:
        """The same address, by way of this network."""
        return url.replace(quote(str(self._server.folder)), quote(str(self.folder)))

    def cut(self) -> None:
        """End all connections and take no new ones until :meth:`mend`."""
        self._down = True
        with self._lock:
            for end in self._ends:
                _hang_up(end)

    def mend(self) -> None:
        self._down = False

    def close(self) -> None:
        self.cut()
        _hang_up(self._listener)
        self._listener.close()
        for thread in self._threads:
            thread.join()
        shutil.rmtree(self.folder)

    def _run(self, job, *arguments: object) -> None:
        thread = threading.Thread(target=job, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._down:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._server.folder / _SOCKET))
            with self._lock:
                self._ends |= {near, far}
            deaf = threading.Event()
            self._run(self._pass_on, near, far, deaf, True)
            self._run(self._pass_on, far, near, deaf, False)

    def _pass_on(self, source: socket.socket, target: socket.socket, deaf: threading.Event, asks: bool) -> None:
        try:
            while data := source.recv(65536):
                if asks and b"COMMIT" in data and self.lose_answers:
                    self.lose_answers -= 1
                    deaf.set()
                if not asks and deaf.is_set():
                    self.lost += 1
                    break
                target.sendall(data)
        except OSError:
            pass
        _hang_up(source)
        _hang_up(target)
        with self._lock:
            self._ends.discard(source)
        source.close()


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
