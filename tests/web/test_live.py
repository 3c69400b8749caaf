"""Live: what changes reaches the open page by its id, of its own brand only, and all streams end when they must."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from socialwatch.store import events
from socialwatch.store.events import Event
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.live import REMEMBERED, Live
from socialwatch.web.serve import DeskServer


@pytest.fixture
def server(app: Any) -> Iterator[DeskServer]:
    started = threading.Event()
    made = DeskServer(app, "127.0.0.1", 0, lambda _: started.set())
    thread = threading.Thread(target=made.serve_until_stopped)
    thread.start()
    assert started.wait(10)
    yield made
    made.stop()
    thread.join(5)
    assert not thread.is_alive()


@contextmanager
def stream(server: DeskServer, browser: Any, since: str = "", **headers: str) -> Iterator[Iterator[str]]:
    cookies = {"socialwatch": browser.client.cookies["socialwatch"]}
    with (
        httpx.Client(cookies=cookies, timeout=10) as client,
        client.stream("GET", f"{server.address}/live{since}", headers=headers) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        next(lines)
        yield lines


def tell(database: Database, brand: str, kind: str, number: int) -> None:
    with database.write() as unit:
        events.tell(unit, brand, kind, number)


def until(lines: Iterator[str], start: str) -> list[str]:
    """Lines up to the first that starts so."""
    read: list[str] = []
    for line in lines:
        read.append(line)
        if line.startswith(start):
            return read
    return read


def test_a_change_arrives_as_an_id_and_nothing_of_another_brand(
    server: DeskServer, freek: Any, seeded: Database
) -> None:
    with stream(server, freek) as lines:
        time.sleep(0.6)  # the reading thread has taken its first look
        tell(seeded, "buren", "case", 777)
        tell(seeded, "sokkerij", "case", 42)
        began = time.monotonic()
        read = until(lines, "data: 42")
        assert time.monotonic() - began < 1.0
        assert read[-1] == "data: 42"
        assert not any("777" in line for line in read)
        assert any(line == "event: case" for line in read)


def test_what_was_missed_is_told_again_from_the_last_event(server: DeskServer, freek: Any, seeded: Database) -> None:
    time.sleep(0.6)
    for number in (51, 52, 53):
        tell(seeded, "sokkerij", "case", number)
    time.sleep(0.6)
    with seeded.read() as unit:
        first = events.latest(unit) - 2
    with stream(server, freek, **{"Last-Event-ID": str(first)}) as lines:
        read = until(lines, "data: 53")
    assert "data: 52" in read
    assert "data: 51" not in read


def test_what_happens_between_a_page_and_its_stream_is_told(server: DeskServer, freek: Any, seeded: Database) -> None:
    time.sleep(0.6)
    tell(seeded, "sokkerij", "case", 61)
    time.sleep(0.6)
    mark = freek.get("/inbox").text.split('data-mark="')[1].split('"')[0]
    tell(seeded, "buren", "case", 777)
    tell(seeded, "sokkerij", "case", 62)
    time.sleep(0.6)
    with stream(server, freek, since=f"?since={mark}") as lines:
        read = until(lines, "data: 62")
    assert read[-1] == "data: 62"
    assert "data: 61" not in read
    assert "data: 777" not in read


def missed(live: Live, since: int) -> list[tuple[str, int | None]]:
    """What a stream that opens now, for a page with this mark, hears at once."""

    async def opened() -> list[tuple[str, int | None]]:
        waiting = live.open("sokkerij", "a session", since).waiting
        return [(each.kind, each.subject) for each in waiting if each is not None]

    with ThreadPoolExecutor(1) as beside:  # a browser test may have left a running loop in this thread
        return beside.submit(lambda: asyncio.run(opened())).result()


def test_a_number_that_comes_late_is_missed_by_no_page(seeded: Database) -> None:
    """PostgreSQL hands out 11, and shows it after 12."""
    live = Live(seeded)
    live._reach(10)
    live._tell([Event(12, "sokkerij", "case", 12)])
    live._reach(12)
    assert missed(live, 12) == []
    live._tell([Event(11, "sokkerij", "case", 11)])
    assert missed(live, 12) == [("case", 11)]
    assert missed(live, 10) == [("case", 12), ("case", 11)]


def test_a_mark_from_before_what_is_remembered_fetches_everything(seeded: Database) -> None:
    live = Live(seeded)
    assert missed(live, 0) == [("all", None)]
    live._reach(10)
    assert missed(live, 9) == [("all", None)]
    assert missed(live, 10) == []
    live._tell([Event(number, "sokkerij", "case", number) for number in range(11, 12 + REMEMBERED)])
    live._reach(11 + REMEMBERED)
    assert missed(live, 10) == [("all", None)]
    assert len(missed(live, 11)) == REMEMBERED


def test_open_streams_end_at_once_when_the_server_stops(server: DeskServer, freek: Any) -> None:
    with stream(server, freek) as first, stream(server, freek) as second:
        began = time.monotonic()
        server.stop()
        for lines in (first, second):
            assert not any(line.startswith("data") for line in lines)
        assert time.monotonic() - began < 2.0


def test_signing_out_ends_the_streams_of_that_session(server: DeskServer, freek: Any, as_: Any) -> None:
    noor = as_("Noor")
    with stream(server, freek) as mine, stream(server, noor) as hers:
        assert freek.post("/uitloggen").status_code == 303
        assert list(mine)[-1:] in ([], [""])
        noor_lines = threading.Thread(target=lambda: list(hers), daemon=True)
        noor_lines.start()
        noor_lines.join(0.5)
        assert noor_lines.is_alive()
        server.stop()
        noor_lines.join(3)


def test_a_session_has_at_most_five_streams(server: DeskServer, app: Any, freek: Any) -> None:
    opened = []
    try:
        for _ in range(6):
            held = stream(server, freek)
            opened.append((held, held.__enter__()))
        assert list(opened[0][1])[-1:] in ([], [""])
        assert len(app.state.live._streams) == 5
    finally:
        server.stop()
        for held, _ in opened:
            held.__exit__(None, None, None)


def test_the_stream_of_postgresql_wakes_by_notify(url: str, seed: Any) -> None:
    """On both engines: a change is told within a second."""
    database = Database(url)
    try:
        seed.seed(database)
        live = create_app(Desk(database, lambda: seed.NOW)).state.live
        told: list[Any] = []
        live._tell = told.extend
        live.start()
        time.sleep(1.0)
        tell(database, "sokkerij", "case", 5)
        ends = time.monotonic() + 2
        while not told and time.monotonic() < ends:
            time.sleep(0.02)
        live.stop()
        live.join()
        assert [each.subject for each in told] == [5]
    finally:
        database.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_process_within_three_seconds_with_a_stream_open(
    how: signal.Signals, seeded: Database, freek: Any, tmp_path: Path
) -> None:
    script = tmp_path / "served.py"
    script.write_text(
        "from datetime import UTC, datetime\n"
        "from socialwatch.store.unit import Database\n"
        "from socialwatch.web.app import Desk, create_app\n"
        "from socialwatch.web.serve import serve\n"
        "now = lambda: datetime(2026, 11, 23, 13, 5, tzinfo=UTC)\n"
        f"app = create_app(Desk(Database({str(seeded.url)!r}), now, wall=now))\n"
        "serve(app, '127.0.0.1', 0, lambda address: print(address, flush=True))\n"
        "print('tidied', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        cookies = {"socialwatch": freek.client.cookies["socialwatch"]}
        with httpx.Client(cookies=cookies, timeout=10) as client, client.stream("GET", f"{address}/live") as answer:
            lines = answer.iter_lines()
            next(lines)
            began = time.monotonic()
            process.send_signal(how)
            process.send_signal(how)  # an impatient second one changes nothing
            assert process.wait(5) == 0
            assert time.monotonic() - began < 3.0
        assert process.communicate() == ("tidied\n", "")
    finally:
        process.kill()
        process.wait()
        process.communicate()
