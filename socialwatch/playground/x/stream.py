"""X's filtered stream: one open line per app, a post when it appears, an empty line when nothing does."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.wire import Answer, Request, json_answer
from socialwatch.playground.x.problems import Refusal, invalid
from socialwatch.playground.x.rules import Rules
from socialwatch.playground.x.shapes import beside, post_shape
from socialwatch.playground.x.spelling import Wish, wish

KEEP_ALIVE = 20.0  # seconds
_LOOK = 0.02  # seconds of real time between two looks at the world
_END = b"\r\n"
_FIELDS = ("tweet.fields", "user.fields", "media.fields", "poll.fields", "place.fields")
_PARAMETERS = frozenset(["backfill_minutes", "start_time", "end_time", "expansions", *_FIELDS])
_GOODBYE = {
    "title": "operational-disconnect",
    "disconnect_type": "UpstreamOperationalDisconnect",
    "detail": "This stream has been disconnected upstream for operational reasons.",
    "type": "https://api.x.com/2/problems/operational-disconnect",
}


class Stream:
    """The line of one app. `keep_alive` is in seconds; `opened` counts the connections that were accepted."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world, self.rules, self.keep_alive, self.opened = world, rules, KEEP_ALIVE, 0
        self._taken = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether a line is open, or its end not yet noticed."""
        return self._taken.locked()

    def connect(self, _: World, request: Request, __: str) -> Answer:
        """200 and an open line, or 429 when one is open already."""
        for name, value in request.pairs:
            if name not in _PARAMETERS:  # the streams never learnt the new spelling
                raise Refusal(invalid({name: value}, f"The query parameter [{name}] is not known here"))
        asked = wish(request)
        if not self._taken.acquire(blocking=False):
            return _too_many_connections()
        self.opened += 1
        kind = {"content-type": "application/json; charset=utf-8"}
        return Answer(200, b"", kind, feed=_Feed(self._parts(asked, _versions(self.world.scene())), self._taken))

    def _parts(self, asked: Wish, seen: set[str]) -> Iterator[bytes]:
        """What goes over the line after `seen`; b"" when there is nothing now. Ends when the line is to be closed."""
        last, silent = time.monotonic(), False
        while True:
            fault = self.world.faults.take("x", write=False, traits=frozenset(["line"]))
            if fault is not None and fault.kind != "line-silent":
                if fault.kind == "line-goodbye":
                    yield json.dumps({"errors": [_GOODBYE]}).encode() + _END
                return
            silent = silent or fault is not None
            made = self.world.scene()
            sent = b"" if silent else b"".join(self._new(made, seen, asked))
            if not sent and not silent and time.monotonic() - last >= self.keep_alive:
                sent = _END
            last = time.monotonic() if sent else last
            yield sent

    def _new(self, made: Scene, seen: set[str], asked: Wish) -> Iterator[bytes]:
        for post in list(made.on("x")):
            if post.id not in seen:
                seen.add(post.id)
                rules = self.rules.matching(made, post)
                if rules:
                    yield json.dumps(_line(made, post, rules, asked)).encode() + _END


class _Feed:
    """The parts of one line, a little real time apart. Closing it frees the place for the next line."""

    def __init__(self, parts: Iterator[bytes], taken: threading.Lock) -> None:
        self._parts, self._taken, self._open = parts, taken, True

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            yield part
            time.sleep(_LOOK)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._taken.release()


def _line(made: Scene, post: Post, rules: list[dict[str, str]], asked: Wish) -> dict[str, Any]:
    extra = beside(made, [post], asked)
    body = {"data": post_shape(made, post, asked), "includes": extra.includes, "errors": extra.errors}
    return {name: value for name, value in {**body, "matching_rules": rules}.items() if value}


def _versions(made: Scene) -> set[str]:
    return {post.id for post in made.on("x")}


def _too_many_connections() -> Answer:
    body = {
        "title": "ConnectionException",
        "detail": "This stream is currently at the maximum allowed connection limit.",
        "connection_issue": "TooManyConnections",
        "type": "https://api.x.com/2/problems/streaming-connection",
    }
    return json_answer(429, body, kind="problem+json")
