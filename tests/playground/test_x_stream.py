"""X's filtered stream and its rules, as tweepy's own client sees them."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
import requests

from socialwatch.playground import Server, World

Ask = Callable[..., requests.Response]
STREAM, RULES = "/x/2/tweets/search/stream", "/x/2/tweets/search/stream/rules"


@pytest.fixture
def rules(ask: Ask) -> Callable[..., dict[str, Any]]:
    def change(**body: Any) -> dict[str, Any]:
        found: dict[str, Any] = ask(RULES, "POST", json=body).json()
        return found

    return change


@pytest.fixture
def line(ask: Ask, playground: Server) -> Iterator[Callable[..., Iterator[bytes]]]:
    playground.x.stream.keep_alive = 0.2
    opened: list[requests.Response] = []

    def open_line(**query: str) -> Iterator[bytes]:
        opened.append(ask(STREAM, params=query, stream=True))
        assert opened[-1].status_code == 200
        return opened[-1].iter_lines(chunk_size=1)  # type: ignore[no-any-return]

    yield open_line
    for one in opened:
        one.close()


def heard(lines: Iterator[bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(next(one for one in islice(lines, 200) if one))
    return found


def test_rules_are_added_listed_and_deleted(ask: Ask, rules: Callable[..., dict[str, Any]]) -> None:
    added = rules(add=[{"value": "@sokkerij -is:retweet", "tag": "ons"}, {"value": "sok"}])
    assert added["meta"]["summary"] == {"created": 2, "not_created": 0, "valid": 2, "invalid": 0}
    assert [set(rule) for rule in added["data"]] == [{"id", "value", "tag"}, {"id", "value"}]
    assert ask(RULES).json()["data"] == added["data"]
    first = added["data"][0]["id"]
    assert ask(f"{RULES}?ids={first}").json()["meta"]["result_count"] == 1
    assert rules(delete={"ids": [first, "5"]})["meta"]["summary"] == {"deleted": 1, "not_deleted": 1}
    assert rules(delete={"values": ["sok"]})["meta"]["summary"]["deleted"] == 1
    assert "data" not in ask(RULES).json()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("sok", "duplicate-rules"),
        ("-sok", "invalid-rules"),
        ("lang:nl", "invalid-rules"),
        ("a" * 1025, "invalid-rules"),
    ],
)
def test_rules_that_x_does_not_take(rules: Callable[..., dict[str, Any]], value: str, kind: str) -> None:
    rules(add=[{"value": "sok"}])
    refused = rules(add=[{"value": value}])
    assert refused["errors"][0]["type"].endswith(f"/problems/{kind}")
    assert "data" not in refused
    assert refused["meta"]["summary"]["created"] == 0


def test_a_dry_run_changes_nothing(ask: Ask) -> None:
    assert ask(f"{RULES}?dry_run=true", "POST", json={"add": [{"value": "sok"}]}).json()["data"]
    assert "data" not in ask(RULES).json()


@pytest.mark.parametrize("body", [{}, {"add": [], "delete": {}}, {"remove": []}, []])
def test_a_change_is_one_thing(ask: Ask, body: Any) -> None:
    assert ask(RULES, "POST", json=body).status_code == 400


def test_a_post_comes_with_what_was_asked_and_the_rules_it_fits(
    line: Any, rules: Callable[..., dict[str, Any]], world: World
) -> None:
    rules(add=[{"value": "@sokkerij -is:retweet", "tag": "ons"}, {"value": "kapot"}])
    fields = "author_id,referenced_tweets,edit_history_tweet_ids"
    lines = line(**{"tweet.fields": fields, "expansions": "author_id,referenced_tweets.id"})
    world.say({"channel": "x", "who": "els", "text": "mooi weer"})
    world.say({"channel": "x", "who": "els", "text": "@sokkerij kapot", "quote_of": "sok"})
    found = heard(lines)
    assert found["data"]["text"] == "@sokkerij kapot"
    assert [rule.get("tag") for rule in found["matching_rules"]] == ["ons", None]
    assert "tag" not in found["matching_rules"][1]
    assert found["includes"]["users"][0]["username"] == "els"
    assert found["includes"]["tweets"][0]["id"] == world.scene().posts["sok"].id


def test_an_edit_comes_as_a_new_post(line: Any, rules: Any, world: World, clock: Any) -> None:
    clock.minutes(13.5)
    rules(add=[{"value": "@sokkerij"}])
    lines = line()
    clock.minutes(14.5)
    first = heard(lines)["data"]
    assert first["text"] == "@sokkerij wanner komt mijn pakje"
    clock.minutes(19.5)
    found = {one["id"]: one for one in (heard(lines)["data"] for _ in range(3))}
    (last,) = [one for one in found.values() if one["text"] == "@sokkerij wanneer komt mijn pakje?"]
    assert last["edit_history_tweet_ids"] == [first["id"], last["id"]]


def test_an_empty_line_tells_that_it_lives(line: Any) -> None:
    begin = time.monotonic()
    assert next(line()) == b""
    assert time.monotonic() - begin < 20


def test_one_line_per_app_and_a_closed_one_makes_room(ask: Ask, playground: Server) -> None:
    first = ask(STREAM, stream=True)
    second = ask(STREAM)
    assert (first.status_code, second.status_code) == (200, 429)
    assert second.json()["connection_issue"] == "TooManyConnections"
    first.close()
    until = time.monotonic() + 20
    while playground.x.stream.busy and time.monotonic() < until:
        time.sleep(0.02)
    third = ask(STREAM, stream=True)
    assert third.status_code == 200
    third.close()
    assert playground.x.stream.opened == 2


@pytest.mark.parametrize(("kind", "last"), [("line-close", []), ("line-goodbye", ["operational-disconnect"])])
def test_a_line_can_be_made_to_break(line: Any, world: World, kind: str, last: list[str]) -> None:
    world.fault("x", kind)
    assert [json.loads(one)["errors"][0]["title"] for one in line() if one] == last


def test_a_line_can_fall_silent(line: Any, rules: Any, world: World, playground: Server) -> None:
    rules(add=[{"value": "kapot"}])
    world.fault("x", "line-silent")
    lines, found = line(), []
    threading.Timer(0.5, playground.stopping.set).start()
    world.say({"channel": "x", "who": "els", "text": "kapot"})
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        found.extend(lines)
    assert found == []


def test_the_line_keeps_the_old_spelling_and_is_for_the_app_alone(ask: Ask, playground: Server) -> None:
    assert ask(f"{STREAM}?post.fields=text").status_code == 400
    user = {"Authorization": f"Bearer {playground.keys.x_user_token}"}
    for path in (STREAM, RULES, "/x/2/compliance/jobs?type=tweets", "/x/2/usage/tweets"):
        assert ask(path, headers=user).status_code == 403
