"""A long-lived answer read line by line: a slow reader never holds up the other side, and a stop never waits for it."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from typing import Any

from urllib3.exceptions import ReadTimeoutError

from socialwatch.errors import Unavailable

WAITING = 1000  # lines; when the reader is further behind, the other side is left to wait (and may hang up)
LONGEST = 2_000_000  # bytes in one line
_NOTICE = 0.2  # seconds in which a full queue notices that nobody reads any more


class Line:
    """The lines of an answer that a Door returned for `stream=True`. Close it, or use it as a context manager.

    A thread of its own reads and does nothing else, so that neither a handler's mistake nor a broken document can end
    it in silence: whatever ends the reading comes out of `read` as Unavailable.
    """

    def __init__(self, response: Any, name: str) -> None:
        self._response, self._name, self._why = response, name, f"{name} sloot de lijn"
        self._lines: Queue[bytes | None] = Queue(WAITING)
        self._closed, self._ended = threading.Event(), False
        self._thread = threading.Thread(target=self._fill, name=f"line to {name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, wait: float) -> list[bytes]:
        """The lines that have come, b"" for an empty one (a sign of life); none after `wait` seconds of nothing.

        Raises Unavailable when the line is broken and all that came before was read.
        """
        if self._ended:
            raise Unavailable(self._why)
        found: list[bytes] = []
        try:
            found.append(self._next(wait))
            while len(found) < WAITING:
                found.append(self._next(0))
        except Empty:
            return found
        except Unavailable:
            if not found:
                raise
        return found

    def close(self) -> None:
        """End the line at once, also while the other side is silent."""
        self._closed.set()
        with suppress(OSError, ValueError, RuntimeError):  # it may have ended by itself
            self._response.raw.shutdown()
        self._thread.join(2)
        self._response.close()

    def _next(self, wait: float) -> bytes:
        line = self._lines.get(timeout=wait) if wait else self._lines.get_nowait()
        if line is None:
            self._ended = True
            raise Unavailable(self._why)
        return bytes(line)

    def _fill(self) -> None:
        try:
            for line in _lines(self._response.raw):
                self._put(line)
        except (ReadTimeoutError, TimeoutError):
            self._why = f"{self._name} zweeg te lang op de open lijn"
        except Exception:  # closing under a read may raise anything; the sentence is ours, without any address
            self._why = f"{self._name} brak de lijn af"
        self._put(None)

    def _put(self, line: bytes | None) -> None:
        while not self._closed.is_set():
            try:
                return self._lines.put(line, timeout=_NOTICE)
            except Full:
                continue


def _lines(raw: Any) -> Iterator[bytes]:
    """Whole lines without their end; what follows the last line end of a broken answer is no line."""
    rest = b""
    while part := raw.read1(65_536, decode_content=True):
        *whole, rest = (rest + part).split(b"\n")
        yield from (line.rstrip(b"\r") for line in whole)
        if len(rest) > LONGEST:
            raise ValueError("a line without end")
