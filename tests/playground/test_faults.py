"""The switches: each fault as the platform's own client meets it, counted, and the server's end."""

import time
from collections.abc import Callable
from typing import Any

import facebook
import pytest
import requests
import tweepy

from socialwatch.playground import Server, World, serve

X_ANSWERS = {"html": 503, "empty": 200, "half": 200, "429": 429, "402": 402, "401": 401, "403": 403, "transient": 503}
GRAPH_ANSWERS = {"html": 503, "empty": 200, "half": 200, "429": 403, "401": 401, "403": 403, "transient": 500}


def ask_x(server: Server) -> requests.Response:
    headers = {"Authorization": f"Bearer {server.keys.x_token}"}
    return requests.get(f"{server.x_url}/2/users/1000/mentions", headers=headers, timeout=5)


def ask_graph(server: Server) -> requests.Response:
    return requests.get(f"{server.graph_url}/v26.0/me", params={"access_token": server.keys.facebook_token}, timeout=5)


@pytest.mark.parametrize(("kind", "status"), X_ANSWERS.items())
def test_x_faults_last_as_long_as_told(playground: Server, world: World, kind: str, status: int) -> None:
    world.fault("x", kind, 2)
    assert [ask_x(playground).status_code for _ in range(3)] == [status, status, 200]
    assert ask_graph(playground).status_code == 200


@pytest.mark.parametrize(("kind", "status"), GRAPH_ANSWERS.items())
def test_graph_faults_last_as_long_as_told(playground: Server, world: World, kind: str, status: int) -> None:
    world.fault("facebook", kind, 2)
    assert [ask_graph(playground).status_code for _ in range(3)] == [status, status, 200]
    assert ask_x(playground).status_code == 200


def test_bodies_that_are_no_json(playground: Server, world: World) -> None:
    for kind in ("html", "empty", "half"):
        world.fault("x", kind)
        world.fault("facebook", kind)
        for ask in (ask_x, ask_graph):
            with pytest.raises(requests.JSONDecodeError):
                ask(playground).json()


def test_a_limit_with_and_without_its_end(playground: Server, world: World) -> None:
    world.fault("x", "429", seconds=60)
    world.fault("x", "429-no-reset")
    told, silent = ask_x(playground), ask_x(playground)
    assert 50 < int(told.headers["x-rate-limit-reset"]) - time.time() < 70
    assert "x-rate-limit-reset" not in silent.headers
    world.fault("facebook", "429-no-reset")
    assert ask_graph(playground).json()["error"]["code"] == 4


def test_a_closed_connection_leaves_nothing_behind(playground: Server, world: World, x: tweepy.Client) -> None:
    world.fault("x", "close")
    with pytest.raises(requests.ConnectionError):
        x.create_tweet(text="Dag", in_reply_to_tweet_id=world.scene().posts["sok"].id)
    assert world.received == []


def test_a_swallowed_answer_leaves_the_reply_behind(world: World, x: tweepy.Client, graph: facebook.GraphAPI) -> None:
    world.fault("x", "swallow")
    world.fault("facebook", "swallow")
    assert x.get_users_mentions("1000")["data"]
    with pytest.raises(requests.ConnectionError):
        x.create_tweet(text="Dag", in_reply_to_tweet_id=world.scene().posts["sok"].id)
    with pytest.raises(requests.ConnectionError):
        graph.put_comment(world.scene().posts["fb-sok"].first_id, "Dag")
    assert [reply.platform for reply in world.received] == ["x", "facebook"]


def test_a_late_answer_comes_after_the_work(playground: Server, world: World) -> None:
    world.fault("facebook", "delay", only="write", seconds=0.5)
    target = world.scene().posts["fb-sok"].first_id
    form = {"access_token": playground.keys.facebook_token, "message": "Dag"}
    with pytest.raises(requests.ReadTimeout):
        requests.post(f"{playground.graph_url}/v26.0/{target}/comments", data=form, timeout=0.1)
    assert len(world.received) == 1


def test_a_refused_since_id_waits_for_one(playground: Server, world: World) -> None:
    world.fault("x", "since_too_old")
    assert ask_x(playground).status_code == 200
    headers = {"Authorization": f"Bearer {playground.keys.x_token}"}
    answer = requests.get(f"{playground.x_url}/2/users/1000/mentions?since_id=5", headers=headers, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameters"] == {"since_id": ["5"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"platform": "mail", "kind": "html"},
        {"platform": "x", "kind": "fire"},
        {"platform": "facebook", "kind": "402"},
        {"platform": "x", "kind": "html", "only": "some"},
    ],
)
def test_switches_that_do_not_exist(playground: Server, wrong: dict[str, str]) -> None:
    assert requests.post(f"{playground.url}/playground/faults", json=wrong, timeout=5).status_code == 400


def test_everything_can_be_switched_over_http(playground: Server, world: World) -> None:
    url = playground.url
    fault = {"platform": "x", "kind": "html", "times": 2}
    assert requests.post(f"{url}/playground/faults", json=fault, timeout=5).json() == {"faults": 1}
    assert ask_x(playground).status_code == 503
    assert requests.delete(f"{url}/playground/faults", timeout=5).json() == {"faults": 0}
    assert ask_x(playground).status_code == 200
    said = requests.post(
        f"{url}/playground/say",
        json={
            "channel": "x",
            "who": "n",
            "text": "@sokkerij hé",
            "person": {"key": "n", "x": {"id": "5", "name": "N"}},
        },
        timeout=5,
    )
    assert said.status_code == 201
    assert world.scene().find("x", said.json()["id"]) is not None
    world.reply(world.scene().posts["fb-sok"], "2000_1", "Dag")
    received = requests.get(f"{url}/playground/received", timeout=5).json()["received"]
    assert [(one["platform"], one["text"]) for one in received] == [("facebook", "Dag")]
    assert requests.get(f"{url}/healthz", timeout=5).json()["status"] == "ok"
    assert requests.get(f"{url}/elders", timeout=5).status_code == 404
    assert requests.post(f"{url}/playground/say", data=b"{", timeout=5).status_code == 400


def test_it_ends_within_a_second_with_connections_open(make_world: Callable[..., World]) -> None:
    server = serve(make_world())
    server.world.fault("x", "delay", seconds=30)
    with requests.Session() as session:
        assert session.get(f"{server.url}/healthz", timeout=5).status_code == 200
        begun = time.monotonic()
        server.stop()
        assert time.monotonic() - begun < 1
        with pytest.raises(requests.ConnectionError):
            session.get(f"{server.url}/healthz", timeout=5)


def test_many_at_once_count_right(playground: Server, world: World, clock: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    target = world.scene().posts["fb-sok"].first_id
    form = {"access_token": playground.keys.facebook_token}

    def reply(turn: int) -> str:
        url = f"{playground.graph_url}/v26.0/{target}/comments"
        return str(requests.post(url, data={**form, "message": f"nr {turn}"}, timeout=5).json()["id"])

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(reply, range(40)))
    assert len(set(ids)) == len(world.received) == 40
