"""A platform that answers as a test tells it, and a small playground world for what needs a real counterpart."""

import importlib.util
import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from socialwatch.playground import World, serve

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
X_ID, PAGE_ID = "1643639309408890871", "59289317753620134"
SECRETS = {
    "x": ("playground-app-token", "playground-consumer-secret", "playground-access-secret"),
    "facebook": ("playground-page-token", "facebook-geheim"),
}


@dataclass
class Asked:
    """One request that reached the platform."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))

    def json(self) -> Any:
        return json.loads(self.body)


Reply = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class Platform:
    """`answer` maps a request to (status, JSON or bytes[, headers]); `asked` holds the requests so far."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answer: Callable[[Asked], Reply] = lambda asked: (404, {"title": "Not Found"})

    def queue(self, *replies: Reply) -> None:
        """Answer these, one after the other."""
        waiting = list(replies)
        self.answer = lambda asked: waiting.pop(0)

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # head and body in one write: two small ones would wait 40 ms for each other
        disable_nagle_algorithm = True

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
            platform.asked.append(asked)
            status, content, *more = platform.answer(asked)
            sent = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(more[0] if more else {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_DELETE = do_PUT = _handle

        def log_message(self, *_: object) -> None: ...

    return Handler


@pytest.fixture
def platform() -> Iterator[Platform]:
    made = Platform()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Clock:
    now: datetime = START + timedelta(hours=3)

    def __call__(self) -> datetime:
        return self.now


SHOP = {
    "name": "Sokkerij",
    "x": {"id": X_ID, "username": "sokkerij", "name": "Sokkerij"},
    "facebook": {"id": PAGE_ID, "name": "Sokkerij"},
}
PEOPLE = [
    {
        "key": name,
        "x": {"id": str(1000 + number), "username": name, "name": name.title(), "followers": number},
        "facebook": {"id": str(2000 + number), "name": name.title()},
        "facebook_hidden": name == "onbekend",
    }
    for number, name in enumerate(["anna", "bram", "onbekend"])
]


def _posts() -> Iterator[dict[str, Any]]:
    for number in range(25):
        yield {"key": f"x{number}", "channel": "x", "who": "anna", "text": f"@sokkerij gat {number}", "minute": number}
        yield {
            "key": f"f{number}",
            "channel": "facebook",
            "who": "bram",
            "text": f"Gat {number} in sok",
            "minute": number,
        }
    yield {"key": "s", "channel": "x", "who": "bram", "text": "wat is sokkerij & co traag < slak", "minute": 30}
    yield {"key": "c", "channel": "facebook", "who": "onbekend", "text": "hier ook!", "minute": 31, "reply_to": "f3"}
    yield {"key": "d", "channel": "facebook", "who": "anna", "text": "en hier", "minute": 32, "reply_to": "c"}
    yield {
        "key": "t",
        "channel": "facebook",
        "who": "anna",
        "text": "Sokkerij, help",
        "minute": 33,
        "place": "tagged",
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(SHOP, PEOPLE, list(_posts()), now=clock, start=START)


@pytest.fixture
def playground(world: World) -> Iterator[Any]:
    with serve(world, facebook_secret="facebook-geheim") as made:
        yield made


@pytest.fixture
def x_section() -> dict[str, Any]:
    return {
        "brand": "sokkerij",
        "username": "Sokkerij",
        "user_id": X_ID,
        "bearer_token": "playground-app-token",
        "consumer_key": "playground-consumer",
        "consumer_secret": "playground-consumer-secret",
        "access_token": "playground-access",
        "access_token_secret": "playground-access-secret",
    }


@pytest.fixture
def facebook_section() -> dict[str, Any]:
    return {
        "brand": "sokkerij",
        "page_id": PAGE_ID,
        "page_token": "playground-page-token",
        "app_secret": "facebook-geheim",
    }


@pytest.fixture(scope="session")
def open_networks() -> Any:
    """The stand-ins for Bluesky and Mastodon: open_networks.py."""
    spec = importlib.util.spec_from_file_location("tests_open_networks", Path(__file__).parent / "open_networks.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def bluesky(open_networks: Any, clock: Clock) -> Iterator[Any]:
    network = open_networks.Bluesky(clock)
    with open_networks.serve(network):
        yield network


@pytest.fixture
def mastodon(open_networks: Any, clock: Clock) -> Iterator[Any]:
    network = open_networks.Mastodon(clock)
    with open_networks.serve(network):
        yield network


@pytest.fixture
def bluesky_section(bluesky: Any) -> dict[str, Any]:
    return {
        "brand": "sokkerij",
        "handle": "sokkerij.test",
        "app_password": "bluesky-geheim",
        "base_url": bluesky.url,
    }


@pytest.fixture
def mastodon_section(mastodon: Any) -> dict[str, Any]:
    return {"brand": "sokkerij", "access_token": "mastodon-geheim", "base_url": mastodon.url}


@pytest.fixture(scope="session")
def post_office(mailroom: Any) -> Iterator[Any]:
    with mailroom.post_office() as made:
        yield made


@pytest.fixture
def sink(mailroom: Any) -> Iterator[Any]:
    with mailroom.sink() as made:
        yield made


@pytest.fixture
def mail_section(mailroom: Any, post_office: Any, sink: Any) -> dict[str, Any]:
    return mailroom.section(post_office, sink)
