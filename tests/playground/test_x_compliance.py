"""X's batch compliance: one job at a time, a signed upload, patience, and a list of what must go."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests

from socialwatch.playground import Server, World

Ask = Callable[..., requests.Response]
JOBS = "/x/2/compliance/jobs"


@pytest.fixture
def made(ask: Ask) -> dict[str, Any]:
    answer = ask(JOBS, "POST", json={"type": "tweets", "name": "proef"})
    found: dict[str, Any] = answer.json()["data"]
    return found


def bytes_of(playground: Server, method: str, url: str, body: bytes = b"") -> requests.Response:
    headers = {"Authorization": f"Bearer {playground.keys.x_token}"}
    return requests.request(method, url, data=body, headers=headers, timeout=5)


def test_a_job_from_beginning_to_end(ask: Ask, playground: Server, world: World, made: dict[str, Any]) -> None:
    posts = world.scene().posts
    first = posts["typo"].versions[0].id
    body = "\n".join([posts["weg"].id, first, posts["typo"].id, posts["sok"].id, "raar", "5"])
    assert made["status"] == "created"
    assert bytes_of(playground, "PUT", made["upload_url"], body.encode()).status_code == 200
    told = [ask(f"{JOBS}/{made['id']}").json()["data"]["status"] for _ in range(2)]
    assert told == ["in_progress", "complete"]
    rows = [json.loads(row) for row in bytes_of(playground, "GET", made["download_url"]).text.splitlines()]
    assert [(row["id"], row.get("action"), row.get("error")) for row in rows] == [
        (posts["weg"].id, "delete", None),
        (first, "rehydrate", None),
        ("raar", None, "invalid_id"),
    ]


def test_one_job_of_a_kind_at_a_time(ask: Ask, made: dict[str, Any]) -> None:
    assert ask(JOBS, "POST", json={"type": "tweets"}).status_code == 409
    assert ask(JOBS, "POST", json={"type": "users"}).status_code == 200
    listed = ask(f"{JOBS}?type=tweets&status=created").json()
    assert [job["id"] for job in listed["data"]] == [made["id"]]
    assert ask(f"{JOBS}?type=tweets&status=failed").json() == {"meta": {"result_count": 0}}


def test_an_upload_has_a_quarter_of_an_hour(playground: Server, ask: Ask, made: dict[str, Any], clock: Any) -> None:
    clock.at += timedelta(minutes=16)
    assert bytes_of(playground, "PUT", made["upload_url"]).status_code == 403
    assert ask(f"{JOBS}/{made['id']}").json()["data"]["status"] == "expired"
    assert ask(JOBS, "POST", json={"type": "tweets"}).status_code == 200


def test_the_addresses_are_for_one_thing_and_with_a_token(playground: Server, made: dict[str, Any]) -> None:
    assert bytes_of(playground, "GET", made["download_url"]).status_code == 403
    assert bytes_of(playground, "PUT", made["upload_url"] + "x").status_code == 403
    assert requests.put(made["upload_url"], data=b"5", timeout=5).status_code == 401
    assert bytes_of(playground, "PUT", made["upload_url"], b"5").status_code == 200
    assert bytes_of(playground, "PUT", made["upload_url"], b"5").status_code == 403


def test_a_job_can_be_made_to_fail(playground: Server, ask: Ask, world: World, made: dict[str, Any]) -> None:
    world.fault("x", "job-failed")
    bytes_of(playground, "PUT", made["upload_url"], b"5")
    assert ask(f"{JOBS}/{made['id']}").json()["data"]["status"] == "failed"
    assert ask(JOBS, "POST", json={"type": "tweets"}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"type": "lists"}, [], {"type": "tweets", "name": "x" * 65}])
def test_what_is_no_job_is_refused(ask: Ask, body: Any) -> None:
    assert ask(JOBS, "POST", json=body).status_code == 400
    assert ask(JOBS).status_code == 400
    assert ask(f"{JOBS}/5").json()["errors"][0]["resource_id"] == "5"
