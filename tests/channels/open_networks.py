"""Small stand-ins for Bluesky and Mastodon that speak the documented wire format, with the faults of the playground."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
OURS = "sokkerij"


@dataclass
class Post:
    """One post of the network; `key` is its name within its author's posts."""

    key: str
    who: str
    text: str
    at: datetime
    parent: str | None = None
    speaks_to_us: bool = True
    visibility: str = "public"
    edited: datetime | None = None
    record: dict[str, Any] = field(default_factory=dict)
    id: str = ""


@dataclass
class Ask:
    """A request as a network reads it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]

    def fields(self) -> dict[str, Any]:
        if self.headers.get("content-type", "").startswith("application/json"):
            return dict(json.loads(self.body or b"{}"))
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


Answer = tuple[int, Any]


@dataclass
class Network:
    """Posts, faults still to come, and what was asked; `scene`, `find`, `received` are named as in the playground."""

    clock: Callable[[], datetime]
    posts: list[Post] = field(default_factory=list)
    faults: list[tuple[str, str | None, float]] = field(default_factory=list)
    asked: list[Ask] = field(default_factory=list)
    received: list[Post] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def fault(self, kind: str, name: str, times: int = 1, only: str | None = None, seconds: float = 60) -> None:
        self.faults += [(name, only, seconds)] * times

    def scene(self) -> "Network":
        return self

    def find(self, kind: str, native: str) -> Post:
        return next(one for one in self.posts if one.id == native)

    def delete(self, post: Post) -> None:
        self.posts.remove(post)

    def add(self, post: Post) -> Post:
        post.id = self.name(post)
        self.posts.append(post)
        return post

    def name(self, post: Post) -> str:
        raise NotImplementedError

    def answer(self, ask: Ask) -> Answer:
        raise NotImplementedError

    def limited(self, seconds: float | None) -> dict[str, str]:
        raise NotImplementedError

    def writes(self, ask: Ask) -> bool:
        raise NotImplementedError

    def signs_in(self, ask: Ask) -> bool:
        return False

    def newest(self, wanted: Callable[[Post], bool]) -> list[Post]:
        return sorted((one for one in self.posts if wanted(one)), key=lambda one: (one.at, one.id), reverse=True)


def tid(number: int) -> str:
    return "".join(LETTERS[(number >> 5 * place) & 31] for place in reversed(range(13)))


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def token(seconds: float) -> str:
    """A JWT that nobody signed; the client only reads until when it holds."""
    parts = ({"alg": "none", "typ": "JWT"}, {"exp": int(time.time() + seconds), "sub": f"did:plc:{OURS}"})
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts) + ".geen"


@dataclass
class Bluesky(Network):
    """XRPC: sessions, listNotifications, searchPosts, getPosts, getAuthorFeed and our own repository."""

    session_seconds: float = 7200
    closed: set[str] = field(default_factory=set)
    likes: dict[str, str] = field(default_factory=dict)  # addresses of posts, by the name of our record

    def say(self, given: dict[str, Any]) -> Post:
        number = int(self.clock().timestamp() * 1_000_000) + len(self.posts)
        return self.add(Post(tid(number << 10), given["who"], given["text"], self.clock(), given.get("reply_to")))

    def name(self, post: Post) -> str:
        return f"at://did:plc:{post.who}/app.bsky.feed.post/{post.key}"

    def writes(self, ask: Ask) -> bool:
        return ask.path.endswith("putRecord")

    def signs_in(self, ask: Ask) -> bool:
        return ask.path.endswith(("createSession", "refreshSession"))

    def limited(self, seconds: float | None) -> dict[str, str]:
        return {} if seconds is None else {"ratelimit-limit": "9", "ratelimit-reset": str(int(time.time() + seconds))}

    def answer(self, ask: Ask) -> Answer:
        name = ask.path.removeprefix("/xrpc/").rpartition(".")[2]
        call = getattr(self, f"_{name}", None)
        return call(ask) if call else (501, {"error": "MethodNotImplemented", "message": name})

    def _createSession(self, ask: Ask) -> Answer:
        if ask.fields() != {"identifier": "sokkerij.test", "password": "bluesky-geheim"}:
            return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
        return self._refreshSession(ask)

    def _refreshSession(self, ask: Ask) -> Answer:
        jwt = token(self.session_seconds)
        return 200, {"did": f"did:plc:{OURS}", "handle": "sokkerij.test", "accessJwt": jwt, "refreshJwt": jwt}

    def _getSession(self, ask: Ask) -> Answer:
        return 200, {"did": f"did:plc:{OURS}", "handle": "sokkerij.test", "active": True}

    def _listNotifications(self, ask: Ask) -> Answer:
        found, after = self._page(ask, lambda one: one.speaks_to_us and one.who != OURS)
        listed = [
            {**self._view(one), "reason": "mention", "isRead": False, "record": self._record(one)} for one in found
        ]
        return 200, {"notifications": listed} | after

    def _searchPosts(self, ask: Ask) -> Answer:
        since = datetime.fromisoformat(ask.one("since"))
        word = ask.one("q").strip('"')
        found, after = self._page(ask, lambda one: word in one.text and one.at >= since)
        return 200, {"posts": [self._view(one) for one in found]} | after

    def _getAuthorFeed(self, ask: Ask) -> Answer:
        found, after = self._page(ask, lambda one: one.who == OURS)
        return 200, {"feed": [{"post": self._view(one)} for one in found]} | after

    def _getPosts(self, ask: Ask) -> Answer:
        asked = ask.query.get("uris", [])
        if len(asked) > 25:
            return 400, {"error": "InvalidRequest", "message": "uris must not have more than 25 elements"}
        return 200, {"posts": [self._view(one) for one in self.posts if one.id in asked]}

    def _putRecord(self, ask: Ask) -> Answer:
        given = ask.fields()
        if given["collection"] == "app.bsky.feed.like":
            return self._like(given)
        if any(one.who == OURS and one.key == given["rkey"] for one in self.posts) and given["swapRecord"] is None:
            return 400, {"error": "InvalidSwap", "message": "Record was at another cid"}
        record = given["record"]
        post = Post(given["rkey"], OURS, record["text"], self.clock(), record["reply"]["parent"]["uri"], record=record)
        self.received.append(self.add(post))
        return 200, {"uri": post.id, "cid": f"cid{post.key}"}

    def _deleteRecord(self, ask: Ask) -> Answer:
        given = ask.fields()
        self.posts = [one for one in self.posts if one.who != OURS or one.key != given["rkey"]]
        return 200, {}

    def _like(self, given: dict[str, Any]) -> Answer:
        if given["rkey"] in self.likes and given["swapRecord"] is None:
            return 400, {"error": "InvalidSwap", "message": "Record was at another cid"}
        self.likes[given["rkey"]] = given["record"]["subject"]["uri"]
        return 200, {"uri": f"at://did:plc:{OURS}/app.bsky.feed.like/{given['rkey']}", "cid": "cid"}

    def _getRecord(self, ask: Ask) -> Answer:
        found = next((one for one in self.posts if one.who == OURS and one.key == ask.one("rkey")), None)
        if found is None:
            return 400, {"error": "RecordNotFound", "message": "Could not locate record"}
        return 200, {"uri": found.id, "cid": f"cid{found.key}", "value": self._record(found)}

    def _listRecords(self, ask: Ask) -> Answer:
        mine = sorted((one for one in self.posts if one.who == OURS), key=lambda one: one.key, reverse=True)
        below = [one for one in mine if not ask.one("cursor") or one.key < ask.one("cursor")][: int(ask.one("limit"))]
        listed = [{"uri": one.id, "cid": f"cid{one.key}", "value": self._record(one)} for one in below]
        return 200, {"records": listed} | ({"cursor": below[-1].key} if below else {})

    def _page(self, ask: Ask, wanted: Callable[[Post], bool]) -> tuple[list[Post], dict[str, str]]:
        start, size = int(ask.one("cursor", "0")), int(ask.one("limit", "50"))
        found = self.newest(wanted)
        more = {"cursor": str(start + size)} if start + size < len(found) else {}
        return found[start : start + size], more

    def _view(self, post: Post) -> dict[str, Any]:
        author = {"did": f"did:plc:{post.who}", "handle": f"{post.who}.test", "displayName": post.who.title()}
        return {
            "uri": post.id, "cid": f"cid{post.key}", "author": author, "record": self._record(post),
            "indexedAt": stamp(post.at), "likeCount": 1, "replyCount": 0, "repostCount": 0,
            "viewer": {"replyDisabled": post.id in self.closed},
        }  # fmt: skip

    def _record(self, post: Post) -> dict[str, Any]:
        made = {"$type": "app.bsky.feed.post", "text": post.text, "createdAt": stamp(post.at), **post.record}
        if post.parent and "reply" not in made:
            reference = {"uri": post.parent, "cid": "cid"}
            made["reply"] = {"root": reference, "parent": reference}
        return made


@dataclass
class Mastodon(Network):
    """REST: verify_credentials, notifications, hashtag timeline, search, account statuses and statuses."""

    scopes: tuple[str, ...] = ("read", "write:statuses")
    batches: bool = True
    keys: dict[str, Post] = field(default_factory=dict)
    likes: set[str] = field(default_factory=set)

    def say(self, given: dict[str, Any]) -> Post:
        return self._new(given["who"], given["text"], given.get("reply_to"), given.get("visibility", "public"))

    def _new(self, who: str, text: str, parent: str | None, visibility: str) -> Post:
        number = (int(self.clock().timestamp() * 1000) << 16) + len(self.posts)
        return self.add(Post(str(number), who, f"<p>{text}</p>", self.clock(), parent, visibility=visibility))

    def name(self, post: Post) -> str:
        return post.key

    def writes(self, ask: Ask) -> bool:
        return ask.method == "POST"

    def limited(self, seconds: float | None) -> dict[str, str]:
        if seconds is None:
            return {}
        return {"X-RateLimit-Reset": stamp(datetime.now(self.clock().tzinfo) + timedelta(seconds=seconds))}

    def answer(self, ask: Ask) -> Answer:
        if ask.headers.get("authorization") != "Bearer mastodon-geheim":
            return 401, {"error": "The access token is invalid"}
        path = ask.path.removeprefix("/api/")
        if path == "v1/accounts/verify_credentials":
            return 200, {"id": "1", "acct": OURS, "username": OURS}
        if path == "v1/apps/verify_credentials":
            return 200, {"id": "9", "name": "webcare", "scopes": list(self.scopes)}
        if path == "v1/statuses" and ask.method == "POST":
            return self._post(ask)
        if path.startswith("v1/statuses"):
            if path.endswith("/favourite") and ask.method == "POST":
                path = path.removesuffix("/favourite")
                self.likes |= {one.id for one in self.posts if one.id == path.rpartition("/")[2]}
            return self._statuses(ask, path)
        return self._list(ask, path)

    def _list(self, ask: Ask, path: str) -> Answer:
        if path == "v1/notifications":
            found = self._page(ask, lambda one: one.speaks_to_us and one.who != OURS)
            return 200, [self._notification(one) for one in found]
        if path.startswith("v1/timelines/tag/"):
            tag = "#" + path.rpartition("/")[2]
            return 200, [self._status(one) for one in self._page(ask, lambda one: tag in one.text)]
        if path == "v2/search":
            found = self._page(ask, lambda one: ask.one("q").strip('"') in one.text)
            return 200, {"statuses": [self._status(one) for one in found], "accounts": [], "hashtags": []}
        if path == "v1/accounts/1/statuses":
            return 200, [self._status(one) for one in self._page(ask, lambda one: one.who == OURS)]
        return 404, {"error": "Record not found"}

    def _statuses(self, ask: Ask, path: str) -> Answer:
        if path == "v1/statuses":
            if not self.batches:
                return 404, {"error": "Not Found"}
            return 200, [self._status(one) for one in self.posts if one.id in ask.query.get("id[]", [])]
        found = next((one for one in self.posts if one.id == path.rpartition("/")[2]), None)
        if found and ask.method == "PUT":
            found.text, found.edited = f"<p>{ask.fields()['status']}</p>", self.clock()
        return (200, self._status(found)) if found else (404, {"error": "Record not found"})

    def _post(self, ask: Ask) -> Answer:
        given, key = ask.fields(), ask.headers.get("idempotency-key", "")
        if len(given["status"]) > 500:
            return 422, {"error": "Validation failed: Text character limit of 500 exceeded"}
        if key not in self.keys:
            self.keys[key] = self._new(OURS, given["status"], given.get("in_reply_to_id"), given["visibility"])
            self.received.append(self.keys[key])
        return 200, self._status(self.keys[key])

    def _page(self, ask: Ask, wanted: Callable[[Post], bool]) -> list[Post]:
        below = ask.one("max_id")
        found = [one for one in self.newest(wanted) if not below or int(one.id) < int(below)]
        return found[: int(ask.one("limit", "20"))]

    def _notification(self, post: Post) -> dict[str, Any]:
        status = self._status(post)
        return {
            "id": post.id, "type": "mention", "created_at": stamp(post.at),
            "account": status["account"], "status": status,
        }  # fmt: skip

    def _status(self, post: Post) -> dict[str, Any]:
        number = "1" if post.who == OURS else f"2{len(post.who)}{ord(post.who[0])}"
        acct = post.who if post.who == OURS else f"{post.who}@elders.example"
        return {
            "id": post.id, "created_at": stamp(post.at), "edited_at": stamp(post.edited) if post.edited else None,
            "in_reply_to_id": post.parent, "visibility": post.visibility, "spoiler_text": "", "content": post.text,
            "url": f"https://elders.example/@{post.who}/{post.id}", "reblog": None,
            "account": {"id": number, "acct": acct, "display_name": post.who.title(), "followers_count": 7},
            "favourites_count": 1, "reblogs_count": 0, "replies_count": 0,
        }  # fmt: skip


def _due(network: Network, ask: Ask) -> tuple[str, float]:
    """The first fault that fits this request, taken off the list; signing in has none."""
    kind = "write" if network.writes(ask) else "read"
    for fault in network.faults:
        if not network.signs_in(ask) and fault[1] in (None, kind):
            network.faults.remove(fault)
            return fault[0], fault[2]
    return "", 0


def _handler(network: Network) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536
        disable_nagle_algorithm = True

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            ask = Ask(self.command, parts.path, parse_qs(parts.query), headers, body)
            network.asked.append(ask)
            name, seconds = _due(network, ask)
            if name == "swallow":
                network.answer(ask)
            if name in ("swallow", "close"):
                self.close_connection = True
                self.connection.close()
                return
            self._send(*_broken(network, ask, name, seconds))

        def _send(self, status: int, content: Any, headers: dict[str, str]) -> None:
            sent = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **network.headers, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = do_DELETE = _handle

        def log_message(self, *_: object) -> None: ...

    return Handler


def _broken(network: Network, ask: Ask, fault: str, seconds: float) -> tuple[int, Any, dict[str, str]]:
    if fault == "half":
        status, content = network.answer(ask)
        whole = json.dumps(content).encode()
        return status, whole[: len(whole) // 2], {}
    made: dict[str, tuple[int, Any, dict[str, str]]] = {
        "html": (503, b"<html>even geduld</html>", {"Content-Type": "text/html"}),
        "empty": (200, b"", {}),
        "list": (200, ["geen", "voorwerp"], {}),
        "429": (429, {"error": "RateLimitExceeded"}, network.limited(seconds)),
        "429-no-reset": (429, {"error": "RateLimitExceeded"}, {}),
        "transient": (500, {"error": "InternalServerError"}, {}),
        "401": (401, {"error": "AuthMissing"}, {}),
        "403": (403, {"error": "Forbidden"}, {}),
    }
    return made[fault] if fault else (*network.answer(ask), {})


@contextmanager
def serve(network: Network) -> Iterator[str]:
    """The network on loopback; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(network))
    server.daemon_threads = True
    network.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield network.url
    finally:
        server.shutdown()
        server.server_close()
