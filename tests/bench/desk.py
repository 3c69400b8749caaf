"""How long the desk takes to answer, on a database of any size: python -m tests.bench.desk --home FOLDER.

Measured at the server, from the request to the last byte of the answer, by one visitor at a time; before each request
another case changed, so that nothing which a process remembers until the next event is told again.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import select, update
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.mandate import Mandate
from socialwatch.playground.volume import Volume
from socialwatch.store import agents, events
from socialwatch.store.tables import case
from socialwatch.store.unit import Database
from socialwatch.web.app import create_app
from socialwatch.web.auth import cookie_name
from socialwatch.web.desk import Desk
from tests import fakes
from tests.bench import chapter
from tests.measure import speed

WHOLE = Volume(brands=(fakes.BRAND,), customers=200_000, lines=500_000, contacts=0, mentions=1_000_000, cases=100_000)
SMALL = Volume(brands=(fakes.BRAND,), customers=200, lines=500, contacts=0, mentions=600, cases=400)
DESKS = 10
GOAL = 0.150  # seconds at p95
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = "niet-geheim-want-alleen-gemeten"
# Words in a third of all posts, beginnings, a phrase, somebody, an order, nothing.
SEARCHES = ("sokken", "so", "gat in", '"na drie keer"', "iemand_4711", "de vries", "klant77@mail.example", "SO-1000123")


class Answered:
    """Around an application: the moments, by the clock and of the processor, at which its answer was out. What it does
    after that keeps nobody waiting.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.clock = self.processor = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.clock, self.processor = time.perf_counter(), time.process_time()

        await self._app(scope, receive, sent)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor, and how many bytes were answered."""

    clock: float
    processor: float
    size: int


@dataclass(frozen=True, slots=True)
class Visiting:
    """Somebody who is signed in, in a browser of their own."""

    client: TestClient
    token: str
    answered: Answered


def measured(database: Database, times: int) -> dict[str, list[Spent]]:
    agent, lead = _at_work(database)
    with database.read() as unit:
        numbers = list(unit.run(select(case.c.id).where(case.c.state == "open").limit(times)).scalars())

    def search(n: int) -> httpx.Response:
        words = {"csrf": agent.token, "words": SEARCHES[n % len(SEARCHES)]}
        origin = {"origin": "http://testserver", "hx-request": "true"}
        return agent.client.post("/inbox/zoek", data=words, headers=origin)

    get = agent.client.get
    asked: dict[str, Callable[[int], httpx.Response]] = {
        "inbox": lambda _: get("/inbox"),
        "rows": lambda _: get("/inbox/rijen"),
        "done": lambda _: get("/inbox/rijen?stream=done"),
        "filtered": lambda n: get(f"/inbox/rijen?channel={'mail' if n % 2 else 'x'}&level=1&age=older"),
        "hazard": lambda _: get("/inbox/rijen?hazard=safety"),
        "hazard, done": lambda _: get("/inbox/rijen?stream=done&hazard=press"),
        "search": search,
        "dossier": lambda n: get(f"/dossier/{numbers[n % len(numbers)]}"),
    }
    found = {name: _spent(database, agent, ask, times) for name, ask in asked.items()}
    return found | {"today, of a lead": _spent(database, lead, lambda _: lead.client.get("/vandaag"), times)}


def _spent(database: Database, by: Visiting, ask: Callable[[int], httpx.Response], times: int) -> list[Spent]:
    found = []
    for n in range(-2, times):
        with database.write() as unit:
            events.tell(unit, fakes.BRAND, "case", 1)
        clock, processor = time.perf_counter(), time.process_time()
        answer = ask(max(0, n))
        found.append(Spent(by.answered.clock - clock, by.answered.processor - processor, len(answer.content)))
        assert answer.status_code == 200, answer.status_code
    return found[2:]


def _at_work(database: Database) -> tuple[Visiting, Visiting]:
    """An agent and a lead among colleagues: half of what is open has an owner, and the customer of each waits."""
    mandate, here = Mandate(), Presence.AVAILABLE
    roles = (Role.AGENT, Role.LEAD, *[Role.AGENT] * (DESKS - 2))
    with database.write() as unit:
        numbers = [
            agents.add(unit, Agent(0, fakes.BRAND, f"Desk {n}", f"d{n}@bench.example", role, here, mandate), "none")
            for n, role in enumerate(roles)
        ]
        unit.run(update(case).where(case.c.state == "open").values(due_since=case.c.opened_at))
        for n, number in enumerate(numbers):
            mine = (case.c.state == "open") & (case.c.id % (2 * DESKS) == 2 * n)
            unit.run(update(case).where(mine).values(owner_id=number))
    app = create_app(Desk(database, lambda: NOW, {fakes.BRAND: "Sokkerij"}, wall=lambda: NOW))
    return _signed_in(database, app, numbers[0]), _signed_in(database, app, numbers[1])


def _signed_in(database: Database, app: FastAPI, number: int) -> Visiting:
    with database.write() as unit:
        known = agents.by_id(unit, number)
        assert known is not None
        secret = agents.sign_on(unit, known, NOW)
        session = agents.signed_in(unit, secret, NOW)
    assert session is not None
    answered = Answered(app)
    return Visiting(TestClient(answered, cookies={cookie_name(app.state.desk): secret}), session.csrf, answered)


def told(found: dict[str, list[Spent]]) -> list[str]:
    lines = ["| page | p50 by the clock | p95 | p95 of the processor | kB |", "|---|---|---|---|---|"]
    for name, spent in found.items():
        clock, processor = [each.clock for each in spent], [each.processor for each in spent]
        figures = (statistics.median(clock), p95(clock), p95(processor))
        size = max(each.size for each in spent) // 1024
        lines.append(f"| {name} | {' | '.join(f'{seconds * 1000:.0f} ms' for seconds in figures)} | {size} |")
    return lines


def p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    given = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    given.add_argument("--home", type=Path, help="a folder that keeps the filled database for the next time")
    given.add_argument("--times", type=int, default=60)
    given.add_argument("--mentions", type=int, default=WHOLE.mentions)
    given.add_argument("--write", action="store_true", help="into docs/quality.md")
    asked = given.parse_args(arguments)
    size = replace(WHOLE, mentions=asked.mentions, cases=min(WHOLE.cases, asked.mentions))
    home = asked.home or Path(tempfile.mkdtemp(prefix="socialwatch-desk-"))
    try:
        database = speed.filled(home, size)
        found = measured(database, asked.times)
        database.close()
    finally:
        if asked.home is None:
            shutil.rmtree(home)
    lines = report(size, asked.times, found)
    print("\n".join(lines))
    if asked.write:
        chapter.put(f"The server, with {size.cases:,} cases", lines)


def report(size: Volume, times: int, found: dict[str, list[Spent]]) -> list[str]:
    """What was measured, and whether the goal held."""
    slow = [name for name, spent in found.items() if p95([each.clock for each in spent]) >= GOAL]
    held = f"not held by {', '.join(slow)}" if slow else "held"
    many = f"{size.cases:,} cases, {size.mentions:,} mentions, {size.customers:,} customers; {times} times each,"
    load = f"{os.getloadavg()[0]:.1f} processes on {os.cpu_count()} processors."
    goal = f"The goal, p95 under {GOAL * 1000:.0f} ms: {held}."
    return [many, f"another case changed before each request; {load}", "", *told(found), "", goal]


if __name__ == "__main__":
    main()
