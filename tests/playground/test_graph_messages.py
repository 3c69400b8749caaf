"""Graph: answering in private, once for each post or comment and within seven days."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from socialwatch.playground import Server, World


@pytest.fixture
def send(playground: Server) -> Callable[..., requests.Response]:
    def sent(recipient: Any, text: Any = "We regelen het", page: str = "2000") -> requests.Response:
        form = {
            "access_token": playground.keys.facebook_token,
            "recipient": json.dumps(recipient),
            "message": json.dumps({"text": text}),
        }
        return requests.post(f"{playground.graph_url}/v26.0/{page}/messages", data=form, timeout=5)

    return sent


def number(world: World, key: str) -> str:
    return world.scene().posts[key].first_id


def test_a_post_and_a_comment_are_answered_out_of_sight(playground: Server, world: World, send: Any) -> None:
    first = send({"post_id": number(world, "fb-sok")})
    second = send({"comment_id": number(world, "fb-onder")}, page="me")
    assert first.status_code == second.status_code == 200
    assert set(first.json()) == {"recipient_id", "message_id"}
    assert [one.id for one in playground.graph.messages.sent] == [
        first.json()["message_id"],
        second.json()["message_id"],
    ]
    assert world.received == []
    assert len([post for post in world.scene().on("facebook") if post.author.own]) == 1


def test_once_for_each(world: World, send: Any) -> None:
    recipient = {"comment_id": number(world, "fb-onder")}
    assert send(recipient).status_code == 200
    assert send(recipient, "nog iets").json()["error"]["code"] == 10900


def test_within_seven_days(world: World, send: Any, clock: Any) -> None:
    recipient = {"post_id": number(world, "fb-sok")}
    clock.minutes(20 + 7 * 24 * 60 + 1)
    error = send(recipient).json()["error"]
    assert (error["code"], error["error_subcode"]) == (10, 2018278)
    clock.minutes(20 + 7 * 24 * 60)
    assert send(recipient).status_code == 200


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [
        ("post_id", "fb-onder", 100),
        ("comment_id", "fb-sok", 100),
        ("post_id", "fb-eigen", 10903),
        ("post_id", "fb-tag", 10903),
        ("id", "fb-sok", 100),
    ],
)
def test_whom_it_cannot_go_to(world: World, send: Any, name: str, key: str, code: int) -> None:
    assert send({name: number(world, key)}).json()["error"]["code"] == code


def test_what_cannot_be_sent(playground: Server, world: World, send: Any) -> None:
    recipient = {"post_id": number(world, "fb-sok")}
    for text in ("", "  ", None, 5, "x" * 2001):
        assert send(recipient, text).json()["error"]["code"] == 100
    for wrong in ({}, [], "x", None, {"post_id": "2000_1"}, {**recipient, "comment_id": "1"}):
        assert send(wrong).json()["error"]["code"] == 100
    assert send(recipient, page=number(world, "fb-sok")).json()["error"]["code"] == 100
    assert playground.graph.messages.sent == []


def test_the_limit_and_the_version_can_be_set(playground: Server) -> None:
    playground.graph.percent, playground.graph.version = 80, "v27.0"
    token = playground.keys.facebook_token
    answer = requests.get(f"{playground.graph_url}/v26.0/me", params={"access_token": token}, timeout=5)
    assert json.loads(answer.headers["x-app-usage"])["call_count"] == 80
    assert answer.headers["facebook-api-version"] == "v27.0"


def test_usage_is_of_the_last_hour(playground: Server, clock: Any) -> None:
    token = playground.keys.facebook_token

    def used() -> int:
        answer = requests.get(f"{playground.graph_url}/v26.0/me", params={"access_token": token}, timeout=5)
        return int(json.loads(answer.headers["x-app-usage"])["call_count"])

    playground.graph._calls.extend([clock()] * 2400)
    assert used() == 50
    clock.minutes(60 + 61)
    assert used() == 0
