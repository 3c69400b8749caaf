"""A platform on loopback that has no notion of a key: it posts whatever it is sent, and now and then says nothing.

It runs in a process of its own, so that whoever forks has no threads.
"""

import json
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from socialwatch import outgoing
from socialwatch.domain.channel import Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention

DROPPED, HIDDEN = "#stil", "#verborgen"  # words in a reply: no answer comes; nobody finds it back


class Platform(ThreadingHTTPServer):
    """Keeps what was posted, in order."""

    daemon_threads = True
    posts: list[dict[str, str]]

    def handle_error(self, *_: object) -> None:
        """A sender that died in the middle is what this is about."""


class _Handler(BaseHTTPRequestHandler):
    server: Platform
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        post = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.posts.append(post)
        if DROPPED in post["text"]:
            self.close_connection = True
            return
        self._answer({"id": f"r{len(self.server.posts)}"})

    def do_GET(self) -> None:
        self._answer({"posts": self.server.posts})

    def _answer(self, content: Mapping[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@contextmanager
def running() -> Iterator[str]:
    """The address of a platform in its own process."""
    platform = Platform(("127.0.0.1", 0), _Handler)
    platform.posts = []
    number = os.fork()
    if number == 0:
        try:
            platform.serve_forever()
        finally:
            os._exit(0)
    platform.server_close()
    try:
        yield f"http://127.0.0.1:{platform.server_port}"
    finally:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)


class Channel:
    """Our side of that platform, through the one HTTP door."""

    kind = "x"

    def __init__(self, address: str) -> None:
        self._address = address

    def posts(self) -> list[dict[str, str]]:
        found = outgoing.request("GET", f"{self._address}/posts", allow_private=True)
        return list(json.loads(found.body)["posts"])

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        post = {"to": mention.id, "text": text, "key": key}
        answer = outgoing.request("POST", f"{self._address}/posts", json=post, allow_private=True)
        return Sent(str(json.loads(answer.body)["id"]))

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        for place, post in enumerate(self.posts(), 1):
            if (post["to"], post["text"]) == (mention.id, text) and HIDDEN not in text:
                return Sent(f"r{place}")
        return None

    def can_reply(self, mention: Mention) -> bool:
        return True

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        yield from ()

    def lookup(self, ids: Sequence[str]) -> Looked:
        return Looked(())

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        return Page(())

    def check(self) -> list[Finding]:
        return []
