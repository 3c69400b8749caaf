"""The demo: the playground's world and the whole app on a temporary database, live in a browser or once through to
rest.
"""

import json
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from socialwatch import playground, settings
from socialwatch.errors import Unavailable
from socialwatch.playground import keys
from socialwatch.playground.agents import Agents, Done
from socialwatch.settings import Settings
from socialwatch.steps import bring, line, poll
from socialwatch.steps.parts import Parts
from socialwatch.store import sources
from socialwatch.store.summary import failures, summary
from socialwatch.wiring import before, model, parts, people, process, roster
from socialwatch.worker import corridor
from socialwatch.worker.corridor import Corridor
from socialwatch.worker.ticker import Ticker

BRAND = "sokkerij"
START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, eight o'clock in Amsterdam; the world's orders end there
SPEED = 30.0  # simulated seconds per second in the live demo: four hours in eight minutes
TICK = timedelta(minutes=5)
LONGEST = timedelta(hours=12)
START_WITHIN = 20.0  # seconds
UNDO = 10.0  # seconds that somebody may take an answer back; scripted agents do not change their minds


class Clock:
    """The world's time: it runs `speed` times as fast as the wall clock, or stands still until moved."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._began = time.monotonic()
        self._moved = timedelta()

    def __call__(self) -> datetime:
        return START + self._moved + timedelta(seconds=self._speed * (time.monotonic() - self._began))

    def move(self, step: timedelta) -> None:
        self._moved += step


class Answering(Protocol):
    """Whoever answers between two ticks."""

    def turn(self, now: datetime) -> list[Done]: ...


@dataclass(frozen=True, slots=True)
class Stage:
    """All that stands ready for a performance."""

    world: playground.World
    found: Settings
    made: Parts


def live(port: int) -> int:
    """Run until Ctrl+C; prints the address and the logins. Gives back the exit code."""
    with stage(Clock(SPEED), port, UNDO) as ready:
        server = process.desk_server(ready.found, ready.made, _announce)
        ready.made.assessor()
        names = parts.register_sources(ready.made.database, ready.made)
        process.until_stopped(
            server, [Corridor(ready.made), Ticker(ready.made, names, ready.found.polling.every_seconds)]
        )
    return 0


def _announce(address: str) -> None:
    rows = [f"  {row['email']:<26} {row['password']:<32} {row['role']}" for row in _agents()]
    lines = [
        "",
        f"De Sokkerij is open: {address}",
        "",
        *rows,
        "",
        "Log in als Freek en kijk hoe de Inbox volloopt. Stoppen met Ctrl+C.",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201


def once() -> int:
    """Play the whole world to rest and print one JSON summary; 0 only when nothing failed."""
    clock = Clock(0.0)
    with stage(clock, 0) as ready:
        with served(ready) as address:
            played = play(ready, clock, Agents(address, ready.world))
        with ready.made.database.read() as unit:
            found = summary(unit) | {"failed": failures(unit) + played}
    print(json.dumps(found, ensure_ascii=False, indent=1))  # noqa: T201
    return 0 if found["failed"] == 0 else 1


@contextmanager
def served(ready: Stage) -> Iterator[str]:
    """The desk, served from a thread; gives its address."""
    listening = threading.Event()
    server = process.desk_server(ready.found, ready.made, lambda _: listening.set())
    serving = threading.Thread(target=server.serve_until_stopped, name="web")
    serving.start()
    try:
        listening.wait(START_WITHIN)
        yield server.address
    finally:
        server.stop()
        serving.join(5)


def play(ready: Stage, clock: Clock, agents: Answering, longest: timedelta = LONGEST) -> int:
    """Tick until the script is over and nobody has anything left to do; gives back how many things went wrong."""
    failed = 0
    names = parts.register_sources(ready.made.database, ready.made)
    with ready.made.database.write() as unit:
        term = sources.lead(unit, poll.LEASE, "demo", length=24 * 3600.0)
    if term is None:
        raise Unavailable("Iemand anders pollt deze wereld al.")
    agents.turn(clock())
    busy = True
    while (busy or clock() <= ready.world.rest_at()) and clock() < START + longest:
        clock.move(TICK)
        counted = [line.poll_source(ready.made, name, term, 0.0) for name in names]
        failed += sum(1 for each in counted if each is not None and each.failed)
        failed += len(line.follow_all(ready.made))
        finished = corridor.drain(ready.made)
        done = agents.turn(clock())
        failed += sum(1 for each in done if each.status >= 400)
        busy = bool(finished or done or corridor.drain(ready.made))
        print(f"{clock():%H:%M} {finished} stappen, {len(done)} antwoorden", file=sys.stderr)  # noqa: T201
    return failed


@contextmanager
def stage(clock: Clock, port: int, undo: float = 0.0) -> Iterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="socialwatch-demo-"))
    world = playground.World.load(now=clock, start=START)
    web = {"port": port, "undo_seconds": undo}
    served = playground.serve(world, x_limits={"*": 1_000_000})
    try:
        found = settings.load(
            model.shipped("demo.toml", "config/demo.toml"), _filled(folder, served, web, world), environment=False
        )
        opened = parts.database(found)
        try:
            yield Stage(world, found, _furnished(parts.parts(found, opened, clock)))
        finally:
            opened.close()
    finally:
        served.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _filled(folder: Path, served: playground.Server, web: dict[str, Any], world: playground.World) -> dict[str, Any]:
    consumer = keys.Consumer()
    return {
        "database": {"url": f"sqlite:///{folder / 'demo.sqlite'}"},
        "web": web,
        "channels": {
            "x": {
                "base_url": served.x_url,
                "bearer_token": keys.X_TOKEN,
                "consumer_key": consumer.key,
                "consumer_secret": consumer.secret,
                "access_token": consumer.token,
                "access_token_secret": consumer.token_secret,
            },
            "facebook": {
                "base_url": served.graph_url,
                "page_id": world.script.shop.facebook.id,
                "page_token": keys.FACEBOOK_TOKEN,
            },
        },
    }


def _furnished(made: Parts) -> Parts:
    """The shop's colleagues, customers, orders and earlier contacts, brought in as anybody would."""
    for row in _agents():
        people.add(made.database, row, BRAND)
    roster.plan(made.database, _agents(), BRAND)
    for what, name in (("customers", "customers.csv"), ("orders", "orders.jsonl"), ("contacts", "contacts.jsonl")):
        with resources.as_file(_world() / name) as path:
            report = bring.run(made.database, bring.Delivery(what, BRAND, line.first), path, made.clock())
        if report.refused:
            raise AssertionError(f"{name}: {report.refused[:3]}")
    before.furnish(made, BRAND)
    return made


def _world() -> Any:
    return resources.files("socialwatch.playground") / "world"


def _agents() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((_world() / "agents.json").read_text(encoding="utf-8"))
    return found
