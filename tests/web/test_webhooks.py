"""Webhooks: what the platform signed comes in once, whatever else is said at this door comes to nothing."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Author, Mention
from socialwatch.errors import Refused, Unavailable
from socialwatch.steps import line
from socialwatch.store.tables import delivery, job, mention
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.body import WEBHOOK_LIMIT
from socialwatch.web.desk import Inlet

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
PLACE = "/webhooks/sokkerij/facebook"


def signature(body: bytes) -> str:
    return hmac.new(b"geheim", body, sha256).hexdigest()


def receive(headers: Mapping[str, str], body: bytes) -> Page:
    if not hmac.compare_digest(headers.get("x-signature", ""), signature(body)):
        raise Refused("De handtekening van deze webhook klopt niet")
    words = body.decode()
    author = Author("1", None, "Marieke", None)
    return Page((Mention("facebook", f"f{len(words)}", words, NOW, author, brand="anders"),))


def handshake(query: Mapping[str, str]) -> str:
    if query.get("hub.verify_token") != "afgesproken":
        raise Refused("Dit is niet afgesproken")
    return query["hub.challenge"]


@pytest.fixture
def client(sqlite: Database) -> TestClient:
    inlet = Inlet("sokkerij/facebook", "sokkerij", "facebook", receive, line.first, handshake)
    return TestClient(create_app(Desk(sqlite, lambda: NOW, inlets={inlet.source: inlet})))


def deliver(client: TestClient, body: bytes, **headers: str) -> int:
    given = {"x-signature": signature(body), "content-type": "application/json"} | headers
    return client.post(PLACE, content=body, headers=given).status_code


def count(database: Database, table: Any) -> int:
    with database.read() as unit:
        return int(unit.run(select(func.count()).select_from(table)).scalar_one())


def test_a_signed_delivery_is_stored_with_its_work_and_its_repetition_is_not(
    client: TestClient, sqlite: Database
) -> None:
    assert [deliver(client, b"Waar blijft mijn pakket?") for _ in range(3)] == [200, 200, 200]
    assert (count(sqlite, mention), count(sqlite, job), count(sqlite, delivery)) == (1, 1, 1)
    with sqlite.read() as unit:
        row = unit.run(select(mention)).one()
    assert (row.brand, row.text) == ("sokkerij", "Waar blijft mijn pakket?")


def test_the_body_reaches_the_check_byte_for_byte_whatever_it_calls_itself(client: TestClient) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        assert deliver(client, b"csrf=1&a=%20" + kind.encode(), **{"content-type": kind}) == 200


@pytest.mark.parametrize("given", ["", "fout", signature(b"iets anders")])
def test_what_is_not_the_platforms_is_refused_and_leaves_nothing(
    client: TestClient, sqlite: Database, given: str
) -> None:
    answer = client.post(PLACE, content=b"Koop nu", headers={"x-signature": given})
    assert answer.status_code == 403
    assert "Koop" not in answer.text
    assert (count(sqlite, mention), count(sqlite, delivery)) == (0, 0)


def test_nobody_listens_elsewhere(client: TestClient) -> None:
    assert client.post("/webhooks/sokkerij/x", content=b"x").status_code == 404
    assert client.get("/webhooks/sokkerij/x").status_code == 404
    assert client.put(PLACE, content=b"x").status_code == 405


def test_a_delivery_of_more_than_a_megabyte_is_refused_unread(client: TestClient, sqlite: Database) -> None:
    assert deliver(client, b"a" * WEBHOOK_LIMIT) == 200
    assert deliver(client, b"a" * (WEBHOOK_LIMIT + 1)) == 413

    def unannounced() -> Any:
        for _ in range(40):
            yield b"a" * 65_536

    assert client.post(PLACE, content=unannounced(), headers={"x-signature": "x"}).status_code in (400, 413)
    assert count(sqlite, mention) == 1


def test_while_the_database_is_away_the_platform_is_asked_to_come_back(
    client: TestClient, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Database) -> Any:
        raise Unavailable("weg")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", away)
        answer = client.post(PLACE, content=b"Hallo", headers={"x-signature": signature(b"Hallo")})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert deliver(client, b"Hallo") == 200
    assert count(sqlite, mention) == 1


def test_the_handshake_gives_the_challenge_back_to_who_knows_the_word(client: TestClient) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "afgesproken", "hub.challenge": "<b>1158201444</b>"}
    answer = client.get(PLACE, params=asked)
    assert (answer.status_code, answer.text) == (200, "<b>1158201444</b>")
    assert answer.headers["content-type"].startswith("text/plain")
    assert client.get(PLACE, params=asked | {"hub.verify_token": "geraden"}).status_code == 403


def test_a_webhook_neither_needs_nor_makes_a_session(client: TestClient) -> None:
    body = b"Met een vreemd koekje"
    answer = client.post(PLACE, content=body, headers={"x-signature": signature(body), "cookie": "socialwatch=x"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
