"""A small world of its own, a running playground, and the platforms' own Python clients led to it."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import facebook
import pytest
import requests
import tweepy
from requests.adapters import HTTPAdapter

from socialwatch.playground import Server, World, serve

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SHOP = {
    "name": "Sokkerij",
    "x": {"id": "1000", "username": "sokkerij", "name": "Sokkerij"},
    "facebook": {"id": "2000", "name": "Sokkerij"},
    "hours": 4,
}
PEOPLE = [
    {
        "key": "jeroen",
        "x": {"id": "11", "username": "jeroen_w", "name": "Jeroen", "followers": 412},
        "facebook": {"id": "31", "name": "Jeroen W"},
    },
    {"key": "els", "x": {"id": "12", "username": "els", "name": "Els", "followers": 20}, "facebook": None},
    {"key": "tinus", "x": None, "facebook": {"id": "32", "name": "Tinus"}, "facebook_hidden": True},
]
LONG = "@sokkerij " + "Dit is een heel lang verhaal over sokken. " * 12
POSTS: list[dict[str, Any]] = [
    {
        "key": "sok",
        "channel": "x",
        "who": "jeroen",
        "minute": 10,
        "text": "@sokkerij gat in mijn sok <3 & boos https://foto.example/gat.jpg #sok",
        "likes": 3,
        "answer": "Wat een tegenvaller, nieuwe zijn onderweg.",
    },
    {"key": "rt", "channel": "x", "who": "els", "minute": 11, "text": "", "repost_of": "sok"},
    {"key": "kaal", "channel": "x", "who": "els", "minute": 12, "text": "bij sokkerij nooit meer", "answer": None},
    {"key": "lang", "channel": "x", "who": "els", "minute": 13, "text": LONG},
    {
        "key": "typo",
        "channel": "x",
        "who": "els",
        "minute": 14,
        "text": "@sokkerij wanner komt mijn pakje",
        "edits": [{"after": 5, "text": "@sokkerij wanneer komt mijn pakje?"}],
    },
    {
        "key": "weg",
        "channel": "x",
        "who": "jeroen",
        "minute": 15,
        "text": "@sokkerij laat maar",
        "delete_after": 30,
    },
    {"key": "eigen", "channel": "x", "who": "sokkerij", "minute": 16, "text": "Nieuwe kleuren binnen!"},
    {"key": "erop", "channel": "x", "who": "els", "minute": 17, "text": "mooi hoor", "reply_to": "eigen"},
    {
        "key": "dank",
        "channel": "x",
        "who": "jeroen",
        "minute": 5,
        "text": "Top geregeld!",
        "reply_to": "sok",
        "after_reply_to": "sok",
        "answer": "Fijn, Jeroen!",
    },
    {
        "key": "fb-sok",
        "channel": "facebook",
        "who": "jeroen",
        "minute": 20,
        "text": "Gat in mijn sok, Sokkerij!",
        "likes": 4,
        "reposts": 2,
        "answer": "We maken het goed.",
    },
    {"key": "fb-tag", "channel": "facebook", "who": "jeroen", "minute": 21, "text": "Die Sokkerij…", "place": "tagged"},
    {"key": "fb-eigen", "channel": "facebook", "who": "sokkerij", "minute": 22, "text": "Wij zijn open"},
    {
        "key": "fb-onder",
        "channel": "facebook",
        "who": "tinus",
        "minute": 23,
        "text": "niet voor mij",
        "reply_to": "fb-eigen",
    },
    {
        "key": "fb-diep",
        "channel": "facebook",
        "who": "jeroen",
        "minute": 24,
        "text": "waarom niet?",
        "reply_to": "fb-onder",
    },
    {"key": "fb-dieper", "channel": "facebook", "who": "tinus", "minute": 25, "text": "daarom", "reply_to": "fb-diep"},
]


class Clock:
    """A simulated clock that is set by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def minutes(self, minutes: float) -> None:
        """So many minutes after the start of the world."""
        self.at = START + timedelta(minutes=minutes)


class Detour(HTTPAdapter):
    """Leads a platform's address to the playground, as the product's own door does: after the request was signed."""

    def __init__(self, official: str, ours: str) -> None:
        super().__init__()
        self.official, self.ours = official, ours

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        assert request.url is not None
        request.url = request.url.replace(self.official, self.ours, 1)
        named["timeout"] = 5
        return super().send(request, *arguments, **named)


@pytest.fixture
def clock() -> Clock:
    made = Clock()
    made.minutes(60)
    return made


@pytest.fixture
def make_world(clock: Clock) -> Callable[..., World]:
    def make(posts: list[dict[str, Any]] | None = None) -> World:
        return World(SHOP, PEOPLE, POSTS if posts is None else posts, now=clock, start=START)

    return make


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


@pytest.fixture
def playground(world: World) -> Iterator[Server]:
    with serve(world) as server:
        yield server


@pytest.fixture
def x(playground: Server) -> Iterator[tweepy.Client]:
    """tweepy with all credentials; its own defaults choose between them."""
    keys = playground.keys
    client = tweepy.Client(
        bearer_token=keys.x_token,
        consumer_key=keys.x_consumer.key,
        consumer_secret=keys.x_consumer.secret,
        access_token=keys.x_consumer.token,
        access_token_secret=keys.x_consumer.token_secret,
        return_type=dict,
    )
    client.session.mount("https://api.twitter.com", Detour("https://api.twitter.com", playground.x_url))
    with client.session:
        yield client


@pytest.fixture
def graph(playground: Server) -> Iterator[facebook.GraphAPI]:
    with requests.Session() as session:
        session.mount("https://graph.facebook.com", Detour("https://graph.facebook.com", playground.graph_url))
        client = facebook.GraphAPI(playground.keys.facebook_token, session=session)
        client.version = "v26.0"
        yield client


@pytest.fixture
def ask(playground: Server) -> Iterator[Callable[..., requests.Response]]:
    """A plain request with the app's bearer token."""
    with requests.Session() as session:

        def asked(path: str, method: str = "GET", **named: Any) -> requests.Response:
            named.setdefault("headers", {"Authorization": f"Bearer {playground.keys.x_token}"})
            return session.request(method, playground.url + path, timeout=5, **named)

        yield asked


@pytest.fixture
def wire() -> Callable[[str], Any]:
    """A platform's own published description; the test is skipped where there is no copy of it."""
    folder = Path(os.environ.get("WIRE_DOCUMENTS", Path(__file__).parents[2].parent / "shared" / "wire"))

    def load(name: str) -> Any:
        if not (folder / name).exists():
            pytest.skip(f"no copy of the platforms' descriptions at {folder}")
        return json.loads((folder / name).read_text("utf-8"))

    return load
