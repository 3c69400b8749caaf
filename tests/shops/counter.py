"""A shop counter on loopback: what the stand-ins of all order systems over HTTP share, with the ways to misbehave."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any] | tuple[int, Any, Mapping[str, str]]

# What the next requests get instead of their answer. `only` "write" waits for a write, "read" for a read.
FAULTS = {
    "429": "the limit, saying when it ends (`seconds`)",
    "429-silent": "the limit, without saying when it ends",
    "401": "the key is not accepted, in the platform's own words",
    "403": "the key may not do this, in the platform's own words",
    "500": "status 500 in the platform's own words",
    "html": "an HTML page with status 503",
    "login": "an HTML page with status 200",
    "empty": "status 200 without a body",
    "half": "status 200 and half a JSON document; a write has been done",
    "odd": "status 200 and JSON of a shape that nobody promised",
    "close": "the connection closed without an answer, nothing done",
    "swallow": "a write done, then the connection closed without an answer (waits for a write)",
    "hang": "no answer for `seconds`",
}
ODDITIES: tuple[Any, ...] = ([1, None, "x"], {"x": [None]}, "x", 7, None, [[]], {"data": None})


@dataclass
class Asked:
    """A request as a stand-in reads it; `query` holds the last value of each name."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass
class Fault:
    name: str
    times: int = 1
    only: str = "any"
    seconds: float = 1.0


@dataclass
class Counter:
    """A stand-in over HTTP. A platform fills in `answer`, `refusal` and what Stand in stands.py asks for."""

    kind: str = ""
    secrets: tuple[str, ...] = ()
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    closed: bool = False
    odd: Any = None
    oddities: tuple[Any, ...] = ODDITIES
    harmless: frozenset[int] = frozenset()  # oddities that this platform may answer with all the same

    def answer(self, asked: Asked) -> Answer:
        """(status, JSON[, headers]) as the platform documents it."""
        raise NotImplementedError

    def refusal(self, status: int) -> Any:
        """The body of a 401, 403, 429 or 500 as the platform documents it."""
        raise NotImplementedError

    def writes(self, asked: Asked) -> bool:
        return asked.method not in ("GET", "HEAD")

    def limited(self, seconds: float | None) -> Mapping[str, str]:
        """The headers of a 429."""
        return {} if seconds is None else {"Retry-After": str(int(seconds))}

    def fault(self, name: str, times: int = 1, only: str = "any", seconds: float = 1.0) -> None:
        assert name in FAULTS, name
        self.faults.append(Fault(name, times, only, seconds))

    def open(self) -> None:
        self.closed = False
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """No new connections, and those that are open end at their next request."""
        self.closed = True
        self._http.shutdown()
        self._http.server_close()

    def take(self, asked: Asked) -> Fault | None:
        """The first switch that fits this request, counted down."""
        write = self.writes(asked)
        for each in self.faults:
            wanted = "write" if each.name == "swallow" else each.only
            if wanted in ("any", "write" if write else "read"):
                each.times -= 1
                if each.times <= 0:
                    self.faults.remove(each)
                return each
        return None


def _mishap(counter: Counter, asked: Asked, fault: Fault) -> Answer | None:
    """What goes over the line instead; None when the connection just closes."""
    if fault.name in ("half", "swallow") and counter.writes(asked):
        counter.answer(asked)
    if fault.name == "hang":
        time.sleep(fault.seconds)
    page, html = b"<!doctype html><title>Even geduld</title><p>We zijn zo terug", {"Content-Type": "text/html"}
    answers: dict[str, Answer] = {
        "429": (429, counter.refusal(429), counter.limited(fault.seconds)),
        "429-silent": (429, counter.refusal(429), counter.limited(None)),
        **{str(status): (status, counter.refusal(status)) for status in (401, 403, 500)},
        "html": (503, page, html),
        "login": (200, page, html),
        "empty": (200, b""),
        "half": (200, b'[{"id": 12, "num'),
        "odd": (200, counter.odd),
    }
    return answers.get(fault.name)


def _handler(counter: Counter) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536
        disable_nagle_algorithm = True

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, query, headers, body)
            counter.asked.append(asked)
            fault = Fault("close") if counter.closed else counter.take(asked)
            answer = counter.answer(asked) if fault is None else _mishap(counter, asked, fault)
            if answer is None:
                self.close_connection = True
                return
            self._send(*answer)

        def _send(self, status: int, content: Any, headers: Mapping[str, str] | None = None) -> None:
            sent = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json; charset=UTF-8", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = do_DELETE = _handle

        def log_message(self, *_: object) -> None: ...

    return Handler
