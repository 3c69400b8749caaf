"""The way from a path of the Graph API to its call: version, token, proof, and the headers that tell usage."""

import hashlib
import hmac
import json
import re
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from socialwatch.playground.graph import calls, errors
from socialwatch.playground.graph.calls import Turn
from socialwatch.playground.graph.messages import Messages
from socialwatch.playground.graph.pages import Source
from socialwatch.playground.keys import Keys
from socialwatch.playground.living import World
from socialwatch.playground.wire import Answer, Request, json_answer

VERSION = "v26.0"
_HOUR = timedelta(hours=1)
_HOURLY = 4_800  # calls within an hour that count as 100 % in the usage headers
_PATH = re.compile(r"(?:/(v\d+\.\d+))?/?([^/]*)(?:/([a-z_]+))?/?")
_EDGES: Mapping[str, tuple[str, Callable[[Turn, str], Any]]] = {
    "feed": ("GET", calls.feed),
    "tagged": ("GET", calls.tagged),
    "posts": ("GET", calls.own_posts),
    "comments": ("GET POST", calls.comments),
    "likes": ("POST", calls.likes),
    "messages": ("POST", calls.messages),
}


@dataclass(slots=True)
class Graph:
    """Meta's side of the playground. `messages` holds what was answered in private, `percent` overrules how full the
    limit is said to be, `version` which one is said to answer.
    """

    world: World
    keys: Keys
    messages: Messages = field(default_factory=Messages)
    percent: int | None = None
    version: str = VERSION
    _calls: deque[datetime] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request, *, blank: bool = False) -> Answer:
        """The answer to one request, before any fault but the empty page (`blank`)."""
        asked = {**request.query, **request.form}
        found = _PATH.fullmatch(request.path)
        try:
            self._admit(asked)
            if found is None:
                raise errors.Refusal(errors.gone(request.method, request.path.strip("/")))
            version = found[1] or VERSION
            source = Source(f"http://{request.host}{request.prefix}", f"{version}{_rest(found)}", asked, blank)
            answer = json_answer(200, self._call(Turn(self.world, request.method, asked, source, self.messages), found))
        except errors.Refusal as refusal:
            answer = refusal.answer
        return Answer(answer.status, answer.body, {**answer.headers, **self._usage()})

    def _admit(self, asked: Mapping[str, str]) -> None:
        token, secret = asked.get("access_token"), self.keys.facebook_secret
        if not token:
            raise errors.Refusal(errors.no_token())
        if not hmac.compare_digest(token.encode(), self.keys.facebook_token.encode()):
            raise errors.Refusal(errors.bad_token())
        if secret is None:
            return
        given = asked.get("appsecret_proof")
        if not given:
            raise errors.Refusal(errors.proof("API calls from the server require an appsecret_proof argument"))
        wanted = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            raise errors.Refusal(errors.proof("Invalid appsecret_proof provided in the API argument"))

    def _call(self, turn: Turn, found: re.Match[str]) -> Any:
        object_id, edge = found[2], found[3]
        if not object_id and "ids" in turn.asked:
            return calls.several(turn)
        if edge is None:
            return calls.node(turn, object_id)
        methods, call = _EDGES.get(edge, ("", calls.feed))
        if turn.method not in methods.split():
            message = f"Unknown path components: /{edge}" if not methods else "Unsupported method"
            raise errors.Refusal(errors.error(400, 2500, message))
        return call(turn, object_id)

    def _usage(self) -> dict[str, str]:
        with self._lock:
            now = self.world.now()
            self._calls.append(now)
            while now - self._calls[0] > _HOUR:
                self._calls.popleft()
            share = min(100, len(self._calls) * 100 // _HOURLY) if self.percent is None else self.percent
        app = {"call_count": share, "total_cputime": share // 2, "total_time": share // 2}
        page = {"type": "pages", **app, "estimated_time_to_regain_access": 0}
        return {
            "facebook-api-version": self.version,
            "x-app-usage": json.dumps(app),
            "x-business-use-case-usage": json.dumps({self.world.script.shop.facebook.id: [page]}),
        }


def _rest(found: re.Match[str]) -> str:
    return f"/{found[2]}" + (f"/{found[3]}" if found[3] else "")
