"""For machines: alive, ready, metrics; without a session, without anything personal, truthful when things break."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from socialwatch.errors import Unavailable
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.desk import Vitals
from socialwatch.web.pages import vitals


@pytest.fixture
def asking(seeded: Database, seed: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """A desk that knows this of itself, asked without any cookie; every question is looked at anew."""
    monkeypatch.setattr(vitals, "KEPT", -1.0)
    return lambda **known: TestClient(create_app(replace(Desk(seeded, lambda: seed.NOW), vitals=Vitals(**known))))


def test_alive_is_one_word_even_without_a_database(asking: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "read", lambda _: 1 / 0)
    answer = asking().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert "set-cookie" not in answer.headers


def test_ready_says_how_each_source_is_and_nothing_of_people(asking: Any, seed: Any) -> None:
    answer = asking(model=lambda: "present", disk=lambda: 10**12).get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": "writable",
        "model": "present",
        "disk_free_bytes": 10**12,
        "sources": {"sokkerij/facebook": {"state": "failing", "last_success_age_seconds": None, "failures": 1}},
    }
    assert "time-out" not in answer.text


@pytest.mark.parametrize(
    ("known", "said"),
    [({"model": lambda: "missing"}, ("model", "missing")), ({"disk": lambda: 1024}, ("database", "full"))],
)
def test_what_is_missing_makes_it_red(asking: Any, known: dict[str, Any], said: tuple[str, str]) -> None:
    answer = asking(**known).get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()[said[0]] == said[1]


def test_a_database_that_is_away_makes_it_red(asking: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Database) -> Any:
        raise Unavailable("weg")

    monkeypatch.setattr(Database, "write", away)
    answer = asking().get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")


def test_a_full_database_is_red_and_green_again_by_itself(asking: Any, seeded: Database, seed: Any) -> None:
    from sqlalchemy import event

    limit = {"pages": 0}

    def narrow(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limit['pages'] or 1_000_000}")

    event.listen(seeded._writer, "checkout", narrow)
    client = asking()
    with seeded.read() as unit:
        limit["pages"] = int(unit.run(text("PRAGMA page_count")).scalar_one()) + 2
    assert client.get("/readyz").json()["database"] == "full"
    limit["pages"] = 0
    assert client.get("/readyz").status_code == 200


def test_asking_often_writes_once(asking: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vitals, "KEPT", 60.0)
    looked: list[int] = []
    client = asking(model=lambda: str(looked.append(1) or "present"))
    assert [client.get("/readyz").status_code for _ in range(5)] == [200] * 5
    assert len(looked) == 1


def test_metrics_are_off_until_switched_on(asking: Any) -> None:
    assert asking().get("/metrics").status_code == 404
    answer = asking(metrics=lambda: b"socialwatch_database_up 1.0\n").get("/metrics")
    assert (answer.status_code, answer.text) == (200, "socialwatch_database_up 1.0\n")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
