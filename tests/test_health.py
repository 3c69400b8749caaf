"""Health as wired: metrics that tell the truth, a heartbeat that does not hurry, webhooks for every channel."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as parse

from socialwatch import settings
from socialwatch.domain.channel import Page
from socialwatch.errors import Misconfigured, SocialwatchError, Unavailable
from socialwatch.store import queue, spending
from socialwatch.store.unit import Database
from socialwatch.wiring import health
from socialwatch.wiring.metrics import Measured
from socialwatch.worker import corridor


@pytest.fixture
def world(sqlite: Database, fakes: Any) -> Any:
    return fakes.World(sqlite)


def figures(measured: Measured) -> dict[tuple[str, ...], float]:
    """(name, *label values) → value."""
    found = {}
    for family in parse(measured.text().decode()):
        for each in family.samples:
            found[(each.name, *[each.labels[name] for name in sorted(each.labels)])] = each.value
    return found


def test_the_metrics_are_what_the_database_says(world: Any, fakes: Any) -> None:
    world.colleague()
    world.bring(fakes.mention(1, "woedend"), fakes.mention(2, "vergif"), fakes.mention(3, "weiger"))
    corridor.drain(world.parts)
    world.poll(Unavailable("weg"), kind="facebook")
    world.put(queue.NewJob(fakes.BRAND, "explain", 1))
    with world.database.write() as unit:
        spending.book(unit, "sokkerij/x", spending.What.POLL, 1_500_000, world.clock())
    seen = figures(Measured(world.parts, timedelta(hours=1)))
    assert seen["socialwatch_database_up",] == 1
    assert seen["socialwatch_polled_mentions_total", "sokkerij/x"] == 3
    assert seen["socialwatch_jobs", "ready", "explain"] == 1
    assert seen["socialwatch_oldest_job_seconds", "ready", "explain"] < 60
    assert seen["socialwatch_dead_jobs", "refused", "assess"] == 1
    assert seen["socialwatch_spent_today_dollars", "sokkerij/x"] == 1.5
    assert seen["socialwatch_source_success_age_seconds", "sokkerij/x"] == 0
    assert seen["socialwatch_source_failures", "sokkerij/facebook"] == 1
    assert seen["socialwatch_source_state", "sokkerij/facebook", "failing"] == 1
    assert seen["socialwatch_open_cases", "sokkerij", "open"] == 1
    assert seen["socialwatch_cases_without_next_step", "owner_untold"] == 0


def test_without_a_database_only_that_is_told(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Database) -> Any:
        raise Unavailable("weg")

    monkeypatch.setattr(Database, "read", away)
    seen = figures(Measured(world.parts, timedelta(hours=1)))
    assert seen["socialwatch_database_up",] == 0
    assert not [each for each in seen if each[0].startswith("socialwatch_jobs")]


def test_each_batch_of_the_model_is_timed(world: Any) -> None:
    measured = Measured(world.parts, timedelta(hours=1))
    model = measured.timed(world.parts.assessor)()
    assert (model.model, len(model.read(["klacht", "vraag"])), len(model.why("klacht"))) == ("woorden", 2, 1)
    seen = figures(measured)
    assert seen["socialwatch_model_batch_seconds_count",] == 1
    assert seen["socialwatch_model_batch_texts_sum",] == 2


def test_a_port_of_their_own_serves_them_and_is_let_go(world: Any) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as taken:
        with pytest.raises(Misconfigured, match="metrics_port"):
            Measured(world.parts, timedelta(hours=1)).serve("127.0.0.1", taken.server_port)
        port = taken.server_port
    stop = Measured(world.parts, timedelta(hours=1)).serve("127.0.0.1", port)
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics")
    stop()
    assert "socialwatch_database_up 1.0" in answer.text
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics")


@pytest.fixture
def guard() -> Iterator[Any]:
    """An outside guard that counts whom it heard; `status` is what it answers."""

    class Guard(BaseHTTPRequestHandler):
        heard: list[str] = []  # noqa: RUF012 - one guard per test
        status = 200

        def do_GET(self) -> None:
            Guard.heard.append(self.path)
            self.send_response(Guard.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing on stderr."""

    with HTTPServer(("127.0.0.1", 0), Guard) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        Guard.url = f"http://127.0.0.1:{server.server_port}/ping/geheim"  # type: ignore[attr-defined]
        yield Guard
        server.shutdown()
        thread.join(5)


def test_the_heartbeat_keeps_its_pace_and_tries_again_after_a_failure(guard: Any) -> None:
    now = [100.0]
    beat = health.Heartbeat(guard.url, 300.0, lambda: now[0])
    for at in (100.0, 399.0, 400.0):
        now[0] = at
        beat()
    assert guard.heard == ["/ping/geheim"] * 2
    guard.status, now[0] = 503, 800.0
    with pytest.raises(SocialwatchError) as problem:
        beat()
    assert "geheim" not in str(problem.value)
    guard.status = 200
    beat()
    assert len(guard.heard) == 4


def test_what_the_settings_name_is_what_is_told(world: Any, fakes: Any, tmp_path: Path) -> None:
    def found(**given: Any) -> Any:
        return settings.load(extra={"health": given}, environment=False)

    assert health.heartbeat(found()) is None
    assert health.heartbeat(found(heartbeat_url="http://127.0.0.1:1/x")) is not None
    measured = Measured(world.parts, timedelta(hours=1))
    told = health.vitals(found(), world.parts, measured, loaded=False)
    assert (told.model(), told.metrics, told.untold) == ("present", None, timedelta(hours=1))
    assert (told.disk() or 0) > 0
    assert told.sources == {"sokkerij/x", "sokkerij/facebook"}
    told = health.vitals(found(metrics=True, untold_minutes=840), world.parts, measured, loaded=True)
    assert (told.model(), told.untold) == ("loaded", timedelta(hours=14))
    assert told.metrics is not None
    gone = settings.load(extra={"model": {"path": str(tmp_path / "nergens")}}, environment=False)
    assert health.vitals(gone, world.parts, measured, loaded=False).model() == "missing"


def test_every_channel_has_a_webhook(world: Any) -> None:
    made = health.inlets(world.parts)
    assert set(made) == {"sokkerij/x", "sokkerij/facebook"}
    inlet = made["sokkerij/x"]
    assert (inlet.source, inlet.brand, inlet.kind, inlet.handshake) == ("sokkerij/x", "sokkerij", "x", None)
    assert inlet.receive({}, b"") == Page(())
