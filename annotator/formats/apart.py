"""Reading in a process of its own: a file that hangs, eats memory or kills its reader costs one sentence.

Everything that reads a stranger's file with other people's code, or for long, is called through :class:`Apart`.
Run as a program (``python -m annotator.formats.apart``) this is the other end: it answers one request after another,
each a line of JSON followed by the file's bytes, with a line of JSON. It opens no connection and starts nothing.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from annotator.errors import AnnotatorError, ExtraMissing, ImportFailed
from annotator.formats.found import Asked, Extract, Found, Table

SECONDS = 60.0
"""How long one file may take, where nobody says otherwise."""
MEMORY = 3 << 30
"""Bytes of address space, where the system can bound it."""
_LOOK = 0.1
"""Seconds between two looks at whether a person has stopped it."""


class Apart:
    """The process, started when the first file needs it. Used from one thread at a time."""

    def __init__(self, stopped: Callable[[], bool] | None = None, seconds: float = SECONDS) -> None:
        self._stopped = stopped
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, extract: Extract, data: bytes, asked: Asked) -> list[Found]:
        """Call ``extract``, a function of a module, over there. Raises like :meth:`call`."""
        module, function = extract.__module__, extract.__qualname__
        told = self.call(_extracted, asked.name, data, module=module, function=function, asked=asdict(asked))
        return [_found(each) for each in told]

    def call(self, function: Callable[..., Any], name: str, data: bytes = b"", /, **named: Any) -> Any:
        """What ``function(data, **named)``, of a module, gives over there; what it takes by name and gives is JSON.

        It raises ``AnnotatorError`` with one sentence that names the file; ``name`` is for all other sentences.

        Raises:
            ImportFailed: as it does, or since it was stopped, took too long, needed too much memory or died; the next
                call is answered by a new process.
            ExtraMissing: as it does.
        """
        request = {
            "module": function.__module__,
            "name": function.__qualname__,
            "size": len(data),
            "named": named,
        }
        process = self._started()
        try:
            assert process.stdin is not None  # noqa: S101 -- a pipe, see _started
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
        except OSError:
            self.close()
            raise ImportFailed(f"{name} cannot be read: its reader ended.") from None
        return _unpacked(self._answer(name), name)

    def close(self) -> None:
        """End the process, at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what it never took
                    continue

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-P", "-m", "annotator.formats.apart"]
            hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
            self._process = subprocess.Popen(  # noqa: S603 -- this program itself
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=hidden
            )
            self._answers = queue.SimpleQueue()
            listener = threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True)
            listener.start()
        return self._process

    def _answer(self, name: str) -> bytes:
        end = time.monotonic() + self._seconds
        while True:
            try:
                answer = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                if self._stopped and self._stopped():
                    self.close()
                    raise ImportFailed(f"{name} was not read: it was stopped.") from None
                if time.monotonic() > end:
                    self.close()
                    raise ImportFailed(
                        f"{name} cannot be read: it took longer than {self._seconds:.0f} seconds."
                    ) from None
            else:
                if answer:
                    return answer
                self.close()
                raise ImportFailed(f"{name} cannot be read: it is damaged, or needs too much memory.")


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Hand over line after line; an empty one at the end."""
    assert process.stdout is not None  # noqa: S101 -- a pipe
    try:
        for line in process.stdout:
            answers.put(line)
    except (OSError, ValueError):  # closed meanwhile
        pass
    answers.put(b"")


def _unpacked(line: bytes, name: str) -> Any:
    answer: dict[str, Any] = json.loads(line)
    if "missing" in answer:
        raise ExtraMissing(answer["missing"])
    if "failed" in answer:
        raise ImportFailed(answer["failed"])
    if "broken" in answer:
        raise ImportFailed(f"{name} cannot be read: it is damaged ({answer['broken']}).")
    return answer["given"]


def _found(data: dict[str, Any]) -> Found:
    told = data["table"]
    table = Table(tuple(told["headers"]), told["columns"]) if told else None
    return Found(**{**data, "notes": tuple(data["notes"]), "table": table})


# -- the other end ------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer requests until there are no more."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a package that prints must not spoil an answer
    _confine()
    for line in source:
        request = json.loads(line)
        data = source.read(request["size"])
        answers.write(json.dumps(_answered(request, data)).encode() + b"\n")
        answers.flush()


def _answered(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"given": _function(request["module"], request["name"])(data, **request["named"])}
    except ExtraMissing as error:
        return {"missing": str(error)}
    except AnnotatorError as error:
        return {"failed": str(error)}
    except Exception as error:  # of whatever package reads it
        return {
            "broken": next(
                (why for kind, why in _WHY.items() if isinstance(error, kind)), "it is not as files of its kind are"
            )
        }


def _function(module: str, name: str) -> Any:
    return getattr(__import__(module, fromlist=["_"]), name)


def _extracted(data: bytes, module: str, function: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    return [asdict(each) for each in _function(module, function)(data, Asked(**asked))]


_WHY: dict[type[Exception], str] = {
    MemoryError: "it needs too much memory",
    RecursionError: "it is nested too deeply",
    PermissionError: "it asks for what no reader may do",
}


def _confine() -> None:
    """Bound this process's memory and let it open no connection and start nothing, for the rest of its life."""
    _bound_memory()
    sys.addaudithook(_refuse)


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):  # a lower limit is there already
        return


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.exec", "os.system"}:
        raise PermissionError(f"a reader may not {event}")


if __name__ == "__main__":
    serve()
