"""The playground's HTTP server on loopback: X under /x, Graph under /graph, its own switches beside them."""

import logging
import select
import socket
import threading
import traceback
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote

from socialwatch.playground import control
from socialwatch.playground.graph.routes import Graph
from socialwatch.playground.keys import FACEBOOK_TOKEN, X_TOKEN, X_USER_TOKEN, Consumer, Keys
from socialwatch.playground.living import World
from socialwatch.playground.mishaps import mishap, traits
from socialwatch.playground.wire import Answer, Feed, Request
from socialwatch.playground.x.routes import X

_log = logging.getLogger(__name__)
_LARGEST_BODY = 1_000_000
_WRITES = ("POST", "DELETE", "PUT")


class Server:
    """A running playground. `x_url` and `graph_url` are the base addresses to put into a channel's settings."""

    def __init__(self, world: World, keys: Keys, port: int, x_limits: Mapping[str, int]) -> None:
        self.world, self.keys = world, keys
        self.x, self.graph = X(world, keys, x_limits), Graph(world, keys)
        self.stopping = threading.Event()
        self._http = _Listener(("127.0.0.1", port), type("_Bound", (_Handler,), {"playground": self}))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="playground", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def x_url(self) -> str:
        return f"{self.url}/x"

    @property
    def graph_url(self) -> str:
        return f"{self.url}/graph"

    def stop(self) -> None:
        """End within a second: no new connections, and the open ones are closed."""
        self.stopping.set()
        self._http.shutdown()
        self._http.close_all()
        self._http.server_close()
        self._thread.join(1)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def answer(self, request: Request) -> Answer:
        """The answer to a request, with the fault that waits for it."""
        for prefix, platform in (("/x", "x"), ("/graph", "facebook")):
            if request.path.startswith(f"{prefix}/"):
                return self._platform(platform, _without(request, prefix))
        return control.answer(self.world, request)

    def _platform(self, platform: str, request: Request) -> Answer:
        write = request.method in _WRITES
        fault = self.world.faults.take(platform, write=write, traits=traits(request))
        if fault is not None and fault.kind == "empty_page":
            return self.graph.answer(request, blank=True)
        right = self.x.answer if platform == "x" else self.graph.answer
        return right(request) if fault is None else mishap(fault, request, self.world, lambda: right(request))


def serve(
    world: World,
    *,
    port: int = 0,
    x_token: str = X_TOKEN,
    x_user_token: str = X_USER_TOKEN,
    x_consumer: Consumer | None = None,
    facebook_token: str = FACEBOOK_TOKEN,
    facebook_secret: str | None = None,
    x_limits: Mapping[str, int] | None = None,
) -> Server:
    """Start a playground on 127.0.0.1; port 0 takes a free one. Credentials not given are those of keys.py.

    `x_limits` overrules X's requests per 15 minutes, by endpoint ("POST /2/tweets") or "*" for all: a world in which
    hours pass in seconds needs more than a real account may have.
    """
    keys = Keys(x_token, x_user_token, x_consumer or Consumer(), facebook_token, facebook_secret)
    return Server(world, keys, port, x_limits or {})


def _without(request: Request, prefix: str) -> Request:
    path = request.path.removeprefix(prefix)
    return Request(request.method, path, request.pairs, request.headers, request.body, request.host, prefix)


class _Listener(ThreadingHTTPServer):
    """Remembers its open connections, because a kept-alive one would otherwise outlive the server."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_all(self) -> None:
        with self._guard:
            for one in self._open:
                _hang_up(one)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news."""


class _Handler(BaseHTTPRequestHandler):
    """Reads one request after the other from a connection and writes the answers."""

    protocol_version = "HTTP/1.1"
    server_version = "playground"
    sys_version = ""
    disable_nagle_algorithm = True
    playground: ClassVar[Server]

    def _handle(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        if size > _LARGEST_BODY:
            self.close_connection = True
            return self._write(Answer(413))
        answer = self._answer(self._request(self.rfile.read(size)))
        if answer.wait:
            self.playground.stopping.wait(answer.wait)
        if answer.ending == "hang up":
            self.close_connection = True
            return _hang_up(self.connection)
        return self._write(answer) if answer.feed is None else self._feed(answer, answer.feed)

    def _feed(self, answer: Answer, feed: Feed) -> None:
        """Part by part, until the feed ends, the client goes, or we stop."""
        self.close_connection = True
        try:
            self._head(answer, {"Transfer-Encoding": "chunked", "Connection": "close"})
            for part in feed:
                if self.playground.stopping.is_set() or _gone(self.connection):
                    return
                if part:
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            return  # the client went in the middle of a part
        finally:
            feed.close()

    def _answer(self, request: Request) -> Answer:
        try:
            return self.playground.answer(request)
        except (
            Exception
        ):  # a mistake of the playground itself must not look like one of the fallen connections it plays
            _log.exception("the playground failed at %s %s", request.method, request.path)
            return Answer(500, traceback.format_exc().encode(), {"content-type": "text/plain; charset=utf-8"})

    do_GET = do_POST = do_DELETE = do_PUT = _handle

    def _request(self, body: bytes) -> Request:
        path, _, query = self.path.partition("?")
        return Request(
            method=self.command,
            path=unquote(path),
            pairs=tuple(parse_qsl(query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            host=self.headers.get("host", "127.0.0.1"),
        )

    def _write(self, answer: Answer) -> None:
        """Head and body in one go: two small writes would wait for each other."""
        self._head(answer, {"Content-Length": str(len(answer.body))}, answer.body)

    def _head(self, answer: Answer, more: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response_only(answer.status)
        self.send_header("Date", self.date_time_string())
        for name, value in {**answer.headers, **more}.items():
            self.send_header(name, value)
        head: list[bytes] = [*self._headers_buffer, b"\r\n"]
        self._headers_buffer: list[bytes] = []
        self.wfile.write(b"".join(head) + body)

    def log_message(self, *_: object) -> None:
        """Quiet: what matters is in world.received."""


def _gone(connection: socket.socket) -> bool:
    """Whether the other side has closed: then it can be read, and nothing is there."""
    try:
        return select.select([connection], [], [], 0)[0] != [] and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
